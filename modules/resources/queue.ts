import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { queueProperties, type sqsQueue } from '../config/resources/sqs-queue';
import { NAME_LIMITS, physicalName } from '../naming';
import { jsonLiteral } from '../terraform-literal';
import type { Companion, CompanionContext } from './companion';

export type QueueProps = CompanionContext & Omit<z.input<typeof sqsQueue>, 'type'>;

/** A statement of a queue's own policy: who may send to it, and for what. */
export interface QueueStatement {
  readonly Sid: string;
  readonly Principal: { readonly Service: string };
  readonly Condition: { readonly [operator: string]: unknown };
}

/** A queue: encrypted, TLS only. Its one policy takes statements from whatever delivers to it. */
export class Queue extends Construct implements Companion<'sqs-queue'> {
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
    const props = queueProperties.parse(properties);
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
    this.writePolicy();
  }

  /** Lets a service send messages. For an existing queue nothing is changed: its owner must allow it. */
  allowSend(statement: QueueStatement): void {
    if (this.queue === undefined || this.statements.some(({ Sid }) => Sid === statement.Sid)) return;
    this.statements.push(statement);
    this.statements.sort((a, b) => (a.Sid < b.Sid ? -1 : 1));
    this.writePolicy();
  }

  /** A queue has one policy; a second resource would overwrite the first. */
  private writePolicy(): void {
    if (this.queue === undefined) return;
    const { arn, id } = this.queue;
    const tlsOnly = {
      Sid: 'TlsOnly',
      Effect: 'Deny',
      Principal: '*',
      Action: 'sqs:*',
      Resource: arn,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    const senders = this.statements.map((statement) => ({
      ...statement,
      Effect: 'Allow',
      Action: 'sqs:SendMessage',
      Resource: arn,
    }));
    const policy = jsonLiteral({ Version: '2012-10-17', Statement: [...senders, tlsOnly] });
    if (this.policy === undefined) this.policy = new SqsQueuePolicy(this, 'Policy', { queueUrl: id, policy });
    else this.policy.policy = policy;
  }
}
