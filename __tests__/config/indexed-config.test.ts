import { indexed } from '../../modules/config/indexed-config';
import { snsTopic } from '../../modules/resources/sns-topic/schema';
import { sqsQueue } from '../../modules/resources/sqs-queue/schema';
import { s3 } from '../../triggers/s3/schema';
import { sqs } from '../../triggers/sqs/schema';

const job = (...events: unknown[]) => ({ type: 'batch-job', properties: { events } });
const of = (resources: unknown) => indexed({ resources });

describe('the events of an index', () => {
  it('are those of one source in all jobs and functions, with their paths', () => {
    const first = { type: 'sqs', properties: { sqsQueueName: 'a' } };
    const second = { type: 'sqs', properties: { sqsQueueName: 1 } };
    const resources = { one: job({ type: 'sns', properties: {} }, first), two: { ...job(second), type: 'function' } };
    expect(of(resources).events(sqs)).toEqual([
      {
        owner: 'one',
        properties: { sqsQueueName: 'a' },
        parsed: { sqsQueueName: 'a', batchSize: 10 },
        path: ['resources', 'one', 'properties', 'events', 1, 'properties'],
      },
      {
        owner: 'two',
        properties: { sqsQueueName: 1 },
        path: ['resources', 'two', 'properties', 'events', 0, 'properties'],
      },
    ]);
  });

  it('are parsed once, however many rules look at them', () => {
    const parse = jest.spyOn(sqs, 'safeParse');
    const index = of({ one: job({ type: 'sqs', properties: { sqsQueueName: 'a' } }) });
    expect(index.events(sqs)).toBe(index.events(sqs));
    expect(parse).toHaveBeenCalledTimes(1);
    parse.mockRestore();
  });

  it('have the types of their schema', () => {
    const [event] = of({}).events(s3);
    // @ts-expect-error a bucket's event has no batchSize
    expect(event?.parsed?.batchSize).toBeUndefined();
  });

  it.each([
    undefined,
    null,
    'text',
    [],
    { one: null },
    { one: { type: 'batch-job' } },
    { one: { type: 'batch-job', properties: { events: {} } } },
    { one: job(null, 'sqs', { type: 'sqs' }, { type: 'sqs', properties: [] }) },
    { one: { type: 'function', properties: { events: [{ type: 'sns', properties: {} }] } } },
  ])('are none in %j', (resources) => {
    expect(of(resources).events(sqs)).toEqual([]);
  });
});

describe('the companions of an index', () => {
  const resources = {
    made: { type: 'sqs-queue', properties: { fifoEnabled: true } },
    plain: { type: 'sqs-queue' },
    theirs: { type: 'sqs-queue', existing: { arn: 'arn:theirs' } },
    topic: { type: 'sns-topic', properties: {} },
  };

  it('are those that the stack makes and those that are there', () => {
    const path = (name: string) => ['resources', name, 'properties'];
    expect([...of(resources).companions(sqsQueue)]).toEqual([
      ['made', { name: 'made', type: 'sqs-queue', properties: { fifoEnabled: true }, path: path('made') }],
      ['plain', { name: 'plain', type: 'sqs-queue', properties: {}, path: path('plain') }],
      [
        'theirs',
        { name: 'theirs', type: 'sqs-queue', properties: {}, existing: { arn: 'arn:theirs' }, path: path('theirs') },
      ],
    ]);
  });

  it.each([undefined, null, [], { one: null }, { one: 'sqs-queue' }])('are none in %j', (none) => {
    expect(of(none).companions(sqsQueue).size).toBe(0);
  });

  it('are found by name, by directive, and by the ARN of one that is there', () => {
    const index = of(resources);
    expect(index.named('made', sqsQueue)?.name).toBe('made');
    expect(index.named('topic', sqsQueue)).toBeUndefined();
    expect(index.named(undefined, sqsQueue)).toBeUndefined();
    expect(index.withArn("$ResourceParam('plain', 'arn')", sqsQueue)?.name).toBe('plain');
    expect(index.withArn("$ResourceParam('plain', 'arn')", snsTopic)).toBeUndefined();
    expect(index.withArn('arn:theirs', sqsQueue)?.name).toBe('theirs');
    expect(index.withArn('made', sqsQueue)).toBeUndefined();
    expect(index.referred("$ResourceParam('topic', 'name')")).toMatchObject({ type: 'sns-topic', param: 'name' });
    expect(index.referred("$ResourceParam('none', 'name')")).toBeUndefined();
  });
});

describe('the strings of an index', () => {
  it('are those of the sections asked for, in this order', () => {
    const index = indexed({
      vpc: { subnetIds: ['subnet-1'] },
      resources: { job: { type: 'batch-job' } },
      tags: { a: 'b' },
    });
    expect(index.strings('resources', 'vpc')).toEqual([
      { text: 'batch-job', path: ['resources', 'job', 'type'] },
      { text: 'subnet-1', path: ['vpc', 'subnetIds', 0] },
    ]);
  });
});
