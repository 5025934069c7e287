import { itemsProblem } from '../../modules/config/items-problem';

/** What a job with items is told, as its path, what was found and the fix. */
const told = (properties: { readonly [property: string]: unknown }) => {
  const problem = itemsProblem(properties);
  return problem && [problem.path.join('.'), problem.finding.found, problem.finding.fix];
};

it('a job without items has no items to count', () => {
  expect(told({ limits: { countItems: true } })?.[0]).toBe('limits.countItems');
  expect(told({ limits: { countItems: false } })).toBeUndefined();
  expect(told({})).toBeUndefined();
});

describe('the arrays of a run', () => {
  it.each<[string, object, object]>([
    ['the most items in all attempts', { forEach: { maxItems: 1_000_000 } }, { attempts: 3 }],
    ['exactly as many as there is room for', { forEach: { maxItems: 32 * 10_000 } }, { attempts: 10 }],
  ])('have room: %s', (_, properties, retryConfig) => {
    expect(told({ ...properties, retryConfig })).toBeUndefined();
  });

  it('are too many by one', () => {
    expect(told({ forEach: { maxItems: 320_001 }, retryConfig: { attempts: 10 } })).toEqual([
      'forEach.maxItems',
      '320,001 items, 10 attempts',
      'set maxItems to 320000, or lower attempts',
    ]);
  });

  it('are twice as many if each attempt goes on demand', () => {
    const retryConfig = { attempts: 10, spotInterruption: { thenOnDemand: true } };
    const properties = { forEach: { maxItems: 160_001 }, retryConfig };
    expect(told(properties)).toBeUndefined();
    expect(told({ ...properties, useSpotInstances: true })).toEqual([
      'forEach.maxItems',
      '160,001 items, 10 attempts, each also on demand',
      'set maxItems to 160000, or lower attempts',
    ]);
  });

  it('are as large as the places if the limits count items', () => {
    const limits = { countItems: true, concurrentRuns: 100 };
    expect(told({ forEach: { count: 32_001 }, limits, retryConfig: { attempts: 1 } })).toEqual([
      'forEach.count',
      '32,001 items, 1 attempt, concurrentRuns 100',
      'set count to 32000, or lower attempts, or raise concurrentRuns',
    ]);
    expect(
      told({ forEach: { count: 32_001 }, limits: { concurrentRuns: 100 }, retryConfig: { attempts: 1 } }),
    ).toBeUndefined();
  });

  it('are more with each memory', () => {
    const of = (maxItems: number, memoryMultiplier?: number) => ({
      forEach: { maxItems },
      resources: { memory: 1000 },
      retryConfig: { attempts: 10, onOutOfMemory: { maxMemory: 4000, memoryMultiplier } },
    });
    expect(told(of(300_000))).toBeUndefined();
    expect(told(of(300_001))).toEqual([
      'forEach.maxItems',
      '300,001 items, 10 attempts, 3 memories',
      'set maxItems to 300000, or lower attempts',
    ]);
    expect(told(of(310_000, 4))).toBeUndefined();
    expect(told(of(310_001, 4))?.[1]).toBe('310,001 items, 10 attempts, 2 memories');
    // A factor that is wrong by itself.
    expect(told(of(300_001, 1))?.[1]).toBe('300,001 items, 10 attempts, 3 memories');
  });

  it('have no number of items that helps if the memories alone are too many', () => {
    const retryConfig = { attempts: 90, onOutOfMemory: { maxMemory: 100_000, memoryMultiplier: 1.1 } };
    expect(told({ forEach: { maxItems: 10 }, resources: { memory: 1000 }, retryConfig })?.[2]).toBe(
      'lower attempts, or raise memoryMultiplier of onOutOfMemory: each memory has its own arrays',
    );
  });

  it.each<[string, object, object]>([
    ['attempts', { maxItems: 1_000_000 }, { attempts: 101 }],
    ['items', { maxItems: 1_000_001 }, { attempts: 100 }],
  ])('are left to the check of %s where these are wrong by themselves', (_, forEach, retryConfig) => {
    expect(told({ forEach, retryConfig })).toBeUndefined();
  });

  it('follow from the defaults where a value is none', () => {
    // 100,000 items are 10 arrays.
    expect(told({ forEach: { maxItems: '1000000' }, retryConfig: { attempts: 32 } })).toBeUndefined();
    expect(told({ forEach: {}, retryConfig: { attempts: 33 } })?.[1]).toBe('100,000 items, 33 attempts');
    expect(told({ forEach: { count: 0 }, retryConfig: { attempts: 33 } })?.[1]).toBe('100,000 items, 33 attempts');
    expect(told({ forEach: {}, retryConfig: { attempts: 0 } })).toBeUndefined();
  });
});
