import type { RetryPlan } from '../../modules/orchestration/retry-plan';
import { submissionRounds } from '../../modules/orchestration/submission-retries';
import {
  BUSY_ERRORS,
  INCURABLE_ERRORS,
  REFUSED_FOR_GOOD,
  type Submission,
  submissionStates,
} from '../../modules/orchestration/submission-states';

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
