import { errorMessage } from '../error-message';
import { loadModule } from './module-loader';

/** What a module exports, by name; `default` is unwrapped. */
export type ModuleExports = { readonly [name: string]: unknown };

/**
 * Loads a TypeScript or JavaScript file.
 *
 * @throws Error whose message says what went wrong and, unless it arose elsewhere, at which line of the file.
 */
export async function importModule(path: string): Promise<ModuleExports> {
  try {
    return exportsOf(await loadModule(path));
  } catch (error) {
    throw new Error(messageWithLine(error, path), { cause: error });
  }
}

/** Names that Node.js and compilers add to a module, and nobody exports; which of them are there depends on the version of Node.js. */
const ADDED_NAMES = ['module.exports', '__esModule'];

/**
 * What the author of a module exports, whatever the kind of module and the version of Node.js: `import()` gives a CommonJS module as its
 * `default` and, since Node.js 23, a second time under the name `module.exports`; one that was compiled from `export` statements is wrapped
 * once more.
 */
export function exportsOf(loaded: ModuleExports): ModuleExports {
  // A module without a default export may say by that name what `require` gives.
  const whole = 'default' in loaded ? loaded.default : loaded['module.exports'];
  // A getter or proxy may throw at any look: then the whole is all there is, and whoever reads it says what is wrong.
  const parts = attempt(() => (isObject(whole) ? { ...whole } : {})) ?? {};
  const named: { [name: string]: unknown } = { ...loaded, ...parts };
  for (const name of ADDED_NAMES) delete named[name];
  const isCompiled = attempt(() => isObject(whole) && '__esModule' in whole) ?? false;
  return { ...named, default: isCompiled ? (whole as ModuleExports).default : whole };
}

function attempt<Result>(get: () => Result): Result | undefined {
  try {
    return get();
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is ModuleExports {
  return typeof value === 'object' && value !== null;
}

/** The message of what was thrown, whatever it is, and the line of a file at which it arose, unless it says so itself. */
export function messageWithLine(error: unknown, path: string): string {
  const text = errorMessage(error);
  if (!(error instanceof Error) || text.includes(path)) return text;
  const frame = error.stack?.split('\n').find((line) => line.includes(path)) ?? '';
  // Errors of syntax come without a column.
  const [, line, column] = /:(\d+)(?::(\d+))?\)?$/.exec(frame) ?? [];
  const place = [line && `line ${line}`, column && `column ${column}`].filter(Boolean).join(' ');
  return place === '' ? text : `${text} (${place})`;
}
