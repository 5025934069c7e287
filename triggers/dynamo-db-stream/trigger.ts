import type { LambdaEventSourceMapping } from '@cdktf/provider-aws/lib/lambda-event-source-mapping';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { constructSettings } from '../../modules/config/construct-props';
import { type EventTarget, TARGET } from '../../modules/invocation/event-target';
import { createEventSourceMapping, failureAccess, failureDestination, streamReading } from '../event-source-mapping';
import { dynamoDbSettings } from './schema';

export type DynamoDbStreamProps = z.input<typeof dynamoDbSettings> & {
  /** The function that each batch invokes. */
  readonly target: EventTarget;
};

/**
 * Invokes a function with batches of a table's changes. If a batch cannot start the job, Lambda retries it until its records expire after
 * 24 hours, and later records wait. A redelivered batch with the same records starts no second job.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchJob } from 'cdktf-batch-jobs';
 * import { DynamoDbStreamTrigger } from 'cdktf-batch-jobs/triggers';
 *
 * declare const stack: TerraformStack;
 * declare const job: BatchJob;
 * new DynamoDbStreamTrigger(stack, 'changes', {
 *   target: job.trigger,
 *   streamArn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000',
 * });
 */
export class DynamoDbStreamTrigger extends Construct {
  readonly mapping: LambdaEventSourceMapping;

  constructor(scope: Construct, id: string, props: DynamoDbStreamProps) {
    super(scope, id);
    const settings = constructSettings(this, props, dynamoDbSettings, { target: TARGET });
    const { target } = props;
    const failure = failureDestination(settings, target);
    this.mapping = createEventSourceMapping(this, {
      target,
      eventSourceArn: settings.streamArn,
      access: [
        {
          // https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html
          Sid: 'ReadStream',
          Action: [
            'dynamodb:DescribeStream',
            'dynamodb:GetRecords',
            'dynamodb:GetShardIterator',
            'dynamodb:ListStreams',
          ],
          Resource: [settings.streamArn],
        },
        failureAccess(failure),
      ],
      batching: settings,
      reading: streamReading(settings, failure),
    });
  }
}
