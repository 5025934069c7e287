import { MAPPING, queueOverride, streamOverride } from '../../triggers/mapping-override';

const filters = (...patterns: unknown[]) => ({
  filter_criteria: { filter: patterns.map((pattern) => ({ pattern })) },
});

it('is the mapping of a queue or stream', () => {
  expect(MAPPING).toEqual([['Mapping', 'lambda-event-source-mapping']]);
});

describe.each([
  ['queue', queueOverride],
  ['stream', (key: string, value: unknown) => streamOverride(key, value, {})],
])('filters of a %s', (_, override) => {
  it.each(['filter', 'filters', 'filterCriteria', 'filterPattern', 'filterPatterns'])('by %s', (key) => {
    expect(override(key, '{"a":[1]}')).toEqual(filters('{"a":[1]}'));
  });

  it.each(['filterRule', 'myFilter', 'batchSize'])('not by %s', (key) => {
    expect(override(key, 'x')).toBeUndefined();
  });

  it.each([
    [{ filters: [{ pattern: 'a' }, { Pattern: 'b' }] }, ['a', 'b']],
    [{ Filters: [{ Pattern: 'a' }] }, ['a']],
    [{ filter: { pattern: 'a' } }, ['a']],
    [
      ['a', ['b', { body: ['c'] }]],
      ['a', 'b', { body: ['c'] }],
    ],
    [{ body: { kind: ['order'] } }, [{ body: { kind: ['order'] } }]],
  ])('as %j', (value, patterns) => {
    expect(override('filterCriteria', value)).toEqual(filters(...patterns));
  });
});

describe('the time from which a stream is read', () => {
  const at = (starting_position_timestamp: string) => ({
    starting_position: 'AT_TIMESTAMP',
    starting_position_timestamp,
  });
  const startingPositionTimestamp = '2026-03-01T00:00:00Z';

  it('is the one beside the position', () => {
    expect(streamOverride('startingPosition', 'AT_TIMESTAMP', { startingPositionTimestamp })).toEqual(
      at(startingPositionTimestamp),
    );
    expect(streamOverride('startingPositionTimestamp', 7, { startingPositionTimestamp })).toEqual(
      at(startingPositionTimestamp),
    );
  });

  it.each([{}, undefined, 'x'])('is an example without one: %j', (properties) => {
    expect(streamOverride('startingPosition', 'AT_TIMESTAMP', properties)).toEqual(at('2026-01-31T00:00:00Z'));
  });

  it('is nothing for another position', () => {
    expect(streamOverride('startingPosition', 'LATEST', { startingPositionTimestamp })).toBeUndefined();
  });
});
