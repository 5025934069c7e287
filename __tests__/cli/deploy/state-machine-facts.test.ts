import { attemptsOf, queuesOf, stateMachineFacts } from '../../../cli/deploy/state-machine-facts';
import { itemsDocument } from '../../../modules/orchestration/item-states';
import type { ItemsInput } from '../../../modules/orchestration/item-submission-states';
import { retryPlan } from '../../../modules/orchestration/retry-plan';
import { stateMachineDocument } from '../../../modules/orchestration/state-machine-document';

type Retries = Parameters<typeof retryPlan>[0];
type Document = Parameters<typeof stateMachineDocument>[0];

/** A state machine as the product writes it. */
function machine(retries: Partial<Retries> = {}, more: Partial<Document> = {}) {
  return { ...stateMachineDocument(inputOf(retries, more)) };
}

/** One of a job with `forEach`. */
function itemsMachine(retries: Partial<Retries> = {}, more: Partial<Document> = {}, items: Partial<ItemsInput> = {}) {
  const source = { Items: '$.keys', MaxItems: 100 };
  const given = { functionArn: 'arn:function', source, maxFailures: 0, ...items };
  return { ...itemsDocument({ ...inputOf(retries, more), items: given }) };
}

function inputOf(retries: Partial<Retries>, more: Partial<Document>): Document {
  const given = {
    useSpotInstances: false,
    attempts: 3,
    retryIntervalSeconds: 5,
    retryIntervalMultiplier: 2,
    ...retries,
  };
  const plan = retryPlan({ spotInterruption: { freeRestarts: 0, thenOnDemand: false }, ...given } as Retries);
  return { plan, jobDefinitionArn: 'arn:definition', jobQueueArn: 'arn:queue', ...more };
}

const place = { tableName: 'places', jobName: 'report', whenExceeded: 'wait', concurrentRuns: 2 } as Document['place'];

it.each([
  ['nothing', machine(), machine(), []],
  ['attempts', machine(), machine({ attempts: 5 }), ['5 attempts (was 3)']],
  ['the only attempt', machine(), machine({ attempts: 1 }), ['1 attempt (was 3)']],
  ['waits', machine(), machine({ retryIntervalSeconds: 60 }), ['waits of 60, 120 s (was 5, 10)']],
  ['a new timeout', machine(), machine({ timeout: 1200 }), ['timeout of 1,200 s (was none)']],
  ['another timeout', machine({ timeout: 600 }), machine({ timeout: 60 }), ['timeout of 60 s (was 600)']],
  [
    'more memory',
    machine(),
    machine({ attempts: 4, memory: 1800, onOutOfMemory: { maxMemory: 5000 } }),
    ['4 attempts (was 3)', 'out of memory: the next attempt gets more, 3,600, 5,000 MiB'],
  ],
  [
    'other memory',
    machine({ memory: 1800, onOutOfMemory: { maxMemory: 5000 } }),
    machine({ memory: 1800, onOutOfMemory: { maxMemory: 3000 } }),
    ['out of memory: the next attempt gets more, 3,000 MiB (was 3,600, 5,000)'],
  ],
  [
    'no more memory',
    machine({ memory: 1800, onOutOfMemory: { maxMemory: 5000 } }),
    machine(),
    ['out of memory: the next attempt gets no more'],
  ],
  ['no timeout', machine({ timeout: 600 }), machine(), ['no timeout (was 600 s)']],
  ['the queue, which job-capacity.ts is about', machine(), machine({}, { jobQueueArn: 'arn:other' }), []],
  ['new limits', machine(), machine({}, { place }), ['limits are added']],
  ['no limits', machine({}, { place }), machine(), ['limits are removed']],
  [
    'limits',
    machine({}, { place }),
    machine({}, { place: { ...place, concurrentRuns: 3 } as Document['place'] }),
    ['other limits'],
  ],
  ['nothing of items', itemsMachine(), itemsMachine(), []],
  ['items', machine(), itemsMachine(), ['a container for each item of an event (was one for each event)']],
  [
    'no items',
    itemsMachine(),
    machine(),
    ['one container for each event (was one for each item): runs in progress fail when their arrays end'],
  ],
  [
    'attempts, waits and timeout of items',
    itemsMachine({ timeout: 60 }),
    itemsMachine({ attempts: 2, retryIntervalSeconds: 7 }),
    ['2 attempts (was 3)', 'waits of 7 s (was 5, 10)', 'no timeout (was 60 s)'],
  ],
  [
    'memory of items',
    itemsMachine(),
    itemsMachine({ memory: 1800, onOutOfMemory: { maxMemory: 3000 } }),
    ['out of memory: the next attempt gets more, 3,000 MiB'],
  ],
  [
    'where items come from',
    itemsMachine(),
    itemsMachine({}, {}, { source: { S3Manifest: '$.key', Bucket: 'lists', MaxItems: 5 }, maxFailures: '1%' }),
    [
      'items none (was $.keys)',
      's3Manifest $.key (was none)',
      'bucket lists (was none)',
      'maxItems 5 (was 100)',
      'maxFailures 1% (was 0)',
    ],
  ],
  [
    'a number of containers',
    itemsMachine({}, {}, { source: { Total: 5, MaxItems: 100 } }),
    itemsMachine({}, {}, { source: { Total: 6, MaxItems: 100 } }),
    ['count 6 (was 5)'],
  ],
  ['limits of items', itemsMachine({}, { place }), itemsMachine(), ['limits are removed']],
])('says what changes: %s', (_, before, after, facts) => {
  expect(stateMachineFacts(before, after)).toEqual(facts);
});

it('knows attempts and queues', () => {
  expect(attemptsOf(machine())).toBe(3);
  expect(attemptsOf({})).toBe(0);
  expect(queuesOf(machine())).toEqual(['arn:queue']);
  const fallback = { attempts: 1, useSpotInstances: true, spotInterruption: { freeRestarts: 2, thenOnDemand: true } };
  const queues = { onDemandJobQueueArn: 'arn:on-demand' };
  expect(queuesOf(machine(fallback, queues))).toEqual(['arn:queue', 'arn:on-demand']);
  expect(attemptsOf(itemsMachine({ attempts: 4 }))).toBe(4);
  expect(queuesOf(itemsMachine())).toEqual(['arn:queue']);
  expect(queuesOf(itemsMachine(fallback, queues))).toEqual(['arn:queue', 'arn:on-demand']);
});
