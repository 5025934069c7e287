import type { Message } from '@aws-sdk/client-sqs';
import { undecided } from '../../../../cli/operate/undelivered/entry';
import { foundIn } from '../../../../cli/operate/undelivered/found';
import { Receivers } from '../../../../cli/operate/undelivered/receivers';
import { topicDeadLetter } from '../../../../cli/operate/undelivered/topic-dead-letter';
import { executionName } from '../../../../modules/orchestration/trigger/execution-name';
import { identity } from '../../../../modules/orchestration/trigger/identity';
import { DELIVERED_NOTIFICATION, deployment, message, NOTIFICATION, queue, TOPIC_ATTRIBUTES } from './made-messages';

/** What a message of a topic is. */
function read(given: Message, where = queue(), stack = deployment()) {
  const entry = topicDeadLetter(foundIn(given, where, new Receivers(stack)));
  if (entry === undefined) throw new Error('It is no dead letter of a topic.');
  return entry;
}

/** The name of the run that the trigger function starts for an event. */
const runOf = (event: unknown) => executionName('report', identity(event, { awsRequestId: 'new' }));

describe('a dead letter of a topic', () => {
  const onOrders = { type: 'sns', properties: { snsTopicName: 'orders' } };

  it('is wrapped as Lambda would have got it, so that the same run is started', () => {
    const entry = read(
      message(NOTIFICATION, { MessageAttributes: TOPIC_ATTRIBUTES }),
      queue(),
      deployment({ report: [onOrders], other: [{ type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } }] }),
    );
    expect(entry).toMatchObject({
      jobs: ['report'],
      source: 'sns',
      reason: '403: The subscription has no permission to invoke the function.',
    });
    const { json = '' } = entry.start as { json?: string };
    expect(JSON.parse(json)).toEqual(DELIVERED_NOTIFICATION);
    expect(runOf(JSON.parse(json))).toBe(runOf(DELIVERED_NOTIFICATION));
  });

  it('can be for each job that subscribes to the topic and has this queue', () => {
    const elsewhere = {
      type: 'sns',
      properties: { ...onOrders.properties, onDeliveryFailure: { sqsQueueName: 'dead' } },
    };
    const byArn = { type: 'sns', properties: { snsTopicArn: NOTIFICATION.TopicArn } };
    const unknown = { type: 'sns', properties: { snsTopicArn: "$CfResourceParam('topic', 'Ref')" } };
    const stack = deployment({ a: [onOrders], b: [byArn], c: [elsewhere], d: [unknown] });
    expect(read(message(NOTIFICATION), queue(), stack).jobs).toEqual(['a', 'b', 'd']);
    expect(read(message(NOTIFICATION), queue('shop-dead'), stack).jobs).toEqual(['c']);
  });

  it('is for the function that listens, and for nobody if others may have missed it, which a redrive would delete', () => {
    const own = { type: 'function', properties: { events: [onOrders] } };
    const elsewhere = { snsTopicName: 'orders', onDeliveryFailure: { sqsQueueName: 'dead' } };
    const other = { type: 'function', properties: { events: [{ type: 'sns', properties: elsewhere }] } };
    const entry = (jobs: { readonly [job: string]: readonly unknown[] }, of = queue()) =>
      read(message(NOTIFICATION), of, deployment(jobs, { own, other }));
    expect(entry({})).toMatchObject({ jobs: [], functions: ['own'], start: { kind: 'event' } });
    expect(undecided(entry({}))).toBeUndefined();
    const both = 'It can be for report or function own: the message does not say for which.';
    expect(undecided(entry({ report: [onOrders] }))).toBe(both);
    expect(entry({}, queue('shop-dead')).functions).toEqual(['other']);
  });

  it('is taken as it is if it has the form for Lambda', () => {
    const entry = read(message(DELIVERED_NOTIFICATION), queue(), deployment({ report: [onOrders] }));
    expect(entry.start).toMatchObject({ json: JSON.stringify(DELIVERED_NOTIFICATION) });
  });
});

describe('a dead letter of a topic of which little is known', () => {
  const { Subject: _, ...NO_SUBJECT } = { Subject: '', ...NOTIFICATION };
  const eventOf = (notification: object) => {
    const { json = '' } = read(message(notification)).start as { json?: string };
    return JSON.parse(json).Records[0];
  };

  it('has no reason, or a code without an explanation', () => {
    const known = read(message(NOTIFICATION));
    expect(known.reason).toBe('SNS does not say why.');
    expect(known).toMatchObject({ receives: 2, start: { kind: 'event', invocation: message({}).MessageId } });
    const { ErrorCode } = TOPIC_ATTRIBUTES ?? {};
    const entry = read(message(NOTIFICATION, { MessageAttributes: ErrorCode && { ErrorCode } }));
    expect(entry).toMatchObject({
      reason: '403',
      error: { ErrorCode: '403' },
      first: new Date(NOTIFICATION.Timestamp),
    });
  });

  it('has a subject and attributes, also if there are none', () => {
    const { MessageAttributes, ...plain } = NO_SUBJECT;
    expect(eventOf(plain).Sns).toMatchObject({ Subject: null, MessageAttributes: {} });
    expect(eventOf({ ...plain, Subject: 'Hi', MessageAttributes }).Sns).toMatchObject({
      Subject: 'Hi',
      MessageAttributes,
    });
  });

  it('has the ARN of its topic for that of a subscription that is not known', () => {
    const { SigningCertURL, UnsubscribeURL, ...plain } = NOTIFICATION;
    const event = eventOf(plain);
    expect(event.EventSubscriptionArn).toBe(NOTIFICATION.TopicArn);
    expect(event.Sns).not.toHaveProperty('SigningCertUrl');
    expect(event.Sns).not.toHaveProperty('UnsubscribeUrl');
    expect(eventOf({ ...plain, UnsubscribeURL: 'https://sns/?a=b' }).EventSubscriptionArn).toBe(NOTIFICATION.TopicArn);
    const encoded = eventOf({ ...plain, UnsubscribeURL: 'https://sns/?SubscriptionArn=arn%3Aaws&a=b' });
    expect(encoded.EventSubscriptionArn).toBe('arn:aws');
    expect(encoded.Sns.UnsubscribeUrl).toBe('https://sns/?SubscriptionArn=arn%3Aaws&a=b');
  });

  it.each([
    ['another type', { ...NOTIFICATION, Type: 'SubscriptionConfirmation' }],
    ['no topic', { ...NOTIFICATION, TopicArn: undefined }],
    ['no ID', { ...NOTIFICATION, MessageId: '' }],
    ['records that are none', { Records: {} }],
    ['no record', { Records: [] }],
    ['a record of another source', { Records: [{ s3: {} }] }],
    ['no object', 'text'],
  ])('is none with %s', (_, body) => {
    expect(() => read(message(body))).toThrow('It is no dead letter of a topic.');
  });
});
