import { fixesFor, functionOf, jobOf } from '../stack-config/with-resources';

const QUEUE = 'use a queue without fifoEnabled: AWS cannot send undelivered events to a FIFO queue';
const TOPIC = 'use a topic without fifoEnabled: Lambda cannot send to a FIFO topic';
const ARN = 'arn:aws:sqs:eu-west-1:123456789012:lost';

const made = { type: 'sqs-queue', properties: { fifoEnabled: true } };
const there = { type: 'sqs-queue', existing: { arn: `${ARN}.fifo` } };
const directive = "$ResourceParam('lost', 'arn')";

describe.each<[string, object, object]>([
  ['sns', { snsTopicName: 'news' }, { news: { type: 'sns-topic' } }],
  ['event-bus', { useDefaultBus: true, eventPattern: { source: ['shop'] } }, {}],
])('the dead-letter queue of %s', (type, properties, resources) => {
  const fixes = (onDeliveryFailure: object, lost: object) =>
    fixesFor({ ...resources, lost, job: jobOf(type, { ...properties, onDeliveryFailure }) });

  it.each([
    ['that the stack makes', made],
    ['that is there', there],
  ])('is no FIFO queue %s', (_, lost) => {
    for (const property of ['sqsQueueName', 'sqsQueueArn']) {
      const value = property === 'sqsQueueName' ? 'lost' : directive;
      expect(fixes({ [property]: value }, lost)).toEqual([
        `job.properties.events[0].properties.onDeliveryFailure.${property}: ${QUEUE}`,
      ]);
    }
  });

  it.each([
    ['that the stack makes', { type: 'sqs-queue' }],
    ['that is there', { type: 'sqs-queue', existing: { arn: ARN } }],
  ])('can be a standard queue %s', (_, lost) => {
    expect(fixes({ sqsQueueName: 'lost' }, lost)).toEqual([]);
    expect(fixes({ sqsQueueArn: directive }, lost)).toEqual([]);
  });
});

describe.each<[string, object, object]>([
  ['kinesis-stream', { kinesisStreamName: 'source' }, { type: 'kinesis-stream' }],
  [
    'dynamo-db-stream',
    { streamArn: "$ResourceParam('source', 'streamArn')" },
    {
      type: 'dynamo-db-table',
      properties: { primaryKey: { partitionKey: { name: 'id', type: 'string' } }, streamType: 'KEYS_ONLY' },
    },
  ],
])('the destination of what %s gave up', (type, properties, source) => {
  const fixes = (lost: object, kind: string) =>
    fixesFor({ source, lost, job: jobOf(type, { ...properties, onFailure: { arn: directive, type: kind } }) });
  const at = 'job.properties.events[0].properties.onFailure.arn';

  it.each([
    ['sqs-queue', 'sqs', 'sns'],
    ['sns-topic', 'sns', 'sqs'],
  ])('has the type of the resource: %s', (lost, right, wrong) => {
    expect(fixes({ type: lost }, right)).toEqual([]);
    expect(fixes({ type: lost }, wrong)).toEqual([
      `job.properties.events[0].properties.onFailure.type: write type: '${right}'`,
    ]);
  });

  it('is no FIFO queue or topic', () => {
    expect(fixes(made, 'sqs')).toEqual([`${at}: ${QUEUE}`]);
    expect(fixes(there, 'sqs')).toEqual([`${at}: ${QUEUE}`]);
    expect(fixes({ type: 'sns-topic', properties: { fifoEnabled: true } }, 'sns')).toEqual([`${at}: ${TOPIC}`]);
    const arn = 'arn:aws:sns:eu-west-1:123456789012:theirs.fifo';
    expect(fixes({ type: 'sns-topic', existing: { arn } }, 'sns')).toEqual([`${at}: ${TOPIC}`]);
  });

  it('can be a standard queue or topic', () => {
    expect(fixes({ type: 'sqs-queue' }, 'sqs')).toEqual([]);
    expect(fixes({ type: 'sns-topic' }, 'sns')).toEqual([]);
  });
});

it('undelivered events of a function go to no FIFO queue either', () => {
  const properties = { snsTopicName: 'news', onDeliveryFailure: { sqsQueueName: 'lost' } };
  expect(fixesFor({ news: { type: 'sns-topic' }, lost: made, fn: functionOf('sns', properties) })).toEqual([
    `fn.properties.events[0].properties.onDeliveryFailure.sqsQueueName: ${QUEUE}`,
  ]);
});
