import type { RunEnd } from '../../modules/notifications/run-message';

/** A failed job as Step Functions writes it into the cause of `States.TaskFailed`; its keys as in the documentation of `batch:submitJob.sync`. */
export function failedJob(change: object = {}, container: object = {}) {
  return {
    Attempts: [
      {
        Container: {
          ExitCode: 137,
          LogStreamName: 'reports-nightly/default/1f0c',
          TaskArn: 'arn:aws:ecs:eu-west-1:1:task/1',
        },
        StartedAt: 1732629600000,
        StatusReason: 'Essential container in task exited',
        StoppedAt: 1732629805000,
      },
    ],
    Container: {
      Command: [],
      Environment: [
        { Name: 'STP_TRIGGER_EVENT_DATA', Value: '{"order":"\\"StatusReason\\":\\"mine\\""}' },
        { Name: 'STP_MAXIMUM_ATTEMPTS', Value: '3' },
        { Name: 'STP_CURRENT_ATTEMPT', Value: '3' },
      ],
      ExitCode: 137,
      LogStreamName: 'reports-nightly/default/1f0c',
      Reason: 'OutOfMemoryError: Container killed due to memory usage',
      ...container,
    },
    JobId: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
    JobName: 'nightly-e04f0ac63e52',
    Status: 'FAILED',
    StatusReason: 'Essential container in task exited',
    ...change,
  };
}

/** The detail of an event "Step Functions Execution Status Change", with the properties that AWS documents. */
export function executionDetail(change: object = {}) {
  return {
    executionArn: 'arn:aws:states:eu-west-1:123456789012:execution:reports-nightly:nightly-e04f0ac63e52',
    stateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:reports-nightly',
    name: 'nightly-e04f0ac63e52',
    status: 'FAILED',
    startDate: 1732629600123,
    stopDate: 1732629805456,
    input: '{"time":"2024-11-26T14:00:00Z"}',
    inputDetails: { included: true },
    output: null,
    outputDetails: null,
    error: 'States.TaskFailed',
    cause: JSON.stringify(failedJob()),
    ...change,
  };
}

export function runEnd(detail: object = {}, more: Partial<RunEnd> = {}): RunEnd {
  return {
    stack: 'reports',
    job: 'nightly',
    attempts: 3,
    logGroup: '/batch-jobs/reports/nightly',
    targets: { failed: [{ topic: 'arn:aws:sns:eu-west-1:123456789012:alerts' }], succeeded: [] },
    ...more,
    detail: executionDetail(detail),
  };
}
