import { arraysOf } from '../rules/items';
import { BUCKET_NAME_MAX_LENGTH } from '../rules/naming';
import { FUNCTION_RETRIES } from './function-retries';
import type { ItemsPlan, ItemsSource } from './items/format';
import { ITEM_COUNT_VARIABLE, ITEMS_VARIABLE } from './items/format';
import { placeStates } from './place-states';
import type { StateMachineDocumentInput } from './state-machine-document';
import { FAILED, ITEMS, onDemandName, submissionNames } from './state-names';
import {
  type Catcher,
  matchesOneOf,
  type Retrier,
  type ServiceTask,
  type State,
  type StateMachineDocument,
  type SubmitJobParameters,
  type SubmittedChild,
} from './states-language';
import { stringsState } from './strings-state';
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

/** Arrays of a run at the same time: the most iterations of a Map state, of which each one waits for its array. */
const ARRAYS_AT_ONCE = 40;

/**
 * The state machine of a job with `forEach`: it has the items function find the items, submits an array job for each 10,000 of them, and
 * has the function say what is next: the failed children again, or the end.
 *
 * - One loop runs all attempts. The execution's data has the attempt, and the sizes and indexes of its arrays.
 * - Both answers of the function are for the same request the same, so an answer that is lost is asked for again.
 * - A throttled submission is repeated like that of a plain job, in one round.
 * - Children get more memory after one that was killed for it: the function puts items with the same memory into an array.
 * - An array that failed says so only as a whole. The function lists its failed children at once, while AWS Batch still knows them.
 *
 * @throws Error if the plan falls back to on-demand capacity and `onDemandJobQueueArn` is missing.
 */
export function itemsDocument(input: ItemsDocumentInput): StateMachineDocument {
  const { plan, partition = 'aws', items } = input;
  const arraySize = arraySizeOf(input);
  const counted = arraySize !== undefined;
  const place = input.place && placeStates(input.place, partition, counted ? ITEMS.run : ITEMS.plan);
  const ask = itemsFunction(partition, items.functionArn);
  const { memoryLevels: levels } = plan;
  const repeated: ItemsPlan = {
    MaximumAttempts: plan.maximumAttempts,
    Waits: plan.waits,
    ThenOnDemand: plan.onDemandFallback,
    MaxFailures: items.maxFailures,
    ...(levels && { MemoryLevels: levels }),
    ...(counted && { ArraySize: arraySize }),
  };
  const first = { ...(levels && { Memory: String(levels[0]) }), ...(counted && { ArraySize: arraySize }) };
  const answered = { ResultSelector: { 'Answer.$': '$.Payload' }, Next: ITEMS.next };
  const over = [
    { Variable: '$.Answer.Next', StringEquals: 'end', Next: ITEMS.succeeded },
    { Variable: '$.Answer.Next', StringEquals: 'fail', Next: ITEMS.failed },
  ];
  return {
    Comment: `Runs one AWS Batch job for each item; attempts: ${plan.maximumAttempts}`,
    StartAt: place === undefined || counted ? ITEMS.plan : place.entry,
    States: {
      ...place?.states,
      [ITEMS.plan]: ask(
        { Operation: 'plan', 'Input.$': '$$.Execution.Input', ForEach: items.source, ...first },
        counted ? { ...answered, Next: ITEMS.planned } : answered,
      ),
      // Only items need places, and only before the first attempt.
      ...(place && counted && { [ITEMS.planned]: { Type: 'Choice', Choices: over, Default: place.entry } }),
      [ITEMS.next]: {
        Type: 'Choice',
        Choices: [...over, { Variable: '$.Answer.Next', StringEquals: 'wait', Next: ITEMS.wait }],
        Default: ITEMS.run,
      },
      [ITEMS.wait]: { Type: 'Wait', SecondsPath: '$.Answer.Wait', Next: ITEMS.run },
      [ITEMS.run]: {
        Type: 'Map',
        ItemsPath: '$.Answer.Arrays',
        ItemSelector: {
          'Number.$': '$$.Map.Item.Value.Number',
          'Size.$': '$$.Map.Item.Value.Size',
          'Items.$': '$$.Map.Item.Value.Items',
          'Attempt.$': '$.Answer.Attempt',
          'Count.$': '$.Answer.Count',
          'OnDemand.$': '$.Answer.OnDemand',
          ...(levels && { 'Memory.$': '$$.Map.Item.Value.Memory' }),
        },
        MaxConcurrency: counted ? 1 : ARRAYS_AT_ONCE,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: input.stringsFunctionArn === undefined ? ITEMS.choose : ITEMS.strings,
          States: arrayStates(input, ask),
        },
        ResultPath: '$.Ended',
        Next: ITEMS.collect,
      },
      [ITEMS.collect]: ask(
        { Operation: 'collect', 'Answer.$': '$.Answer', 'Ended.$': '$.Ended', Plan: repeated },
        answered,
      ),
      [ITEMS.succeeded]: { Type: 'Pass', InputPath: '$.Answer.Result', End: true },
      [ITEMS.failed]: { Type: 'Fail', ErrorPath: '$.Answer.Error', CausePath: '$.Answer.Cause' },
      ...(place && { [FAILED]: placeFailed(counted) }),
    },
  };
}

/** Most children of an array: if items are counted, the arrays go one after another, and are as large as all runs together may be. */
function arraySizeOf({ place }: ItemsDocumentInput): number | undefined {
  return place?.countItems ? place.concurrentRuns : undefined;
}

function placeFailed(counted: boolean): State {
  const at = counted ? '$.Refusal' : '$';
  return { Type: 'Fail', ErrorPath: `${at}.Error`, CausePath: `${at}.Cause` };
}

type AskFunction = (
  request: ServiceTask['Parameters'],
  then: Pick<ServiceTask, 'ResultSelector' | 'ResultPath' | 'Next'>,
) => ServiceTask;

function itemsFunction(partition: string, functionArn: string): AskFunction {
  return (request, then) => ({
    Type: 'Task',
    Resource: `arn:${partition}:states:::lambda:invoke`,
    Parameters: { FunctionName: functionArn, Payload: { 'Execution.$': '$$.Execution.Name', ...request } },
    // What can't pass is an answer of the items function, not an error.
    Retry: [FUNCTION_RETRIES],
    ...then,
  });
}

/** From one array to its end, for each of an attempt. */
function arrayStates(input: ItemsDocumentInput, ask: AskFunction): Record<string, State> {
  const { plan, jobQueueArn, onDemandJobQueueArn, stringsFunctionArn, partition = 'aws' } = input;
  if (plan.onDemandFallback && onDemandJobQueueArn === undefined) {
    throw new Error('The retry plan falls back to on-demand capacity, but onDemandJobQueueArn is missing.');
  }
  const isOne = { Variable: '$.Size', NumericEquals: 1 };
  const onDemand = { Variable: '$.OnDemand', BooleanEquals: true };
  const fallback = plan.onDemandFallback && onDemandJobQueueArn !== undefined;
  const unwritten = { ResultPath: '$.Unwritten' };
  return {
    ...(stringsFunctionArn && {
      [ITEMS.strings]: stringsState(stringsFunctionArn, { partition, next: ITEMS.choose, unwritten }),
    }),
    [ITEMS.choose]: {
      Type: 'Choice',
      Choices: [
        ...(fallback
          ? [
              { And: [onDemand, isOne], Next: onDemandName(ITEMS.one) },
              { ...onDemand, Next: onDemandName(ITEMS.array) },
            ]
          : []),
        { ...isOne, Next: ITEMS.one },
      ],
      Default: ITEMS.array,
    },
    ...submission(input, ITEMS.array, jobQueueArn),
    ...submission(input, ITEMS.one, jobQueueArn),
    ...(fallback && {
      ...submission(input, onDemandName(ITEMS.array), onDemandJobQueueArn),
      ...submission(input, onDemandName(ITEMS.one), onDemandJobQueueArn),
    }),
    [ITEMS.done]: { Type: 'Pass', Parameters: { 'Number.$': '$.Number', Failed: 0 }, End: true },
    [ITEMS.ended]: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.Failure.Cause', IsPresent: false, Next: ITEMS.refused },
        // Anything else is no end of a job.
        { ...matchesOneOf('$.Failure.Cause', ['{*"JobId":"*']), Next: ITEMS.read },
      ],
      Default: ITEMS.refused,
    },
    [ITEMS.read]: {
      Type: 'Pass',
      Parameters: { 'Job.$': 'States.StringToJson($.Failure.Cause)' },
      ResultPath: '$.Failure',
      Next: ITEMS.ends,
    },
    [ITEMS.ends]: ask(
      {
        Operation: 'ends',
        'Attempt.$': '$.Attempt',
        'OnDemand.$': '$.OnDemand',
        'Number.$': '$.Number',
        'Size.$': '$.Size',
        'JobId.$': '$.Failure.Job.JobId',
      },
      { ResultSelector: { 'Number.$': '$.Payload.Number', 'Failed.$': '$.Payload.Failed' }, Next: ITEMS.listed },
    ),
    [ITEMS.listed]: { Type: 'Pass', Parameters: { 'Number.$': '$.Number', 'Failed.$': '$.Failed' }, End: true },
    [ITEMS.refused]: { Type: 'Fail', ErrorPath: '$.Failure.Error', CausePath: '$.Failure.Cause' },
  };
}

/** Submits one array, or a job for one item, and waits for its end. Repeats the submission while AWS Batch throttles it. */
function submission(input: ItemsDocumentInput, name: string, jobQueueArn: string): Record<string, State> {
  const { plan, partition = 'aws', items } = input;
  const { refused, draw, delay, resubmitted } = submissionNames(name);
  const task = (more: { readonly Retry?: readonly Retrier[]; readonly Catch: readonly Catcher[] }): SubmittedChild => ({
    Type: 'Task',
    Resource: `arn:${partition}:states:::batch:submitJob.sync`,
    Parameters: submitParameters(input, name, jobQueueArn),
    // The rest of the job's detail would fill the execution's data.
    ResultSelector: { 'JobId.$': '$.JobId' },
    ResultPath: '$.Done',
    ...more,
    Next: ITEMS.done,
  });
  const failure = (ErrorEquals: readonly string[], Next: string): Catcher => ({
    ErrorEquals,
    ResultPath: '$.Failure',
    Next,
  });
  const { firstDelay, round } = SUBMISSION_RETRIES;
  const arrays = arraysOf({
    maxItems: items.source.MaxItems,
    attempts: plan.maximumAttempts,
    thenOnDemand: plan.onDemandFallback,
    memories: plan.memoryLevels?.length,
    arraySize: arraySizeOf(input),
  });
  return {
    [name]: task({
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
    [resubmitted]: task({
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
