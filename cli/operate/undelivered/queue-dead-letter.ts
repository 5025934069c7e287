import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import type { Undelivered } from './entry';
import type { Found } from './found';
import type { SourceQueue } from './undelivered-queues';

/**
 * A message that started no run or that its function failed on, although Lambda received it from the queue of an `sqs` event as often as the queue allows.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
export function queueDeadLetter({ message, text, queue, shared }: Found): Undelivered | undefined {
  const source = sourceOf(message.Attributes?.DeadLetterQueueSourceArn, queue.redriven, queue.isOnlyRedrive);
  if (source === undefined) return undefined;
  return {
    ...shared,
    jobs: source.jobs,
    functions: source.functions,
    source: 'sqs',
    reason: `It was not handled in ${source.maxReceives} deliveries from ${source.name}.`,
    first: shared.last,
    tries: source.maxReceives,
    start: {
      kind: 'event',
      json: JSON.stringify(asDelivered(message, text, source.arn)),
      invocation: shared.messageId,
    },
  };
}

/** The queue that a message was in before. A message that somebody moved by hand does not name it. */
function sourceOf(
  arn: string | undefined,
  redriven: readonly SourceQueue[],
  isOnlyRedrive: boolean,
): SourceQueue | undefined {
  if (arn !== undefined) return redriven.find((source) => source.arn === arn);
  return isOnlyRedrive && redriven.length === 1 ? redriven[0] : undefined;
}

/**
 * The event that Lambda makes of a message.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
function asDelivered({ MessageId, ReceiptHandle, MD5OfBody, ...message }: Found['message'], body: string, arn: string) {
  const { DeadLetterQueueSourceArn: _, ...attributes } = message.Attributes ?? {};
  const given = Object.entries(message.MessageAttributes ?? {});
  return {
    Records: [
      {
        messageId: MessageId,
        receiptHandle: ReceiptHandle,
        body,
        attributes,
        messageAttributes: Object.fromEntries(given.map(([name, value]) => [name, attributeOf(value)])),
        ...(message.MD5OfMessageAttributes && { md5OfMessageAttributes: message.MD5OfMessageAttributes }),
        md5OfBody: MD5OfBody,
        eventSource: 'aws:sqs',
        eventSourceARN: arn,
        awsRegion: arn.split(':')[3],
      },
    ],
  };
}

function attributeOf({ StringValue, BinaryValue, DataType }: MessageAttributeValue) {
  return {
    ...(StringValue !== undefined && { stringValue: StringValue }),
    ...(BinaryValue !== undefined && { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  };
}
