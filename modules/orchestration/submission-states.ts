import { memoryOverride } from './memory-states';
import type { RetryPlan } from './retry-plan';
import { FAILED, REFUSED, submissionNames } from './state-names';
import {
  type Catcher,
  matchesOneOf,
  type Retrier,
  type State,
  type SubmitJobParameters,
  type TaskState,
} from './states-language';
import { SUBMISSION_RETRIES, submissionRounds } from './submission-retries';

/** The job that is submitted. */
export interface SubmittedJob {
  /** How the job is repeated. */
  readonly plan: RetryPlan;
  /**
   * The job definition's ARN without a revision. AWS Batch uses the latest active revision at each submission, so a deployment during a
   * run never leaves the next attempt with a deregistered revision.
   */
  readonly jobDefinitionArn: string;
  /** The function that writes the connection strings which the job's containers read. @default they read none */
  readonly stringsFunctionArn?: string;
  /**
   * The AWS partition of the Step Functions integration: `aws`, `aws-cn`, `aws-us-gov`.
   * @default 'aws'
   */
  readonly partition?: string;
}

/**
 * API errors of AWS Batch that are temporary and use up no attempt. Step Functions uses the last name for all of AWS Batch's API errors
 * without a specific name: throttling, but also access denied.
 */
export const BUSY_ERRORS = [
  'Batch.ServerException',
  'Batch.SdkClientException',
  'Batch.TooManyRequestsException',
  'Batch.AWSBatchException',
];

/** Errors that the next attempt would get again. */
export const INCURABLE_ERRORS = [
  'Batch.ClientException',
  'Batch.AccessDeniedException',
  'States.Permissions',
  'States.ParameterPathFailure',
  'States.IntrinsicFailure',
];

/** Patterns for an unspecific error that is a missing permission, not throttling. */
export const REFUSED_FOR_GOOD = ['*Status Code: 403*', '*AccessDenied*', '*not authorized to perform*'];

export interface Submission {
  readonly name: string;
  readonly attempt: number;
  readonly jobQueueArn: string;
  readonly retryStrategy?: { readonly Attempts: number };
  /** The state for a job that was submitted and failed. If undefined, the job's error ends the execution. */
  readonly onJobFailure: string | undefined;
}

/** The first of the {@link submissionStates} of a name. */
export function submissionEntry(
  { stringsFunctionArn }: Pick<SubmittedJob, 'stringsFunctionArn'>,
  name: string,
): string {
  return stringsFunctionArn === undefined ? name : submissionNames(name).strings;
}

/** The rounds of each submission. */
export function roundsOf({ plan, stringsFunctionArn }: SubmittedJob): number {
  return submissionRounds(plan, stringsFunctionArn !== undefined);
}

/** Submits one job and waits for its end. Repeats the submission while AWS Batch throttles it. */
export function submissionStates(job: SubmittedJob, submission: Submission): Record<string, State> {
  const { name, onJobFailure } = submission;
  const { strings, refused, draw, delay, resubmitted, again, nextRound } = submissionNames(name);
  const { stringsFunctionArn, partition = 'aws' } = job;
  const rounds = roundsOf(job);
  const task = (retry: readonly Retrier[], catchers: readonly Catcher[]): TaskState => ({
    Type: 'Task',
    Resource: `arn:${partition}:states:::batch:submitJob.sync`,
    Parameters: submitJobParameters(job, submission),
    ...(retry.length > 0 && { Retry: retry }),
    ...(catchers.length > 0 && { Catch: catchers }),
    End: true,
  });
  // A submission that was rejected in all its tries isn't an attempt of the job: the execution ends with that error.
  const onFailure = (givenUp: readonly string[]): Catcher[] =>
    onJobFailure === undefined
      ? []
      : [
          { ErrorEquals: givenUp, Next: FAILED },
          { ErrorEquals: ['States.ALL'], Next: onJobFailure },
        ];
  const retry = { ErrorEquals: BUSY_ERRORS, ...SUBMISSION_RETRIES.round };
  const { firstDelay } = SUBMISSION_RETRIES;
  // The end of the range is exclusive.
  const seconds = `States.MathRandom(${firstDelay.min}, ${firstDelay.max + 1})`;
  return {
    ...(stringsFunctionArn && {
      [strings]: stringsParts().stringsState(stringsFunctionArn, { partition, next: name }),
    }),
    [name]: task([], [{ ErrorEquals: BUSY_ERRORS, Next: refused }, ...onFailure(INCURABLE_ERRORS)]),
    [refused]: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.Cause', IsPresent: false, Next: draw },
        { ...matchesOneOf('$.Cause', REFUSED_FOR_GOOD), Next: FAILED },
      ],
      Default: draw,
    },
    [draw]: { Type: 'Pass', Parameters: { 'Seconds.$': seconds, ...(rounds > 1 && { Round: 1 }) }, Next: delay },
    [delay]: { Type: 'Wait', SecondsPath: '$.Seconds', Next: resubmitted },
    ...(rounds === 1
      ? { [resubmitted]: task([retry], onFailure([...INCURABLE_ERRORS, ...BUSY_ERRORS])) }
      : {
          [resubmitted]: task(
            [retry],
            [{ ErrorEquals: BUSY_ERRORS, ResultPath: '$.Refusal', Next: again }, ...onFailure(INCURABLE_ERRORS)],
          ),
          [again]: {
            Type: 'Choice',
            Choices: [
              { Variable: '$.Round', NumericGreaterThanEquals: rounds, Next: REFUSED },
              { Variable: '$.Refusal.Cause', IsPresent: false, Next: nextRound },
              { ...matchesOneOf('$.Refusal.Cause', REFUSED_FOR_GOOD), Next: REFUSED },
            ],
            Default: nextRound,
          },
          [nextRound]: {
            Type: 'Pass',
            Parameters: { 'Seconds.$': seconds, 'Round.$': 'States.MathAdd($.Round, 1)' },
            Next: delay,
          },
        }),
  };
}

/** Loaded only for jobs with connection strings in a secret. */
function stringsParts() {
  return require('./strings-state') as typeof import('./strings-state');
}

function submitJobParameters(job: SubmittedJob, submission: Submission): SubmitJobParameters {
  const { plan } = job;
  return {
    JobDefinition: job.jobDefinitionArn,
    JobQueue: submission.jobQueueArn,
    'JobName.$': '$$.Execution.Name',
    ...(plan.timeoutSeconds !== undefined && { Timeout: { AttemptDurationSeconds: plan.timeoutSeconds } }),
    ...(submission.retryStrategy && { RetryStrategy: submission.retryStrategy }),
    ContainerOverrides: {
      Environment: [
        // From the context object, not from `$`: it has the event in every attempt, also after errors, and for any JSON.
        { Name: 'STP_TRIGGER_EVENT_DATA', 'Value.$': 'States.JsonToString($$.Execution.Input)' },
        { Name: 'STP_MAXIMUM_ATTEMPTS', Value: String(plan.maximumAttempts) },
        { Name: 'STP_CURRENT_ATTEMPT', Value: String(submission.attempt) },
      ],
      ...memoryOverride(plan.memoryLevels, submission.attempt),
    },
  };
}
