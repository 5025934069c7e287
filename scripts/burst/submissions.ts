import { type NextTry, nextTry, SUBMISSION_RETRIES } from '../../modules/orchestration/submission-retries';
import { Calendar } from './calendar';
import { seeded } from './random';
import { type Quota, TokenBucket } from './token-bucket';

// Looked up once, because a global variable is slow in the innermost loop, especially under a test runner.
const { ceil, max, min, round } = Math;

/** The quota of SubmitJob per account and region. It cannot be raised. AWS does not document the size of the bucket. */
const SUBMIT_JOB: Quota = { bucket: 50, refill: 50 };

/** What follows a rejected submission, by the number of rejections from 1. Undefined: the run fails. */
export type Retries = (refusals: number) => NextTry | undefined;

/** The retries in the generated state machine, with this number of rounds. */
export function chosenRetries(rounds: number = SUBMISSION_RETRIES.rounds): Retries {
  return (refusals) => nextTry(refusals, rounds);
}

/** The former retries: a hundred more, with limits from 2 s to a minute. */
export const previousRetries: Retries = (refusals) => {
  if (refusals === 1) return { from: 1, to: 30, transitions: 4 };
  if (refusals > 101) return undefined;
  return { from: 0, to: min(60, 2 * 2 ** (refusals - 2)), transitions: 1 };
};

export interface SubmissionsBurst {
  /** Runs that start at the same time. */
  readonly runs: number;
  readonly retries: Retries;
  readonly quota?: Quota;
  readonly seed?: number;
}

export interface SubmissionsOutcome {
  readonly runs: number;
  /** Runs that failed without a job. */
  readonly failed: number;
  /** Seconds until the last job was submitted. */
  readonly lastSeconds: number;
  /** Seconds without any wasted submission. */
  readonly idealSeconds: number;
  /** State transitions of all runs until their jobs are submitted. */
  readonly transitions: number;
  /** Maximum number of rejections of a run that started. */
  readonly mostRefusals: number;
}

const TICKS_A_SECOND = 10;

/** Simulates a burst of runs against the quota of AWS Batch: every run submits its job immediately, and then as its retries define. */
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
