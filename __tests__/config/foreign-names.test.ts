import { meantByForeign, plainName, STATEMENT_PARTS } from '../../modules/config/foreign-names';
import type { EventVocabulary } from '../../modules/config/vocabulary';

const EVENTS: EventVocabulary = {
  aliases: [
    ['kinesis-stream', 'streamArn', 'eventSourceArn'],
    ['dynamo-db-stream', 'streamArn', 'eventSourceArn tableArn'],
    ['sqs', 'sqsQueueArn', 'queueArn'],
  ],
  elsewhere: () => undefined,
  creates: () => [],
};
const STREAM = ['events', '[]', 'properties', 'streamArn'];

it('a name means the property of any source, for a value that is in no event', () => {
  expect(meantByForeign('tableArn', EVENTS)).toEqual([STREAM]);
  expect(meantByForeign('queue_arn', EVENTS)).toEqual([
    ['existing', 'arn'],
    ['events', '[]', 'properties', 'sqsQueueArn'],
  ]);
});

it('a name in an event means a property that its own source has under this name', () => {
  expect(meantByForeign('tableArn', EVENTS, 'dynamo-db-stream')).toEqual([STREAM]);
  expect(meantByForeign('tableArn', EVENTS, 'kinesis-stream')).toEqual([]);
  expect(meantByForeign('eventSourceArn', EVENTS, 'kinesis-stream')).toEqual([STREAM]);
});

it('a property of another source can be meant, too: the report says to which type it belongs', () => {
  expect(meantByForeign('queueArn', EVENTS, 'kinesis-stream')).toEqual([
    ['existing', 'arn'],
    ['events', '[]', 'properties', 'sqsQueueArn'],
  ]);
});

it('the name that the list of connections had in Stacktape means connectTo', () => {
  expect(meantByForeign('allowAccessTo', EVENTS)).toEqual([['connectTo']]);
});

it('the names for a FIFO queue mean fifoEnabled', () => {
  expect(meantByForeign('fifo', EVENTS)).toEqual([['fifoEnabled']]);
  expect(meantByForeign('fifoQueue', EVENTS)).toEqual([['fifoEnabled']]);
});

it("the name that the volumes of Stacktape's services have means a job's", () => {
  expect(meantByForeign('volumeMounts', EVENTS)).toEqual([['volumes']]);
});

it("the names that a table's keys had in Stacktape mean those of the key that has them", () => {
  expect(meantByForeign('attributeName', EVENTS)).toEqual([
    ['partitionKey', 'name'],
    ['sortKey', 'name'],
  ]);
  expect(meantByForeign('attributeType', EVENTS)).toEqual([
    ['partitionKey', 'type'],
    ['sortKey', 'type'],
  ]);
});

const vocabulary = (...names: [property: string, names: string][]): EventVocabulary => ({
  ...EVENTS,
  aliases: names.map(([property, others]) => ['schedule', property, others]),
});

it.each([
  ['memory-limit_s', 'memorylimit'],
  ['Max Retries', 'maxretrie'],
  ['CPUS', 'cpu'],
  // Two letters are no plural.
  ['as', 'as'],
  ['ass', 'as'],
])('%s is compared as %s', (name, plain) => {
  expect(plainName(name)).toBe(plain);
});

it('finds what a name of another tool means, whatever its case, hyphens and plural', () => {
  for (const name of ['vcpus', 'VCPU', 'v-cpu']) {
    expect(meantByForeign(name, vocabulary())).toEqual([['resources', 'cpu']]);
  }
});

it('finds nothing for a part of a name, or for an own one', () => {
  expect(meantByForeign('vcp', vocabulary())).toEqual([]);
  expect(meantByForeign('timeout', vocabulary())).toEqual([]);
});

it('finds names of events after those of the rest, with a step for the list', () => {
  const meant = meantByForeign('dockerImage', vocabulary(['rate', 'dockerImage interval'], ['rate', 'dockerImage']));
  expect(meant).toEqual([
    ['packaging', 'properties', 'image'],
    ['events', '[]', 'properties', 'rate'],
  ]);
});

it('has a fix for each part of a statement that a role cannot have', () => {
  expect(Object.keys(STATEMENT_PARTS)).toEqual(['Principal', 'NotPrincipal', 'NotAction', 'NotResource']);
});
