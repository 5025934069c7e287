import { executionDetail } from './ended-run';

const ACCOUNT = '123456789012';
const REGION = 'eu-west-1';

/** An event on the default bus. */
export interface AwsEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: { readonly status: string; readonly [property: string]: unknown };
  readonly [property: string]: unknown;
}

/** Statuses of an execution that AWS documents. */
export const EXECUTION_STATUSES = [
  'RUNNING',
  'SUCCEEDED',
  'FAILED',
  'TIMED_OUT',
  'ABORTED',
  'PENDING_REDRIVE',
] as const;

/** Statuses of a job that AWS documents. */
export const JOB_STATUSES = ['SUBMITTED', 'PENDING', 'RUNNABLE', 'STARTING', 'RUNNING', 'SUCCEEDED', 'FAILED'] as const;

/**
 * An event of an execution, with the properties of the examples in AWS's documentation. Made from these, not recorded.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function executionEvent(stateMachine: string, status: (typeof EXECUTION_STATUSES)[number]): AwsEvent {
  const name = 'nightly-e04f0ac63e52';
  const executionArn = `arn:aws:states:${REGION}:${ACCOUNT}:execution:${stateMachine}:${name}`;
  const ended = !['RUNNING', 'PENDING_REDRIVE'].includes(status);
  return {
    ...envelope('aws.states', 'Step Functions Execution Status Change', executionArn),
    detail: {
      ...executionDetail({
        executionArn,
        stateMachineArn: `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${stateMachine}`,
        name,
        ...(!ended && { stopDate: null }),
        ...(status === 'SUCCEEDED' && { output: '{}', outputDetails: { included: true } }),
        ...(status !== 'FAILED' && { error: null, cause: null }),
      }),
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
      redriveCount: 0,
      redriveDate: null,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: null,
      status,
    },
  };
}

/**
 * An event of a job, with the properties of the example in AWS's documentation. Made from it, not recorded.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/batch_job_events.html
 */
export function jobEvent(jobDefinition: string, status: (typeof JOB_STATUSES)[number]): AwsEvent {
  const jobId = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
  const arn = (resource: string) => `arn:aws:batch:${REGION}:${ACCOUNT}:${resource}`;
  return {
    ...envelope('aws.batch', 'Batch Job State Change', arn(`job/${jobId}`)),
    detail: {
      jobArn: arn(`job/${jobId}`),
      jobName: 'nightly-e04f0ac63e52',
      jobId,
      jobQueue: arn('job-queue/reports-spot-cpu-x86-64'),
      status,
      attempts: [],
      createdAt: 1732629600123,
      retryStrategy: { attempts: 2, evaluateOnExit: [] },
      dependsOn: [],
      jobDefinition: arn(`job-definition/${jobDefinition}:3`),
      parameters: {},
      container: {
        image: 'busybox',
        command: [],
        volumes: [],
        environment: [],
        mountPoints: [],
        ulimits: [],
        networkInterfaces: [],
        resourceRequirements: [
          { value: '2', type: 'VCPU' },
          { value: '256', type: 'MEMORY' },
        ],
        secrets: [],
      },
      tags: { resourceArn: arn(`job/${jobId}`) },
      propagateTags: false,
      platformCapabilities: [],
    },
  };
}

function envelope(source: string, detailType: string, resource: string) {
  return {
    version: '0',
    id: 'c8f9c4b5-76e5-d76a-f980-7011e206042b',
    'detail-type': detailType,
    source,
    account: ACCOUNT,
    time: '2026-11-26T14:03:25Z',
    region: REGION,
    resources: [resource],
  };
}
