import { type RetryPlan, retryPlan } from '../../modules/orchestration/retry-plan';
import { submissionRounds } from '../../modules/orchestration/submission-retries';
import {
  BUSY_ERRORS,
  INCURABLE_ERRORS,
  REFUSED_FOR_GOOD,
  type Submission,
  submissionStates,
} from '../../modules/orchestration/submission-states';
import { ENDED, ENDS, failedJob, walk, withFallback } from './walked-document';

const PLAN: RetryPlan = {
  maximumAttempts: 2,
  waits: [0],
  timeoutSeconds: undefined,
  batchRetry: { attempts: 1, evaluateOnExit: [] },
  onDemandFallback: false,
};
/** So many submissions that each has one round of retries only. */
const LONG: RetryPlan = { ...PLAN, maximumAttempts: 100, onDemandFallback: true };
const SUBMISSION: Submission = {
  name: 'Attempt 1',
  attempt: 1,
  jobQueueArn: 'queue',
  onJobFailure: 'Attempt 1 failed',
};

function states({
  plan = PLAN,
  partition,
  ...more
}: Partial<Submission> & { plan?: RetryPlan; partition?: string } = {}) {
  const job = { plan, jobDefinitionArn: 'definition', ...(partition && { partition }) };
  return submissionStates(job, { ...SUBMISSION, ...more }) as Record<string, Record<string, unknown>>;
}

const PARAMETERS = {
  JobDefinition: 'definition',
  JobQueue: 'queue',
  'JobName.$': '$$.Execution.Name',
  ContainerOverrides: {
    Environment: [
      { Name: 'STP_TRIGGER_EVENT_DATA', 'Value.$': 'States.JsonToString($$.Execution.Input)' },
      { Name: 'STP_MAXIMUM_ATTEMPTS', Value: '2' },
      { Name: 'STP_CURRENT_ATTEMPT', Value: '1' },
    ],
  },
};
const TASK = { Type: 'Task', Resource: 'arn:aws:states:::batch:submitJob.sync', Parameters: PARAMETERS, End: true };
const ROUND = {
  ErrorEquals: BUSY_ERRORS,
  IntervalSeconds: 30,
  BackoffRate: 1.4,
  MaxDelaySeconds: 900,
  MaxAttempts: 24,
  JitterStrategy: 'FULL',
};
const FAILED_JOB = { ErrorEquals: ['States.ALL'], Next: 'Attempt 1 failed' };
const GIVEN_UP = { ErrorEquals: INCURABLE_ERRORS, Next: 'Failed' };
const refusedBy = (path: string) => ({
  Or: ['*Status Code: 403*', '*AccessDenied*', '*not authorized to perform*'].map((pattern) => ({
    Variable: path,
    StringMatches: pattern,
  })),
});

it('the errors of a submission are temporary, permanent, or permanent by their cause', () => {
  expect(BUSY_ERRORS).toEqual([
    'Batch.ServerException',
    'Batch.SdkClientException',
    'Batch.TooManyRequestsException',
    'Batch.AWSBatchException',
  ]);
  expect(INCURABLE_ERRORS).toEqual([
    'Batch.ClientException',
    'Batch.AccessDeniedException',
    'States.Permissions',
    'States.ParameterPathFailure',
    'States.IntrinsicFailure',
  ]);
  expect(REFUSED_FOR_GOOD).toHaveLength(3);
});

it('a submission of a job with few attempts has several rounds of retries', () => {
  expect(states()).toEqual({
    'Attempt 1': {
      ...TASK,
      Catch: [{ ErrorEquals: BUSY_ERRORS, Next: 'Attempt 1, submission refused' }, GIVEN_UP, FAILED_JOB],
    },
    'Attempt 1, submission refused': {
      Type: 'Choice',
      Choices: [
        { Variable: '$.Cause', IsPresent: false, Next: 'Attempt 1, draw a delay' },
        { ...refusedBy('$.Cause'), Next: 'Failed' },
      ],
      Default: 'Attempt 1, draw a delay',
    },
    'Attempt 1, draw a delay': {
      Type: 'Pass',
      Parameters: { 'Seconds.$': 'States.MathRandom(1, 31)', Round: 1 },
      Next: 'Attempt 1, delay',
    },
    'Attempt 1, delay': { Type: 'Wait', SecondsPath: '$.Seconds', Next: 'Attempt 1, resubmitted' },
    'Attempt 1, resubmitted': {
      ...TASK,
      Retry: [ROUND],
      Catch: [
        { ErrorEquals: BUSY_ERRORS, ResultPath: '$.Refusal', Next: 'Attempt 1, refused again' },
        GIVEN_UP,
        FAILED_JOB,
      ],
    },
    'Attempt 1, refused again': {
      Type: 'Choice',
      Choices: [
        { Variable: '$.Round', NumericGreaterThanEquals: 10, Next: 'Submission refused' },
        { Variable: '$.Refusal.Cause', IsPresent: false, Next: 'Attempt 1, next round' },
        { ...refusedBy('$.Refusal.Cause'), Next: 'Submission refused' },
      ],
      Default: 'Attempt 1, next round',
    },
    'Attempt 1, next round': {
      Type: 'Pass',
      Parameters: { 'Seconds.$': 'States.MathRandom(1, 31)', 'Round.$': 'States.MathAdd($.Round, 1)' },
      Next: 'Attempt 1, delay',
    },
  });
});

describe('a submission of a job with very many attempts', () => {
  it('has one round of retries, whose end ends the execution', () => {
    expect(submissionRounds(LONG)).toBe(1);
    const found = states({ plan: LONG });
    expect(Object.keys(found)).toEqual([
      'Attempt 1',
      'Attempt 1, submission refused',
      'Attempt 1, draw a delay',
      'Attempt 1, delay',
      'Attempt 1, resubmitted',
    ]);
    expect(found['Attempt 1, draw a delay']?.Parameters).toEqual({ 'Seconds.$': 'States.MathRandom(1, 31)' });
    expect(found['Attempt 1, resubmitted']).toMatchObject({
      Retry: [ROUND],
      Catch: [{ ErrorEquals: [...INCURABLE_ERRORS, ...BUSY_ERRORS], Next: 'Failed' }, FAILED_JOB],
    });
  });

  it('needs no catch where the error of the job ends the execution', () => {
    const { 'Attempt 1, resubmitted': last, 'Attempt 1': first } = states({ plan: LONG, onJobFailure: undefined });
    expect(last).not.toHaveProperty('Catch');
    expect(first?.Catch).toEqual([{ ErrorEquals: BUSY_ERRORS, Next: 'Attempt 1, submission refused' }]);
    expect(first).not.toHaveProperty('Retry');
  });
});

describe('what is submitted', () => {
  const parameters = (more: Parameters<typeof states>[0]) => states(more)['Attempt 1']?.Parameters;

  it('has a timeout and a retry strategy where the plan and the submission have', () => {
    const plan = { ...PLAN, timeoutSeconds: 600 };
    expect(parameters({ plan, retryStrategy: { Attempts: 4 } })).toEqual({
      ...PARAMETERS,
      Timeout: { AttemptDurationSeconds: 600 },
      RetryStrategy: { Attempts: 4 },
    });
  });

  it('has more memory from the second attempt on', () => {
    const plan = { ...PLAN, memoryLevels: [512, 1024] };
    const memory = { ResourceRequirements: [{ Type: 'MEMORY', 'Value.$': '$memory' }] };
    expect(parameters({ plan, attempt: 1 })).toEqual(PARAMETERS);
    expect(parameters({ plan, attempt: 2 })).toMatchObject({ ContainerOverrides: memory });
    expect(parameters({ attempt: 2 })).toMatchObject({
      ContainerOverrides: { Environment: [{}, {}, { Name: 'STP_CURRENT_ATTEMPT', Value: '2' }] },
    });
  });

  it('is submitted in its partition', () => {
    const { 'Attempt 1': first } = states({ partition: 'aws-cn' });
    expect(first?.Resource).toBe('arn:aws-cn:states:::batch:submitJob.sync');
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
