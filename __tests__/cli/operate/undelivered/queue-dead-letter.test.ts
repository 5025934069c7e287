import type { Found } from '../../../../cli/operate/undelivered/found';
import { queueDeadLetter } from '../../../../cli/operate/undelivered/queue-dead-letter';
import { arn, message } from './made-messages';

const INBOX = { arn: arn('sqs', 'inbox'), name: 'inbox', jobs: ['report'], functions: [], maxReceives: 5 };
const OTHER = { ...INBOX, arn: arn('sqs', 'other'), name: 'other', maxReceives: 2 };

/** What is read out of a message in a queue, if it is one that its queue gave up. */
function read(given: Parameters<typeof message>[1] = {}, queue: object = {}) {
  const shared = { messageId: '1', last: new Date(0) };
  const where = { redriven: [INBOX], isOnlyRedrive: true, ...queue };
  return queueDeadLetter({ message: message('body', given), text: 'body', queue: where, shared } as unknown as Found);
}

function record(given: Parameters<typeof message>[1] = {}) {
  const start = read(given)?.start as { readonly json: string };
  return JSON.parse(start.json).Records[0];
}

const from = (source: string) => ({ Attributes: { DeadLetterQueueSourceArn: source } }) as never;

it('is of the queue that the message names', () => {
  const redriven = [INBOX, OTHER];
  expect(read(from(OTHER.arn), { redriven })).toMatchObject({
    jobs: ['report'],
    tries: 2,
    reason: 'It was not handled in 2 deliveries from other.',
    first: new Date(0),
  });
  expect(read(from(arn('sqs', 'unknown')), { redriven })).toBeUndefined();
});

it('is of the only queue there is if somebody moved it, and else of none', () => {
  expect(read()).toMatchObject({ tries: 5 });
  expect(read({}, { redriven: [INBOX, OTHER] })).toBeUndefined();
  expect(read({}, { isOnlyRedrive: false })).toBeUndefined();
});

it('starts a run with the event that Lambda would make of it', () => {
  const { DeadLetterQueueSourceArn, ...attributes } = message('').Attributes as { [name: string]: string };
  expect(record(from(INBOX.arn))).toEqual({
    messageId: message('').MessageId,
    receiptHandle: 'handle',
    body: 'body',
    attributes,
    messageAttributes: {},
    md5OfBody: 'md5',
    eventSource: 'aws:sqs',
    eventSourceARN: INBOX.arn,
    awsRegion: 'eu-west-1',
  });
});

it('keeps the attributes of the message, of both kinds', () => {
  const { messageAttributes, md5OfMessageAttributes } = record({
    MessageAttributes: {
      text: { DataType: 'String', StringValue: 'a' },
      bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
    },
    MD5OfMessageAttributes: 'sum',
  });
  const lists = { stringListValues: [], binaryListValues: [] };
  expect(messageAttributes).toEqual({
    text: { dataType: 'String', stringValue: 'a', ...lists },
    bytes: { dataType: 'Binary', binaryValue: 'AQI=', ...lists },
  });
  expect(md5OfMessageAttributes).toBe('sum');
});
