import { arnFix, QUEUE_NAME, STREAM_NAME, TOPIC_NAME } from './arn-fix';

// Forms of the ARNs that both a config and a construct accept.

/** ARN of a queue. The name of a FIFO queue ends in `.fifo`. */
export const QUEUE_ARN = /^arn:[^:]+:sqs:[^:]+:\d{12}:[\w-]{1,80}(\.fifo)?$/;

/** ARN of a standard queue. */
export const STANDARD_QUEUE_ARN = /^arn:[^:]+:sqs:[^:]+:\d{12}:(?!.*\.fifo$)[\w-]{1,80}$/;

/** How a config is told to write the ARN of a queue. */
export const QUEUE_ARN_TEXT = {
  pattern: QUEUE_ARN,
  accepted: 'the ARN of an SQS queue',
  fix: (found: string) => arnFix({ example: 'arn:aws:sqs:eu-west-1:123456789012:inbox', name: QUEUE_NAME }, found),
} as const;

/** ARN of a topic. The name of a FIFO topic ends in `.fifo`. */
export const TOPIC_ARN = /^arn:[^:]+:sns:[^:]+:\d{12}:[\w-]{1,256}(\.fifo)?$/;

/** ARN of a standard topic. */
export const STANDARD_TOPIC_ARN = /^arn:[^:]+:sns:[^:]+:\d{12}:(?!.*\.fifo$)[\w-]{1,256}$/;

/** The fix for what is no ARN of a topic. */
export function topicArnFix(found: string): string {
  return arnFix({ example: 'arn:aws:sns:eu-west-1:123456789012:orders', name: TOPIC_NAME }, found);
}

/** ARN of a Kinesis stream. */
export const DATA_STREAM_ARN = /^arn:[^:]+:kinesis:[^:]+:\d{12}:stream\/[\w.-]+$/;

/** How a config is told to write the ARN of a Kinesis stream. */
export const DATA_STREAM_ARN_TEXT = {
  pattern: DATA_STREAM_ARN,
  accepted: 'the ARN of a Kinesis stream',
  fix: (found: string) =>
    arnFix({ example: 'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks', name: STREAM_NAME }, found),
} as const;

/** ARN of the stream of a DynamoDB table. */
export const TABLE_STREAM_ARN = /^arn:[^:]+:dynamodb:[^:]+:\d{12}:table\/[\w.-]+\/stream\/[\w.:-]+$/;

/** ARN of a state machine, without a version or an alias. */
export const STATE_MACHINE_ARN = /^arn:[^:]+:states:[^:]+:\d{12}:stateMachine:[^:\s]{1,80}$/;

/** ARN of a managed policy: the account's, or one of AWS. */
export const MANAGED_POLICY_ARN = /^arn:[\w-]+:iam::(\d{12}|aws):policy\/[\w+=,.@/-]+$/;

const BUCKET = '[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]';

/** Name of a bucket. */
export const BUCKET_NAME = new RegExp(`^${BUCKET}$`);

/** `arn:aws:s3:::name`, in any partition. */
export const BUCKET_ARN = new RegExp(`^arn:[\\w-]+:s3:::${BUCKET}$`);
