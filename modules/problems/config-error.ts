import type { Problem, ReportedProblem, ReportedStatedProblem, StatedProblem } from './problem';
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

  /** @param source path of the config's file relative to the working folder, or the construct's path */
  constructor(
    problems: readonly Problem[],
    readonly source: string,
  ) {
    const stated = problems.map((problem: StatedProblem) => ({
      ...problem,
      code: codeOf(problem),
      message: messageOf(problem),
    }));
    super(report(stated, source));
    this.name = 'ConfigError';
    this.problems = stated.map(({ options, range, meant, ...problem }) => problem);
    STATED.set(this, stated);
  }
}

/** The problems of an error with what their sentences are made from, for another report about them. Programs get the texts only. */
export function statedProblems(error: ConfigError): readonly ReportedStatedProblem[] {
  return STATED.get(error) ?? error.problems;
}
