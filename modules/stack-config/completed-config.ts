import { type ParseOptions, parse } from '../config/parse';
import { ConfigError } from '../problems/config-error';
import { batchJobsConfig, type ResolvedConfig } from './config';

/** Checked configs with their JSON at that time, to detect a later change. */
const checked = new WeakMap<object, string>();

/**
 * A config with every default filled in. Returns a config that is already checked and unchanged as it is.
 *
 * @param source the file or stack, for the report
 * @throws ConfigError with every problem
 */
export function completedConfig(given: unknown, source: string, options?: ParseOptions): ResolvedConfig {
  if (typeof given === 'object' && given !== null && checked.get(given) === JSON.stringify(given)) {
    return given as ResolvedConfig;
  }
  if (given instanceof Promise) {
    const finding = { found: 'a promise', accepted: 'a config', fix: 'await it, as in `await loadConfig()`' };
    throw new ConfigError([{ keys: [], ...finding }], source);
  }
  const config = parse(batchJobsConfig, given, source, options);
  checked.set(config, JSON.stringify(config));
  return config;
}
