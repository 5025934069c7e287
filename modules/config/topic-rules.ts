import { formatFound } from '../problems/problem';
import { type CheckContext, refuse } from './checked';
import { companionsOfType, type DeclaredCompanion, eventsOfType } from './declarations';
import { parseResourceParam } from './directive';

/** ARN of a standard topic. The name of a FIFO topic ends in `.fifo`. */
export const STANDARD_TOPIC_ARN = /^arn:[^:]+:sns:[^:]+:\d{12}:(?!.*\.fifo$)[\w-]{1,256}$/;

/** The fix for a FIFO topic that would tell people something. */
export const FOR_PEOPLE =
  'use a standard topic: mail and text messages, which people read, come from standard topics only';

/** Refuses FIFO topics of the config as an event source, which can't invoke functions, and as a destination of a stream. */
export function checkTopics(resources: unknown, context: CheckContext): void {
  const fifo = [...companionsOfType(resources, 'sns-topic')]
    .filter(([, topic]) => isFifoTopic(topic))
    .map(([name]) => name);
  const isFifo = (given: unknown): given is string =>
    typeof given === 'string' && (fifo.includes(given) || fifo.includes(parseResourceParam(given)?.resource ?? ''));

  for (const { properties, path } of eventsOfType(resources, 'sns')) {
    for (const key of ['snsTopicName', 'topicName', 'snsTopicArn']) {
      const given = properties[key];
      if (!isFifo(given)) continue;
      const fix =
        'subscribe an sqs-queue to the topic, and start the job with an sqs event: a FIFO topic cannot invoke functions';
      const found = `${formatFound(given)}, a FIFO topic`;
      refuse(context, { code: 'conflict', found, accepted: 'a topic without fifoEnabled', fix }, [...path, key]);
    }
  }
  for (const type of ['kinesis-stream', 'dynamo-db-stream']) {
    for (const { properties, path } of eventsOfType(resources, type)) {
      const arn = (properties.onFailure as { arn?: unknown } | null | undefined)?.arn;
      if (!isFifo(arn)) continue;
      const fix = 'use a topic without fifoEnabled: Lambda cannot send to a FIFO topic';
      refuse(
        context,
        { code: 'conflict', found: `${formatFound(arn)}, a FIFO topic`, accepted: 'a standard topic', fix },
        [...path, 'onFailure', 'arn'],
      );
    }
  }
}

/** Whether a topic is FIFO, by its properties or by the name of an existing one. */
export function isFifoTopic({ properties, existing }: DeclaredCompanion): boolean {
  return properties.fifoEnabled === true || (typeof existing?.arn === 'string' && existing.arn.endsWith('.fifo'));
}
