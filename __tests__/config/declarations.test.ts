import { companionsOfType, eventsOfType } from '../../modules/config/declarations';

const job = (...events: unknown[]) => ({ type: 'batch-job', properties: { events } });

describe('eventsOfType', () => {
  it('finds the events of all jobs, with their paths', () => {
    const first = { type: 'sqs', properties: { sqsQueueName: 'a' } };
    const second = { type: 'sqs', properties: { sqsQueueName: 'b' } };
    const resources = { one: job({ type: 'sns', properties: {} }, first), two: job(second) };
    expect(eventsOfType(resources, 'sqs')).toEqual([
      { job: 'one', properties: first.properties, path: ['resources', 'one', 'properties', 'events', 1, 'properties'] },
      {
        job: 'two',
        properties: second.properties,
        path: ['resources', 'two', 'properties', 'events', 0, 'properties'],
      },
    ]);
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
    { one: { type: 'function', properties: { events: [{ type: 'sqs', properties: {} }] } } },
  ])('finds none in %j', (resources) => {
    expect(eventsOfType(resources, 'sqs')).toEqual([]);
  });
});

describe('companionsOfType', () => {
  it('finds those that the stack makes and those that are there', () => {
    const resources = {
      made: { type: 'sqs-queue', properties: { fifoEnabled: true } },
      plain: { type: 'sqs-queue' },
      theirs: { type: 'sqs-queue', existing: { arn: 'arn' } },
      topic: { type: 'sns-topic' },
    };
    expect([...companionsOfType(resources, 'sqs-queue')]).toEqual([
      ['made', { properties: { fifoEnabled: true } }],
      ['plain', { properties: {} }],
      ['theirs', { properties: {}, existing: { arn: 'arn' } }],
    ]);
  });

  it.each([undefined, null, [], { one: null }, { one: 'sqs-queue' }])('finds none in %j', (resources) => {
    expect(companionsOfType(resources, 'sqs-queue').size).toBe(0);
  });
});
