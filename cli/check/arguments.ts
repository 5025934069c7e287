import { formatCount } from '../../modules/problems/phrases';
import { unknownJob } from '../command/unknown-job';
import { UsageError } from '../command/usage-error';
import type { AwsOptions } from '../operate/options';

export interface CheckOptions extends AwsOptions {
  readonly minutes?: string;
  readonly aws: boolean;
}

/** Longest duration of a run: an execution of Step Functions ends after a year. */
const MAX_MINUTES = 366 * 24 * 60;

/**
 * How many minutes a run takes, as an option says. Undefined if it does not.
 *
 * @throws UsageError if that is no number of minutes, or if options need another one
 */
export function checkedMinutes(options: Partial<CheckOptions>): number | undefined {
  const minutes = options.minutes === undefined ? undefined : minutesOf(options.minutes);
  if (options.aws) return minutes;
  for (const name of ['region', 'profile'] as const) {
    if (options[name] !== undefined) throw new UsageError(`--${name} is for --aws. Add --aws, or remove --${name}.`);
  }
  return minutes;
}

/**
 * The jobs that are checked: all of a stack, or the one that an argument names.
 *
 * @throws UsageError if the stack has no such job
 */
export function chosenJobs(stackName: string, jobs: readonly string[], job: string | undefined): readonly string[] {
  if (job === undefined) return jobs;
  if (!jobs.includes(job)) throw unknownJob(stackName, job, jobs);
  return [job];
}

function minutesOf(text: string): number {
  const minutes = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && minutes > 0 && minutes <= MAX_MINUTES) return minutes;
  const most = formatCount(MAX_MINUTES);
  throw new UsageError(`--minutes "${text}" is not a number of minutes above 0, up to ${most} (a year).`);
}
