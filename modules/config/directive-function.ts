import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { z } from 'zod';
import { errorMessage } from '../problems/error-message';
import { formatFound, foundValue } from '../problems/found';
import type { Finding } from '../problems/problem';
import { type Directive, type DirectiveArgument, directiveName, type Outcome } from './directive';
import { faultIn, faultText } from './fault';
import { importModule } from './module-file';

/** The function of a custom directive. */
export type DirectiveFunction = (...args: DirectiveArgument[]) => unknown;

/** A file, and the function in it after a colon. */
const FILE_AND_FUNCTION = /^(.+\.[cm]?[jt]sx?):([A-Za-z_$][\w$]*)$/;

/** The function of a directive in its file, or what is wrong with it. */
export async function loadFunction(
  name: string,
  filePath: string,
  baseDir: string,
): Promise<DirectiveFunction | Finding> {
  const [, shown = filePath, named] = FILE_AND_FUNCTION.exec(filePath) ?? [];
  const path = resolve(baseDir, shown);
  const wanted = named ?? name;
  const accepted =
    named === 'default'
      ? 'a TypeScript or JavaScript file with a function as its default export'
      : `a TypeScript or JavaScript file that exports a function ${wanted}`;
  if (!/\.[cm]?[jt]sx?$/.test(shown)) {
    const fix = 'write the function in TypeScript or JavaScript, and name its file: directives.ts';
    return { found: foundValue(filePath), accepted, fix };
  }
  if (!existsSync(path)) {
    return { found: `no file at ${shown}`, accepted, fix: "create it; the path is relative to the config's folder" };
  }
  try {
    const exported = await importModule(path);
    const own = Object.hasOwn(exported, wanted) ? exported[wanted] : undefined;
    const candidate = own ?? (named === undefined ? exported.default : undefined);
    if (typeof candidate === 'function') return candidate as DirectiveFunction;
    const names = Object.keys(exported).filter((key) => key !== 'default');
    const found = names.length === 0 ? 'no export' : `exports ${names.join(', ')}`;
    const declared = wanted === 'default' ? 'export default function' : `export function ${wanted}`;
    return { found, accepted, fix: `write ${declared}(...) in ${basename(path)}` };
  } catch (error) {
    return { found: faultText(faultIn(error, path)), accepted, fix: 'correct it' };
  }
}

/** The result of a directive's function, or why there is none. @param parsed undefined if its arguments can't be read */
export async function call(
  directive: DirectiveFunction,
  text: string,
  parsed: Directive | undefined,
): Promise<Outcome> {
  if (parsed === undefined) {
    const accepted = `$${directiveName(text)}(...) with arguments that are strings in quotes, numbers, true, false or null`;
    return {
      finding: {
        found: foundValue(text),
        accepted,
        fix: 'put strings and long numbers in quotes, and inside [ ] or { } of YAML the whole directive in double quotes',
      },
    };
  }
  const accepted = 'a function that returns a string, a number, true, false, a list or an object';
  try {
    const value = await directive(...parsed.args);
    if (z.json().safeParse(value).success) return { value };
    return {
      finding: {
        found: foundValue(text, `, which returned ${formatFound(value)}`),
        accepted,
        fix: 'return one of these',
      },
    };
  } catch (error) {
    const message = errorMessage(error);
    return {
      finding: {
        found: foundValue(text, `, which failed: ${message}`),
        accepted,
        fix: 'correct the function or its arguments',
      },
    };
  }
}
