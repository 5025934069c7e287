import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { parse } from '../config/parse';
import { queueProperties, type sqsQueue } from '../config/resources/sqs-queue';
import { NAME_LIMITS, physicalName } from '../naming';
import { jsonLiteral } from '../terraform-literal';
import type { Companion, CompanionContext } from './companion';
import { type QueueStatement, queuePolicy } from './queue-policy';

export type { QueueStatement } from './queue-policy';

export type QueueProps = CompanionContext & Omit<z.input<typeof sqsQueue>, 'type'>;

/** A queue: encrypted, TLS only. Its one policy takes statements from whatever delivers to it. */
export class Queue extends Construct implements Companion<'sqs-queue'> {
  readonly type = 'sqs-queue';
  readonly arn: string;
  readonly params: Companion<'sqs-queue'>['params'];
  /** Seconds a received message stays hidden; undefined for an existing queue. */
  readonly visibilityTimeoutSeconds?: number;
  /** Whether it is FIFO; undefined for an existing queue whose ARN Terraform alone knows. */
  readonly fifo?: boolean;
  /** The queue, if the stack makes it. */
  readonly queue?: SqsQueue;
  private policy?: SqsQueuePolicy;
  private readonly statements: QueueStatement[] = [];

  constructor(scope: Construct, id: string, { stackName, existing, properties = {} }: QueueProps) {
    super(scope, id);
    if (existing !== undefined) {
      this.arn = existing.arn;
      this.fifo = existing.arn.endsWith('.fifo');
      this.params = { arn: this.arn, name: existing.arn.split(':').at(-1), url: undefined };
      return;
    }
    const props = parse(queueProperties, properties, this.node.path);
    const { fifoEnabled, redrivePolicy, contentBasedDeduplication } = props;
    const suffix = fifoEnabled ? '.fifo' : '';
    this.queue = new SqsQueue(this, 'Resource', {
      name: `${physicalName(NAME_LIMITS.sqsQueue - suffix.length, stackName, id)}${suffix}`,
      visibilityTimeoutSeconds: props.visibilityTimeoutSeconds,
      messageRetentionSeconds: props.messageRetentionPeriodSeconds,
      sqsManagedSseEnabled: true,
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

  /**
   * Lets a service send messages. For an existing queue nothing is changed: its owner must allow it.
   *
   * @throws Error if another statement has the same `Sid`.
   */
  allowSend(statement: QueueStatement): void {
    if (this.queue === undefined) return;
    if (this.statements.some(({ Sid }) => Sid === statement.Sid)) {
      throw new Error(`${this.node.path}: two statements of its policy are called ${statement.Sid}`);
    }
    this.statements.push(statement);
    this.writePolicy(this.queue);
  }

  /** A queue has one policy; a second resource would overwrite the first. */
  private writePolicy({ id, arn }: SqsQueue): void {
    const policy = queuePolicy(arn, this.statements);
    if (this.policy === undefined) this.policy = new SqsQueuePolicy(this, 'Policy', { queueUrl: id, policy });
    else this.policy.policy = policy;
  }
}
