import { createHash } from 'node:crypto';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { isFifoName } from '../../modules/rules/fifo';
import type { SourceEvent } from '../event-schema';
import { contentText, samplePattern } from '../filter-criteria';
import { fitted } from '../patterns/sample';
import { arnOf, reference, type SampleContext } from '../sample-context';
import type { sqs as schema } from './schema';

const BODY = { orderId: '1001' };

/** A batch of one message. @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export function sqs({ properties }: SourceEvent<typeof schema>, context: SampleContext): SQSEvent {
  const { region, account, jobName, now } = context;
  const arn = arnOf(context, 'sqs', reference(properties.sqsQueueName, properties.sqsQueueArn));
  const milliseconds = String(now.getTime());
  const fifo = isFifoName(arn);
  const record = {
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
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion: region,
  };
  const message = fitted(record, samplePattern(properties.filterCriteria));
  const body = contentText(message.body);
  const md5OfBody = createHash('md5').update(body).digest('hex');
  return { Records: [{ ...message, body, md5OfBody } as SQSRecord] };
}
