import { companionsOf, objectOf } from '../../config/indexed-config';
import { rule } from '../../config/rule';
import { useAccepted } from '../../problems/fix';
import { foundValue } from '../../problems/found';
import { isFifo } from '../fifo';
import { sqsQueue } from './schema';

/** A dead-letter queue is another queue of the same kind: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html */
const redrive = rule('conflict', companionsOf(sqsQueue), function* (queues, index) {
  for (const [name, queue] of queues) {
    const { targetSqsQueueName: named, targetSqsQueueArn: arn } = objectOf(queue.properties.redrivePolicy);
    const target = index.named(named, sqsQueue) ?? index.withArn(arn, sqsQueue);
    if (target === undefined) continue;
    const path = [...queue.path, 'redrivePolicy', named === undefined ? 'targetSqsQueueArn' : 'targetSqsQueueName'];
    if (target.name === name) {
      const accepted = 'a different queue';
      const fix = useAccepted(accepted, 'this one would redrive messages to itself');
      yield { path, finding: { found: 'the queue itself', accepted, fix } };
    } else if (isFifo(queue) !== isFifo(target)) {
      const [own, other] = isFifo(queue) ? ['FIFO', 'standard'] : ['standard', 'FIFO'];
      const found = foundValue(target.name, `, a ${other} queue`);
      const fix = `${own === 'FIFO' ? 'add fifoEnabled: true to' : 'remove fifoEnabled from'} "${target.name}"`;
      yield { path, finding: { found, accepted: `a ${own} queue, like this one`, fix } };
    }
  }
});

export const SQS_QUEUE_RULES = [redrive];
