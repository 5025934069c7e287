import { SOURCES } from '../../triggers/registry';
import { EVENT_VOCABULARY } from '../../triggers/vocabulary';
import { fixesFor, functionOf, jobOf } from '../stack-config/with-resources';

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

describe('a source of functions in Stacktape', () => {
  it.each([
    [
      'cloudwatch-alarm',
      "write an event-bus event with useDefaultBus: true and eventPattern: { source: ['aws.cloudwatch']",
    ],
    ['alarm', "write an event-bus event with useDefaultBus: true and eventPattern: { source: ['aws.cloudwatch']"],
    ['iot', 'add an AWS::IoT::TopicRule'],
    ['kafka-topic', 'give a function with permissions for the cluster an AWS::Lambda::EventSourceMapping'],
  ])('%s is not part of this project, and the fix says what is', (type, fix) => {
    for (const owner of [functionOf(type, {}), jobOf(type, {})]) {
      const [first, ...others] = fixesFor({ owner });
      expect(first).toContain(`owner.properties.events[0].type: not part of this project: ${fix}`);
      expect(others).toEqual([]);
    }
  });

  it.each([
    ['kinesis', 'kinesis-stream'],
    ['dynamodb', 'dynamo-db-stream'],
    ['cloudwatch-logs', 'cloudwatch-log'],
  ])('of a class that calls it %s becomes an object', (type, meant) => {
    expect(fixesFor({ fn: functionOf(type, {}) })).toEqual([
      `fn.properties.events[0].type: write an object instead of the class: { type: '${meant}', properties: { ... } }`,
    ]);
  });

  it('with any other name gets the names that there are', () => {
    expect(fixesFor({ fn: functionOf('sqss', {}) })).toEqual(['fn.properties.events[0].type: did you mean "sqs"?']);
    expect(fixesFor({ fn: functionOf('toString', {}) })).toEqual(['fn.properties.events[0].type: use one of these']);
  });
});
