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

  it('knows nothing of a type that no source has', () => {
    expect(EVENT_VOCABULARY.creates('carrier-pigeon')).toEqual([]);
  });
});
