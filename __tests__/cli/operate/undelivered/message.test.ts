import type { Message } from '@aws-sdk/client-sqs';
import { undecided } from '../../../../cli/operate/undelivered/entry';
import { readMessage } from '../../../../cli/operate/undelivered/message';
import { Receivers } from '../../../../cli/operate/undelivered/receivers';
import { executionName } from '../../../../modules/orchestration/trigger/execution-name';
import { identity } from '../../../../modules/orchestration/trigger/identity';
import {
  arn,
  DELIVERED_NOTIFICATION,
  deployment,
  lambdaFailure,
  message,
  queue,
  SCHEDULED,
  sourceQueue,
  streamFailure,
} from './made-messages';

const read = (given: Message, where = queue(), stack = deployment()) => readMessage(given, where, new Receivers(stack));

/** The name of the run that the trigger function starts for an event. */
const runOf = (event: unknown) => executionName('report', identity(event, { awsRequestId: 'new' }));

describe("Lambda's record of a failed invocation", () => {
  it('has the event, the error and how often it was tried', () => {
    const entry = read(message(lambdaFailure(SCHEDULED)));
    expect(entry).toMatchObject({
      messageId: '3f2a91c4-77aa-4c1e-9d5b-000000000001',
      jobs: ['report'],
      source: 'schedule',
      reason: 'Out of time after 20 attempts: ThrottlingException (HTTP 400): Rate exceeded',
      first: new Date('2026-11-26T14:00:00Z'),
      last: new Date('2026-11-26T14:03:00Z'),
      bytes: JSON.stringify(SCHEDULED).length,
      tries: 3,
      receives: 2,
      error: { errorType: 'StartError.Curable.ThrottlingException' },
      start: { kind: 'event', invocation: 'e4b46cbf-b738-xmpl-8880-a18cdf61200e' },
    });
    expect(entry.start).toMatchObject({ json: JSON.stringify(SCHEDULED) });
  });

  it('keeps the event as it is written', () => {
    const text = JSON.stringify(lambdaFailure(null)).replace(
      '"requestPayload":null',
      '"requestPayload": { "n":1.0, "n2":12345678901234567890 }',
    );
    expect(read(message(text)).start).toMatchObject({ json: '{ "n":1.0, "n2":12345678901234567890 }' });
  });

  it.each([
    ['EventAgeExceeded', 'Lambda could not invoke the function for 6 hours.'],
    ['SomethingNew', 'SomethingNew.'],
  ])('says why without an error of the function: %s', (condition, reason) => {
    expect(read(message(lambdaFailure(SCHEDULED, { condition }))).reason).toBe(reason);
  });

  it.each(['StartError', 'StartError.Incurable.AccessDenied', 'Error'])(
    'does not name a type that says no more: %s',
    (errorType) => {
      const record = { ...lambdaFailure({}), responsePayload: { errorType, errorMessage: 'No.' } };
      expect(read(message(record)).reason).toBe('No.');
    },
  );

  it('names the type of other errors', () => {
    const record = {
      ...lambdaFailure({}),
      responsePayload: { errorType: 'Sandbox.Timedout', errorMessage: 'Task timed\nout' },
    };
    expect(read(message(record)).reason).toBe('Sandbox.Timedout: Task timed out');
  });

  it.each([
    ['shop-image-builder', /^It is for the image builder \(shop-image-builder\)/],
    ['shop-old-trigger', /^Its function shop-old-trigger belongs to no job and no function of this config\.$/],
  ])('starts no run for %s', (functionName, why) => {
    const entry = read(message(lambdaFailure(SCHEDULED, { functionName })));
    expect(entry.jobs).toEqual([]);
    expect(entry.start).toEqual({ kind: 'none', why: expect.stringMatching(why) });
  });

  it('is for a function of the config, with the event', () => {
    const entry = read(message(lambdaFailure(SCHEDULED, { functionName: 'shop-authorize' })));
    expect(entry).toMatchObject({ jobs: [], functions: ['authorize'], source: 'schedule' });
    expect(entry.start).toMatchObject({ kind: 'event', json: JSON.stringify(SCHEDULED) });
    expect(undecided(entry)).toBeUndefined();
  });

  it.each([
    ['an event without an ID', { any: 'json' }, 'unknown'],
    [
      'S3',
      {
        Records: [
          {
            eventSource: 'aws:s3',
            eventName: 'ObjectCreated:Put',
            s3: { bucket: { name: 'b' }, object: { key: 'k' } },
          },
        ],
      },
      's3',
    ],
    ['CloudWatch Logs', { awslogs: { data: 'H4sI' } }, 'cloudwatch-log'],
    ['SNS', DELIVERED_NOTIFICATION, 'sns'],
  ])('names the source: %s', (_, event, source) => {
    expect(read(message(lambdaFailure(event))).source).toBe(source);
  });
});

it('reads a record without an invocation ID, as ministack 1.5 sends it', () => {
  const { requestContext, ...record } = lambdaFailure(SCHEDULED);
  const { requestId: _, ...context } = requestContext;
  const entry = read(message({ ...record, requestContext: context }));
  expect(entry).toMatchObject({ jobs: ['report'], start: { kind: 'event', invocation: entry.messageId } });
});

describe('the position of records that Lambda gave up', () => {
  it.each([
    ['KinesisBatchInfo', arn('kinesis', 'stream/clicks'), 'kinesis-stream', 'kinesis'],
    ['DDBStreamBatchInfo', arn('dynamodb', 'table/t/stream/2026-01-01T00:00:00.000'), 'dynamo-db-stream', 'dynamodb'],
  ] as const)('is read from %s', (info, streamArn, source, stream) => {
    expect(read(message(streamFailure(info, streamArn)))).toMatchObject({
      jobs: ['report'],
      source,
      reason: 'The function failed each time; Lambda gave up 2 records, which only the stream has.',
      first: new Date('2026-11-26T14:02:00.040Z'),
      start: { kind: 'records', batch: { stream, streamArn, shardId: 'shardId-000000000001', batchSize: 2 } },
    });
  });
});

describe('a dead letter of a queue', () => {
  const dead = queue('shop-dead', { redriven: [sourceQueue('shop-inbox')], isOnlyRedrive: true });
  const given = message('not JSON, and no need to be', {
    MD5OfMessageAttributes: 'md5a',
    MessageAttributes: {
      kind: { DataType: 'String', StringValue: 'paid' },
      data: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
    },
    Attributes: { DeadLetterQueueSourceArn: arn('sqs', 'shop-inbox'), SenderId: 'AIDA' },
  });

  it('is wrapped as Lambda would have got it, so that the same run is started', () => {
    const entry = read(given, dead);
    expect(entry).toMatchObject({
      jobs: ['report'],
      source: 'sqs',
      reason: 'It was not handled in 5 deliveries from shop-inbox.',
      tries: 5,
    });
    const { json = '' } = entry.start as { json?: string };
    const event = JSON.parse(json);
    expect(event).toEqual({
      Records: [
        {
          messageId: given.MessageId,
          receiptHandle: 'handle',
          body: given.Body,
          attributes: { SentTimestamp: '1764165600000', ApproximateReceiveCount: '2', SenderId: 'AIDA' },
          messageAttributes: {
            kind: { stringValue: 'paid', stringListValues: [], binaryListValues: [], dataType: 'String' },
            data: { binaryValue: 'AQI=', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
          },
          md5OfBody: 'md5',
          md5OfMessageAttributes: 'md5a',
          eventSource: 'aws:sqs',
          eventSourceARN: arn('sqs', 'shop-inbox'),
          awsRegion: 'eu-west-1',
        },
      ],
    });
    const redelivered = { Records: [{ ...event.Records[0], receiptHandle: 'x', attributes: {} }] };
    expect(runOf(event)).toBe(runOf(redelivered));
  });

  it('is what it is, whatever its body looks like', () => {
    const lookalike = message(lambdaFailure(SCHEDULED), { Attributes: given.Attributes });
    expect(read(lookalike, dead)).toMatchObject({ source: 'sqs', jobs: ['report'] });
  });

  it('can be moved by hand into a queue that has nothing else', () => {
    const moved = message('{}');
    expect(read(moved, dead).source).toBe('sqs');
    expect(read(moved, { ...dead, isOnlyRedrive: false }).source).toBe('unknown');
    expect(read(moved, { ...dead, redriven: [sourceQueue('a'), sourceQueue('b')] }).source).toBe('unknown');
  });

  it('is recognized by its form if it comes from a queue of undelivered events', () => {
    const chained = message(lambdaFailure(SCHEDULED), {
      Attributes: { DeadLetterQueueSourceArn: arn('sqs', 'elsewhere') },
    });
    expect(read(chained, dead)).toMatchObject({ source: 'schedule', jobs: ['report'] });
  });
});

describe('a message of an unknown form', () => {
  it.each([
    ['no JSON', 'hello', /^The message is no JSON/],
    ['half of a JSON object', '{"requestPayload":{}', /^The message is no JSON/],
    ['a string', '"hello"', /^The message has none of the forms/],
    ['a list', '[]', /^The message has none of the forms/],
    ['null', 'null', /^The message has none of the forms/],
    ['an object', '{"a":1}', /^The message has none of the forms/],
    ['an event without a record around it', JSON.stringify(SCHEDULED), /^The message has none of the forms/],
    ['a record without an event', JSON.stringify({ requestContext: { functionArn: 'x' } }), /none of the forms/],
    ['nothing', '', /^The message is no JSON/],
  ])('is shown and not started: %s', (_, body, reason) => {
    const entry = read(message(body));
    expect(entry).toMatchObject({ jobs: [], source: 'unknown', reason: expect.stringMatching(reason) });
    expect(entry.start.kind).toBe('none');
  });

  it('can lack every attribute', () => {
    expect(read({ MessageId: 'x' }).bytes).toBe(0);
  });
});
