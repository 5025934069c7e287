import type { Problem, ReportedProblem } from './problem';
import { codeOf, messageOf } from './problem-message';
import { report } from './report';

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
    const reported = problems.map((problem) => ({ ...problem, code: codeOf(problem), message: messageOf(problem) }));
    super(report(reported, source));
    this.name = 'ConfigError';
    this.problems = reported;
  }
}
