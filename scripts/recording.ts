import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { picture } from './recording/picture';
import { recordRun, unvarying } from './recording/run';

const DOCS = join(__dirname, '..', 'docs');

/** The README's pictures of `npm start`, by file: an animated one, and a still one for readers who prefer reduced motion. */
export function pictures(text: string): Map<string, string> {
  return new Map([
    [join(DOCS, 'recording.svg'), picture(text, { moving: true })],
    [join(DOCS, 'recording-still.svg'), picture(text, { moving: false })],
  ]);
}

/** Records `npm start`. If the existing recording differs only in times and identifiers, it is kept. */
export function record(): void {
  const made = [...pictures(recordRun())];
  const isSame = ([file, text]: [string, string]) =>
    existsSync(file) && unvarying(readFileSync(file, 'utf8')) === unvarying(text);
  if (!made.every(isSame)) for (const [file, text] of made) writeFileSync(file, text);
}

if (require.main === module) record();
