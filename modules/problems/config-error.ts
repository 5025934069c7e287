import {
  formatPath,
  type Problem,
  type ReportedProblem,
  type ReportedStatedProblem,
  type StatedProblem,
} from './problem';
import { codeOf, messageOf } from './problem-message';
import { report } from './report';

const STATED = new WeakMap<ConfigError, readonly ReportedStatedProblem[]>();

/**
 * All problems of a config in one error. Its message is the report for people. No stack trace is needed.
 *
 * @example
 * import { ConfigError, loadConfig } from 'cdktf-batch-jobs';
 *
 * loadConfig('reports.yml').catch((error: unknown) => {
 *   if (!(error instanceof ConfigError)) throw error;
 *   for (const { path, found, fix } of error.problems) console.error(path, found, fix);
 * });
 */
export class ConfigError extends Error {
  readonly problems: readonly ReportedProblem[];
  /** Path of the config's file relative to the working folder, or the construct's path. */
  readonly source: string;

  constructor(problems: readonly Problem[], source: string);
  /** @internal */
  constructor(problems: readonly StatedProblem[], source: string);
  constructor(problems: readonly (Problem | StatedProblem)[], source: string) {
    const stated = problems.map((problem): ReportedStatedProblem => {
      const keys = 'keys' in problem ? problem.keys : keysOf(problem.path);
      return {
        path: formatPath(keys),
        ...problem,
        keys,
        code: codeOf(problem),
        message: messageOf({ ...problem, keys }),
      };
    });
    super(report(stated, source));
    this.name = 'ConfigError';
    this.source = source;
    this.problems = stated.map(({ keys, acceptedAs, options, range, meant, settles, found, fix, ...problem }) => ({
      ...problem,
      found: String(found),
      fix: String(fix),
    }));
    STATED.set(this, stated);
  }
}

/** The problems of an error as data, for another report about them. Programs get the texts only. */
export function statedProblems(error: ConfigError): readonly ReportedStatedProblem[] {
  return STATED.get(error) ?? error.problems.map((problem) => ({ ...problem, keys: keysOf(problem.path) }));
}

/** The keys and indices of a path in a problem of another program, or of another copy of this package: it has no other form. */
function keysOf(path: string): PropertyKey[] {
  return [...path.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|[^.[\]]+/g)].map(([word, index, key]) =>
    index === undefined ? (key === undefined ? word : JSON.parse(key)) : Number(index),
  );
}
