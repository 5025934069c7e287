import { ConfigError, statedProblems } from '../problems/config-error';
import { inside } from '../problems/problem';
import { shownPath } from '../problems/shown-path';
import type { LoadedConfig } from './loaded-config';

/**
 * Creates the construct for a part of the config. Reports the construct's problems with their paths in the config.
 *
 * @param construct path of the construct. Only its own problems and those of its children belong to this part
 * @param base path of the part's properties in the config
 * @param beside properties that are next to these and not among them
 */
export function madeFor<T>(
  construct: string,
  base: readonly PropertyKey[],
  beside: readonly string[],
  make: () => T,
): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ConfigError) || !`${error.source}/`.startsWith(`${construct}/`)) throw error;
    const problems = statedProblems(error).map((problem) => {
      const isBeside = beside.includes(String(problem.keys[0]));
      return inside(problem, isBeside ? base.slice(0, -1) : base);
    });
    throw new ConfigError(problems, error.source);
  }
}

/** Creates a stack from a config file. Adds the place in the file to each problem. */
export function synthesized<T>({ file, locate, moved = [] }: LoadedConfig, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { writtenPath } = require('../config/moved-parts') as typeof import('../config/moved-parts');
    const problems = statedProblems(error).map(({ path: _, ...problem }) => {
      const keys = writtenPath(problem.keys, moved);
      const place = problem.place ?? locate?.(keys);
      return { ...problem, keys, ...(place && { place }) };
    });
    throw new ConfigError(problems, shownPath(file));
  }
}
