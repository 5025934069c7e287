import { events } from '../../triggers/event-list';

const sqs = (properties: object) => ({ type: 'sqs', properties });
const refused = (list: unknown) => (events.safeParse(list).error?.issues ?? []).map(({ path }) => path.join('.'));

it('a queue by its name and by its directive is one queue', () => {
  expect(refused([sqs({ sqsQueueName: 'a' }), sqs({ sqsQueueArn: "$ResourceParam('a', 'arn')" })])).toEqual(['1']);
  expect(refused([sqs({ sqsQueueName: 'a' }), sqs({ sqsQueueArn: "$ResourceParam('b', 'arn')" })])).toEqual([]);
  expect(refused([sqs({ sqsQueueName: 'a' }), sqs({ sqsQueueName: 'b' }), sqs({ sqsQueueName: 'a' })])).toEqual(['2']);
});

it('an event that is refused is compared with none', () => {
  expect(refused([sqs({ sqsQueueName: 'a', batchSize: 'x' }), sqs({ sqsQueueName: 'a' })])).toEqual([
    '0.properties.batchSize',
  ]);
});

it.each([['x'], [null], [{}]])('%j is no list', (list) => {
  expect(refused(list)).toEqual(['']);
});
