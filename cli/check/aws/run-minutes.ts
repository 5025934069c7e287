import { bounded } from '../../operate/bounded';
import type { DeployedJob, Deployment } from '../../operate/deployment';
import type { ListedRun } from '../../operate/execution-list';
import { runStory } from '../../operate/history';
import { newestRuns } from '../../operate/newest-runs';
import type { RunStory } from '../../operate/run-story';
import { secondsBetween } from '../../operate/time-text';

/** How long the containers of a job's runs ran. */
export interface MeasuredRuns {
  /** The median. */
  readonly minutes: number;
  readonly runs: number;
}

/** Runs of each job that are read. Each takes some requests. */
const READ = 10;

/**
 * How long the newest runs of a job that succeeded ran, all their attempts and starts together. Undefined if there is none.
 *
 * @param missing gets the job if it is not deployed
 */
export async function measuredRuns(
  deployment: Deployment,
  job: DeployedJob,
  missing: Set<DeployedJob>,
): Promise<MeasuredRuns | undefined> {
  const found: ListedRun[] = [];
  const selection = { jobs: [job], statuses: ['SUCCEEDED'] as const, limit: READ };
  for await (const run of newestRuns(deployment, selection, missing)) {
    found.push(run);
    if (found.length === READ) break;
  }
  const stories = await bounded(found, ({ executionArn }) => runStory(deployment, executionArn));
  const seconds = stories.map(secondsOf).filter((each) => each > 0);
  return seconds.length === 0 ? undefined : { minutes: median(seconds) / 60, runs: seconds.length };
}

/** Seconds that containers of a run ran. 0 for a run that a limit skipped. */
function secondsOf({ attempts }: RunStory): number {
  return attempts
    .flatMap(({ starts }) => starts)
    .reduce((sum, { started, stopped }) => sum + (started && stopped ? secondsBetween(started, stopped) : 0), 0);
}

/** The middle, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low = 0, high = low] = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return (low + high) / 2;
}
