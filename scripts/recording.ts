import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { picture } from './recording/picture';
import { recorded, unvarying } from './recording/run';

/** The README's moving picture of `npm start`. */
export const PICTURE = join(__dirname, '..', 'docs', 'recording.svg');

/** Records `npm start`. Two recordings differ in times and identifiers, and one as good as the other is left. */
export function record(): void {
  const made = picture(recorded());
  if (existsSync(PICTURE) && unvarying(readFileSync(PICTURE, 'utf8')) === unvarying(made)) return;
  writeFileSync(PICTURE, made);
}

if (require.main === module) record();
