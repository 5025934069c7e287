import { RESERVE_MS } from '../../modules/orchestration/trigger/deadline';
import { longestWaitMs, timeForAnother } from '../../modules/orchestration/trigger/retry';
import { TRIGGER_TIMEOUT_SECONDS } from '../../modules/rules/trigger-timeout';
import { Calendar } from './calendar';
import { seeded } from './random';
import { type Quota, TokenBucket } from './token-bucket';

// Looked up once, because a global variable is slow in the innermost loop, especially under a test runner.
const { max, min, round } = Math;

/** The quota of StartExecution per account and region. It can be raised. */
export const START_EXECUTION = {
  'us-east-1, us-west-2, eu-west-1': { bucket: 1_300, refill: 300 },
  'Other regions': { bucket: 800, refill: 150 },
} as const satisfies Record<string, Quota>;

/** The upper limit of a wait, by the number of failures and the remaining milliseconds. */
export type Waits = (failures: number, remainingMs: number) => number;

/** The waits of the trigger function. */
export const chosenWaits: Waits = longestWaitMs;

/** Its former waits: at most half a second, regardless of the remaining time. */
export const previousWaits: Waits = (failures) => min(500, 50 * 2 ** failures);

export interface StartsBurst {
  /** Events that arrive at the same time. Each starts one execution. */
  readonly events: number;
  /** Functions that Lambda runs in parallel. */
  readonly functions: number;
  readonly quota: Quota;
  readonly waits: Waits;
  readonly seed?: number;
}

export interface StartsOutcome {
  readonly events: number;
  /** Invocations that ran out of time. */
  readonly failedInvocations: number;
  /** Events that Lambda sends to the queue of undelivered events after three invocations. */
  readonly undelivered: number;
  /** Seconds until the last execution started. */
  readonly lastSeconds: number;
  readonly idealSeconds: number;
  /** Calls to StartExecution for all events. */
  readonly calls: number;
  /** Seconds of Lambda for all invocations. */
  readonly billedSeconds: number;
}

const MS_A_TICK = 5;
/** Duration of a call to Step Functions. */
const CALL_MS = 25;
/** Lambda retries an asynchronous event after one minute, and again after two. */
const NEXT_INVOCATION_MS = [60_000, 120_000];

/** Simulates a burst of asynchronous events against the quota of Step Functions: Lambda's queue, its functions and their waits. */
export function startsBurst({ events, functions, quota, waits, seed = 1 }: StartsBurst): StartsOutcome {
  const random = seeded(seed);
  const ticks = (ms: number) => max(1, round(ms / MS_A_TICK));
  const calls = new Calendar(events, ticks(10_000), random);
  const returning = new Calendar(events, ticks(max(...NEXT_INVOCATION_MS)), random);
  const bucket = new TokenBucket(quota);
  const began = new Float64Array(events);
  const failures = new Uint16Array(events);
  const invocations = new Uint8Array(events);
  const queue = Array.from({ length: events }, (_, event) => event);
  let head = 0;
  let free = functions;
  let left = events;
  let [failedInvocations, undelivered, lastTick, made, billedMs] = [0, 0, 0, 0, 0];
  for (let tick = 0; left > 0; tick++) {
    const now = tick * MS_A_TICK;
    if (tick > 0) bucket.refill(MS_A_TICK / 1_000);
    queue.push(...returning.due(tick));
    for (const event of calls.due(tick)) {
      made++;
      const passedMs = now - (began[event] ?? 0);
      if (bucket.take()) {
        free++;
        left--;
        billedMs += passedMs;
        lastTick = tick;
        continue;
      }
      const remainingMs = TRIGGER_TIMEOUT_SECONDS * 1_000 - RESERVE_MS - passedMs;
      const failed = failures[event] ?? 0;
      const waitMs = random() * waits(failed, remainingMs);
      failures[event] = failed + 1;
      if (timeForAnother(remainingMs, waitMs)) {
        calls.add(event, tick + ticks(waitMs + CALL_MS));
        continue;
      }
      free++;
      billedMs += passedMs;
      failedInvocations++;
      const next = NEXT_INVOCATION_MS[invocations[event] ?? 0];
      invocations[event] = (invocations[event] ?? 0) + 1;
      if (next === undefined) {
        undelivered++;
        left--;
      } else {
        returning.add(event, tick + ticks(next));
      }
    }
    for (; free > 0 && head < queue.length; free--) {
      const event = queue[head++] as number;
      began[event] = now;
      failures[event] = 0;
      calls.add(event, tick + ticks(CALL_MS));
    }
  }
  return {
    events,
    failedInvocations,
    undelivered,
    lastSeconds: (lastTick * MS_A_TICK) / 1_000,
    idealSeconds: max(0, events - quota.bucket) / quota.refill,
    calls: made,
    billedSeconds: billedMs / 1_000,
  };
}
