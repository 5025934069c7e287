// Forms of the ARNs that both a config and a construct accept.

/** ARN of a queue. The name of a FIFO queue ends in `.fifo`. */
export const QUEUE_ARN = /^arn:[^:]+:sqs:[^:]+:\d{12}:[\w-]{1,80}(\.fifo)?$/;

/** ARN of a standard queue. */
export const STANDARD_QUEUE_ARN = /^arn:[^:]+:sqs:[^:]+:\d{12}:(?!.*\.fifo$)[\w-]{1,80}$/;

/** ARN of a topic. The name of a FIFO topic ends in `.fifo`. */
export const TOPIC_ARN = /^arn:[^:]+:sns:[^:]+:\d{12}:[\w-]{1,256}(\.fifo)?$/;

/** ARN of a standard topic. */
export const STANDARD_TOPIC_ARN = /^arn:[^:]+:sns:[^:]+:\d{12}:(?!.*\.fifo$)[\w-]{1,256}$/;

/** ARN of a Kinesis stream. */
export const DATA_STREAM_ARN = /^arn:[^:]+:kinesis:[^:]+:\d{12}:stream\/[\w.-]+$/;

/** ARN of the stream of a DynamoDB table. */
export const TABLE_STREAM_ARN = /^arn:[^:]+:dynamodb:[^:]+:\d{12}:table\/[\w.-]+\/stream\/[\w.:-]+$/;

/** ARN of a state machine, without a version or an alias. */
export const STATE_MACHINE_ARN = /^arn:[^:]+:states:[^:]+:\d{12}:stateMachine:[^:\s]{1,80}$/;
