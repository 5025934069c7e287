import { indexed } from '../../modules/config/indexed-config';
import { findingsOf } from '../../modules/config/rule';
import { ITEMS_RULES } from '../../modules/stack-config/items-rules';

function findings(properties: object) {
  const other = { type: 'batch-job', properties: { retryConfig: { attempts: 100 }, events: [{ type: 'schedule' }] } };
  return findingsOf(ITEMS_RULES, indexed({ resources: { other, tile: { type: 'batch-job', properties } } }));
}

const items = 'records';
const thenOnDemand = { spotInterruption: { thenOnDemand: true } };
const maxItems = ['resources', 'tile', 'properties', 'forEach', 'maxItems'];

it.each([
  { forEach: { items } },
  { forEach: { items }, retryConfig: { attempts: 32 } },
  { forEach: { items, maxItems: 1_000_000 }, retryConfig: { attempts: 3 } },
  { forEach: { items, maxItems: 30_000 }, retryConfig: { attempts: 100 } },
  { forEach: { count: 10_000, maxItems: 1_000_000 }, retryConfig: { attempts: 100 } },
  { forEach: { items }, useSpotInstances: true, retryConfig: { attempts: 16, ...thenOnDemand } },
  { forEach: { items }, retryConfig: { attempts: 32, ...thenOnDemand } },
  // What is wrong by itself is reported by its own check.
  { forEach: { items, maxItems: 2_000_000 }, retryConfig: { attempts: 100 } },
  { forEach: { items, maxItems: 'many' }, retryConfig: { attempts: 101 } },
])('accepts %j', (properties) => {
  expect(findings(properties)).toEqual([]);
});

it('refuses more arrays than an execution has room for, with the number that fits', () => {
  expect(findings({ forEach: { items }, retryConfig: { attempts: 33 } })).toMatchObject([
    {
      path: maxItems,
      finding: { found: '100,000 items, 33 attempts', fix: 'set maxItems to 90000, or lower attempts' },
    },
  ]);
  const spot = { useSpotInstances: true, retryConfig: { attempts: 17, ...thenOnDemand } };
  expect(findings({ forEach: { items }, ...spot })).toMatchObject([
    { path: maxItems, finding: { found: '100,000 items, 17 attempts, each also on demand' } },
  ]);
  expect(findings({ forEach: { count: 1_000_000 }, retryConfig: { attempts: 4 } })).toMatchObject([
    { path: [...maxItems.slice(0, -1), 'count'], finding: { fix: 'set count to 800000, or lower attempts' } },
  ]);
});

describe('limits that count items', () => {
  const limits = { concurrentRuns: 50, countItems: true };

  it.each([
    { forEach: { items, maxItems: 16_000 }, limits },
    { forEach: { items, maxItems: 8_000 }, limits, retryConfig: { attempts: 2 } },
    { forEach: { items }, limits: { concurrentRuns: 50 } },
    { limits: { concurrentRuns: 50, countItems: false } },
  ])('accept %j', (properties) => {
    expect(findings(properties)).toEqual([]);
  });

  it('have smaller arrays, of which an execution has room for as many', () => {
    expect(findings({ forEach: { items, maxItems: 16_001 }, limits })).toEqual([
      expect.objectContaining({
        path: maxItems,
        finding: {
          code: 'conflict',
          found: '16,001 items, 1 attempt, concurrentRuns 50',
          accepted: 'at most 320 array jobs of 50 items in all attempts, which Step Functions has room for',
          fix: 'set maxItems to 16000, or lower attempts, or raise concurrentRuns',
        },
      }),
    ]);
  });

  it('need items', () => {
    expect(findings({ limits })).toEqual([
      expect.objectContaining({
        path: ['resources', 'tile', 'properties', 'limits', 'countItems'],
        finding: {
          code: 'conflict',
          found: 'countItems without forEach',
          accepted: 'countItems in a job with forEach',
          fix: 'remove countItems: a run of this job is one container, or add forEach',
        },
      }),
    ]);
  });
});

it('names the sources whose events have no records', () => {
  const types = ['sqs', 'schedule', 'sns', 'kinesis-stream', 'dynamo-db-stream', 's3', 'http-api-gateway', 'unknown'];
  const events = [...types.map((type) => ({ type })), { type: 's3', properties: { useEventBridge: true } }, null];
  const found = findings({ forEach: { items }, events });
  expect(found.map(({ path, finding }) => [path.slice(3), finding.found])).toEqual([
    [['events', 1, 'type'], '"schedule", whose events have no records'],
    [['events', 6, 'type'], '"http-api-gateway", whose events have no records'],
    [['events', 8, 'type'], '"s3", whose events have no records'],
  ]);
  expect(findings({ forEach: { items: '$.keys' }, events })).toEqual([]);
});

it.each([
  [{ count: 10, maxFailures: 11 }, 'at most count, 10'],
  [{ items, maxItems: 5, maxFailures: 6 }, 'at most maxItems, 5'],
  [{ items, maxItems: 5, maxFailures: 5 }, undefined],
  [{ count: 10, maxItems: 5, maxFailures: 10 }, undefined],
  [{ items, maxFailures: 6 }, undefined],
  [{ count: 10, maxFailures: '100%' }, undefined],
])('lets a run with %j fail by its items', (forEach, accepted) => {
  const found = findings({ forEach });
  expect(found.map(({ finding }) => finding.accepted)).toEqual(accepted === undefined ? [] : [accepted]);
  for (const { path } of found) expect(path.slice(-2)).toEqual(['forEach', 'maxFailures']);
});

describe('arrays of children with different memory', () => {
  const found = (maxItems: number, onOutOfMemory: object | undefined, attempts = 30) =>
    findings({
      forEach: { items, maxItems },
      resources: { cpu: 1, memory: 512 },
      retryConfig: { attempts, onOutOfMemory },
    });

  it('count, because each memory has its own arrays', () => {
    expect(found(100_000, undefined)).toEqual([]);
    expect(found(100_000, { maxMemory: 1024 })).toMatchObject([
      {
        path: maxItems,
        finding: { found: '100,000 items, 30 attempts, 2 memories', fix: 'set maxItems to 90000, or lower attempts' },
      },
    ]);
    expect(found(90_000, { maxMemory: 1024 })).toEqual([]);
  });

  it('can be too many for any number of items', () => {
    expect(found(10, { memoryMultiplier: 1.1, maxMemory: 8000 })).toMatchObject([
      {
        finding: {
          fix: 'lower attempts, or raise memoryMultiplier of onOutOfMemory: each memory has its own arrays',
        },
      },
    ]);
  });
});
