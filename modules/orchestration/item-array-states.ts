import { type ItemsDocumentInput, itemSubmission } from './item-submission-states';
import { ITEMS, onDemandName } from './state-names';
import { matchesOneOf, type ServiceTask, type State } from './states-language';
import { stringsState } from './strings-state';

/** Asks the items function. */
export type AskFunction = (
  request: ServiceTask['Parameters'],
  then: Pick<ServiceTask, 'ResultSelector' | 'ResultPath' | 'Next'>,
) => ServiceTask;

/** From one array to its end, for each of an attempt. */
export function arrayStates(input: ItemsDocumentInput, ask: AskFunction): Record<string, State> {
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
    ...itemSubmission(input, ITEMS.array, jobQueueArn),
    ...itemSubmission(input, ITEMS.one, jobQueueArn),
    ...(fallback && {
      ...itemSubmission(input, onDemandName(ITEMS.array), onDemandJobQueueArn),
      ...itemSubmission(input, onDemandName(ITEMS.one), onDemandJobQueueArn),
    }),
    ...endStates(ask),
  };
}

/** How an array ended. The items function lists the children that failed. */
function endStates(ask: AskFunction): Record<string, State> {
  return {
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
