import { statSync } from 'node:fs';
import { join } from 'node:path';
import { isCode } from './assets';

/** The file of code that a path means: TypeScript names what it is compiled to, and an ending may be left out. */
export function codeFile(path: string): string | undefined {
  const asSource = path.replace(/\.([cm]?)js(x?)$/, '.$1ts$2');
  const endings = ['.ts', '.js', '.mjs', '.cjs', '.mts', '.cts', '.tsx', '.jsx'];
  const others = isCode(path)
    ? [asSource, asSource.replace(/ts$/, 'tsx')]
    : endings.map((ending) => `${path}${ending}`);
  return [path, ...others].find((one) => isCode(one) && statSync(one, { throwIfNoEntry: false })?.isFile());
}

/** The words of a shell's command, as far as it is plain. */
export function wordsOf(command: string): string[] {
  return command.split(/[\s"'`;|&<>()]+/);
}

/** The files that words of a command name, as seen from the folder that the job starts in. */
export function filesNamed(words: readonly string[], folder: string): string[] {
  return words
    .filter((word) => /[./]/.test(word) && !word.startsWith('-') && !word.startsWith('/'))
    .map((word) => join(folder, word))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
}
