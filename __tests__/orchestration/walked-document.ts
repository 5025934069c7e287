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
import type { StateMachineDocument } from '../../modules/orchestration/states-language';

export const SPOT_QUEUE = 'arn:aws:batch:eu-west-1:123456789012:job-queue/spot';
export const ON_DEMAND_QUEUE = 'arn:aws:batch:eu-west-1:123456789012:job-queue/on-demand';
export const JOB_DEFINITION = 'arn:aws:batch:eu-west-1:123456789012:job-definition/report';

export function documentOf(plan: RetryPlan): StateMachineDocument {
  return stateMachineDocument({
    plan,
    jobDefinitionArn: JOB_DEFINITION,
    jobQueueArn: SPOT_QUEUE,
    onDemandJobQueueArn: ON_DEMAND_QUEUE,
  });
}

export const withFallback = (attempts: number) =>
  retryPlan({ attempts, useSpotInstances: true, spotInterruption: { thenOnDemand: true } });

type Failure = Extract<TaskOutcome, { readonly error: string }>;

/** How Step Functions reports the end of a job: its detail as text, each key beginning with a capital letter. */
export function failedJob(detail: { readonly [key: string]: Json }): Failure {
  return { error: 'States.TaskFailed', cause: JSON.stringify({ Attempts: [], Status: 'FAILED', ...detail }) };
}

const refusal = (message: string, status: number, code: string): Failure => ({
  error: 'Batch.AWSBatchException',
  cause: `${message} (Service: AWSBatch; Status Code: ${status}; Error Code: ${code}; Request ID: 6f; Proxy: null)`,
});

export const ENDED = 'Essential container in task exited';
export const ENDS = {
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
export type End = keyof typeof ENDS;

export function environmentOf(call: TaskCall): Record<string, string> {
  const { ContainerOverrides } = call.parameters as unknown as {
    ContainerOverrides: { Environment: { Name: string; Value: string }[] };
  };
  return Object.fromEntries(ContainerOverrides.Environment.map(({ Name, Value }) => [Name, Value]));
}

const queueOf = (call: TaskCall) => (call.parameters as { JobQueue: string }).JobQueue;

/** Runs the document; the calls meet these ends one after another, and then success. */
export async function walk(
  plan: RetryPlan,
  ends: readonly (End | TaskOutcome)[],
  options: Partial<InterpretOptions> = {},
) {
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

/** Any plan of up to so many attempts. */
export const planOf = (attempts: { readonly max: number }) =>
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
