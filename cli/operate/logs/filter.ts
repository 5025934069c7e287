import { formatCount } from '../../../modules/problems/phrases';
import { UsageError } from '../../command/usage-error';

/** Which lines to print of a run or a job. */
export interface LogLines {
  readonly follow: boolean;
  /** Of the run. */
  readonly attempt?: number;
  /** Index of the item of the run. */
  readonly item?: number;
  readonly since?: Date;
  /** In the syntax of CloudWatch Logs. */
  readonly filter?: string;
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
const MAX_PATTERN_LENGTH = 1024;

/**
 * The filter pattern that the options ask for. Undefined for every line.
 *
 * @throws UsageError if both options are set, or one is empty or too long
 */
export function filterPattern(text: string | undefined, pattern: string | undefined): string | undefined {
  if (text !== undefined && pattern !== undefined) {
    throw new UsageError('Set --filter for a text, or --filter-pattern for a pattern of CloudWatch Logs, not both.');
  }
  const [option, given] = text === undefined ? ['--filter-pattern', pattern] : ['--filter', text];
  if (given === undefined) return undefined;
  if (given.trim() === '') throw new UsageError(`${option} is empty. Leave it out to see every line.`);
  const whole = text === undefined ? given : quoted(given);
  if (whole.length <= MAX_PATTERN_LENGTH) return whole;
  throw new UsageError(
    `${option} is ${formatCount(whole.length)} characters long. Maximum: ${formatCount(MAX_PATTERN_LENGTH)}.`,
  );
}

/** A phrase in a filter pattern. Without the quotes, words would match in any order, and `-`, `?`, `[` and `{` would be syntax. */
function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
