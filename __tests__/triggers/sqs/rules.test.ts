import { configProblems } from '../../stack-config/samples';
import { fixesFor, functionOf, jobOf } from '../../stack-config/with-resources';

const ARN = 'arn:aws:sqs:eu-west-1:123456789012:theirs';
const queue = (properties?: object) => ({ type: 'sqs-queue', ...(properties && { properties }) });
const existing = (arn: string) => ({ type: 'sqs-queue', existing: { arn } });
const fifo = queue({ fifoEnabled: true });
const reads = (sqsQueueName: string, more: object = {}) => jobOf('sqs', { sqsQueueName, ...more });
const readsArn = (sqsQueueArn: string) => jobOf('sqs', { sqsQueueArn });

describe('two jobs that read one queue', () => {
  const fix = 'give each its own queue, and send to both through an sns-topic: only one consumer gets a message';

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

  it('are not compared by tokens, whose queues are known only to Terraform', () => {
    const token = '${TfToken[TOKEN.7]}';
    expect(fixesFor({ a: readsArn(token), b: readsArn(token) })).toEqual([]);
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

  it('and is standard, has larger batches and a window', () => {
    const batches = { batchSize: 1000, maxBatchWindowSeconds: 1 };
    expect(fixesFor({ inbox: queue(), a: reads('inbox', batches) })).toEqual([]);
    expect(fixesFor({ a: jobOf('sqs', { sqsQueueArn: ARN, ...batches }) })).toEqual([]);
  });

  it('may be FIFO', () => {
    expect(fixesFor({ inbox: fifo, a: reads('inbox', { batchSize: 10, maxBatchWindowSeconds: 0 }) })).toEqual([]);
  });
});

describe('a queue that a function reads', () => {
  const slow = (timeout?: unknown) => {
    const { type, properties } = functionOf('sqs', { sqsQueueName: 'inbox' });
    return { type, properties: { ...properties, timeout } };
  };

  it.each([
    [31, 30, 'use 186: AWS recommends six times the timeout, and rejects less than the timeout'],
    [undefined, 9, 'use 60: AWS recommends six times the timeout, and rejects less than the timeout'],
  ])('with a timeout of %s hides messages longer than %s seconds', (timeout, hidden, fix) => {
    const resources = { inbox: queue({ visibilityTimeoutSeconds: hidden }), fn: slow(timeout) };
    expect(fixesFor(resources)).toEqual([`inbox.properties.visibilityTimeoutSeconds: ${fix}`]);
  });

  it.each([
    [30, 30],
    [undefined, 10],
  ])('with a timeout of %s can hide them %s seconds', (timeout, hidden) => {
    expect(fixesFor({ inbox: queue({ visibilityTimeoutSeconds: hidden }), fn: slow(timeout) })).toEqual([]);
  });

  it('is compared with the default timeout also in a config that has another problem', () => {
    const [fix, ...others] = fixesFor({
      inbox: queue({ visibilityTimeoutSeconds: 9 }),
      fn: slow(),
      web: { type: 'x' },
    });
    expect([fix, ...others].filter((each) => each?.includes('visibility'))).toEqual([
      'inbox.properties.visibilityTimeoutSeconds: use 60: AWS recommends six times the timeout, and rejects less than the timeout',
    ]);
  });

  it('has no other reader: neither a job nor itself', () => {
    const fn = functionOf('sqs', { sqsQueueName: 'inbox' });
    expect(fixesFor({ inbox: queue(), job: reads('inbox'), fn })).toEqual([
      'fn.properties.events[0].properties.sqsQueueName: give each its own queue, and send to both through an sns-topic: only one consumer gets a message',
    ]);
    const twice = functionOf('sqs', { sqsQueueName: 'inbox' }, { sqsQueueName: 'inbox' });
    expect(fixesFor({ inbox: queue(), twice })).toEqual([
      'twice.properties.events[1]: remove one of them: Lambda accepts one event source mapping of a queue to a function',
    ]);
  });

  it('and is FIFO has batches of up to 10', () => {
    expect(
      fixesFor({ inbox: fifo, fn: functionOf('sqs', { sqsQueueName: 'inbox', maxBatchWindowSeconds: 1 }) }),
    ).toEqual(['fn.properties.events[0].properties.maxBatchWindowSeconds: remove it']);
  });
});
