import { itemsResult, itemsResultText } from '../../../cli/run-report/items-result';

const text = (document: object) => JSON.stringify(document);
const COUNTS = { items: 100, succeeded: 97, failed: 3 };

describe('the result of a run with items', () => {
  it('has its counts, and nothing waits or runs', () => {
    expect(itemsResult(text(COUNTS))).toEqual({
      count: 100,
      counts: { waiting: 0, running: 0, succeeded: 97, failed: 3 },
      failures: [],
    });
  });

  it('has where the list of failed items is, if it says it as a text', () => {
    expect(itemsResult(text({ ...COUNTS, failuresUri: 's3://bucket/failures' }))?.failuresUri).toBe(
      's3://bucket/failures',
    );
    expect(itemsResult(text({ ...COUNTS, failuresUri: 1 }))).not.toHaveProperty('failuresUri');
  });

  it.each<[string, string | undefined]>([
    ['no text', undefined],
    ['a text that is no JSON', 'Exit code 1'],
    ['the output of another run', text({ container: { exitCode: 0 } })],
    ['no count', text({ succeeded: 1, failed: 1 })],
    ['no number of those that succeeded', text({ items: 2, succeeded: '1', failed: 1 })],
    ['no number of those that failed', text({ items: 2, succeeded: 1 })],
  ])('is none: %s', (_, given) => {
    expect(itemsResult(given)).toBeUndefined();
  });

  it.each<[string, unknown, unknown[]]>([
    ['the exit code', { index: 17, exitCode: 1 }, [{ index: 17, reason: 'Exit code 1', exitCode: 1 }]],
    ['the reason', { index: 0, reason: 'Host terminated' }, [{ index: 0, reason: 'Host terminated' }]],
    [
      'both',
      { index: 2, reason: 'OutOfMemory', exitCode: 137 },
      [{ index: 2, reason: 'OutOfMemory (exit code 137)', exitCode: 137 }],
    ],
    ['an empty reason', { index: 2, reason: '' }, [{ index: 2, reason: 'no reason was given' }]],
    ['a reason that is no text', { index: 2, reason: 1 }, [{ index: 2, reason: 'no reason was given' }]],
    ['no index', { reason: 'lost' }, []],
    ['null', null, []],
    ['a text', 'lost', []],
  ])('says why an item failed: %s', (_, failure, expected) => {
    expect(itemsResult(text({ ...COUNTS, failures: [failure] }))?.failures).toEqual(expected);
  });

  it('has no failed items if they are no list', () => {
    expect(itemsResult(text({ ...COUNTS, failures: 'many' }))?.failures).toEqual([]);
  });
});

describe('the result in words', () => {
  const words = (failed: number, ...failures: object[]) => {
    const result = itemsResult(text({ items: 2000, succeeded: 2000 - failed, failed, failures }));
    return result && itemsResultText(result);
  };

  it('is nothing if no item failed', () => {
    expect(words(0)).toBeUndefined();
  });

  it('names the first item that failed, and counts the others', () => {
    expect(words(1, { index: 17, exitCode: 1 })).toBe('1 of 2,000 items failed: item 17 (Exit code 1)');
    expect(words(1500, { index: 17, exitCode: 1 })).toBe(
      '1,500 of 2,000 items failed: item 17 (Exit code 1) and 1,499 more',
    );
  });

  it('has only numbers if no failed item is known', () => {
    expect(words(1500)).toBe('1,500 of 2,000 items failed');
  });
});
