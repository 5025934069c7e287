import { createHash } from 'node:crypto';
import type { JobEventOf } from '../../../triggers/events';
import { arnOf, reference, type Surroundings } from './surroundings';

const BODY = '{"orderId":"1001"}';

/** A batch of one message. @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export function sqs({ properties }: JobEventOf<'sqs'>, surroundings: Surroundings) {
  const { region, account, jobName, now } = surroundings;
  const arn = arnOf(surroundings, 'sqs', reference(properties.sqsQueueName, properties.sqsQueueArn));
  const milliseconds = String(now.getTime());
  const fifo = arn.endsWith('.fifo');
  return {
    Records: [
      {
        messageId: surroundings.uuid(),
        receiptHandle: `sample-${jobName}`,
        body: BODY,
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: milliseconds,
          SenderId: account,
          ApproximateFirstReceiveTimestamp: milliseconds,
          ...(fifo && {
            SequenceNumber: '18849496460467696128',
            MessageGroupId: 'orders',
            MessageDeduplicationId: 'order-1001',
          }),
        },
        messageAttributes: {},
        md5OfBody: createHash('md5').update(BODY).digest('hex'),
        eventSource: 'aws:sqs',
        eventSourceARN: arn,
        awsRegion: region,
      },
    ],
  };
}
