import { createHash } from 'node:crypto';
import type { SQSEvent } from 'aws-lambda';
import { isFifoName } from '../../modules/rules/fifo';
import type { SourceEvent } from '../event-schema';
import { arnOf, reference, type SampleContext } from '../sample-context';
import type { sqs as schema } from './schema';

const BODY = '{"orderId":"1001"}';

/** A batch of one message. @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export function sqs({ properties }: SourceEvent<typeof schema>, context: SampleContext): SQSEvent {
  const { region, account, jobName, now } = context;
  const arn = arnOf(context, 'sqs', reference(properties.sqsQueueName, properties.sqsQueueArn));
  const milliseconds = String(now.getTime());
  const fifo = isFifoName(arn);
  return {
    Records: [
      {
        messageId: context.uuid(),
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
