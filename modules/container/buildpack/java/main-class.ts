import { basename } from 'node:path';

/** Comments, and strings with their quotes; a text block before a string. */
const COMMENT_OR_STRING = /\/\*[\s\S]*?\*\/|\/\/.*|"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;

/** The first version in which `main` needs neither `public` nor `static`. */
const FREE_MAIN = 25;

/** The class that a file declares and Java starts, or why it starts none. */
export type MainClass = { readonly name: string } | { readonly found: string; readonly fix: string };

/**
 * The main class of a file: its package by the file's own statement, whatever the folders are called.
 *
 * @param version of Java that runs it
 * @param anyMain whether a framework starts it, so that it needs no `main` of its own
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
      fix: 'name the file as the class that has main, or name the file of that class',
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
      fix: 'give the class that method, or name the file of the class that has it',
    };
  return { name: scope === undefined ? name : `${scope}.${name}` };
}
