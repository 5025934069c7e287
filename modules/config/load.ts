import { existsSync, readFileSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { batchJobsConfig, type ResolvedConfig } from './config';
import { parse } from './parse';
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
 * Reads, checks and completes a config file: `.ts` or `.js` with the config as default export, or `.json`.
 *
 * @param file path, relative to the current folder. @default the variable BATCH_JOBS_CONFIG, else batch-jobs.config.ts
 * @throws ConfigError if the file is missing, cannot be read, or holds a config with problems.
 */
export async function loadConfig(file = process.env.BATCH_JOBS_CONFIG || DEFAULT_CONFIG_FILE): Promise<LoadedConfig> {
  const path = resolve(file);
  const name = basename(path);
  if (!existsSync(path)) {
    throw problem(name, {
      found: `no file at ${file}`,
      accepted: 'a .ts, .js or .json file',
      fix: `create it, or name another one in BATCH_JOBS_CONFIG (default ${DEFAULT_CONFIG_FILE})`,
    });
  }
  return { file: path, config: parse(batchJobsConfig, await read(path, name), name) };
}

async function read(path: string, name: string): Promise<unknown> {
  const extension = extname(path);
  switch (extension) {
    case '.json':
      return readJson(path, name);
    case '.ts':
    case '.mts':
    case '.cts':
    case '.js':
    case '.mjs':
    case '.cjs':
      return readModule(path, name);
    default:
      throw problem(name, {
        found: `a file that ends in "${extension}"`,
        accepted: '.ts, .js or .json',
        fix: 'give the file one of these endings',
      });
  }
}

function readJson(path: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw problem(name, { found: message(error), accepted: 'JSON', fix: 'correct the JSON at the place named' });
  }
}

async function readModule(path: string, name: string): Promise<unknown> {
  let loaded: { default?: unknown };
  try {
    loaded = await import(pathToFileURL(path).href);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw problem(name, { found: message(error), accepted: 'a module that loads', fix: 'correct the error named' });
  }
  const config = defaultExport(loaded);
  if (config === undefined) {
    throw problem(name, {
      found: 'no default export',
      accepted: 'the config as default export',
      fix: 'write `export default defineConfig({ ... })`',
    });
  }
  return config;
}

/** CommonJS modules that were compiled from `export default` wrap it once more when they are imported. */
function defaultExport(loaded: { default?: unknown }): unknown {
  const outer = loaded.default;
  if (typeof outer === 'object' && outer !== null && '__esModule' in outer && 'default' in outer) return outer.default;
  return outer;
}

function problem(source: string, finding: Finding): ConfigError {
  return new ConfigError([{ path: '', ...finding }], source);
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
