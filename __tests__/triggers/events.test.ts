import { events } from '../../triggers/event-list';
import { event } from '../../triggers/events';
import { problemsWith, tokens } from '../stack-config/samples';

const TYPES = [
  'http-api-gateway',
  'application-load-balancer',
  'schedule',
  'event-bus',
  'sns',
  'sqs',
  'kinesis-stream',
  'dynamo-db-stream',
  's3',
  'cloudwatch-log',
  'batch-job',
].join(', ');

function schedule(properties: object) {
  return { type: 'schedule', properties };
}

/** Problems of the properties of a schedule. */
function scheduleProblems(properties: object) {
  return problemsWith(event, schedule(properties)).map(({ path, ...finding }) => ({
    path: path.replace(/^properties\.?/, ''),
    ...finding,
  }));
}

describe('the type of an event', () => {
  it.each([
    [{}, 'type', 'nothing', TYPES, 'add it: it is required'],
    [{ type: 'schedul', properties: {} }, 'type', '"schedul"', TYPES, 'did you mean "schedule"?'],
    [
      { type: 'dynamodb-stream', properties: {} },
      'type',
      '"dynamodb-stream"',
      TYPES,
      'did you mean "dynamo-db-stream"?',
    ],
    [{ type: 'kafka-topic', properties: {} }, 'type', '"kafka-topic"', TYPES, 'use one of these'],
    [{ type: 7 }, 'type', '7', TYPES, 'use one of these'],
    [{ type: 'schedule' }, 'properties', 'nothing', 'an object', 'add it: it is required'],
    [{ type: 'schedule', properties: 'rate(1 hour)' }, 'properties', '"rate(1 hour)"', 'an object', 'write an object'],
    [null, '', 'null', 'an object', 'write an object, or remove it'],
    ['schedule', '', '"schedule"', 'an object', 'write an object'],
  ])('%j', (value, path, found, accepted, fix) => {
    expect(problemsWith(event, value)).toEqual([{ path, found, accepted, fix }]);
  });

  it('allows only type and properties', () => {
    const value = { ...schedule({ scheduleRate: 'rate(1 hour)' }), name: 'hourly' };
    expect(problemsWith(event, value)).toEqual([
      { path: 'name', found: 'the unknown property "name"', accepted: 'type, properties', fix: 'remove it' },
    ]);
  });
});

describe('a schedule', () => {
  it.each([
    [undefined, 'nothing', 'rate(...), cron(...) or at(...)', 'add it: it is required'],
    [5, '5', 'rate(...), cron(...) or at(...)', 'write rate(...), cron(...) or at(...)'],
    [
      'rate(1 hours)',
      '"rate(1 hours)"',
      'rate(1 minute), rate(5 minutes), rate(1 hour), rate(2 days): a whole number from 1 and its unit',
      'write rate(1 hour)',
    ],
  ])('refuses the rate %p', (scheduleRate, found, accepted, fix) => {
    expect(scheduleProblems({ scheduleRate })).toEqual([{ path: 'scheduleRate', found, accepted, fix }]);
  });

  it.each(['cron(0 14 * * *)', 'cron(0 14 * * * *)', 'cron(60 14 * * ? *)', 'every day', ''])(
    'refuses the rate %j at its path',
    (scheduleRate) => {
      expect(scheduleProblems({ scheduleRate })).toEqual([expect.objectContaining({ path: 'scheduleRate' })]);
    },
  );

  it('takes a rate that only Terraform knows', () => {
    expect(scheduleProblems({ scheduleRate: tokens().TEXT })).toEqual([]);
  });

  it.each([
    [
      'input and inputPath',
      { input: 1, inputPath: '$.a' },
      'input: 1, inputPath: "$.a"',
      'keep input and remove inputPath',
    ],
    [
      'input and inputTransformer',
      { input: null, inputTransformer: { inputTemplate: '1' } },
      'input: null, inputTransformer: {"inputTemplate":"1"}',
      'keep input and remove inputTransformer',
    ],
    [
      'inputPath and inputTransformer',
      { inputPath: '$.a', inputTransformer: { inputTemplate: '1' } },
      'inputPath: "$.a", inputTransformer: {"inputTemplate":"1"}',
      'keep inputPath and remove inputTransformer',
    ],
    [
      'all three',
      { input: 1, inputPath: '$.a', inputTransformer: { inputTemplate: '1' } },
      'input: 1, inputPath: "$.a", inputTransformer: {"inputTemplate":"1"}',
      'keep input and remove inputPath and inputTransformer',
    ],
  ])('refuses %s together', (_, reshaping, found, fix) => {
    expect(scheduleProblems({ scheduleRate: 'rate(1 hour)', ...reshaping })).toEqual([
      { path: '', found, accepted: 'at most one of input, inputPath and inputTransformer', fix },
    ]);
  });

  it('refuses them together although one is of a wrong type', () => {
    const problems = scheduleProblems({ scheduleRate: 'rate(1 hours)', input: () => 1, inputPath: 5 });
    expect(problems.map(({ path }) => path)).toEqual(['', 'scheduleRate', 'input', 'inputPath']);
  });

  it.each([{ input: { a: [1, 'x', null, true] } }, { input: null }, { input: 0 }, { inputPath: '$.detail' }, {}])(
    'takes %j',
    (reshaping) => {
      expect(scheduleProblems({ scheduleRate: 'rate(1 hour)', ...reshaping })).toEqual([]);
    },
  );

  it.each([
    [{ input: { a: () => 1 } }, 'input.a', 'a function', 'a string, number, true, false, list or plain object'],
    [{ input: new Date(0) }, 'input', 'the Date 1970-01-01T00:00:00.000Z', 'a string'],
    [{ input: [Number.NaN] }, 'input[0]', 'NaN', 'a JSON value'],
    [{ inputPath: '' }, 'inputPath', '""', 'a JSONPath of up to 256 characters, such as $.detail'],
    [{ inputPath: 1 }, 'inputPath', '1', 'a JSONPath of up to 256 characters, such as $.detail'],
    [{ inputTransformer: {} }, 'inputTransformer.inputTemplate', 'nothing', 'a JSON value'],
    [
      { inputTransformer: { inputTemplate: 1, x: 1 } },
      'inputTransformer.x',
      'the unknown property "x"',
      'inputPathsMap, inputTemplate',
    ],
    [
      { inputTransformer: { inputPathsMap: { a: 1 }, inputTemplate: 1 } },
      'inputTransformer.inputPathsMap.a',
      '1',
      'a JSONPath of up to 256 characters, such as $.detail',
    ],
    [{ inputTransformer: 'x' }, 'inputTransformer', '"x"', 'an object'],
  ])('refuses %p', (reshaping, path, found, accepted) => {
    expect(scheduleProblems({ scheduleRate: 'rate(1 hour)', ...reshaping })).toEqual([
      expect.objectContaining({ path, found, accepted }),
    ]);
  });
});

describe('the events of a job', () => {
  const hourly = schedule({ scheduleRate: 'rate(1 hour)' });

  it('may differ in the schedule only, or in the input only', () => {
    const others = [
      schedule({ scheduleRate: 'rate(2 hours)' }),
      schedule({ scheduleRate: 'rate(1 hour)', input: 1 }),
      schedule({ scheduleRate: 'rate(1 hour)', input: 2 }),
      schedule({ scheduleRate: 'rate(1 hour)', inputPath: '$.a' }),
    ];
    expect(problemsWith(events, [hourly, ...others])).toEqual([]);
  });

  it('may not be the same twice', () => {
    expect(problemsWith(events, [hourly, schedule({ scheduleRate: 'rate(2 hours)' }), hourly, hourly])).toEqual([
      expect.objectContaining({ path: '[2]', found: 'the same source and selection as events[0]' }),
      expect.objectContaining({ path: '[3]', found: 'the same source and selection as events[0]' }),
    ]);
  });

  const ofType = (type: string, ...list: object[]) =>
    problemsWith(
      events,
      list.map((properties) => ({ type, properties })),
    );
  const pattern = { eventPattern: { source: ['shop'] } };

  it.each([
    ['schedule', { scheduleRate: 'rate(1 hour)' }, 'the schedule would start the job twice each time'],
    [
      'http-api-gateway',
      { httpApiGatewayName: 'api', method: 'GET', path: '/a' },
      'API Gateway accepts one route for a method and path',
    ],
    ['event-bus', { eventBusName: 'bus', ...pattern }, 'an event starts the job once, however many rules it matches'],
    ['event-bus', { eventBusName: 'bus', ...pattern, inputPath: '$.detail' }, 'each event would start the job twice'],
    ['sqs', { sqsQueueName: 'q' }, 'Lambda accepts one event source mapping of a queue to a function'],
    [
      'kinesis-stream',
      { kinesisStreamName: 's' },
      'Lambda accepts one event source mapping of a stream or consumer to a function',
    ],
    [
      'dynamo-db-stream',
      { streamArn: "$ResourceParam('t', 'streamArn')" },
      'Lambda accepts one event source mapping of a stream to a function',
    ],
    [
      's3',
      { bucketArn: "$ResourceParam('b', 'arn')", s3EventType: 's3:ObjectCreated:*' },
      'a change starts the job once',
    ],
    [
      'cloudwatch-log',
      { logGroupArn: "$ResourceParam('f', 'logGroupArn')" },
      'each batch of records would start the job twice',
    ],
  ])('are refused for what is true of %s', (type, properties, reason) => {
    expect(ofType(type, properties, properties)).toEqual([
      expect.objectContaining({ path: '[1]', fix: `remove one of them: ${reason}` }),
    ]);
  });

  it.each([
    ['sqs', { sqsQueueName: 'q' }, { sqsQueueArn: "$ResourceParam('q', 'arn')" }],
    ['sqs', { sqsQueueArn: '$ResourceParam("q","arn")' }, { sqsQueueArn: "$ResourceParam('q', 'arn')" }],
    ['kinesis-stream', { streamArn: "$ResourceParam('s', 'arn')" }, { kinesisStreamName: 's' }],
    ['sns', { snsTopicArn: "$ResourceParam('t', 'arn')" }, { topicName: 't' }],
    ['event-bus', { eventBusName: 'b', ...pattern }, { eventBusArn: "$ResourceParam('b', 'arn')", ...pattern }],
  ])('are the same by whatever words: %s %j and %j', (type, one, other) => {
    expect(ofType(type, one, other)).toHaveLength(1);
  });

  const PAID = { kind: ['paid'] };
  const RETURNED = { kind: ['returned'] };
  const subscriptions = (...filters: (object | undefined)[]) =>
    ofType('sns', ...filters.map((filterPolicy) => ({ snsTopicName: 'orders', filterPolicy })));

  it.each([
    [
      'filters that exclude each other',
      PAID,
      RETURNED,
      'remove this one, and give events[0] both filters: filterPolicy: {"$or":[{"kind":["paid"]},{"kind":["returned"]}]}',
    ],
    [
      'a filter of several parts',
      { $or: [PAID, { size: [1] }] },
      RETURNED,
      'remove this one, and give events[0] both filters: filterPolicy: {"$or":[{"kind":["paid"]},{"size":[1]},{"kind":["returned"]}]}',
    ],
    [
      'no filter beside one',
      PAID,
      undefined,
      'remove this one, and filterPolicy of events[0]: together they take every message',
    ],
    ['a filter beside none', undefined, PAID, 'remove this one: events[0] takes every message'],
    ['none twice', undefined, undefined, 'remove this one: events[0] takes every message'],
    ['one filter twice', PAID, PAID, 'remove one of them: they take the same messages'],
    [
      'more than one filter takes',
      { a: [1], b: [1], c: [1] },
      { d: [1], e: [1], f: [1] },
      'move one of them to another job: SNS rejects a filter with both',
    ],
  ])('subscribe to a topic once, which SNS takes once for a function: %s', (_, one, other, fix) => {
    expect(subscriptions(one, other)).toEqual([
      {
        path: '[1]',
        found: 'a second subscription to the topic of events[0]',
        accepted:
          'one sns event for each topic: SNS accepts one subscription of a function to a topic, with one filter',
        fix,
      },
    ]);
  });

  it('filter a topic by attributes or by the body, not by both', () => {
    const of = (...scopes: (string | undefined)[]) =>
      problemsWith(
        events,
        scopes.map((filterPolicyScope, index) => ({
          type: 'sns',
          properties: { snsTopicName: 'orders', filterPolicy: { kind: [String(index)] }, filterPolicyScope },
        })),
      ).map(({ fix }) => fix);
    const other = 'move one of them to another job: a subscription filters by attributes or by the body';
    expect(of(undefined, 'MessageBody')).toEqual([other]);
    expect(of('MessageBody', 'MessageAttributes')).toEqual([other]);
    const both =
      'remove this one, and give events[0] both filters: filterPolicy: {"$or":[{"kind":["0"]},{"kind":["1"]}]}';
    expect(of('MessageBody', 'MessageBody')).toEqual([both]);
    expect(of(undefined, 'MessageAttributes')).toEqual([both]);
  });

  it('name an accepted filter instead of two', () => {
    expect(subscriptions({ $or: [PAID, RETURNED] })).toEqual([]);
  });

  it('are compared although others of them are wrong', () => {
    const problems = problemsWith(events, [hourly, null, { type: 'x' }, schedule({}), hourly]);
    expect(problems.map(({ path }) => path)).toEqual(['[1]', '[2].type', '[3].properties.scheduleRate', '[4]']);
  });
});

describe('defaults', () => {
  it.each([
    ['schedule', { scheduleRate: 'rate(1 hour)' }, {}],
    ['sqs', { sqsQueueArn: 'arn:aws:sqs:eu-west-1:123456789012:orders' }, { batchSize: 10 }],
    [
      'kinesis-stream',
      { streamArn: 'arn:aws:kinesis:eu-west-1:123456789012:stream/orders' },
      { batchSize: 10, startingPosition: 'TRIM_HORIZON' },
    ],
    [
      'dynamo-db-stream',
      { streamArn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000' },
      { batchSize: 100, startingPosition: 'TRIM_HORIZON' },
    ],
    [
      'cloudwatch-log',
      { logGroupArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/orders' },
      { filter: '' },
    ],
  ])('of %s', (type, properties, defaults) => {
    expect(event.safeParse({ type, properties })).toMatchObject({
      success: true,
      data: { type, properties: defaults },
    });
  });
});
