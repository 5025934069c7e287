import { keyAt, knownAt, shapeDifferences, suggestions } from '../../../cli/model/event-check';
import { type JsonNode, parsedJson, placed } from '../../../cli/model/json-text';
import { factsOf } from './event-sources';

const root = (text: string) => parsedJson(text).root as JsonNode;
const differences = (type: string, text: string) =>
  shapeDifferences(factsOf(type), root(text)).map((difference) => placed(text, difference));

describe('how an event differs from those of its source', () => {
  test.each([
    [
      'a key that is missing, and one of another type, in a record of a batch',
      'cloudwatch-log',
      '{"awslogs": {\n"data": 5}}',
      ['Line 2, column 9: awslogs.data is a number. Its source sends a string'],
    ],
    [
      'a key that is missing in the second record',
      'kinesis-stream',
      JSON.stringify({ Records: [1, 2].map((id) => kinesis(id === 1 ? { eventID: 'a' } : {})) }, undefined, 1),
      [expect.stringMatching(/^Line 16, column 3: Records\[1\]\.eventID is missing\. Shard and position/)],
    ],
    ['an event of another kind', 'sqs', '[]', ['Line 1, column 1: the event is a list. Its source sends an object']],
    [
      'null where a string belongs',
      'cloudwatch-log',
      '{"awslogs": {"data": null}}',
      [expect.stringMatching(/data is null\. Its source sends a string$/)],
    ],
    [
      'a list that is none',
      'sqs',
      '{"Records": {}}',
      [expect.stringMatching(/Records is an object\. Its source sends a list$/)],
    ],
    ['the last of two keys counts', 'cloudwatch-log', '{"awslogs": 1, "awslogs": {"data": ""}}', []],
    ['a type that is unknown', 'by hand', '{"a": 1}', []],
  ])('%s', (_, type, text, expected) => {
    expect(differences(type, text)).toEqual(expected);
  });

  test('many keys that one object lacks are one difference, and at most 20 are reported', () => {
    expect(differences('schedule', '{"id": 5}')).toEqual([
      'Line 1, column 1: 8 keys are missing that its source sends: version, detail-type, source, account, time, region, resources, detail',
      'Line 1, column 8: id is a number. Its source sends a string',
    ]);
    expect(differences('cloudwatch-log', '{}')).toEqual(['Line 1, column 1: awslogs is missing. Log records']);
    const many = JSON.stringify({ Records: Array.from({ length: 50 }, () => ({})) });
    expect(differences('sqs', many)).toHaveLength(20);
  });

  test('both payload formats of an HTTP API, and both ways of S3, by their keys', () => {
    expect(differences('http-api-gateway', '{"rawPath": "/"}').join()).toContain('rawQueryString');
    expect(differences('http-api-gateway', '{"path": "/"}').join()).toContain('httpMethod');
    expect(differences('s3', '{"detail-type": "Object Created"}').join()).toContain('resources, detail');
    expect(differences('s3', '{}').join()).toContain('Records is missing');
  });
});

function kinesis(more: object) {
  return {
    kinesis: { partitionKey: '', sequenceNumber: '', data: '', approximateArrivalTimestamp: 1 },
    eventSource: 'aws:kinesis',
    eventName: '',
    eventSourceARN: '',
    awsRegion: '',
    ...more,
  };
}

describe('what can be written where the cursor is', () => {
  /** The cursor is at the bar. */
  const keysAt = (type: string, marked: string, rootKeys: string[] = []) => {
    const place = keyAt(marked.replace('|', ''), marked.indexOf('|'));
    return place && suggestions(factsOf(type), rootKeys, place).map(({ key }) => key);
  };

  test.each([
    ['schedule', '{"re|', ['region', 'resources', 'replay-name']],
    ['schedule', '{"a": 1, "re|": 2}', ['region', 'resources', 'replay-name']],
    ['sqs', '{"|', ['Records']],
    ['sqs', '{"Records": [{"messageId": "{\\"", "message|', ['messageId', 'messageAttributes']],
    ['sqs', '{"Records": [{}, {"attributes": {"message|', ['MessageGroupId', 'MessageDeduplicationId']],
    ['application-load-balancer', '{"requestContext": {"elb": {"|', ['targetGroupArn']],
    ['schedule', '{"version": "re|', undefined],
    ['schedule', '["re|', undefined],
    ['schedule', '{re|', undefined],
    ['schedule', '{"detail": {"|', []],
    ['unknown', '{"|', []],
  ])('%s: %s', (type, text, keys) => {
    expect(keysAt(type, text)).toEqual(keys);
  });

  test('it replaces from the quote on', () => {
    expect(keyAt('{"a": 1, "re', 12)).toEqual({ path: '', typed: 're', from: 9 });
  });
});

test('the meaning of what the cursor is in', () => {
  const text = '{"Records": [{"messageId": "a", "mine": {"body": 1}}]}';
  const meaning = (part: string) => knownAt(factsOf('sqs'), root(text), text.indexOf(part) + 1)?.path;
  expect(meaning('"Records"')).toBe('Records');
  expect(meaning('"messageId"')).toBe('Records[].messageId');
  expect(meaning('"a"')).toBe('Records[].messageId');
  expect(meaning('"mine"')).toBe('Records[]');
  expect(knownAt(factsOf('application-load-balancer'), root('{"headers": {"x-a": "1"}}'), 15)?.path).toBe('headers.*');
});
