import type { RetryPlan } from './retry-plan';

/**
 * How a submission that AWS Batch is too busy to take is repeated. AWS Batch takes 50 submissions a second from an account in a region,
 * which cannot be raised, so that a burst waits for its turn here. `npm run burst` plays bursts of up to a million runs with these numbers;
 * what they cost and how late the last run starts stands in `docs/internals/bursts.md`.
 */
export const SUBMISSION_RETRIES = {
  /**
   * The first try after a refusal comes within this many seconds, drawn at random: executions that were refused together must not come
   * back together.
   */
  firstDelay: { min: 1, max: 30 },
  /**
   * Tries after that, in one round. Full jitter: each delay is random between 0 and a bound that grows from 30 s to 15 minutes, in
   * proportion to the time that a run has waited. A round takes some two hours; its tries are as many as a job of 100 attempts with
   * on-demand fallback can afford for each of its submissions.
   */
  round: { IntervalSeconds: 30, BackoffRate: 1.4, MaxDelaySeconds: 900, MaxAttempts: 24, JitterStrategy: 'FULL' },
  /**
   * Between two rounds the state machine looks at the error, so that a permission that was taken away in the meantime ends the run.
   * Ten rounds are about a day.
   */
  rounds: 10,
} as const;

/** Step Functions ends an execution with its 25,000th event. What is planned for leaves a fifth of them. */
export const HISTORY_EVENTS = { limit: 25_000, planned: 20_000 } as const;

/** Events that Step Functions writes into an execution's history. */
const EVENTS = {
  /** A state is entered, and exited. */
  state: 2,
  /** A try is scheduled, started, and refused. */
  refusedTry: 3,
  /** A job is scheduled, started, submitted, and failed. */
  failedJob: 4,
} as const;

/**
 * Rounds that each submission of a job may take, 1 to {@link SUBMISSION_RETRIES.rounds}: as many as keep the history of an execution inside
 * its limit even if every submission is refused to its last try, and every job fails.
 */
export function submissionRounds(plan: Pick<RetryPlan, 'maximumAttempts' | 'onDemandFallback'>): number {
  const submissions = plan.maximumAttempts * (plan.onDemandFallback ? 2 : 1);
  const events = HISTORY_EVENTS.planned / submissions;
  const { state, refusedTry, failedJob } = EVENTS;
  // The refused task and three states to the next, and up to five states from a failed job to the next attempt.
  const around = state + refusedTry + 3 * state + (failedJob - refusedTry) + 5 * state;
  // The state with all its tries, and three states to the next round.
  const round = state + refusedTry * (1 + SUBMISSION_RETRIES.round.MaxAttempts) + 3 * state;
  const rounds = Math.floor((events - around + 3 * state) / round);
  return Math.min(SUBMISSION_RETRIES.rounds, Math.max(1, rounds));
}

/** What follows a refused try: a delay in seconds, drawn between two bounds, and the transitions that lead to the next try. */
export interface NextTry {
  readonly from: number;
  readonly to: number;
  readonly transitions: number;
}

/**
 * What the state machine does after a submission was refused for the `refusals`th time, from 1; undefined if it gives up. The same as in
 * the document, said as numbers for those who count.
 */
export function nextTry(refusals: number, rounds: number): NextTry | undefined {
  const { firstDelay, round } = SUBMISSION_RETRIES;
  // Four states: why was it refused, how long to wait, the wait, the task.
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
