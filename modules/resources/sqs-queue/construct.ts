import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { queuePolicy, type SendPermission, senderStatements } from '../../access/queue-policy';
import { companionProps } from '../../config/construct-props';
import { parse } from '../../config/parse';
import { ConfigError } from '../../problems/config-error';
import { foundValue } from '../../problems/found';
import { isFifoName } from '../../rules/fifo';
import { queueName } from '../../rules/job-names';
import { queueEncryption } from '../../storage/encryption';
import type { AwsContext } from '../../terraform/aws-context';
import { jsonLiteral } from '../../terraform/literal';
import type { Companion, CompanionContext } from '../companion';
import { type QUEUE_PARAMS, queueProperties, sqsQueue } from './schema';

export type { SendPermission } from '../../access/queue-policy';

export type QueueProps = CompanionContext & Omit<z.input<typeof sqsQueue>, 'type' | 'overrides'>;

/**
 * A queue: encrypted, TLS only. Its policy allows all of the stack's senders.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchPlatform } from 'cdktf-batch-jobs';
 * import { Queue } from 'cdktf-batch-jobs/resources';
 *
 * declare const stack: TerraformStack;
 * declare const platform: BatchPlatform;
 * new Queue(stack, 'inbox', { ...platform.context, properties: { visibilityTimeoutSeconds: 300 } });
 */
export class Queue extends Construct implements Companion<'sqs-queue'> {
  readonly type = 'sqs-queue';
  readonly arn: string;
  readonly params: Companion<'sqs-queue', typeof QUEUE_PARAMS>['params'];
  /** Visibility timeout in seconds. Undefined for an existing queue. */
  readonly visibilityTimeoutSeconds?: number;
  /** Whether it is FIFO. Undefined for an existing queue if only Terraform knows its ARN. */
  readonly fifo?: boolean;
  /** The queue, if the stack creates it. */
  readonly queue?: SqsQueue;
  private policy?: SqsQueuePolicy;
  private readonly aws: AwsContext;
  private readonly senders = new Map<string, SendPermission>();

  constructor(scope: Construct, id: string, given: QueueProps) {
    super(scope, id);
    const { stackName, aws, existing, properties = {} } = companionProps(this, given, sqsQueue, ['aws']);
    this.aws = aws;
    if (existing !== undefined) {
      this.arn = existing.arn;
      this.fifo = isFifoName(existing.arn);
      this.params = { arn: this.arn, name: existing.arn.split(':').at(-1), url: undefined };
      return;
    }
    const props = parse(queueProperties, properties, this.node.path);
    const { fifoEnabled, redrivePolicy, contentBasedDeduplication } = props;
    refuseName(redrivePolicy?.targetSqsQueueName, this.node.path);
    this.queue = new SqsQueue(this, 'Resource', {
      name: queueName(stackName, id, fifoEnabled),
      visibilityTimeoutSeconds: props.visibilityTimeoutSeconds,
      messageRetentionSeconds: props.messageRetentionPeriodSeconds,
      delaySeconds: props.delayMessagesSecond,
      maxMessageSize: props.maxMessageSizeBytes,
      receiveWaitTimeSeconds: props.longPollingSeconds,
      ...queueEncryption(aws),
      ...(fifoEnabled && { fifoQueue: true, contentBasedDeduplication: contentBasedDeduplication ?? false }),
      ...(redrivePolicy && {
        redrivePolicy: jsonLiteral({
          deadLetterTargetArn: redrivePolicy.targetSqsQueueArn,
          maxReceiveCount: redrivePolicy.maxReceiveCount,
        }),
      }),
    });
    this.arn = this.queue.arn;
    this.fifo = fifoEnabled;
    this.visibilityTimeoutSeconds = props.visibilityTimeoutSeconds;
    this.params = { arn: this.arn, name: this.queue.name, url: this.queue.url };
    this.writePolicy(this.queue);
  }

  /** Lets a service send messages. Changes nothing for an existing queue: its owner must allow it. */
  allowSend(senders: SendPermission): void {
    if (this.queue === undefined) return;
    this.senders.set(senders.name, senders);
    this.writePolicy(this.queue);
  }

  /** A queue has only one policy, and a second resource would overwrite it. */
  private writePolicy({ id, arn }: SqsQueue): void {
    const policy = queuePolicy(arn, senderStatements([...this.senders.values()], this.aws));
    if (this.policy === undefined) this.policy = new SqsQueuePolicy(this, 'Policy', { queueUrl: id, policy });
    else this.policy.policy = policy;
  }
}

/** Only the stack of a config knows what a name means. */
function refuseName(name: string | undefined, path: string): void {
  if (name === undefined) return;
  const fix = 'give targetSqsQueueArn: names are resolved only in a config file';
  const keys = ['properties', 'redrivePolicy', 'targetSqsQueueName'];
  throw new ConfigError([{ keys, found: foundValue(name), accepted: 'the ARN of an SQS queue', fix }], path);
}
