import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { picture } from './recording/picture';
import { recorded, unvarying } from './recording/run';

const DOCS = join(__dirname, '..', 'docs');

/** The README's pictures of `npm start`, by file: one that moves, and one for readers who want no motion. */
export function pictures(text: string): Map<string, string> {
  return new Map([
    [join(DOCS, 'recording.svg'), picture(text, { moving: true })],
    [join(DOCS, 'recording-still.svg'), picture(text, { moving: false })],
  ]);
}

/** Records `npm start`. Two recordings differ in times and identifiers, and one as good as the other is left. */
export function record(): void {
  const made = [...pictures(recorded())];
  const isSame = ([file, text]: [string, string]) =>
    existsSync(file) && unvarying(readFileSync(file, 'utf8')) === unvarying(text);
  if (!made.every(isSame)) for (const [file, text] of made) writeFileSync(file, text);
}

if (require.main === module) record();
