import { statSync } from 'node:fs';
import { join } from 'node:path';
import { isCode } from './assets';

/** The code file that a path refers to: the ending can be missing, or be that of the JavaScript that a TypeScript file compiles to. */
export function codeFile(path: string): string | undefined {
  const asSource = path.replace(/\.([cm]?)js(x?)$/, '.$1ts$2');
  const endings = ['.ts', '.js', '.mjs', '.cjs', '.mts', '.cts', '.tsx', '.jsx'];
  const others = isCode(path)
    ? [asSource, asSource.replace(/ts$/, 'tsx')]
    : endings.map((ending) => `${path}${ending}`);
  return [path, ...others].find((one) => isCode(one) && statSync(one, { throwIfNoEntry: false })?.isFile());
}

/** The words of a shell command. Only simple commands are split. */
export function wordsOf(command: string): string[] {
  return command.split(/[\s"'`;|&<>()]+/);
}

/** The files that the words of a command name, relative to the job's working folder. */
export function filesNamed(words: readonly string[], folder: string): string[] {
  return words
    .filter((word) => /[./]/.test(word) && !word.startsWith('-') && !word.startsWith('/'))
    .map((word) => join(folder, word))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
}
