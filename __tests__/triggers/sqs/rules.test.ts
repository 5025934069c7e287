import { configProblems } from '../../stack-config/samples';
import { fixesFor, jobOf } from '../../stack-config/with-resources';

const ARN = 'arn:aws:sqs:eu-west-1:123456789012:theirs';
const queue = (properties?: object) => ({ type: 'sqs-queue', ...(properties && { properties }) });
const existing = (arn: string) => ({ type: 'sqs-queue', existing: { arn } });
const fifo = queue({ fifoEnabled: true });
const reads = (sqsQueueName: string, more: object = {}) => jobOf('sqs', { sqsQueueName, ...more });
const readsArn = (sqsQueueArn: string) => jobOf('sqs', { sqsQueueArn });

describe('two jobs that read one queue', () => {
  const fix = 'give each job its own queue, and send to both through an sns-topic: only one consumer gets a message';

  it.each([
    ['by its name', { inbox: queue(), a: reads('inbox'), b: reads('inbox') }, 'sqsQueueName'],
    ['by its ARN', { a: readsArn(ARN), b: readsArn(ARN) }, 'sqsQueueArn'],
    [
      'by name and directive',
      { inbox: queue(), a: reads('inbox'), b: readsArn("$ResourceParam('inbox', 'arn')") },
      'sqsQueueArn',
    ],
    ['by name and ARN', { inbox: existing(ARN), a: readsArn(ARN), b: reads('inbox') }, 'sqsQueueName'],
    ['by two names of one ARN', { x: existing(ARN), y: existing(ARN), a: reads('x'), b: reads('y') }, 'sqsQueueName'],
  ])('are refused, %s', (_, resources, property) => {
    expect(fixesFor(resources)).toEqual([`b.properties.events[0].properties.${property}: ${fix}`]);
  });

  it('show where the other one is', () => {
    const resources = { inbox: queue(), a: reads('inbox'), b: reads('inbox') };
    const [problem] = configProblems({ stackName: 'reports', resources });
    expect(problem?.found).toBe('"inbox", which resources.a.properties.events[0].properties also reads');
  });

  it('are one job with two spellings of it', () => {
    const twice = jobOf('sqs', { sqsQueueName: 'inbox' }, { sqsQueueArn: "$ResourceParam('inbox', 'arn')" });
    expect(fixesFor({ inbox: queue(), a: twice })).toEqual([
      'a.properties.events[1]: remove one of them: Lambda accepts one event source mapping of a queue to a function',
    ]);
  });

  it('differ from one job that reads it by its name and by its ARN', () => {
    const twice = jobOf('sqs', { sqsQueueName: 'inbox' }, { sqsQueueArn: ARN });
    expect(fixesFor({ inbox: existing(ARN), a: twice })).toEqual([
      'a.properties.events[1].properties.sqsQueueArn: remove one of them: Lambda accepts one event source mapping of a queue to a function',
    ]);
  });

  it('is reported once if one job names it twice alike', () => {
    const twice = jobOf('sqs', { sqsQueueName: 'inbox' }, { sqsQueueName: 'inbox' });
    expect(fixesFor({ inbox: queue(), a: twice })).toEqual([
      'a.properties.events[1]: remove one of them: Lambda accepts one event source mapping of a queue to a function',
    ]);
  });

  it('may read a queue each', () => {
    expect(fixesFor({ x: queue(), y: queue(), a: reads('x'), b: reads('y') })).toEqual([]);
  });
});

describe('a queue that starts a job', () => {
  it('hides messages at least as long as the trigger function may take', () => {
    expect(fixesFor({ inbox: queue({ visibilityTimeoutSeconds: 24 }), a: reads('inbox') })).toEqual([
      'inbox.properties.visibilityTimeoutSeconds: use 150: AWS recommends six times the timeout, and rejects less than the timeout',
    ]);
    expect(fixesFor({ inbox: queue({ visibilityTimeoutSeconds: 25 }), a: reads('inbox') })).toEqual([]);
    expect(fixesFor({ inbox: queue({ visibilityTimeoutSeconds: 0 }) })).toEqual([]);
  });

  const where = 'a.properties.events[0].properties';
  it.each([
    ['of the config', { inbox: fifo, a: reads('inbox', { batchSize: 11, maxBatchWindowSeconds: 1 }) }],
    [
      'that is there',
      { inbox: existing(`${ARN}.fifo`), a: reads('inbox', { batchSize: 11, maxBatchWindowSeconds: 1 }) },
    ],
    ['by its ARN', { a: jobOf('sqs', { sqsQueueArn: `${ARN}.fifo`, batchSize: 11, maxBatchWindowSeconds: 1 }) }],
  ])('and is FIFO, %s, has batches of up to 10 and no window', (_, resources) => {
    expect(fixesFor(resources)).toEqual([
      `${where}.batchSize: lower it to 10`,
      `${where}.maxBatchWindowSeconds: remove it`,
    ]);
  });

  it('may be FIFO', () => {
    expect(fixesFor({ inbox: fifo, a: reads('inbox', { batchSize: 10, maxBatchWindowSeconds: 0 }) })).toEqual([]);
  });
});

describe('a FIFO queue', () => {
  const directive = "$ResourceParam('dead', 'arn')";
  const fix = 'use a queue without fifoEnabled: AWS cannot send undelivered events to a FIFO queue';

  it.each([
    ['sns', { snsTopicName: 'orders', onDeliveryFailure: { sqsQueueName: 'dead' } }, 'onDeliveryFailure.sqsQueueName'],
    ['sns', { snsTopicName: 'orders', onDeliveryFailure: { sqsQueueArn: directive } }, 'onDeliveryFailure.sqsQueueArn'],
    ['kinesis-stream', { kinesisStreamName: 'clicks', onFailure: { arn: directive, type: 'sqs' } }, 'onFailure.arn'],
    [
      'dynamo-db-stream',
      { streamArn: "$ResourceParam('table', 'streamArn')", onFailure: { arn: directive, type: 'sqs' } },
      'onFailure.arn',
    ],
    [
      'event-bus',
      { useDefaultBus: true, eventPattern: { source: ['a'] }, onDeliveryFailure: { sqsQueueName: 'dead' } },
      'onDeliveryFailure.sqsQueueName',
    ],
  ])('takes no dead letters of %s events: %j', (type, properties, path) => {
    const primaryKey = { partitionKey: { name: 'id', type: 'string' } };
    const resources = {
      orders: { type: 'sns-topic' },
      clicks: { type: 'kinesis-stream' },
      table: { type: 'dynamo-db-table', properties: { primaryKey, streamType: 'KEYS_ONLY' } },
      job: jobOf(type, properties),
    };
    expect(fixesFor({ ...resources, dead: fifo })).toEqual([`job.properties.events[0].properties.${path}: ${fix}`]);
    expect(fixesFor({ ...resources, dead: queue() })).toEqual([]);
  });
});

describe('a redrive policy', () => {
  const redrive = (target: string, more: object = {}) =>
    queue({ redrivePolicy: { targetSqsQueueArn: target, maxReceiveCount: 3 }, ...more });
  const dead = "$ResourceParam('dead', 'arn')";
  const where = 'inbox.properties.redrivePolicy.targetSqsQueueArn';

  it.each([
    [
      { inbox: redrive("$ResourceParam('inbox', 'arn')") },
      'use a different queue: this one would redrive messages to itself',
    ],
    [{ inbox: redrive(dead), dead: fifo }, 'remove fifoEnabled from "dead"'],
    [{ inbox: redrive(dead, { fifoEnabled: true }), dead: queue() }, 'add fifoEnabled: true to "dead"'],
  ])('%j is refused', (resources, fix) => {
    expect(fixesFor(resources)).toEqual([`${where}: ${fix}`]);
  });

  it('names a queue of the same kind', () => {
    expect(fixesFor({ inbox: redrive(dead), dead: queue() })).toEqual([]);
    expect(fixesFor({ inbox: redrive(dead, { fifoEnabled: true }), dead: fifo })).toEqual([]);
    expect(fixesFor({ inbox: redrive(ARN) })).toEqual([]);
  });
});
