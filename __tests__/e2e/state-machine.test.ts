/**
 * State machine documents, run. moto interprets them and keeps the jobs; how each job ends is scripted, because moto runs
 * no containers without Docker (`engines/moto_server.py` says what is changed in it). What moto has nothing of, Batch's
 * own restarts, is played here around the local interpreter.
 */

import { interpret, type TaskCall, type TaskOutcome } from '../../cli/local/state-machine/interpreter';
import type { Json } from '../../cli/local/state-machine/json-value';
import { type JobRetryStrategy, type RetryPlan, retryPlan } from '../../modules/orchestration/retry-plan';
import { stateMachineDocument } from '../../modules/orchestration/state-machine-document';
import type { RetryPlanInput } from '../../modules/rules/retries';
import {
  type EmulatedEnd,
  type EmulatedRun,
  type Moto,
  type PlacedStateMachine,
  placeStateMachine,
  startMoto,
  unavailable,
} from './engines/moto';

const SPOT_QUEUE = 'arn:aws:batch:us-east-1:123456789012:job-queue/spot';
const ON_DEMAND_QUEUE = 'arn:aws:batch:us-east-1:123456789012:job-queue/on-demand';
const CONTAINER = {
  image: 'public.ecr.aws/docker/library/busybox:1.37',
  command: ['true'],
  environment: [{ name: 'GREETING', value: 'hello' }],
  resourceRequirements: [
    { type: 'VCPU' as const, value: '1' },
    { type: 'MEMORY' as const, value: '512' },
  ],
};
const WITH_FALLBACK = { useSpotInstances: true, spotInterruption: { thenOnDemand: true } };

function definitionOf(plan: RetryPlan): string {
  return JSON.stringify(
    stateMachineDocument({
      plan,
      jobDefinitionArn: 'arn:aws:batch:us-east-1:123456789012:job-definition/report',
      jobQueueArn: SPOT_QUEUE,
      onDemandJobQueueArn: ON_DEMAND_QUEUE,
    }),
  );
}

const missing = unavailable();
if (missing !== undefined) {
  console.warn(`SKIPPED: ${missing}`);
}
const describeOnMoto = missing === undefined ? describe : describe.skip;

describeOnMoto(`on moto${missing === undefined ? '' : `, skipped: ${missing}`}`, () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(async () => {
    await moto?.stop();
  });

  const place = (plan: RetryPlanInput, ends?: readonly EmulatedEnd[]): Promise<PlacedStateMachine> =>
    placeStateMachine(moto, definitionOf(retryPlan(plan)), CONTAINER, ends);
  const attemptsOf = (run: EmulatedRun): (string | undefined)[] =>
    run.jobs.map(({ environment }) => environment.STP_CURRENT_ATTEMPT);

  test("a job that succeeds enters one state, carries the execution's name, and its detail is the output", async () => {
    const machine = await place({ attempts: 3, retryIntervalSeconds: 5 });
    const run = await machine.run({ name: 'report-4f2a', input: '{"key":"value"}' });
    expect(run.execution.status).toBe('SUCCEEDED');
    expect(run.visited).toEqual(['Attempt 1']);
    expect(run.jobs).toHaveLength(1);
    expect(run.jobs[0]).toMatchObject({
      queueName: machine.queueName(SPOT_QUEUE),
      detail: { jobName: 'report-4f2a', status: 'SUCCEEDED' },
      environment: {
        GREETING: 'hello',
        STP_TRIGGER_EVENT_DATA: '{"key":"value"}',
        STP_MAXIMUM_ATTEMPTS: '3',
        STP_CURRENT_ATTEMPT: '1',
      },
    });
    expect(JSON.parse(run.execution.output ?? '')).toMatchObject({ JobName: 'report-4f2a', Status: 'SUCCEEDED' });
  });

  test('a failing job is retried after 1 and 2 seconds, each attempt knowing its number, until it succeeds', async () => {
    const machine = await place({ attempts: 4, retryIntervalSeconds: 1, retryIntervalMultiplier: 2 }, [
      1,
      'timeout',
      0,
    ]);
    const run = await machine.run();
    expect(run.execution.status).toBe('SUCCEEDED');
    expect(attemptsOf(run)).toEqual(['1', '2', '3']);
    expect(run.visited).toEqual([
      'Attempt 1',
      'Attempt 1 failed',
      'Wait before attempt 2',
      'Attempt 2',
      'Attempt 2 failed',
      'Wait before attempt 3',
      'Attempt 3',
    ]);
    expect(run.waits.map(({ state }) => state)).toEqual(['Wait before attempt 2', 'Wait before attempt 3']);
    for (const [index, seconds] of [1, 2].entries()) {
      const waited = (run.waits[index]?.milliseconds ?? 0) / 1000;
      // A busy machine adds any number of seconds.
      expect(waited).toBeGreaterThanOrEqual(seconds - 0.05);
    }
  });

  test("a job that uses up all attempts ends the execution with the last job's error and cause", async () => {
    const run = await (await place({ attempts: 3 }, [1, 2, 77])).run();
    expect(attemptsOf(run)).toEqual(['1', '2', '3']);
    expect(run.execution).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(JSON.parse(run.execution.cause ?? '')).toMatchObject({
      JobId: run.jobs[2]?.detail.jobId,
      Container: { ExitCode: 77 },
      StatusReason: 'Essential container in task exited',
    });
  });

  test('a job that is killed for memory has the next level in its next attempt, and keeps it after other failures', async () => {
    const plan = { attempts: 6, memory: 512, onOutOfMemory: { maxMemory: 1500 } };
    const run = await (await place(plan, ['oom', 1, 'throttle', 'oom', 'timeout', 'oom', 0])).run();
    const { status, error, cause } = run.execution;
    expect({ status, error, cause }).toEqual({ status: 'SUCCEEDED' });
    const memories = run.jobs.map(
      ({ detail }) => detail.container?.resourceRequirements?.find(({ type }) => type === 'MEMORY')?.value,
    );
    expect(memories).toEqual(['512', '1024', '1024', '1500', '1500', '1500']);
    expect(attemptsOf(run)).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  test.each([
    ['no input', undefined, '{}'],
    ['an empty object', '{}', '{}'],
    ['an array', '[1, "two", {"three": []}]', '[1,"two",{"three":[]}]'],
    ['a number', '7', '7'],
    ['text', '"he said \\"no\\" $.x"', '"he said \\"no\\" $.x"'],
    ['null', 'null', 'null'],
  ])('started by hand with %s, both attempts get it whole', async (_, input, event) => {
    const run = await (await place({ attempts: 2 }, [1, 0])).run({ input });
    expect(run.execution.status).toBe('SUCCEEDED');
    expect(run.jobs.map(({ environment }) => JSON.parse(environment.STP_TRIGGER_EVENT_DATA ?? ''))).toEqual([
      JSON.parse(event),
      JSON.parse(event),
    ]);
  });

  test.each([
    ['denied', 'Batch.AWSBatchException', 'not authorized to perform: batch:SubmitJob'],
    ['invalid', 'Batch.ClientException', 'Job size must be less than 30 KiB'],
  ] as const)('a submission that is %s ends the execution at once, with that error', async (end, error, cause) => {
    const run = await (await place({ attempts: 5, retryIntervalSeconds: 60 }, [end])).run();
    expect(run.execution).toMatchObject({ status: 'FAILED', error, cause: expect.stringContaining(cause) });
    expect(run.visited.filter((state) => /^Attempt \d+$/.test(state))).toEqual(['Attempt 1']);
    expect(run.jobs).toEqual([]);
  });

  test('a throttled submission (throttling is scripted) is repeated after a delay and consumes no attempt', async () => {
    const run = await (await place({ attempts: 2 }, ['throttle', 'throttle', 1, 0])).run();
    expect(run.execution.status).toBe('SUCCEEDED');
    expect(attemptsOf(run)).toEqual(['1', '2']);
    expect(run.visited).toEqual([
      'Attempt 1',
      'Attempt 1, submission refused',
      'Attempt 1, draw a delay',
      'Attempt 1, delay',
      'Attempt 1, resubmitted',
      'Attempt 1 failed',
      'Attempt 2',
    ]);
    expect(run.waits[0]?.milliseconds).toBeGreaterThanOrEqual(950);
  });

  test.each<[string, readonly EmulatedEnd[], string, readonly string[]]>([
    ['goes on in a second round', ['throttle', 'throttle', 'throttle', 'throttle', 0], 'SUCCEEDED', ['resubmitted']],
    ['is found to be denied after a round', ['throttle', 'throttle', 'denied'], 'FAILED', []],
    ['is given up after ten rounds', ['throttle'], 'FAILED', []],
  ])(
    'a submission refused over and over, with short delays and two tries a round, %s',
    async (_, ends, status, more) => {
      const definition = definitionOf(retryPlan({ attempts: 2 }))
        .replaceAll('"IntervalSeconds":30', '"IntervalSeconds":1')
        .replaceAll('"MaxDelaySeconds":900', '"MaxDelaySeconds":2')
        .replaceAll('"MaxAttempts":24', '"MaxAttempts":1')
        .replaceAll('States.MathRandom(1, 31)', 'States.MathRandom(0, 1)');
      const run = await (await placeStateMachine(moto, definition, CONTAINER, ends)).run();
      expect(run.execution.status).toBe(status);
      const first = ['submission refused', 'draw a delay', 'delay', 'resubmitted', 'refused again'];
      const next = ['next round', 'delay', 'resubmitted', 'refused again'];
      const rounds = ends.length === 1 ? 9 : 0;
      const names = [...first, ...Array.from({ length: rounds }, () => next).flat()].map(
        (name) => `Attempt 1, ${name}`,
      );
      const last =
        more.length === 0
          ? ['Submission refused']
          : ['Attempt 1, next round', 'Attempt 1, delay', 'Attempt 1, resubmitted'];
      expect(run.visited).toEqual(['Attempt 1', ...names, ...last]);
      if (status === 'FAILED') {
        const cause = expect.stringContaining(ends.includes('denied') ? 'not authorized' : 'Too Many Requests');
        expect(run.execution).toMatchObject({ error: 'Batch.AWSBatchException', cause });
        expect(run.jobs).toEqual([]);
      }
    },
  );

  test('a job without free restarts after interruptions (scripted ones) gets on-demand capacity in the same attempt', async () => {
    const machine = await place({ attempts: 2, ...WITH_FALLBACK }, ['reclaim', 1, 143, 0]);
    const run = await machine.run();
    expect(run.execution.status).toBe('SUCCEEDED');
    expect(attemptsOf(run)).toEqual(['1', '1', '2', '2']);
    const [spot, onDemand] = [machine.queueName(SPOT_QUEUE), machine.queueName(ON_DEMAND_QUEUE)];
    expect(run.jobs.map(({ queueName }) => queueName)).toEqual([spot, onDemand, spot, onDemand]);
    const strategies = run.history.flatMap(({ taskScheduledEventDetails }) =>
      taskScheduledEventDetails ? [JSON.parse(taskScheduledEventDetails.parameters ?? '').RetryStrategy] : [],
    );
    expect(strategies).toEqual([undefined, { Attempts: 1 }, undefined, { Attempts: 1 }]);
  });

  test('a last attempt that failed by itself ends with its error though on-demand capacity stood by', async () => {
    const run = await (await place({ attempts: 1, ...WITH_FALLBACK }, [3])).run();
    expect(run.execution).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(JSON.parse(run.execution.cause ?? '')).toMatchObject({ Container: { ExitCode: 3 } });
    expect(run.jobs).toHaveLength(1);
  });

  test.each<[RetryPlanInput, EmulatedEnd[]]>([
    [{ attempts: 3 }, [1, 143, 0]],
    [{ attempts: 3 }, ['timeout', 'invalid']],
    [{ attempts: 2, ...WITH_FALLBACK }, ['reclaim', 'reclaim', 'timeout']],
    [{ attempts: 2, ...WITH_FALLBACK }, [1, 'reclaim', 'denied']],
    [{ attempts: 1, ...WITH_FALLBACK }, ['timeout']],
  ])('the local interpreter takes the same way as moto: %j, ends %j', async (input, ends) => {
    const plan = retryPlan(input);
    const onMoto = await (await placeStateMachine(moto, definitionOf(plan), CONTAINER, ends)).run();
    // What the jobs and refusals looked like on moto is what the interpreter's calls are answered with.
    const outcomes = onMoto.history.flatMap(
      ({ type, taskFailedEventDetails, taskSucceededEventDetails }): TaskOutcome[] => {
        if (type === 'TaskFailed') {
          return [{ error: taskFailedEventDetails?.error ?? '', cause: taskFailedEventDetails?.cause ?? '' }];
        }
        return type === 'TaskSucceeded'
          ? [{ output: JSON.parse(taskSucceededEventDetails?.output ?? '') as Json }]
          : [];
      },
    );
    let calls = 0;
    const local = await interpret(JSON.parse(definitionOf(plan)), { task: () => answer(outcomes[calls++]) });
    expect(local.visited).toEqual(onMoto.visited);
    expect(calls).toBe(outcomes.length);
    expect(local.status).toBe(onMoto.execution.status);
    if (local.status === 'FAILED') {
      expect(local).toMatchObject({ error: onMoto.execution.error, cause: onMoto.execution.cause });
    }
  });
});

function answer(outcome: TaskOutcome | undefined): TaskOutcome {
  if (outcome === undefined) {
    throw new Error('The interpreter submits once more than moto did.');
  }
  return outcome;
}

/** How one run of a container in Batch ends. */
type ContainerEnd = number | 'reclaim' | 'timeout';

/**
 * Batch, by the rules of its retry strategy: a run that failed is restarted if the first rule that matches says so, or none
 * matches; a run that timed out is not.
 */
function batchOf(strategy: JobRetryStrategy | undefined, ends: readonly ContainerEnd[]) {
  const runs: { readonly attempt: string; readonly queue: string }[] = [];
  const matches = (pattern: string | undefined, text: string): boolean =>
    pattern === undefined || (pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern);
  return {
    runs,
    submit({ parameters }: TaskCall): TaskOutcome {
      const { JobQueue, RetryStrategy, ContainerOverrides } = parameters as {
        JobQueue: string;
        RetryStrategy?: { Attempts: number };
        ContainerOverrides: { Environment: { Name: string; Value: string }[] };
      };
      const environment = new Map(ContainerOverrides.Environment.map(({ Name, Value }) => [Name, Value]));
      const allowed = RetryStrategy?.Attempts ?? strategy?.attempts ?? 1;
      for (let run = 1; ; run++) {
        const end = ends[runs.length] ?? 0;
        runs.push({ attempt: environment.get('STP_CURRENT_ATTEMPT') ?? '', queue: JobQueue });
        if (end === 0) {
          return { output: { Status: 'SUCCEEDED' } };
        }
        const reason =
          end === 'reclaim'
            ? 'Host EC2 (instance i-1) terminated.'
            : end === 'timeout'
              ? 'Job attempt duration exceeded timeout'
              : 'Essential container in task exited';
        const exitCode = end === 'reclaim' ? '' : String(end === 'timeout' ? 143 : end);
        const rule = strategy?.evaluateOnExit.find(
          ({ onStatusReason, onExitCode, onReason }) =>
            matches(onStatusReason, reason) && matches(onExitCode, exitCode) && matches(onReason, ''),
        );
        if (run < allowed && end !== 'timeout' && (rule?.action ?? 'RETRY') === 'RETRY') {
          continue;
        }
        const container = exitCode === '' ? {} : { ExitCode: Number(exitCode) };
        return {
          error: 'States.TaskFailed',
          cause: JSON.stringify({ Container: container, Status: 'FAILED', StatusReason: reason }),
        };
      }
    },
  };
}

describe('with Batch restarting jobs (played by the test: moto makes one run of each job; run by the local interpreter)', () => {
  async function runsOf(input: RetryPlanInput, ends: readonly ContainerEnd[]) {
    const plan = retryPlan(input);
    const batch = batchOf(plan.batchRetry, ends);
    const run = await interpret(JSON.parse(definitionOf(plan)), { task: (call) => batch.submit(call) });
    return {
      run,
      runs: batch.runs.map(({ attempt, queue }) => `${attempt} ${queue === SPOT_QUEUE ? 'spot' : 'on-demand'}`),
    };
  }
  const spot = (freeRestarts: number, thenOnDemand = false, attempts = 2): RetryPlanInput => ({
    attempts,
    useSpotInstances: true,
    spotInterruption: { freeRestarts, thenOnDemand },
  });

  test.each([['reclaim'], [143]] as const)(
    'Spot interruptions that end in %s use no attempt and no state',
    async (end) => {
      const { run, runs } = await runsOf(spot(3, true, 1), [end, end, end, 0]);
      expect(run).toMatchObject({ status: 'SUCCEEDED', visited: ['Attempt 1'] });
      expect(runs).toEqual(['1 spot', '1 spot', '1 spot', '1 spot']);
    },
  );

  test('one interruption more than is free moves to on-demand capacity, in the same attempt', async () => {
    const { run, runs } = await runsOf(spot(2, true, 1), ['reclaim', 143, 'reclaim', 0]);
    expect(run.status).toBe('SUCCEEDED');
    expect(runs).toEqual(['1 spot', '1 spot', '1 spot', '1 on-demand']);
  });

  test('one interruption more than is free uses the attempt without the fallback', async () => {
    const { runs } = await runsOf(spot(1), ['reclaim', 'reclaim', 0]);
    expect(runs).toEqual(['1 spot', '1 spot', '2 spot']);
  });

  test('a failure and a timeout are not restarted by Batch: each consumes an attempt', async () => {
    const { runs } = await runsOf(spot(9, true, 3), [1, 'timeout', 0]);
    expect(runs).toEqual(['1 spot', '2 spot', '3 spot']);
  });

  test('a failure after an interruption uses the attempt, and the next one has all its free restarts', async () => {
    const { run, runs } = await runsOf(spot(1), ['reclaim', 1, 'reclaim', 1]);
    expect(run).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(runs).toEqual(['1 spot', '1 spot', '2 spot', '2 spot']);
  });

  test('on-demand capacity restarts nothing, not even exit code 143', async () => {
    const { run, runs } = await runsOf(spot(0, true, 1), ['reclaim', 143, 0]);
    expect(run.status).toBe('FAILED');
    expect(runs).toEqual(['1 spot', '1 on-demand']);
  });
});
