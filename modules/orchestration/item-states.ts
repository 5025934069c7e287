import { FUNCTION_RETRIES } from './function-retries';
import { type AskFunction, arrayStates } from './item-array-states';
import { arraySizeOf, type ItemsDocumentInput } from './item-submission-states';
import type { ItemsPlan } from './items/format';
import { placeStates } from './place-states';
import { FAILED, ITEMS } from './state-names';
import type { State, StateMachineDocument } from './states-language';

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

function placeFailed(counted: boolean): State {
  const at = counted ? '$.Refusal' : '$';
  return { Type: 'Fail', ErrorPath: `${at}.Error`, CausePath: `${at}.Cause` };
}

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
