import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../problems/config-error';

/** The file that errors name if the folder has no config. */
export const DEFAULT_CONFIG_FILE = 'batch-jobs.config.ts';

const STEM = 'batch-jobs.config';
/** TypeScript first: a compiler writes its output next to the `.ts` file. */
const MODULES = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'];
const DATA = ['yml', 'yaml', 'json'];

/** Names of configs that are found by default: `batch-jobs.config` with each supported extension. */
export const DEFAULT_CONFIG_FILES = [...MODULES, ...DATA].map((ending) => `${STEM}.${ending}`);

/** Names of Stacktape's configs. They are read only if somebody names them: a deployment of one in passing would be a second stack. */
const STACKTAPE_FILES = ['yml', 'yaml', 'ts', 'js', 'json'].map((ending) => `stacktape.${ending}`);

/** The config of Stacktape in a folder. */
export function stacktapeFile(folder = '.'): string | undefined {
  return STACKTAPE_FILES.find((file) => existsSync(join(folder, file)));
}

/**
 * The config of a folder: a file with one of the {@link DEFAULT_CONFIG_FILES}, or `batch-jobs.config.ts` if there is none.
 *
 * @throws ConfigError if the folder has two. A compiler's output next to a `.ts` file doesn't count
 */
export function defaultConfigFile(folder = '.'): string {
  const present = (endings: readonly string[]) =>
    endings.map((ending) => `${STEM}.${ending}`).filter((file) => existsSync(join(folder, file)));
  const [file = DEFAULT_CONFIG_FILE, second] = [...present(MODULES).slice(0, 1), ...present(DATA)];
  if (second === undefined) return file;
  const finding = {
    code: 'conflict',
    message: `The folder has two configs, ${file} and ${second}.`,
    found: `two configs, ${file} and ${second}`,
    accepted: `one file named ${STEM}`,
    fix: `remove or rename one of them, or name the one to read: BATCH_JOBS_CONFIG=${file}`,
  } as const;
  throw new ConfigError([{ keys: [], ...finding }], file);
}
