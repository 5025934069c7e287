import type {
  LambdaEventSourceMapping,
  LambdaEventSourceMappingConfig,
} from '@cdktf/provider-aws/lib/lambda-event-source-mapping';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { constructSettings, type Sourced } from '../../modules/config/construct-props';
import { type EventTarget, TARGET } from '../../modules/invocation/event-target';
import { ConfigError } from '../../modules/problems/config-error';
import { foundValue } from '../../modules/problems/found';
import { FIFO_BATCH, FIFO_BATCHES, isFifoName } from '../../modules/rules/fifo';
import { visibilityFix } from '../../modules/rules/trigger-timeout';
import { createEventSourceMapping } from '../event-source-mapping';
import { sqsQueueArn, sqsSettings } from './schema';

/** A queue to poll: one of this project's, a provider's `SqsQueue`, or an object with an ARN. */
export interface QueueSource {
  readonly arn: string;
  /** Visibility timeout in seconds. @default unknown, and not checked */
  readonly visibilityTimeoutSeconds?: number;
  /** @default whether the ARN ends in `.fifo` */
  readonly fifo?: boolean;
}

export type SqsProps = z.input<typeof sqsSettings> &
  Sourced<'queue', QueueSource, 'sqsQueueArn'> & {
    /** The function that each batch invokes. */
    readonly target: EventTarget;
  };

const QUEUE = {
  accepted: 'a queue (Queue, SqsQueue or { arn })',
  has: ['arn'],
  arn: { property: 'sqsQueueArn', form: sqsQueueArn },
  names: ['sqsQueueName'],
};

/**
 * Invokes a function with batches of messages. If a batch cannot start the job, its messages return to the queue. A redelivered batch with
 * the same messages starts no second job.
 *
 * @example
 * import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchJob } from 'cdktf-batch-jobs';
 * import { SqsTrigger } from 'cdktf-batch-jobs/triggers';
 *
 * declare const stack: TerraformStack;
 * declare const job: BatchJob;
 * const inbox = new SqsQueue(stack, 'inbox', { visibilityTimeoutSeconds: 300 });
 * new SqsTrigger(stack, 'messages', { target: job.trigger, queue: inbox, batchSize: 10 });
 */
export class SqsTrigger extends Construct {
  readonly mapping: LambdaEventSourceMapping;

  constructor(scope: Construct, id: string, props: SqsProps) {
    super(scope, id);
    const settings = constructSettings(this, props, sqsSettings, { target: TARGET, queue: QUEUE });
    const { target } = props;
    const queue: QueueSource = props.queue === undefined ? { arn: props.sqsQueueArn } : props.queue;
    this.refuseImpossible(queue, settings, target);
    this.mapping = createEventSourceMapping(this, {
      target,
      eventSourceArn: queue.arn,
      access: [
        {
          // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
          Sid: 'ReceiveMessages',
          Action: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
          Resource: [queue.arn],
        },
      ],
      batching: settings,
      reading: queueReading(settings),
    });
  }

  private refuseImpossible(queue: QueueSource, settings: z.output<typeof sqsSettings>, target: EventTarget): void {
    const { visibilityTimeoutSeconds: hidden, fifo = isFifoName(queue.arn) } = queue;
    const timeout = target.function.timeoutInput ?? 3;
    const problems = [];
    if (hidden !== undefined && !Token.isUnresolved(hidden) && !Token.isUnresolved(timeout) && hidden < timeout) {
      problems.push({
        keys: ['queue', 'visibilityTimeoutSeconds'],
        found: foundValue(hidden),
        accepted: `${timeout} or more seconds, the function's timeout`,
        fix: visibilityFix(timeout),
      });
    }
    if (fifo && (settings.batchSize > FIFO_BATCH || settings.maxBatchWindowSeconds)) {
      problems.push({
        keys: [settings.batchSize > FIFO_BATCH ? 'batchSize' : 'maxBatchWindowSeconds'],
        found: foundValue(settings.batchSize > FIFO_BATCH ? settings.batchSize : settings.maxBatchWindowSeconds),
        accepted: FIFO_BATCHES,
        fix: `lower batchSize to ${FIFO_BATCH} and remove maxBatchWindowSeconds`,
      });
    }
    if (problems.length > 0) throw new ConfigError(problems, this.node.path);
  }
}

/** How many batches of the queue are read at once. */
function queueReading({ maximumConcurrency }: z.output<typeof sqsSettings>): Partial<LambdaEventSourceMappingConfig> {
  return maximumConcurrency === undefined ? {} : { scalingConfig: { maximumConcurrency } };
}
