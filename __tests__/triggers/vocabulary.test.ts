import { SOURCES } from '../../triggers/registry';
import { EVENT_VOCABULARY } from '../../triggers/vocabulary';

describe('EVENT_VOCABULARY', () => {
  it('has the aliases of every source', () => {
    const sqs = EVENT_VOCABULARY.aliases.filter(([, property]) => property.startsWith('sqsQueue'));
    expect(sqs).toEqual([
      ['sqs', 'sqsQueueName', 'queue queueName sqsQueue'],
      ['sqs', 'sqsQueueArn', 'queueArn'],
    ]);
  });

  it.each(SOURCES.flatMap(({ type }) => EVENT_VOCABULARY.creates(type).map(([, module]) => [type, module])))(
    'names a module of the provider for a resource of %s: %s',
    (_, module) => {
      expect(() => require.resolve(`@cdktf/provider-aws/lib/${module}`)).not.toThrow();
    },
  );

  it('writes a time to start from for a stream, but not for a queue', () => {
    expect(EVENT_VOCABULARY.override('sqs', 'startingPosition', 'AT_TIMESTAMP', {})).toBeUndefined();
    const startingPositionTimestamp = '2026-03-01T00:00:00Z';
    expect(
      EVENT_VOCABULARY.override('dynamo-db-stream', 'startingPosition', 'AT_TIMESTAMP', { startingPositionTimestamp }),
    ).toEqual({ starting_position: 'AT_TIMESTAMP', starting_position_timestamp: startingPositionTimestamp });
  });

  it('knows nothing of a type that no source has', () => {
    expect(EVENT_VOCABULARY.creates('carrier-pigeon')).toEqual([]);
    expect(EVENT_VOCABULARY.override('carrier-pigeon', 'filter', {}, {})).toBeUndefined();
  });
});
