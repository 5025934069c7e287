import { MAPPING, streamOverride } from '../../triggers/mapping-override';

it('is the mapping of a queue or stream', () => {
  expect(MAPPING).toEqual([['Mapping', 'lambda-event-source-mapping']]);
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
