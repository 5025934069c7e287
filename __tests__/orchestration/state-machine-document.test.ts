import validate from 'asl-validator';
import fc from 'fast-check';
import {
  type InterpretOptions,
  interpret,
  type TaskCall,
  type TaskOutcome,
} from '../../cli/local/state-machine/interpreter';
import type { Json } from '../../cli/local/state-machine/json-value';
import { type RetryPlan, retryPlan } from '../../modules/orchestration/retry-plan';
import { stateMachineDocument } from '../../modules/orchestration/state-machine-document';
import type { StateMachineDocument, TaskState } from '../../modules/orchestration/states-language';

const SPOT_QUEUE = 'arn:aws:batch:eu-west-1:123456789012:job-queue/spot';
const ON_DEMAND_QUEUE = 'arn:aws:batch:eu-west-1:123456789012:job-queue/on-demand';
const JOB_DEFINITION = 'arn:aws:batch:eu-west-1:123456789012:job-definition/report';

function documentOf(plan: RetryPlan): StateMachineDocument {
  return stateMachineDocument({
    plan,
    jobDefinitionArn: JOB_DEFINITION,
    jobQueueArn: SPOT_QUEUE,
    onDemandJobQueueArn: ON_DEMAND_QUEUE,
  });
}

const withFallback = (attempts: number) =>
  retryPlan({ attempts, useSpotInstances: true, spotInterruption: { thenOnDemand: true } });

type Failure = Extract<TaskOutcome, { readonly error: string }>;

/** How Step Functions reports the end of a job: its detail as text, each key beginning with a capital letter. */
function failedJob(detail: { readonly [key: string]: Json }): Failure {
  return { error: 'States.TaskFailed', cause: JSON.stringify({ Attempts: [], Status: 'FAILED', ...detail }) };
}

const refusal = (message: string, status: number, code: string): Failure => ({
  error: 'Batch.AWSBatchException',
  cause: `${message} (Service: AWSBatch; Status Code: ${status}; Error Code: ${code}; Request ID: 6f; Proxy: null)`,
});

const ENDED = 'Essential container in task exited';
const ENDS = {
  success: { output: { Status: 'SUCCEEDED' } },
  failure: failedJob({ Container: { ExitCode: 1 }, StatusReason: ENDED }),
  timeout: failedJob({ Container: { ExitCode: 143 }, StatusReason: 'Job attempt duration exceeded timeout' }),
  reclaim: failedJob({ Container: {}, StatusReason: 'Host EC2 (instance i-0a1b2c3d) terminated.' }),
  sigterm: failedJob({ Container: { ExitCode: 143 }, IsTerminated: false, StatusReason: ENDED }),
  terminated: failedJob({ Container: { ExitCode: 143 }, IsTerminated: true, StatusReason: 'stop it' }),
  throttle: refusal('Too Many Requests', 429, 'TooManyRequestsException'),
  unavailable: refusal('Service Unavailable', 503, 'ServiceUnavailable'),
  serverError: { error: 'Batch.ServerException', cause: 'Internal error' },
  denied: refusal(
    'User: arn:aws:sts::1:assumed-role/r is not authorized to perform: batch:SubmitJob',
    403,
    'AccessDeniedException',
  ),
  badRequest: { error: 'Batch.ClientException', cause: 'Job size must be less than 30 KiB, got 47 KiB' },
  noPermission: { error: 'States.Permissions', cause: 'The role cannot be assumed' },
  tooLong: failedJob({
    Container: {},
    StatusReason: 'Container Overrides length must be at most 8192',
  }),
  memory: failedJob({
    Container: { ExitCode: 137, Reason: 'OutOfMemoryError: Container killed due to memory usage' },
    StatusReason: ENDED,
  }),
  unplaceable: failedJob({
    Container: {},
    StatusReason: 'Canceled by JobStateTimeLimit action due to reason: MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT',
  }),
} satisfies Record<string, TaskOutcome>;
type End = keyof typeof ENDS;

function environmentOf(call: TaskCall): Record<string, string> {
  const { ContainerOverrides } = call.parameters as unknown as {
    ContainerOverrides: { Environment: { Name: string; Value: string }[] };
  };
  return Object.fromEntries(ContainerOverrides.Environment.map(({ Name, Value }) => [Name, Value]));
}

const queueOf = (call: TaskCall) => (call.parameters as { JobQueue: string }).JobQueue;

/** Runs the document; the calls meet these ends one after another, and then success. */
async function walk(plan: RetryPlan, ends: readonly (End | TaskOutcome)[], options: Partial<InterpretOptions> = {}) {
  const calls: TaskCall[] = [];
  const run = await interpret(documentOf(plan), {
    ...options,
    task: (call) => {
      const end = ends[calls.length] ?? 'success';
      calls.push(call);
      return typeof end === 'string' ? ENDS[end] : end;
    },
  });
  return {
    run,
    calls,
    submissions: calls.map(
      (call) => `${environmentOf(call).STP_CURRENT_ATTEMPT} ${queueOf(call) === SPOT_QUEUE ? 'spot' : 'on-demand'}`,
    ),
  };
}

describe('a job that succeeds at once', () => {
  test('enters one state and ends with the job', async () => {
    const { run } = await walk(retryPlan({ attempts: 5, retryIntervalSeconds: 5 }), []);
    expect(run).toEqual({
      status: 'SUCCEEDED',
      output: { Status: 'SUCCEEDED' },
      visited: ['Attempt 1'],
      delays: [],
    });
  });

  test('is submitted with its definition, queue, name, time limit and environment', async () => {
    const { calls } = await walk(retryPlan({ attempts: 3, timeout: 90 }), [], {
      input: { key: 'a "quoted" value' },
      executionName: 'report-4f2a',
    });
    expect(calls).toEqual([
      {
        state: 'Attempt 1',
        resource: 'arn:aws:states:::batch:submitJob.sync',
        retryCount: 0,
        parameters: {
          JobDefinition: JOB_DEFINITION,
          JobQueue: SPOT_QUEUE,
          JobName: 'report-4f2a',
          Timeout: { AttemptDurationSeconds: 90 },
          ContainerOverrides: {
            Environment: [
              { Name: 'STP_TRIGGER_EVENT_DATA', Value: '{"key":"a \\"quoted\\" value"}' },
              { Name: 'STP_MAXIMUM_ATTEMPTS', Value: '3' },
              { Name: 'STP_CURRENT_ATTEMPT', Value: '1' },
            ],
          },
        },
      },
    ]);
  });

  test('has no timeout and no retry strategy by default', async () => {
    const { calls } = await walk(retryPlan({}), []);
    expect(calls[0]?.parameters).not.toHaveProperty('Timeout');
    expect(calls[0]?.parameters).not.toHaveProperty('RetryStrategy');
  });

  test('is submitted through the integration of its partition', () => {
    const document = stateMachineDocument({
      plan: retryPlan({}),
      jobDefinitionArn: JOB_DEFINITION,
      jobQueueArn: SPOT_QUEUE,
      partition: 'aws-cn',
    });
    expect(document.States['Attempt 1']).toMatchObject({ Resource: 'arn:aws-cn:states:::batch:submitJob.sync' });
  });
});

test('any JSON input reaches every attempt whole, on-demand capacity and resubmissions included', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (value) => {
      const input = value as Json;
      const { calls, run } = await walk(withFallback(2), ['throttle', 'reclaim', 'failure'], { input });
      expect(run.status).toBe('SUCCEEDED');
      expect(calls).toHaveLength(4);
      for (const call of calls) {
        expect(environmentOf(call).STP_TRIGGER_EVENT_DATA).toBe(JSON.stringify(input));
      }
    }),
  );
});

describe('failed attempts', () => {
  test('wait 5, 10 and 20 seconds between four attempts, and end with the last error and cause', async () => {
    const plan = retryPlan({ attempts: 4, retryIntervalSeconds: 5, retryIntervalMultiplier: 2 });
    const last = failedJob({ Container: { ExitCode: 7 }, StatusReason: ENDED });
    const { run, submissions } = await walk(plan, ['failure', 'timeout', 'failure', last]);
    expect(submissions).toEqual(['1 spot', '2 spot', '3 spot', '4 spot']);
    expect(run).toEqual({
      status: 'FAILED',
      ...last,
      delays: [
        { state: 'Wait before attempt 2', of: 'Wait', seconds: 5 },
        { state: 'Wait before attempt 3', of: 'Wait', seconds: 10 },
        { state: 'Wait before attempt 4', of: 'Wait', seconds: 20 },
      ],
      visited: [
        'Attempt 1',
        'Attempt 1 failed',
        'Wait before attempt 2',
        'Attempt 2',
        'Attempt 2 failed',
        'Wait before attempt 3',
        'Attempt 3',
        'Attempt 3 failed',
        'Wait before attempt 4',
        'Attempt 4',
      ],
    });
  });

  test('follow each other at once when the wait is 0', async () => {
    const { run } = await walk(retryPlan({ attempts: 2 }), ['failure']);
    expect(run).toMatchObject({ visited: ['Attempt 1', 'Attempt 1 failed', 'Attempt 2'], delays: [] });
  });

  test('of a job without retries end the execution at once', async () => {
    const { run } = await walk(retryPlan({}), ['failure']);
    expect(run).toMatchObject({ status: 'FAILED', ...ENDS.failure, visited: ['Attempt 1'] });
  });

  test('may have a cause that is no JSON, or none that says anything', async () => {
    for (const cause of ['', 'Host EC2 went away', '{', '"StatusReason":"Host EC2', '{"StatusReason":"Host EC2 (']) {
      const { run, submissions } = await walk(withFallback(2), [{ error: 'Unheard.Of', cause }]);
      expect(run.status).toBe('SUCCEEDED');
      expect(submissions).toEqual(['1 spot', '2 spot']);
    }
  });
});

describe('a submission that Batch is too busy to take', () => {
  test.each(['throttle', 'unavailable', 'serverError'] as const)(
    'is repeated, and %s consumes no attempt',
    async (end) => {
      const { run, submissions } = await walk(
        retryPlan({ attempts: 2 }),
        Array.from({ length: 50 }, () => end),
      );
      expect(run.status).toBe('SUCCEEDED');
      expect(submissions).toEqual(Array.from({ length: 51 }, () => '1 spot'));
    },
  );

  test('is repeated after random delays whose bounds grow to a quarter of an hour, and start afresh each round', async () => {
    const round = Array.from({ length: 24 }, (_, retry) => Math.min(900, 30 * 1.4 ** retry));
    for (const random of [0, 0.5]) {
      const { run } = await walk(
        retryPlan({}),
        Array.from({ length: 60 }, () => 'throttle' as const),
        { random: () => random },
      );
      expect(run.delays.map(({ seconds }) => seconds).slice(0, 52)).toEqual(
        [1, 2]
          .flatMap(() => [1 + Math.floor(random * 30), ...round.map((bound) => random * bound)])
          .concat([1 + Math.floor(random * 30), random * 30]),
      );
    }
  });

  test('counts the next failure as the first attempt', async () => {
    const { submissions } = await walk(retryPlan({ attempts: 2 }), ['throttle', 'throttle', 'failure', 'throttle']);
    expect(submissions).toEqual(['1 spot', '1 spot', '1 spot', '2 spot', '2 spot']);
  });

  test('ends the execution with its own error if it never goes through in a day', async () => {
    for (const end of ['throttle', 'serverError'] as const) {
      for (const [plan, tries] of [
        [retryPlan({}), 251],
        [withFallback(3), 251],
        [withFallback(100), 26],
      ] as const) {
        const { run, submissions } = await walk(
          plan,
          Array.from({ length: 1000 }, () => end),
        );
        expect(run).toMatchObject({ status: 'FAILED', ...ENDS[end] });
        expect(submissions).toEqual(Array.from({ length: tries }, () => '1 spot'));
      }
    }
  });
});

describe('an error that no retry can cure', () => {
  test.each(['denied', 'badRequest', 'noPermission', 'tooLong', 'unplaceable'] as const)(
    '%s ends the execution at once, with the real error and cause',
    async (end) => {
      for (const plan of [retryPlan({ attempts: 5 }), withFallback(5), retryPlan({})]) {
        const { run, calls } = await walk(plan, [end]);
        expect(run).toMatchObject({ status: 'FAILED', ...ENDS[end] });
        expect(calls).toHaveLength(1);
      }
    },
  );

  test('is found on on-demand capacity and in a resubmission too', async () => {
    for (const [ends, count] of [
      [['reclaim', 'denied'], 2],
      [['reclaim', 'unplaceable'], 2],
      [['throttle', 'badRequest'], 2],
      [['reclaim', 'throttle', 'badRequest'], 3],
    ] as const) {
      const { run, calls } = await walk(withFallback(5), ends);
      expect(run).toMatchObject({ status: 'FAILED', ...ENDS[ends[ends.length - 1] ?? 'success'] });
      expect(calls).toHaveLength(count);
    }
  });

  test.each([
    ['one attempt', retryPlan({})],
    ['five attempts', retryPlan({ attempts: 5 })],
    ['a hundred attempts, one round for each', withFallback(100)],
  ])(
    'ends the execution with the real error, a round later, if permission goes away while Batch is busy: %s',
    async (_, plan) => {
      const denied = Array.from({ length: 1000 }, () => 'denied' as const);
      const { run, calls } = await walk(plan, ['throttle', ...denied]);
      expect(run).toMatchObject({ status: 'FAILED', ...ENDS.denied });
      expect(run.visited.filter((state) => /^Attempt \d+$/.test(state))).toEqual(['Attempt 1']);
      expect(calls).toHaveLength(1 + 25);
    },
  );

  test('may have no cause after a round of refusals, and is then no denial', async () => {
    const silent = { error: 'Batch.AWSBatchException', cause: undefined as unknown as string };
    const { run } = await walk(retryPlan({}), ['throttle', ...Array.from({ length: 25 }, () => silent)]);
    expect(run.status).toBe('SUCCEEDED');
  });

  test('cannot be feigned by an event that quotes such a status reason', async () => {
    const event = `${ENDS.unplaceable.cause} ${ENDS.tooLong.cause}`;
    const failure = failedJob({
      Container: { Environment: [{ Name: 'STP_TRIGGER_EVENT_DATA', Value: JSON.stringify(event) }], ExitCode: 1 },
      StatusReason: ENDED,
    });
    const { run } = await walk(retryPlan({ attempts: 2 }), [failure]);
    expect(run.status).toBe('SUCCEEDED');
  });
});

describe('an attempt without free restarts after Spot interruptions', () => {
  test.each(['reclaim', 'sigterm'] as const)('after %s is submitted once more to on-demand capacity', async (end) => {
    const { run, calls, submissions } = await walk(withFallback(3), [end]);
    expect(run.status).toBe('SUCCEEDED');
    expect(submissions).toEqual(['1 spot', '1 on-demand']);
    expect(calls.map(({ parameters }) => (parameters as { RetryStrategy?: Json }).RetryStrategy)).toEqual([
      undefined,
      { Attempts: 1 },
    ]);
  });

  test('goes on to the next attempt, on Spot again, if on-demand capacity fails too', async () => {
    const { submissions } = await walk(withFallback(2), ['reclaim', 'failure', 'reclaim']);
    expect(submissions).toEqual(['1 spot', '1 on-demand', '2 spot', '2 on-demand']);
  });

  test('ends with what happened on on-demand capacity when it was the last', async () => {
    const { run, submissions } = await walk(withFallback(1), ['reclaim', 'failure']);
    expect(run).toMatchObject({ status: 'FAILED', ...ENDS.failure });
    expect(submissions).toEqual(['1 spot', '1 on-demand']);
  });

  test('has failed like any other without the fallback', async () => {
    const { submissions } = await walk(retryPlan({ attempts: 2, useSpotInstances: true }), ['reclaim', 'sigterm']);
    expect(submissions).toEqual(['1 spot', '2 spot']);
  });

  test.each(['timeout', 'terminated'] as const)('is not what %s looks like, though the exit code is', async (end) => {
    const { submissions } = await walk(withFallback(2), [end]);
    expect(submissions).toEqual(['1 spot', '2 spot']);
  });

  test('is judged by the job, not by its earlier restarts', async () => {
    const failure = failedJob({
      Attempts: [{ Container: { ExitCode: 143 }, StatusReason: 'Host EC2 (instance i-1) terminated.' }],
      Container: { ExitCode: 1 },
      StatusReason: ENDED,
    });
    const { run, submissions } = await walk(withFallback(1), [failure]);
    expect(run).toMatchObject({ status: 'FAILED', ...failure });
    expect(submissions).toEqual(['1 spot']);
  });

  test('is not looked for in a job without a status reason', async () => {
    const failure = failedJob({ Attempts: [{ StatusReason: 'Host EC2 (instance i-1) terminated.' }] });
    const { submissions } = await walk(withFallback(2), [failure]);
    expect(submissions).toEqual(['1 spot', '2 spot']);
  });

  test('needs a queue to go to', () => {
    expect(() =>
      stateMachineDocument({ plan: withFallback(1), jobDefinitionArn: JOB_DEFINITION, jobQueueArn: SPOT_QUEUE }),
    ).toThrow('onDemandJobQueueArn is missing');
  });
});

/** Any plan of up to so many attempts. */
const planOf = (attempts: { readonly max: number }) =>
  fc
    .record({
      attempts: fc.integer({ min: 1, ...attempts }),
      retryIntervalSeconds: fc.integer({ min: 0, max: 100 }),
      retryIntervalMultiplier: fc.double({ min: 1, max: 3, noNaN: true }),
      useSpotInstances: fc.boolean(),
      spotInterruption: fc.record({ freeRestarts: fc.nat(9), thenOnDemand: fc.boolean() }),
      timeout: fc.option(fc.integer({ min: 60, max: 10_000 }), { nil: undefined }),
      memory: fc.integer({ min: 4, max: 10_000 }),
      onOutOfMemory: fc.option(
        fc.record({
          memoryMultiplier: fc.double({ min: 1.1, max: 9, noNaN: true }),
          maxMemory: fc.integer({ min: 10_001, max: 30_000 }),
        }),
        { nil: undefined },
      ),
    })
    .map(retryPlan);

describe('a job that gets more memory after an attempt that was killed for it', () => {
  const levelled = (input: object = {}) =>
    retryPlan({ attempts: 6, memory: 1800, onOutOfMemory: { maxMemory: 6000 }, ...input });
  const memoryOf = ({ parameters }: TaskCall) =>
    (parameters as { ContainerOverrides: { ResourceRequirements?: unknown } }).ContainerOverrides.ResourceRequirements;
  const memory = (value: string) => [{ Type: 'MEMORY', Value: value }];

  test('has the next level after each such end, the last one for good, and no other end changes it', async () => {
    const { calls, run } = await walk(levelled(), ['failure', 'memory', 'timeout', 'memory', 'memory']);
    expect(calls.map(memoryOf)).toEqual([
      undefined,
      memory('1800'),
      memory('3600'),
      memory('3600'),
      memory('6000'),
      memory('6000'),
    ]);
    expect(run.status).toBe('SUCCEEDED');
  });

  test('has the second level at once if its first attempt was killed', async () => {
    const { calls } = await walk(levelled(), ['memory', 'failure', 'memory']);
    expect(calls.map(memoryOf)).toEqual([undefined, memory('3600'), memory('3600'), memory('6000')]);
  });

  test('keeps the level while submissions are refused, and on on-demand capacity', async () => {
    const spot = { useSpotInstances: true, spotInterruption: { thenOnDemand: true } };
    const { calls, submissions } = await walk(levelled(spot), [
      'memory',
      'throttle',
      'throttle',
      'reclaim',
      'throttle',
      'failure',
    ]);
    expect(submissions).toEqual(['1 spot', '2 spot', '2 spot', '2 spot', '2 on-demand', '2 on-demand', '3 spot']);
    expect(calls.slice(1).map(memoryOf)).toEqual(Array.from({ length: 6 }, () => memory('3600')));
  });

  test('is killed on on-demand capacity too', async () => {
    const spot = { useSpotInstances: true, spotInterruption: { thenOnDemand: true } };
    const { calls } = await walk(levelled(spot), ['reclaim', 'memory', 'reclaim', 'memory']);
    expect(calls.map(memoryOf)).toEqual([undefined, undefined, memory('3600'), memory('3600'), memory('6000')]);
  });

  test('goes on after a failure without a cause, with the memory that it had', async () => {
    const { calls } = await walk(levelled(), [{ error: 'States.Timeout', cause: '' }, 'memory']);
    expect(calls.map(memoryOf)).toEqual([undefined, memory('1800'), memory('3600')]);
  });

  test('is not given more by an event that quotes the reason', async () => {
    const Value = '{"Reason":"OutOfMemoryError: x"}';
    const quoting = failedJob({
      Container: { Environment: [{ Name: 'STP_TRIGGER_EVENT_DATA', Value }], ExitCode: 1 },
      StatusReason: ENDED,
    });
    const { calls } = await walk(levelled(), [quoting]);
    expect(calls.map(memoryOf)).toEqual([undefined, memory('1800')]);
  });

  test('ends with the reason of its last attempt', async () => {
    const { run } = await walk(levelled({ attempts: 2 }), ['memory', 'memory']);
    expect(run).toMatchObject({ status: 'FAILED', cause: ENDS.memory.cause });
  });
});

describe('any sequence of ends', () => {
  const anyPlan = planOf({ max: 6 });
  const anyEnds = fc.array(fc.constantFrom(...(Object.keys(ENDS) as End[])), { maxLength: 20 });
  const INCURABLE: readonly End[] = ['denied', 'badRequest', 'noPermission', 'tooLong', 'unplaceable'];
  const BUSY: readonly End[] = ['throttle', 'unavailable', 'serverError'];

  /** The contract, said a second time: what is submitted, waited and reported for these ends. */
  function expected(plan: RetryPlan, ends: readonly End[]) {
    const submissions: string[] = [];
    const waits: number[] = [];
    let attempt = 1;
    let onDemand = false;
    for (let index = 0; ; index++) {
      const end = ends[index] ?? 'success';
      submissions.push(`${attempt} ${onDemand ? 'on-demand' : 'spot'}`);
      if (end === 'success') {
        return { submissions, waits, end };
      }
      if (BUSY.includes(end)) {
        continue;
      }
      if (INCURABLE.includes(end)) {
        return { submissions, waits, end };
      }
      if (plan.onDemandFallback && !onDemand && (end === 'reclaim' || end === 'sigterm')) {
        onDemand = true;
        continue;
      }
      onDemand = false;
      if (attempt === plan.maximumAttempts) {
        return { submissions, waits, end };
      }
      const wait = plan.waits[attempt - 1] ?? 0;
      if (wait > 0) {
        waits.push(wait);
      }
      attempt++;
    }
  }

  /** A resubmission distinguishes throttling from denied access only at the end of a round, see above. */
  function deniedInResubmission(ends: readonly End[]): boolean {
    return ends.some((end, index) => end === 'denied' && BUSY.includes(ends[index - 1] ?? 'success'));
  }

  test('is submitted, waited for and reported as the contract says', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyPlan,
        anyEnds.filter((ends) => !deniedInResubmission(ends)),
        async (plan, ends) => {
          const { run, submissions } = await walk(plan, ends);
          const contract = expected(plan, ends);
          expect(submissions).toEqual(contract.submissions);
          expect(
            run.delays.filter(({ state }) => state.startsWith('Wait before')).map(({ seconds }) => seconds),
          ).toEqual(contract.waits);
          expect(run).toMatchObject(
            contract.end === 'success' ? { status: 'SUCCEEDED' } : { status: 'FAILED', ...ENDS[contract.end] },
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('any document', () => {
  const anyPlan = planOf({ max: 12 });
  const tasksOf = (document: StateMachineDocument): [string, TaskState][] =>
    Object.entries(document.States).flatMap(([name, state]) =>
      state.Type === 'Task' && 'End' in state ? [[name, state]] : [],
    );

  test('is valid in the Amazon States Language', () => {
    fc.assert(
      // Between the first attempt and the last all are alike, and the validator is slow.
      fc.property(planOf({ max: 3 }), (plan) => {
        // The validator writes defaults into what it is given.
        const { isValid, errorsText } = validate(JSON.parse(JSON.stringify(documentOf(plan))));
        expect(errorsText()).toBe('');
        expect(isValid).toBe(true);
      }),
      { numRuns: 8 },
    );
  });

  test('has one state for each attempt, the exact waits, and none of 0 seconds', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const { States } = documentOf(plan);
        const attempts = Object.keys(States).filter((name) => /^Attempt \d+$/.test(name));
        expect(attempts).toEqual(Array.from({ length: plan.maximumAttempts }, (_, index) => `Attempt ${index + 1}`));
        const waits = Object.entries(States).filter(([name]) => name.startsWith('Wait before'));
        expect(waits).toEqual(
          plan.waits.flatMap((Seconds, index) =>
            Seconds === 0
              ? []
              : [[`Wait before attempt ${index + 2}`, { Type: 'Wait', Seconds, Next: `Attempt ${index + 2}` }]],
          ),
        );
      }),
    );
  });

  test('has names that Step Functions takes, and a last resort in every Task but the last submission', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const document = documentOf(plan);
        expect(Object.keys(document.States).every((name) => name.length <= 80)).toBe(true);
        const last = `Attempt ${plan.maximumAttempts}${plan.onDemandFallback ? ' on demand' : ''}`;
        for (const [name, task] of tasksOf(document)) {
          const catchesAll = task.Catch?.at(-1)?.ErrorEquals.includes('States.ALL') ?? false;
          expect([name, catchesAll]).toEqual([name, name !== last && name !== `${last}, resubmitted`]);
          expect(task.Retry?.every(({ JitterStrategy }) => JitterStrategy === 'FULL') ?? true).toBe(true);
        }
      }),
    );
  });

  test('can reach every state', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const document = documentOf(plan);
        const targets = JSON.stringify(document).matchAll(/"(?:Next|Default|StartAt)":"([^"]+)"/g);
        expect(new Set([...targets].map(([, target]) => target))).toEqual(new Set(Object.keys(document.States)));
      }),
    );
  });

  test('submits to on-demand capacity only where the plan falls back to it, without restarts', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const onDemand = tasksOf(documentOf(plan)).filter(([, task]) => task.Parameters.JobQueue === ON_DEMAND_QUEUE);
        expect(onDemand).toHaveLength(plan.onDemandFallback ? 2 * plan.maximumAttempts : 0);
        expect(onDemand.every(([, task]) => task.Parameters.RetryStrategy?.Attempts === 1)).toBe(true);
      }),
    );
  });

  test('of a hundred attempts with every option fits into one request of 1 MB, at the longest ARNs', () => {
    const arn = (kind: string) => `arn:aws-us-gov:batch:us-gov-west-1:123456789012:${kind}/${'x'.repeat(128)}`;
    const document = stateMachineDocument({
      plan: retryPlan({
        attempts: 100,
        retryIntervalSeconds: 100_000,
        timeout: 31_536_000,
        useSpotInstances: true,
        spotInterruption: { freeRestarts: 9, thenOnDemand: true },
        memory: 65_536,
        onOutOfMemory: { memoryMultiplier: 1.1, maxMemory: 25_165_824 },
      }),
      jobDefinitionArn: arn('job-definition'),
      jobQueueArn: arn('job-queue'),
      onDemandJobQueueArn: arn('job-queue'),
      partition: 'aws-us-gov',
    });
    const definition = JSON.stringify(document);
    // Inside the request the definition is text, its quotes escaped.
    expect(JSON.stringify(definition).length).toBeLessThan(995_000);
  });

  test('is the same for the same plan', () => {
    expect(JSON.stringify(documentOf(withFallback(3)))).toBe(JSON.stringify(documentOf(withFallback(3))));
  });
});
