import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { snsSettings } from '../modules/config/events/sns';
import { parse } from '../modules/config/parse';
import { ConfigError } from '../modules/config/problem';
import { shortHash } from '../modules/naming';
import { jsonLiteral } from '../modules/terraform-literal';
import type { DeadLetterQueue } from './dead-letter-queue';
import type { EventTarget } from './event-target';

/** A topic to subscribe to: one of this project's, a provider's `SnsTopic`, or just an ARN. */
export interface TopicSource {
  readonly arn: string;
  /** @default by the ARN's ending */
  readonly fifo?: boolean;
}

export type SnsProps = z.input<typeof snsSettings> & {
  readonly topic: TopicSource;
  /** Queue for messages that SNS could not hand over; it must be a standard queue. @default the target's queue of undelivered events */
  readonly onDeliveryFailure?: DeadLetterQueue;
  /** What each message invokes. */
  readonly target: EventTarget;
};

/**
 * Invokes a function with each message of a topic.
 *
 * SNS delivers at least once; every delivery of one message carries the same message id, so that one message starts one job.
 */
export class SnsTrigger extends Construct {
  readonly subscription: SnsTopicSubscription;
  readonly permission: LambdaPermission;

  constructor(scope: Construct, id: string, { target, topic, onDeliveryFailure, ...given }: SnsProps) {
    super(scope, id);
    const { filterPolicy } = parse(snsSettings, given, this.node.path);
    this.refuseFifo(topic);
    const deadLetterQueue: DeadLetterQueue = onDeliveryFailure ?? target.undeliveredEvents;
    deadLetterQueue.allowSend?.({
      Sid: `DeadLetters${shortHash(this.node.path)}`,
      Principal: { Service: 'sns.amazonaws.com' },
      Condition: { ArnEquals: { 'aws:SourceArn': topic.arn } },
    });
    this.permission = new LambdaPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: target.function.functionName,
      principal: 'sns.amazonaws.com',
      sourceArn: topic.arn,
    });
    this.subscription = new SnsTopicSubscription(this, 'Subscription', {
      topicArn: topic.arn,
      protocol: 'lambda',
      endpoint: target.function.arn,
      ...(filterPolicy && { filterPolicy: jsonLiteral(filterPolicy) }),
      redrivePolicy: jsonLiteral({ deadLetterTargetArn: deadLetterQueue.arn }),
      // A message that comes before the permission is there would go to the queue at once: SNS takes a refusal for final.
      dependsOn: [this.permission],
    });
  }

  /** https://docs.aws.amazon.com/sns/latest/dg/fifo-topic-message-delivery.html */
  private refuseFifo(topic: TopicSource): void {
    const fifo = topic instanceof SnsTopic ? topic.fifoTopicInput === true : topic.fifo;
    if (!(fifo ?? topic.arn.endsWith('.fifo'))) return;
    const problem = {
      path: 'topic',
      found: 'a FIFO topic',
      accepted: 'a standard topic',
      fix: 'a FIFO topic cannot call functions: subscribe a queue to it and start the job by the queue',
    };
    throw new ConfigError([problem], this.node.path);
  }
}
