import { pathToFileURL } from 'node:url';
import { errorMessage } from '../error-message';

/** What a module exports, by name; `default` is unwrapped. */
export type ModuleExports = { readonly [name: string]: unknown };

/**
 * Loads a TypeScript or JavaScript file.
 *
 * @throws Error whose message says what went wrong and, unless it arose elsewhere, at which line of the file.
 */
export async function importModule(path: string): Promise<ModuleExports> {
  try {
    const loaded: ModuleExports = await import(pathToFileURL(path).href);
    return { ...loaded, ...inner(loaded), default: defaultExport(loaded) };
  } catch (error) {
    throw new Error(messageWithLine(error, path), { cause: error });
  }
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

/** CommonJS modules that were compiled from `export` statements are wrapped once more when they are imported. */
function inner(loaded: ModuleExports): ModuleExports {
  const outer = loaded.default;
  return typeof outer === 'object' && outer !== null ? (outer as ModuleExports) : {};
}

function defaultExport(loaded: ModuleExports): unknown {
  const outer = loaded.default;
  return typeof outer === 'object' && outer !== null && '__esModule' in outer
    ? (outer as ModuleExports).default
    : outer;
}
