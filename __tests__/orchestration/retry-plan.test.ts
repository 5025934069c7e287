import fc from 'fast-check';
import { retryPlan } from '../../modules/orchestration/retry-plan';
import { RETRY_LIMITS, type RetryPlanInput, retryPlanProblem, retryPlanProblems } from '../../modules/rules/retries';

/** Any input whose values are each in their range, and together too. */
const possibleInput: fc.Arbitrary<RetryPlanInput> = fc
  .record(
    {
      attempts: fc.integer({ min: 1, max: 100 }),
      retryIntervalSeconds: fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.double({ min: 0, max: 100, noNaN: true })),
      retryIntervalMultiplier: fc.double({ min: 1, max: 3, noNaN: true }),
      spotInterruption: fc.record(
        { freeRestarts: fc.integer({ min: 0, max: 9 }), thenOnDemand: fc.boolean() },
        { requiredKeys: [] },
      ),
      timeout: fc.integer({ min: 60, max: 31_536_000 }),
      useSpotInstances: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .filter((input) => retryPlanProblems(input).length === 0);

describe('a retry plan without configuration', () => {
  test('is one attempt without limit, which nothing repeats', () => {
    expect(retryPlan({})).toEqual({
      maximumAttempts: 1,
      waits: [],
      timeoutSeconds: undefined,
      batchRetry: { attempts: 1, evaluateOnExit: retryPlan({ useSpotInstances: true }).batchRetry.evaluateOnExit },
      onDemandFallback: false,
    });
  });
});

describe('the levels of memory', () => {
  const more = (attempts: number, maxMemory: number, memoryMultiplier?: number) =>
    retryPlan({ attempts, memory: 1800, onOutOfMemory: { memoryMultiplier, maxMemory } }).memoryLevels;

  test.each([
    ['double by default, up to the maximum', more(6, 6000), [1800, 3600, 6000]],
    ['are no more than attempts', more(3, 100_000), [1800, 3600, 7200]],
    ['are whole MiB, rounded up', more(4, 100_000, 1.3), [1800, 2340, 3042, 3955]],
    ['are exact where binary fractions are not', more(3, 100_000, 1.1), [1800, 1980, 2178]],
    ['end with the maximum', more(2, 1801), [1800, 1801]],
    ['are none for one attempt', more(1, 6000), undefined],
    ['are none without a maximum above the job’s own', more(3, 1800), undefined],
  ])('%s', (_, levels, expected) => expect(levels).toEqual(expected));

  test('grow by at least a MiB', () => {
    const plan = retryPlan({ attempts: 3, memory: 4, onOutOfMemory: { memoryMultiplier: 1.1, maxMemory: 9 } });
    expect(plan.memoryLevels).toEqual([4, 5, 6]);
  });

  test('need the memory of the job', () => {
    expect(retryPlan({ attempts: 3, onOutOfMemory: { maxMemory: 9 } }).memoryLevels).toBeUndefined();
    expect(retryPlan({ attempts: 3, memory: 4 }).memoryLevels).toBeUndefined();
  });
});

describe('waits', () => {
  test.each([
    [{ attempts: 4, retryIntervalSeconds: 5, retryIntervalMultiplier: 2 }, [5, 10, 20]],
    [{ attempts: 3, retryIntervalSeconds: 30 }, [30, 30]],
    [{ attempts: 3 }, [0, 0]],
    [{ attempts: 4, retryIntervalSeconds: 10, retryIntervalMultiplier: 1.5 }, [10, 15, 23]],
    [{ attempts: 3, retryIntervalSeconds: 7, retryIntervalMultiplier: 1 }, [7, 7]],
    [{ attempts: 100, retryIntervalMultiplier: 1e300 }, Array.from({ length: 99 }, () => 0)],
  ])('of %j are %j', (input, waits) => {
    expect(retryPlan(input).waits).toEqual(waits);
  });

  test('there is one fewer than attempts, each whole, each the interval times a power of the multiplier', () => {
    fc.assert(
      fc.property(possibleInput, (input) => {
        const { maximumAttempts, waits } = retryPlan(input);
        expect(maximumAttempts).toBe(input.attempts ?? 1);
        expect(waits).toHaveLength(maximumAttempts - 1);
        const { retryIntervalSeconds = 0, retryIntervalMultiplier = 1 } = input;
        const wrong = waits.filter((wait, index) => {
          const exact = retryIntervalSeconds * retryIntervalMultiplier ** index;
          return !(Number.isInteger(wait) && wait >= 0 && Math.abs(wait - exact) <= 0.5 + exact * 1e-9);
        });
        expect(wrong).toEqual([]);
      }),
    );
  });
});

describe('Spot interruptions', () => {
  test('are restarted by Batch, whether the host ends or the job ends on SIGTERM, and nothing else is', () => {
    expect(retryPlan({ useSpotInstances: true, spotInterruption: { freeRestarts: 2 } }).batchRetry).toEqual({
      attempts: 3,
      evaluateOnExit: [
        { action: 'RETRY', onStatusReason: 'Host EC2*' },
        { action: 'RETRY', onExitCode: '143' },
        { action: 'EXIT', onReason: '*' },
      ],
    });
  });

  test('are restarted three times unless configured', () => {
    expect(retryPlan({ useSpotInstances: true }).batchRetry.attempts).toBe(4);
  });

  test('mean nothing to a job on on-demand capacity', () => {
    const plan = retryPlan({ useSpotInstances: false, spotInterruption: { freeRestarts: 5, thenOnDemand: true } });
    expect(plan).toMatchObject({ batchRetry: { attempts: 1 }, onDemandFallback: false });
  });

  test('the budget is what was configured, within what Batch takes, and ends in a catch-all', () => {
    fc.assert(
      fc.property(possibleInput, (input) => {
        const { batchRetry, onDemandFallback } = retryPlan(input);
        const freeRestarts = input.useSpotInstances ? (input.spotInterruption?.freeRestarts ?? 3) : 0;
        expect(batchRetry.attempts - 1).toBe(freeRestarts);
        expect(onDemandFallback).toBe(input.useSpotInstances === true && input.spotInterruption?.thenOnDemand === true);
        expect(batchRetry.attempts).toBeLessThanOrEqual(10);
        // The provider replaces a job definition whose rules change.
        expect(batchRetry.evaluateOnExit).toEqual(retryPlan({}).batchRetry.evaluateOnExit);
      }),
    );
  });
});

describe('an impossible plan', () => {
  test.each<[string, RetryPlanInput, RegExp]>([
    ['attempts', { attempts: 0 }, /got 0, expected a whole number from 1 to 100/],
    ['attempts', { attempts: 101 }, /got 101/],
    ['attempts', { attempts: 1.5 }, /got 1\.5/],
    ['attempts', { attempts: -1.8881545897087503e289 }, /known at synthesis/],
    ['retryIntervalSeconds', { retryIntervalSeconds: -1 }, /got -1, expected seconds, 0 or more/],
    ['retryIntervalSeconds', { retryIntervalSeconds: Number.POSITIVE_INFINITY }, /got Infinity/],
    ['retryIntervalMultiplier', { retryIntervalMultiplier: 0.5 }, /got 0\.5, expected a factor, 1 or more/],
    ['retryIntervalMultiplier', { retryIntervalMultiplier: Number.NaN }, /got NaN/],
    ['spotInterruption.freeRestarts', { spotInterruption: { freeRestarts: 10 } }, /got 10, .* from 0 to 9/],
    ['spotInterruption.freeRestarts', { spotInterruption: { freeRestarts: -1 } }, /got -1/],
    ['timeout', { timeout: 59 }, /got 59, expected whole seconds from 60/],
    ['timeout', { timeout: 31_536_001 }, /one year/],
    ['timeout', { timeout: 60.5 }, /got 60\.5/],
  ])('names %s of %j', (path, input, message) => {
    expect(retryPlanProblems(input)).toEqual([{ path: path.split('.'), message: expect.stringMatching(message) }]);
    expect(() => retryPlan(input)).toThrow(RangeError);
    expect(() => retryPlan(input)).toThrow(message);
  });

  test('has waits that leave the last attempt no time in the year that an execution lasts', () => {
    const input = { attempts: 100, retryIntervalSeconds: 5, retryIntervalMultiplier: 2 };
    expect(retryPlanProblem(input)).toMatch(/^lower attempts.*: the waits .* add up to .* seconds, .* one year/);
    expect(retryPlanProblems(input)).toEqual([{ path: [], message: retryPlanProblem(input) }]);
    expect(() => retryPlan(input)).toThrow('an execution after one year');
  });

  test('is what retryPlan throws for, and nothing else is', () => {
    const anyNumber = fc.oneof(fc.double(), fc.integer({ min: -5, max: 200 }));
    const anyInput = fc.record(
      {
        attempts: anyNumber,
        retryIntervalSeconds: anyNumber,
        retryIntervalMultiplier: anyNumber,
        spotInterruption: fc.record({ freeRestarts: anyNumber }),
        timeout: anyNumber,
        useSpotInstances: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anyInput, (input) => {
        if (retryPlanProblems(input).length > 0) {
          expect(() => retryPlan(input)).toThrow(RangeError);
        } else {
          const { waits } = retryPlan(input);
          expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(RETRY_LIMITS.executionSeconds);
        }
      }),
    );
  });
});
