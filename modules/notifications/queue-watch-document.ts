import { matchesOneOf } from '../orchestration/states-language';

/** Statuses of a job that no instance has accepted. `STARTING` is not one of them: an instance pulls the image. */
const WAITING = ['SUBMITTED', 'PENDING', 'RUNNABLE'];

export interface QueueWatchDocumentInput {
  readonly partition: string;
  /** This state machine. */
  readonly stateMachineArn: string;
  readonly notifierArn: string;
}

/** Runs that have waited for longer than their alarm allows: each is counted every five minutes, by stack and job. */
export const WAITING_METRIC = { namespace: 'BatchJobs', name: 'RunsWaiting', seconds: 300 } as const;

/** Names that Step Functions has for a name that is taken. */
const TAKEN = ['StepFunctions.ExecutionAlreadyExistsException', 'StepFunctions.ExecutionAlreadyExists'];

/** What a rule starts the state machine with. */
export interface QueueWatchInput {
  readonly afterSeconds: number;
  readonly jobId: string;
  readonly stack: string;
  readonly job: string;
  readonly stateMachineArn: string;
  readonly targets: { readonly stuck: readonly unknown[] };
  /** Present if the job is counted for an alarm, for as long as it waits, instead of reported. */
  readonly count?: true;
}

const RETRY = [
  {
    ErrorEquals: ['States.ALL'],
    IntervalSeconds: 5,
    BackoffRate: 2,
    MaxDelaySeconds: 300,
    MaxAttempts: 10,
    JitterStrategy: 'FULL',
  },
];

/**
 * The state machine that waits with a job in its queue, and notifies if the job is still there.
 *
 * AWS Batch reports a job as RUNNABLE again after a Spot interruption, and EventBridge can deliver an event twice. So a message is the
 * execution of a name, which Step Functions accepts once in 90 days: a job is reported once for each time in the config.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export function queueWatchDocument({ partition, stateMachineArn, notifierArn }: QueueWatchDocumentInput) {
  return {
    Comment: 'Notifies of a job that waits in its queue for too long',
    StartAt: 'Known to wait',
    States: {
      'Known to wait': {
        Type: 'Choice',
        Choices: [{ Variable: '$.waiting', IsPresent: true, Next: 'Notify' }],
        Default: 'Wait',
      },
      ...waiting(partition),
      ...counting(partition),
      ...notifying(`arn:${partition}:states:::states:startExecution`, stateMachineArn, notifierArn),
      'Gone on': { Type: 'Succeed' },
    },
  };
}

/** Waits, and looks whether the job is still in its queue. */
function waiting(partition: string) {
  return {
    Wait: { Type: 'Wait', SecondsPath: '$.afterSeconds', Next: 'Look' },
    Look: {
      Type: 'Task',
      Resource: `arn:${partition}:states:::aws-sdk:batch:describeJobs`,
      Parameters: { 'Jobs.$': 'States.Array($.jobId)' },
      // AWS Batch forgets jobs: the list is empty then, and a path with an index in it would fail.
      ResultSelector: { 'Jobs.$': '$.Jobs', 'Statuses.$': 'States.JsonToString($.Jobs[*].Status)' },
      ResultPath: '$.found',
      Retry: RETRY,
      Next: 'Still waiting',
    },
    'Still waiting': {
      Type: 'Choice',
      Choices: [
        {
          ...matchesOneOf(
            '$.found.Statuses',
            WAITING.map((status) => `*"${status}"*`),
          ),
          Next: 'Count or notify',
        },
      ],
      Default: 'Gone on',
    },
    'Count or notify': {
      Type: 'Choice',
      Choices: [{ Variable: '$.count', IsPresent: true, Next: 'Count' }],
      Default: 'Notify once',
    },
  };
}

/** Counts the job for an alarm, and looks again later. */
function counting(partition: string) {
  return {
    Count: {
      Type: 'Task',
      Resource: `arn:${partition}:states:::aws-sdk:cloudwatch:putMetricData`,
      Parameters: {
        Namespace: WAITING_METRIC.namespace,
        MetricData: [
          {
            MetricName: WAITING_METRIC.name,
            Value: 1,
            Unit: 'Count',
            Dimensions: [
              { Name: 'Stack', 'Value.$': '$.stack' },
              { Name: 'Job', 'Value.$': '$.job' },
            ],
          },
        ],
      },
      ResultPath: null,
      Retry: RETRY,
      Next: 'Wait again',
    },
    'Wait again': { Type: 'Wait', Seconds: WAITING_METRIC.seconds, Next: 'Look' },
  };
}

/** Notifies by the execution of a name: this state machine starts itself, and then the notifier. */
function notifying(start: string, stateMachineArn: string, notifierArn: string) {
  return {
    'Notify once': {
      Type: 'Task',
      Resource: start,
      Parameters: {
        StateMachineArn: stateMachineArn,
        'Name.$': "States.Format('stuck-{}-{}', $.jobId, $.afterSeconds)",
        Input: {
          'stack.$': '$.stack',
          'job.$': '$.job',
          'stateMachineArn.$': '$.stateMachineArn',
          'afterSeconds.$': '$.afterSeconds',
          'targets.$': '$.targets',
          'waiting.$': '$.found.Jobs',
        },
      },
      // It is listed before the retries: those would repeat what can never succeed.
      Retry: [{ ErrorEquals: TAKEN, MaxAttempts: 0 }, ...RETRY],
      Catch: [{ ErrorEquals: TAKEN, Next: 'Gone on' }],
      End: true,
    },
    Notify: {
      Type: 'Task',
      Resource: start,
      Parameters: { StateMachineArn: notifierArn, 'Input.$': '$' },
      Retry: RETRY,
      End: true,
    },
  };
}
