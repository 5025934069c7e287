import { type NextTry, nextTry, SUBMISSION_RETRIES } from '../../modules/orchestration/submission-retries';
import { Calendar } from './calendar';
import { seeded } from './random';
import { type Quota, TokenBucket } from './token-bucket';

// Looked up once: a global costs time in the innermost loop, most of all under a test runner.
const { ceil, max, min, round } = Math;

/** SubmitJob of AWS Batch, for an account in a region; it cannot be raised. AWS does not say how large the bucket is. */
export const SUBMIT_JOB: Quota = { bucket: 50, refill: 50 };

/** What happens after a number of refusals, from 1; undefined gives up. */
export type Retries = (refusals: number) => NextTry | undefined;

/** What the generator writes, in so many rounds. */
export function chosenRetries(rounds: number = SUBMISSION_RETRIES.rounds): Retries {
  return (refusals) => nextTry(refusals, rounds);
}

/** What it wrote before: a hundred more tries, with bounds from 2 s to a minute. */
export const previousRetries: Retries = (refusals) => {
  if (refusals === 1) return { from: 1, to: 30, transitions: 4 };
  if (refusals > 101) return undefined;
  return { from: 0, to: min(60, 2 * 2 ** (refusals - 2)), transitions: 1 };
};

export interface SubmissionsBurst {
  /** Runs that start at once. */
  readonly runs: number;
  readonly retries: Retries;
  readonly quota?: Quota;
  readonly seed?: number;
}

export interface SubmissionsOutcome {
  readonly runs: number;
  /** Runs that were given up without a job. */
  readonly failed: number;
  /** Seconds until the last job was submitted. */
  readonly lastSeconds: number;
  /** Seconds that it would take if no submission were ever wasted. */
  readonly idealSeconds: number;
  /** State transitions of all runs up to their jobs' submission. */
  readonly transitions: number;
  /** Most refusals that a run met which then started. */
  readonly mostRefusals: number;
}

const TICKS_A_SECOND = 10;

/** Plays a burst of runs against the quota of AWS Batch: every run submits its job at once, and then as its retries say. */
export function submissionsBurst({
  runs,
  retries,
  quota = SUBMIT_JOB,
  seed = 1,
}: SubmissionsBurst): SubmissionsOutcome {
  const random = seeded(seed);
  const steps: NextTry[] = [];
  for (let step = retries(1); step !== undefined; step = retries(steps.length + 1)) steps.push(step);
  const longest = max(...steps.map(({ to }) => to));
  const calendar = new Calendar(runs, ceil(longest * TICKS_A_SECOND) + 1, random);
  const refusals = new Uint16Array(runs);
  const bucket = new TokenBucket(quota);
  let left = runs;
  let failed = 0;
  let transitions = runs;
  let lastTick = 0;
  let mostRefusals = 0;
  for (let run = 0; run < runs; run++) calendar.add(run, 0);
  for (let tick = 0; left > 0; tick++) {
    if (tick > 0) bucket.refill(1 / TICKS_A_SECOND);
    for (const run of calendar.due(tick)) {
      const refused = refusals[run] ?? 0;
      if (bucket.take()) {
        left--;
        lastTick = tick;
        mostRefusals = max(mostRefusals, refused);
        continue;
      }
      refusals[run] = refused + 1;
      const step = steps[refused];
      if (step === undefined) {
        left--;
        failed++;
        continue;
      }
      transitions += step.transitions;
      const seconds = step.from + random() * (step.to - step.from);
      calendar.add(run, tick + max(1, round(seconds * TICKS_A_SECOND)));
    }
  }
  return {
    runs,
    failed,
    lastSeconds: lastTick / TICKS_A_SECOND,
    idealSeconds: max(0, runs - quota.bucket) / quota.refill,
    transitions,
    mostRefusals,
  };
}
