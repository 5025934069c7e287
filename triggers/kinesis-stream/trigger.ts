import { KinesisStreamConsumer } from '@cdktf/provider-aws/lib/kinesis-stream-consumer';
import type { LambdaEventSourceMapping } from '@cdktf/provider-aws/lib/lambda-event-source-mapping';
import { Construct } from 'constructs';
import type { z } from 'zod';
import type { Statement } from '../../modules/access/policy';
import { constructSettings, type Sourced } from '../../modules/config/construct-props';
import { type EventTarget, TARGET } from '../../modules/invocation/event-target';
import { NAME_LIMITS, physicalName } from '../../modules/rules/naming';
import { createEventSourceMapping, failureAccess, failureDestination, streamReading } from '../event-source-mapping';
import { kinesisSettings, streamArn } from './schema';

/** A stream: one of this project's, a provider's `KinesisStream`, or an object with an ARN. */
export interface StreamSource {
  readonly arn: string;
}

export type KinesisStreamProps = z.input<typeof kinesisSettings> &
  Sourced<'stream', StreamSource, 'streamArn'> & {
    /** The function that each batch invokes. */
    readonly target: EventTarget;
  };

const WANTED = {
  target: TARGET,
  stream: {
    accepted: 'a stream (DataStream, KinesisStream or { arn })',
    has: ['arn'],
    arn: { property: 'streamArn', form: streamArn },
    names: ['kinesisStreamName'],
  },
};

/**
 * Invokes a function with batches of records. If a batch cannot start the job, Lambda retries it until its records expire, and later
 * records wait. A redelivered batch with the same records starts no second job.
 *
 * @example
 * import { KinesisStream } from '@cdktf/provider-aws/lib/kinesis-stream';
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchJob } from 'cdktf-batch-jobs';
 * import { KinesisStreamTrigger } from 'cdktf-batch-jobs/triggers';
 *
 * declare const stack: TerraformStack;
 * declare const job: BatchJob;
 * const clicks = new KinesisStream(stack, 'clicks', { name: 'clicks', shardCount: 1 });
 * new KinesisStreamTrigger(stack, 'batches', { target: job.trigger, stream: clicks });
 */
export class KinesisStreamTrigger extends Construct {
  readonly mapping: LambdaEventSourceMapping;
  /** The consumer that was created for the function. */
  readonly consumer?: KinesisStreamConsumer;

  constructor(scope: Construct, id: string, props: KinesisStreamProps) {
    super(scope, id);
    const settings = constructSettings(this, props, kinesisSettings, WANTED);
    const { target } = props;
    const stream = props.stream === undefined ? { arn: props.streamArn } : props.stream;
    const failure = failureDestination(settings, target);
    if (settings.autoCreateConsumer) {
      this.consumer = new KinesisStreamConsumer(this, 'Consumer', {
        name: physicalName(NAME_LIMITS.kinesisConsumer, target.name, id),
        streamArn: stream.arn,
        tags: target.tags,
      });
    }
    const consumerArn = this.consumer?.arn ?? settings.consumerArn;
    this.mapping = createEventSourceMapping(this, {
      target,
      eventSourceArn: consumerArn ?? stream.arn,
      access: [...readAccess(stream.arn, consumerArn), failureAccess(failure)],
      batching: settings,
      reading: streamReading(settings, failure),
    });
  }
}

/**
 * Permissions that Lambda needs to read a stream. `ListStreams` doesn't support resource-level permissions, but Lambda's error lists it
 * among the actions "on your stream", and other tools grant it on the stream's ARN.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html
 */
function readAccess(streamArn: string, consumerArn: string | undefined): Statement[] {
  const read = {
    Sid: 'ReadStream',
    Action: [
      'kinesis:DescribeStream',
      'kinesis:DescribeStreamSummary',
      'kinesis:GetRecords',
      'kinesis:GetShardIterator',
      'kinesis:ListShards',
      'kinesis:ListStreams',
    ],
    Resource: [streamArn],
  };
  if (consumerArn === undefined) return [read];
  const consume = {
    Sid: 'ReadAsConsumer',
    Action: ['kinesis:DescribeStreamConsumer', 'kinesis:SubscribeToShard'],
    Resource: [consumerArn],
  };
  return [read, consume];
}
