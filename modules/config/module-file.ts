/** A module's exports by name, with `default` unwrapped. */
export type ModuleExports = { readonly [name: string]: unknown };

/** Loads a TypeScript or JavaScript file. */
export async function importModule(path: string): Promise<ModuleExports> {
  // Loaded for such a file only.
  const { loadModule } = require('./module-loader') as typeof import('./module-loader');
  return exportsOf(await loadModule(path));
}

/** Names that Node.js and compilers add to a module's exports, depending on their version. */
const ADDED_NAMES = ['module.exports', '__esModule'];

/**
 * A module's own exports, independent of its format and the version of Node.js. `import()` returns a CommonJS module as `default` and,
 * since Node.js 23, also as `module.exports`. A module that was compiled from `export` statements is wrapped once more.
 */
export function exportsOf(loaded: ModuleExports): ModuleExports {
  // Only `module.exports` if the module has no default export.
  const whole = 'default' in loaded ? loaded.default : loaded['module.exports'];
  // A getter or proxy can throw at any access. Then only the whole value is returned, and its check reports the problem.
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
