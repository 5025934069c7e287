import { interpret, type TaskOutcome } from '../../cli/local/state-machine/interpreter';
import { retryPlan } from '../../modules/orchestration/retry-plan';
import { stateMachineDocument } from '../../modules/orchestration/state-machine-document';
import {
  arrayRetries,
  HISTORY_EVENTS,
  nextTry,
  SUBMISSION_RETRIES,
  submissionRounds,
} from '../../modules/orchestration/submission-retries';
import type { RetryPlanInput } from '../../modules/rules/retries';

const THROTTLED = {
  error: 'Batch.AWSBatchException',
  cause: 'Too Many Requests (Service: AWSBatch; Status Code: 429)',
};
const RECLAIMED = {
  error: 'States.TaskFailed',
  cause: JSON.stringify({ Container: {}, StatusReason: 'Host EC2 (instance i-0) terminated.' }),
};

/** Runs a job whose every submission is refused this often before it is taken, and then ends so. */
async function walk(plan: RetryPlanInput, refusals: number, end: TaskOutcome, random = () => 0.5) {
  const document = stateMachineDocument({
    plan: retryPlan(plan),
    jobDefinitionArn: 'definition',
    jobQueueArn: 'spot',
    onDemandJobQueueArn: 'on-demand',
  });
  let refused = 0;
  let tries = 0;
  let taken = 0;
  const run = await interpret(document, {
    random,
    task: () => {
      tries++;
      if (refused++ < refusals) return THROTTLED;
      refused = 0;
      taken++;
      return end;
    },
  });
  const retries = run.delays.filter(({ of }) => of === 'Retry').length;
  // A state is entered and exited; a try is scheduled, started and refused; a job is also submitted. The execution starts and ends.
  const events = 2 + 2 * run.visited.length + 3 * (tries - taken) + 4 * taken;
  return { run, tries, events, transitions: run.visited.length + retries };
}

const KILLED = {
  error: 'States.TaskFailed',
  cause: JSON.stringify({ Container: { Reason: 'OutOfMemoryError: x' }, StatusReason: 'Essential container exited' }),
};

const ON_DEMAND = { useSpotInstances: true, spotInterruption: { thenOnDemand: true } };
const roundsOf = (plan: RetryPlanInput) => submissionRounds(retryPlan(plan));
/** Refusals after which one more would be the last. */
const mostRefusals = (rounds: number) => rounds * (1 + SUBMISSION_RETRIES.round.MaxAttempts);

test('the chosen numbers, which are changed only with the simulation at hand', () => {
  expect(SUBMISSION_RETRIES).toEqual({
    firstDelay: { min: 1, max: 30 },
    round: { IntervalSeconds: 30, BackoffRate: 1.4, MaxDelaySeconds: 900, MaxAttempts: 24, JitterStrategy: 'FULL' },
    rounds: 10,
  });
});

test.each([
  [{ attempts: 1 }, 10],
  [{ attempts: 23 }, 10],
  [{ attempts: 24 }, 9],
  [{ attempts: 50 }, 4],
  [{ attempts: 100 }, 2],
  [{ attempts: 11, ...ON_DEMAND }, 10],
  [{ attempts: 100, ...ON_DEMAND }, 1],
])('%p leaves each submission %d rounds', (plan, rounds) => {
  expect(roundsOf(plan)).toBe(rounds);
});

test.each([24, 54, 100])(
  'no history of %i attempts that are all killed for memory reaches its limit',
  async (attempts) => {
    const plan = { attempts, retryIntervalSeconds: 1, memory: 512, onOutOfMemory: { maxMemory: 1024 } };
    const { events, run } = await walk(plan, mostRefusals(roundsOf(plan)), KILLED);
    expect(run).toMatchObject({ status: 'FAILED', ...KILLED });
    expect(events).toBeLessThanOrEqual(HISTORY_EVENTS.planned + 2);
  },
);

test.each([
  [{ attempts: 1 }],
  [{ attempts: 2, retryIntervalSeconds: 1 }],
  [{ attempts: 23, retryIntervalSeconds: 1 }],
  [{ attempts: 24, retryIntervalSeconds: 1 }],
  [{ attempts: 36, retryIntervalSeconds: 1, ...ON_DEMAND }],
  [{ attempts: 54, retryIntervalSeconds: 1, ...ON_DEMAND }],
  [{ attempts: 100, retryIntervalSeconds: 1 }],
  [{ attempts: 100, retryIntervalSeconds: 1, ...ON_DEMAND }],
])('no history reaches its limit, whatever is refused and fails: %p', async (plan) => {
  const { attempts } = plan;
  const submissions = attempts * ('useSpotInstances' in plan ? 2 : 1);
  const refusals = mostRefusals(roundsOf(plan));
  const { events, tries, run } = await walk(plan, refusals, RECLAIMED);
  expect(run).toMatchObject({ status: 'FAILED', ...RECLAIMED });
  expect(tries).toBe(submissions * (1 + refusals));
  expect(events).toBeLessThanOrEqual(HISTORY_EVENTS.planned + 2);
  expect(HISTORY_EVENTS.planned).toBeLessThan(HISTORY_EVENTS.limit);
});

test.each([1, 2, 10])('what is counted is what the document does, in %d rounds', async (rounds) => {
  const attempts = { 1: 100, 2: 100, 10: 1 }[rounds] ?? 0;
  const plan = { attempts, ...(rounds === 1 && ON_DEMAND) };
  expect(roundsOf(plan)).toBe(rounds);
  const most = mostRefusals(rounds);
  for (const refusals of new Set([1, 2, 3, 12, 25, 26, 27, 28, 60, most])) {
    if (refusals > most) continue;
    const steps = Array.from({ length: refusals }, (_, index) => nextTry(index + 1, rounds));
    const { run, transitions } = await walk(plan, refusals, { output: {} });
    expect(run.status).toBe('SUCCEEDED');
    expect(transitions).toBe(1 + steps.reduce((sum, step) => sum + (step?.transitions ?? Number.NaN), 0));
    const shortest = await walk(plan, refusals, { output: {} }, () => 0);
    const longest = await walk(plan, refusals, { output: {} }, () => 1 - Number.EPSILON);
    expect(shortest.run.delays.map(({ seconds }) => seconds)).toEqual(steps.map((step) => step?.from));
    expect(longest.run.delays.map(({ seconds }) => Math.ceil(seconds))).toEqual(
      steps.map((step) => Math.ceil(step?.to ?? Number.NaN)),
    );
  }
  expect(nextTry(most + 1, rounds)).toBeUndefined();
  expect((await walk(plan, most + 1, { output: {} })).run).toMatchObject({ status: 'FAILED', ...THROTTLED });
});

test('a function before each submission is a part of the history', async () => {
  const plan = retryPlan({ ...ON_DEMAND, attempts: 40 });
  const rounds = submissionRounds(plan, true);
  const submissions = 2 * plan.maximumAttempts;
  const { events } = await walk({ ...ON_DEMAND, attempts: 40 }, mostRefusals(rounds), RECLAIMED);
  expect(events + 5 * submissions).toBeLessThanOrEqual(HISTORY_EVENTS.limit);
  expect(rounds).toBeLessThanOrEqual(submissionRounds(plan));
  // Where it takes a round.
  expect([submissionRounds(retryPlan({ attempts: 23 })), submissionRounds(retryPlan({ attempts: 23 }), true)]).toEqual([
    10, 10,
  ]);
  expect([arrayRetries(320), arrayRetries(320, true)]).toEqual([6, 4]);
});
