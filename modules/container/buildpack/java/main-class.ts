import { basename } from 'node:path';

/** Comments and quoted strings. Text blocks come before strings. */
const COMMENT_OR_STRING = /\/\*[\s\S]*?\*\/|\/\/.*|"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;

/** The first version in which `main` doesn't need `public` and `static`. */
const FREE_MAIN = 25;

/** The class in a file that Java can start, or the reason why there is none. */
export type MainClass = { readonly name: string } | { readonly found: string; readonly fix: string };

/**
 * The main class of a file. Its package is the one that the file declares, even if the folders have other names.
 *
 * @param version of Java that runs it
 * @param anyMain whether a framework starts the class, so that it needs no `main` method
 */
export function mainClass(path: string, text: string, version: number, anyMain: boolean): MainClass {
  const code = text.replace(COMMENT_OR_STRING, ' ');
  const name = basename(path, '.java');
  const [, scope] = /^\s*(?:@[\w.]+(?:\([^)]*\))?\s*)*package\s+([\w.]+)\s*;/m.exec(code) ?? [];
  const kind = new RegExp(`\\b(class|interface|enum|record)\\s+${name.replace(/\$/g, '\\$')}\\b`).exec(code)?.[1];
  const mains = Array.from(
    code.matchAll(/((?:\b[\w@.]+\s+)*)\bvoid\s+main\s*\(([^)]*)\)/g),
    ([, words = '', given = '']) => ({
      modifiers: words.split(/\s+/),
      given,
    }),
  );
  const isCompact = version >= FREE_MAIN && kind === undefined && scope === undefined && mains.length > 0;
  if (kind === undefined && !isCompact)
    return {
      found: `no class ${name} in it`,
      fix: 'rename the file to match the class with the main method, or set the file of that class',
    };
  const starts = mains.some(({ modifiers, given }) => {
    const takesWords =
      /^\s*(?:final\s+)?(?:java\.lang\.)?String\s*(?:\[\s*\]|\.\.\.)\s*\w+\s*$|^\s*(?:final\s+)?String\s+\w+\s*\[\s*\]\s*$/.test(
        given,
      );
    const isPublic = modifiers.includes('public') || (kind === 'interface' && !modifiers.includes('private'));
    const isClassic = takesWords && modifiers.includes('static') && isPublic;
    return isClassic || (version >= FREE_MAIN && !modifiers.includes('private') && (takesWords || given.trim() === ''));
  });
  if (!starts && !anyMain)
    return {
      found: 'no public static void main(String[] args) in it',
      fix: 'add that method to the class, or set the file of the class that has it',
    };
  return { name: scope === undefined ? name : `${scope}.${name}` };
}
