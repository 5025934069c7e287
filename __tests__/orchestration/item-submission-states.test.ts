import { eventBudget } from '../../modules/orchestration/event-budget';
import { itemsDocument } from '../../modules/orchestration/item-states';
import {
  arraySizeOf,
  type ItemsDocumentInput,
  itemSubmission,
  longestItemVariables,
} from '../../modules/orchestration/item-submission-states';
import { retryPlan } from '../../modules/orchestration/retry-plan';
import { ITEMS, onDemandName } from '../../modules/orchestration/state-names';

const QUEUE = 'arn:aws:batch:eu-west-1:123456789012:job-queue/spot';

const INPUT: ItemsDocumentInput = {
  plan: retryPlan({}),
  jobDefinitionArn: 'arn:aws:batch:eu-west-1:123456789012:job-definition/tile',
  jobQueueArn: QUEUE,
  items: {
    functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:items',
    source: { Items: '$.keys', MaxItems: 100_000 },
    maxFailures: '5%',
  },
};

const PLACE = {
  tableName: 'places',
  jobName: 'tile',
  concurrentRuns: 7,
  runsPerHour: 1,
  runsPerDay: 1,
  whenExceeded: 'wait',
} as const;

const parametersOf = (name: string) => itemSubmission(INPUT, name, QUEUE)[name] as { readonly Parameters?: object };

it('submits an array with the number of its children, and a single item without', () => {
  expect(parametersOf(ITEMS.array).Parameters).toMatchObject({ ArrayProperties: { 'Size.$': '$.Size' } });
  expect(parametersOf(ITEMS.one).Parameters).not.toHaveProperty('ArrayProperties');
});

it('submits to on-demand capacity without restarts', () => {
  expect(parametersOf(onDemandName(ITEMS.array)).Parameters).toMatchObject({ RetryStrategy: { Attempts: 1 } });
  expect(parametersOf(ITEMS.array).Parameters).not.toHaveProperty('RetryStrategy');
});

it('an array is as large as all runs together may be, only if items are counted', () => {
  expect(arraySizeOf({ ...INPUT, place: { ...PLACE, countItems: true } })).toBe(7);
  expect(arraySizeOf({ ...INPUT, place: PLACE })).toBeUndefined();
  expect(arraySizeOf(INPUT)).toBeUndefined();
});

it('leaves less of the overrides to the event, for the longest address of an index', () => {
  const longest = longestItemVariables('tile');
  expect(eventBudget(itemsDocument(INPUT), longest)).toBe(7_071);
  expect(longest.STP_ITEMS).toHaveLength(`s3://${'b'.repeat(63)}/tile/${'r'.repeat(80)}/100-0000.index`.length);
});
