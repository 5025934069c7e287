import { arraysOf } from '../rules/items';
import { BUCKET_NAME_MAX_LENGTH } from '../rules/naming';
import type { ItemsSource } from './items/format';
import { ITEM_COUNT_VARIABLE, ITEMS_VARIABLE } from './items/format';
import type { StateMachineDocumentInput } from './state-machine-document';
import { ITEMS, onDemandName, submissionNames } from './state-names';
import {
  type Catcher,
  matchesOneOf,
  type Retrier,
  type State,
  type SubmitJobParameters,
  type SubmittedChild,
} from './states-language';
import { arrayRetries, SUBMISSION_RETRIES } from './submission-retries';
import { BUSY_ERRORS, INCURABLE_ERRORS, REFUSED_FOR_GOOD } from './submission-states';
import { EXECUTION_NAME_MAX_LENGTH } from './trigger/execution-name';

/** The items of a job with `forEach`. */
export interface ItemsInput {
  /** ARN of the items function. */
  readonly functionArn: string;
  readonly source: ItemsSource;
  /** With how many failed items a run succeeds: a number, or a percentage such as `5%`. */
  readonly maxFailures: number | string;
}

export interface ItemsDocumentInput extends StateMachineDocumentInput {
  readonly items: ItemsInput;
}

/** Most children of an array: if items are counted, the arrays go one after another, and are as large as all runs together may be. */
export function arraySizeOf({ place }: ItemsDocumentInput): number | undefined {
  return place?.countItems ? place.concurrentRuns : undefined;
}

/** Submits one array, or a job for one item, and waits for its end. Repeats the submission while AWS Batch throttles it. */
export function itemSubmission(input: ItemsDocumentInput, name: string, jobQueueArn: string): Record<string, State> {
  const { plan, items } = input;
  const { refused, draw, delay, resubmitted } = submissionNames(name);
  const { firstDelay, round } = SUBMISSION_RETRIES;
  const arrays = arraysOf({
    maxItems: items.source.MaxItems,
    attempts: plan.maximumAttempts,
    thenOnDemand: plan.onDemandFallback,
    memories: plan.memoryLevels?.length,
    arraySize: arraySizeOf(input),
  });
  return {
    [name]: submitTask(input, name, jobQueueArn, {
      Catch: [
        failure(BUSY_ERRORS, refused),
        failure(INCURABLE_ERRORS, ITEMS.refused),
        failure(['States.ALL'], ITEMS.ended),
      ],
    }),
    [refused]: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.Failure.Cause', IsPresent: false, Next: draw },
        { ...matchesOneOf('$.Failure.Cause', REFUSED_FOR_GOOD), Next: ITEMS.refused },
      ],
      Default: draw,
    },
    [draw]: {
      Type: 'Pass',
      Parameters: { 'Seconds.$': `States.MathRandom(${firstDelay.min}, ${firstDelay.max + 1})` },
      ResultPath: '$.Delay',
      Next: delay,
    },
    [delay]: { Type: 'Wait', SecondsPath: '$.Delay.Seconds', Next: resubmitted },
    [resubmitted]: submitTask(input, name, jobQueueArn, {
      Retry: [
        {
          ErrorEquals: BUSY_ERRORS,
          ...round,
          MaxAttempts: arrayRetries(arrays, input.stringsFunctionArn !== undefined),
        },
      ],
      Catch: [failure([...INCURABLE_ERRORS, ...BUSY_ERRORS], ITEMS.refused), failure(['States.ALL'], ITEMS.ended)],
    }),
  };
}

function submitTask(
  input: ItemsDocumentInput,
  name: string,
  jobQueueArn: string,
  more: { readonly Retry?: readonly Retrier[]; readonly Catch: readonly Catcher[] },
): SubmittedChild {
  return {
    Type: 'Task',
    Resource: `arn:${input.partition ?? 'aws'}:states:::batch:submitJob.sync`,
    Parameters: submitParameters(input, name, jobQueueArn),
    // The rest of the job's detail would fill the execution's data.
    ResultSelector: { 'JobId.$': '$.JobId' },
    ResultPath: '$.Done',
    ...more,
    Next: ITEMS.done,
  };
}

function failure(ErrorEquals: readonly string[], Next: string): Catcher {
  return { ErrorEquals, ResultPath: '$.Failure', Next };
}

function submitParameters(
  { plan, jobDefinitionArn }: ItemsDocumentInput,
  name: string,
  jobQueueArn: string,
): SubmitJobParameters {
  const isOnDemand = name !== ITEMS.array && name !== ITEMS.one;
  const isArray = name === ITEMS.array || name === onDemandName(ITEMS.array);
  return {
    JobDefinition: jobDefinitionArn,
    JobQueue: jobQueueArn,
    'JobName.$': '$$.Execution.Name',
    ...(isArray && { ArrayProperties: { 'Size.$': '$.Size' } }),
    ...(plan.timeoutSeconds !== undefined && { Timeout: { AttemptDurationSeconds: plan.timeoutSeconds } }),
    // On-demand capacity isn't interrupted: a restart here would repeat a failure without counting it.
    ...(isOnDemand && { RetryStrategy: { Attempts: 1 } }),
    ContainerOverrides: {
      Environment: [
        { Name: 'STP_TRIGGER_EVENT_DATA', 'Value.$': 'States.JsonToString($$.Execution.Input)' },
        { Name: 'STP_MAXIMUM_ATTEMPTS', Value: String(plan.maximumAttempts) },
        { Name: 'STP_CURRENT_ATTEMPT', 'Value.$': "States.Format('{}', $.Attempt)" },
        { Name: ITEMS_VARIABLE, 'Value.$': '$.Items' },
        { Name: ITEM_COUNT_VARIABLE, 'Value.$': "States.Format('{}', $.Count)" },
      ],
      // The items function puts children with the same memory into an array.
      ...(plan.memoryLevels && { ResourceRequirements: [{ Type: 'MEMORY', 'Value.$': '$.Memory' }] }),
    },
  };
}

/**
 * The longest values of the variables that only a run knows, and those that AWS Batch adds to children, for the event's budget.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/job_env_vars.html
 */
export function longestItemVariables(jobName: string): Record<string, string> {
  const uri = `s3:///${jobName}//100-0000.index`;
  return {
    [ITEMS_VARIABLE]: uri.padEnd(uri.length + BUCKET_NAME_MAX_LENGTH + EXECUTION_NAME_MAX_LENGTH, 'x'),
    [ITEM_COUNT_VARIABLE]: '1000000',
    STP_CURRENT_ATTEMPT: '100',
    AWS_BATCH_JOB_ARRAY_INDEX: '9999',
    AWS_BATCH_JOB_ARRAY_SIZE: '10000',
  };
}
