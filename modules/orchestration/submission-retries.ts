import type { RetryPlan } from './retry-plan';

/**
 * How a throttled submission is repeated. AWS Batch accepts 50 submissions per second per account and region, a fixed quota, so the
 * submissions of a burst wait here. `npm run burst` simulates bursts of up to a million runs with these numbers.
 * `docs/internals/bursts.md` has their costs and the latest start of a run.
 */
export const SUBMISSION_RETRIES = {
  /**
   * The first retry is within this many seconds, at a random time, so that executions throttled together don't retry together.
   */
  firstDelay: { min: 1, max: 30 },
  /**
   * Further retries, in one round. Full jitter: each delay is random between 0 and a bound that grows from 30 s to 15 minutes, in
   * proportion to the time that a run has waited. A round takes about two hours. Its number of retries is the maximum that a job of 100
   * attempts with on-demand fallback can have for each submission.
   */
  round: { IntervalSeconds: 30, BackoffRate: 1.4, MaxDelaySeconds: 900, MaxAttempts: 24, JitterStrategy: 'FULL' },
  /**
   * Between two rounds the state machine checks the error, so that a permission removed in the meantime ends the run. Ten rounds take
   * about a day.
   */
  rounds: 10,
} as const;

/** Step Functions ends an execution at its 25,000th event. A fifth of them is kept in reserve. */
export const HISTORY_EVENTS = { limit: 25_000, planned: 20_000 } as const;

/** Events in an execution's history. */
const EVENTS = {
  /** A state is entered, and exited. */
  state: 2,
  /** A submission is scheduled, started, and rejected. */
  refusedTry: 3,
  /** A job is scheduled, started, submitted, and failed. */
  failedJob: 4,
  /** A state is entered, a function is scheduled, started, and succeeds, and the state is exited. */
  function: 5,
} as const;

/**
 * Rounds of each submission of a job, 1 to {@link SUBMISSION_RETRIES.rounds}. The maximum that keeps the history of an execution within
 * its limit even if every submission is rejected until its last try, and every job fails.
 *
 * @param afterFunction whether a function is invoked before each submission
 */
export function submissionRounds(
  plan: Pick<RetryPlan, 'maximumAttempts' | 'onDemandFallback' | 'memoryLevels'>,
  afterFunction = false,
): number {
  const submissions = plan.maximumAttempts * (plan.onDemandFallback ? 2 : 1);
  const events = HISTORY_EVENTS.planned / submissions;
  const { state, refusedTry, failedJob } = EVENTS;
  // The rejected task, three states to the next, and up to five states from a failed job to the next attempt, or six with its memory.
  const between = plan.memoryLevels === undefined ? 5 : 6;
  const before = afterFunction ? EVENTS.function : 0;
  const around = before + state + refusedTry + 3 * state + (failedJob - refusedTry) + between * state;
  // The state with all its tries, and three states to the next round.
  const round = state + refusedTry * (1 + SUBMISSION_RETRIES.round.MaxAttempts) + 3 * state;
  const rounds = Math.floor((events - around + 3 * state) / round);
  return Math.min(SUBMISSION_RETRIES.rounds, Math.max(1, rounds));
}

/** Events of an array's way through the Map, and of its share of the states around it, without tries of a throttled submission. */
const ARRAY_EVENTS = 44;

/**
 * Retries of the throttled submission of an array, whose run has one round only: as many as keep the history of an execution within its limit
 * if each submission needs all of them.
 *
 * @param arrays submissions of a run: the arrays of all attempts
 * @param afterFunction whether a function is invoked before each submission
 */
export function arrayRetries(arrays: number, afterFunction = false): number {
  const { MaxAttempts } = SUBMISSION_RETRIES.round;
  const { refusedTry } = EVENTS;
  const events = ARRAY_EVENTS + (afterFunction ? EVENTS.function : 0);
  return Math.min(MaxAttempts, Math.floor((HISTORY_EVENTS.planned / arrays - events) / refusedTry));
}

/** What follows a rejected submission: a random delay in seconds, between two bounds, and the state transitions to the next try. */
export interface NextTry {
  readonly from: number;
  readonly to: number;
  readonly transitions: number;
}

/**
 * What the state machine does after the `refusals`th rejected submission, from 1, or undefined if it gives up. The same as in the
 * document, as numbers for simulations.
 */
export function nextTry(refusals: number, rounds: number): NextTry | undefined {
  const { firstDelay, round } = SUBMISSION_RETRIES;
  // Four states: check the error, choose the delay, wait, submit.
  const first = { from: firstDelay.min, to: firstDelay.max, transitions: 4 };
  if (refusals === 1) return first;
  const tries = 1 + round.MaxAttempts;
  const retry = (refusals - 2) % tries;
  if (retry < round.MaxAttempts) {
    const bound = Math.min(round.MaxDelaySeconds, round.IntervalSeconds * round.BackoffRate ** retry);
    return { from: 0, to: bound, transitions: 1 };
  }
  return (refusals - 1) / tries < rounds ? first : undefined;
}
