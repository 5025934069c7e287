import type { LoadedConfig } from './load';
import { ConfigError, inside, type Problem, parsePath } from './problem';
import { shownPath } from './shown-path';

/**
 * Makes the part of a stack that a part of the config asks for. What its construct complains about is told by the config's own paths.
 *
 * @param construct path of the construct: only what it and those in it complain about is about that part
 * @param base path of the part's properties in the config
 * @param beside properties that stand beside these, and not among them
 */
export function madeFor<T>(construct: string, base: string, beside: readonly string[], make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ConfigError) || !`${error.source}/`.startsWith(`${construct}/`)) throw error;
    const problems = error.problems.map((problem) => ({ ...problem, path: inConfig(problem.path, base, beside) }));
    throw new ConfigError(problems, error.source);
  }
}

function inConfig(path: string, base: string, beside: readonly string[]): string {
  const [first] = parsePath(path);
  return inside(beside.includes(String(first)) ? base.replace(/\.properties$/, '') : base, path);
}

/** Makes a stack of a config that was read from a file. What is wrong is told with its place there. */
export function synthesized<T>({ file, locate }: LoadedConfig, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const problems = error.problems.map((problem): Problem => {
      const place = problem.place ?? locate?.(parsePath(problem.path));
      return { ...problem, ...(place && { place }) };
    });
    throw new ConfigError(problems, shownPath(file));
  }
}
