import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import { errorMessage } from '../error-message';
import { batchJobsConfig, type ResolvedConfig } from './config';
import { expandDirectives } from './custom-directives';
import { contradictedName, identified } from './identity';
import { importModule } from './module-file';
import { type ParseOptions, parse } from './parse';
import { ConfigError, type Finding } from './problem';

/** The config file that is read if nothing else is said. */
export const DEFAULT_CONFIG_FILE = 'batch-jobs.config.ts';

/** A config that was read from a file. */
export interface LoadedConfig {
  /** Absolute path of the file; paths in the config are relative to its folder. */
  readonly file: string;
  readonly config: ResolvedConfig;
}

/**
 * Reads, checks and completes a config file: `.ts` or `.js` with the config as default export, `.json`, or `.yml`. What it does not say of its
 * stack's name and region is looked up, see identified. Custom directives are called, see expandDirectives.
 *
 * @param file path, relative to the current folder. @default the variable BATCH_JOBS_CONFIG, else batch-jobs.config.ts
 * @throws ConfigError if the file is missing, cannot be read, or holds a config with problems.
 */
export async function loadConfig(file = process.env.BATCH_JOBS_CONFIG || DEFAULT_CONFIG_FILE): Promise<LoadedConfig> {
  const path = resolve(file);
  const name = basename(path);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile()) {
    throw problem(name, {
      found: stats === undefined ? `no file at ${file}` : `${file}, which is a folder`,
      accepted: `a file that ends in ${ENDINGS}`,
      fix: `create it, or name another one in BATCH_JOBS_CONFIG (default ${DEFAULT_CONFIG_FILE})`,
    });
  }
  const { value: written, locate } = await read(path, name);
  const named = await identified(written, path);
  const expanded = await expandDirectives(named.value, dirname(path));
  const known = [...named.findings, ...expanded.findings, ...contradictedName(expanded.value)];
  return { file: path, config: parse(batchJobsConfig, expanded.value, name, { locate, known }) };
}

const ENDINGS = '.yml, .ts, .js or .json';

/** What a file holds. */
interface RawConfig {
  readonly value: unknown;
  /** Where a part of it stands. @default not known: a program computes its config */
  readonly locate?: ParseOptions['locate'];
}

async function read(path: string, name: string): Promise<RawConfig> {
  const extension = extname(path);
  switch (extension) {
    case '.yml':
    case '.yaml':
      return yaml().readYaml(readFileSync(path, 'utf8'), name);
    case '.json':
      return readJson(path, name);
    case '.ts':
    case '.mts':
    case '.cts':
    case '.js':
    case '.mjs':
    case '.cjs':
      return { value: await readModule(path, name) };
    default:
      throw problem(name, {
        found: extension === '' ? 'a file without an ending' : `a file that ends in ${extension}`,
        accepted: `a file that ends in ${ENDINGS}`,
        fix: 'rename it by what it holds',
      });
  }
}

/** Loaded when it is needed: a config that is a program needs no parser of YAML. */
function yaml() {
  return require('./yaml') as typeof import('./yaml');
}

function readJson(path: string, name: string): RawConfig {
  // Some editors put a byte order mark first, which JSON does not know.
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  try {
    return { value: JSON.parse(text), locate: placesIn(text, name) };
  } catch (error) {
    const found = jsonMessage(errorMessage(error), text);
    throw problem(name, { found, accepted: 'JSON', fix: 'correct it there; comments and trailing commas are no JSON' });
  }
}

/** JSON is YAML too, and that parser knows places. It works only if there are problems to place. */
function placesIn(text: string, name: string): RawConfig['locate'] {
  let locate: RawConfig['locate'];
  return (path) => {
    locate ??= readPlaces(text, name);
    return locate?.(path);
  };
}

/** Keys that stand twice are no YAML, but JSON takes the last of them; their places are not known then. */
function readPlaces(text: string, name: string): RawConfig['locate'] {
  try {
    return yaml().readYaml(text, name).locate;
  } catch {
    return () => undefined;
  }
}

/** Node.js before 22 says only how many characters into the text the error stands. */
function jsonMessage(text: string, json: string): string {
  const position = / at position (\d+)$/.exec(text)?.[1];
  if (position === undefined) return text;
  const lines = json.slice(0, Number(position)).split('\n');
  return `${text} (line ${lines.length} column ${(lines.at(-1)?.length ?? 0) + 1})`;
}

async function readModule(path: string, name: string): Promise<unknown> {
  const { default: config } = await importModule(path).catch((error: Error) => {
    if (error.cause instanceof ConfigError) throw error.cause;
    throw problem(name, { found: error.message, accepted: 'a module that loads', fix: 'correct it there' });
  });
  if (config === undefined) {
    throw problem(name, {
      found: 'no default export',
      accepted: 'the config as default export',
      fix: 'write `export default defineConfig({ ... })`',
    });
  }
  return config;
}

function problem(source: string, finding: Finding): ConfigError {
  return new ConfigError([{ path: '', ...finding }], source);
}
