import { AwsFault } from '../aws/fault';
import type { Deployment } from '../deployment';

/** A queue, and what AWS says about it. Its numbers of messages are approximate. */
export interface QueueState {
  readonly arn: string;
  readonly name: string;
  readonly url: string;
  readonly fifo: boolean;
  /** Messages that can be received now. */
  readonly messages: number;
  /** Messages that somebody has received, or that are delayed. */
  readonly hidden: number;
  /** Seconds for which a message is kept. Undefined if AWS does not say. */
  readonly retentionSeconds?: number;
  /** Where a message is moved that has been received too often. Undefined if it stays. */
  readonly deadLetters?: { readonly arn: string; readonly maxReceives: number };
}

const MISSING = ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'];

/** @returns undefined if the queue does not exist */
export async function queueState(deployment: Deployment, arn: string): Promise<QueueState | undefined> {
  type Sqs = typeof import('@aws-sdk/client-sqs');
  const { GetQueueUrlCommand, GetQueueAttributesCommand } = require('@aws-sdk/client-sqs') as Sqs;
  const { sqs } = deployment.clients;
  const [, , , , QueueOwnerAWSAccountId, name = ''] = arn.split(':');
  let url: string;
  let attributes: { readonly [name: string]: string };
  try {
    ({ QueueUrl: url = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId })));
    const request = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] });
    ({ Attributes: attributes = {} } = await sqs.send(request));
  } catch (error) {
    if (error instanceof AwsFault && MISSING.includes(error.code)) return undefined;
    throw error;
  }
  const count = (name: string) => Number(attributes[`ApproximateNumberOfMessages${name}`] ?? 0);
  return {
    arn,
    name,
    url,
    fifo: name.endsWith('.fifo'),
    messages: count(''),
    hidden: count('NotVisible') + count('Delayed'),
    retentionSeconds: Number(attributes.MessageRetentionPeriod) || undefined,
    deadLetters: deadLetters(attributes.RedrivePolicy),
  };
}

function deadLetters(policy: string | undefined): QueueState['deadLetters'] {
  if (!policy) return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(policy) as {
    readonly deadLetterTargetArn: string;
    readonly maxReceiveCount: number | string;
  };
  return { arn: deadLetterTargetArn, maxReceives: Number(maxReceiveCount) };
}
