import { counted, formatCount } from '../../../modules/problems/phrases';
import { UsageError } from '../../command/usage-error';
import { limitsText } from '../../model/limits-text';
import { duration } from '../../run-report/report-lines';
import { type Burst, playBurst } from './burst';

/** Duration of a job without a timeout, in seconds. */
const DEFAULT_SECONDS = 60;

/**
 * Plays a burst and prints how it goes.
 *
 * @throws UsageError if the limits count items, because a burst has none
 */
export async function showBurst(
  { timeout, ...burst }: Omit<Burst, 'seconds'> & { readonly timeout: number | undefined },
  json: boolean,
): Promise<void> {
  if (burst.limits?.countItems)
    throw new UsageError(
      `--burst plays runs without their items, and the limits of ${burst.job} count items. Remove countItems to see how its runs would wait.`,
    );
  const seconds = timeout ?? DEFAULT_SECONDS;
  const outcome = await playBurst({ ...burst, seconds });
  const { job, runs, limits } = burst;
  if (json) {
    console.log(JSON.stringify({ job, runs, secondsOfJob: seconds, ...outcome }));
    return;
  }
  const { atOnce, skipped, mostJobs, lastBegan, lastEnded, inOrder } = outcome;
  const waited = runs - atOnce - skipped;
  const lines = [
    `Played ${counted(runs, 'run')} of ${job} at once, without containers.`,
    `Each job takes ${duration(seconds)}.`,
    limits === undefined ? `${job} has no limits.` : `Limits: ${limitsText(limits)}`,
    `At once: ${formatCount(atOnce)}`,
    ...(waited > 0 ? [`Waited: ${formatCount(waited)}${inOrder ? ', in order of arrival' : ''}`] : []),
    ...(skipped > 0 ? [`Skipped: ${formatCount(skipped)}`] : []),
    `Most jobs at the same time: ${formatCount(mostJobs)}`,
    `Last job starts after ${duration(lastBegan)}, and ends after ${duration(lastEnded)}.`,
  ];
  console.log(lines.join('\n'));
}
