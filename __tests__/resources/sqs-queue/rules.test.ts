import { fixesFor } from '../../stack-config/with-resources';

const ARN = 'arn:aws:sqs:eu-west-1:123456789012:theirs';
const queue = (properties?: object) => ({ type: 'sqs-queue', ...(properties && { properties }) });
const fifo = queue({ fifoEnabled: true });

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

  const named = (name: string, more: object = {}) =>
    queue({ redrivePolicy: { targetSqsQueueName: name, maxReceiveCount: 3 }, ...more });
  const whereNamed = 'inbox.properties.redrivePolicy.targetSqsQueueName';

  it.each([
    [{ inbox: named('inbox') }, 'use a different queue: this one would redrive messages to itself'],
    [{ inbox: named('dead'), dead: fifo }, 'remove fifoEnabled from "dead"'],
    [{ inbox: named('dead', { fifoEnabled: true }), dead: queue() }, 'add fifoEnabled: true to "dead"'],
    [{ inbox: named('daed'), dead: queue() }, 'did you mean "dead"?'],
  ])('by name, %j is refused', (resources, fix) => {
    expect(fixesFor(resources)).toEqual([`${whereNamed}: ${fix}`]);
  });

  it('names a queue of the same kind', () => {
    expect(fixesFor({ inbox: named('dead'), dead: queue() })).toEqual([]);
    expect(fixesFor({ inbox: redrive(dead), dead: queue() })).toEqual([]);
    expect(fixesFor({ inbox: redrive(dead, { fifoEnabled: true }), dead: fifo })).toEqual([]);
    expect(fixesFor({ inbox: redrive(ARN) })).toEqual([]);
  });
});
