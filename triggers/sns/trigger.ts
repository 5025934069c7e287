import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { constructSettings, type Sourced } from '../../modules/config/construct-props';
import { type EventTarget, TARGET } from '../../modules/invocation/event-target';
import { letInvoke } from '../../modules/invocation/invocation';
import { ConfigError } from '../../modules/problems/config-error';
import { isFifoName } from '../../modules/rules/fifo';
import { jsonLiteral } from '../../modules/terraform/literal';
import { resolved } from '../../modules/terraform/resolved';
import { DEAD_LETTER_QUEUE, type DeadLetterQueue, type DeadLetterSource, deadLetterQueue } from '../dead-letter-queue';
import { snsSettings, snsTopicArn } from './schema';

/** A topic to subscribe to: one of this project's, a provider's `SnsTopic`, or an object with an ARN. */
export interface TopicSource {
  readonly arn: string;
  /** @default whether the ARN ends in `.fifo` */
  readonly fifo?: boolean;
  /**
   * ARN pattern of the topics that share this topic's permission to invoke a function. `*` matches any characters.
   *
   * @default its own permission
   */
  readonly familyArn?: string;
}

export type SnsProps = z.input<typeof snsSettings> &
  Sourced<'topic', TopicSource, 'snsTopicArn'> & {
    /** Queue for messages that SNS could not deliver. Must be a standard queue. @default the target's queue of undelivered events */
    readonly onDeliveryFailure?: DeadLetterSource;
    /** The function that each message invokes. */
    readonly target: EventTarget;
  };

const WANTED = {
  target: TARGET,
  topic: {
    accepted: 'a topic (Topic, SnsTopic or { arn })',
    has: ['arn'],
    arn: { property: 'snsTopicArn', form: snsTopicArn },
    names: ['snsTopicName', 'topicName'],
  },
  onDeliveryFailure: DEAD_LETTER_QUEUE,
};

/**
 * Invokes a function with each message of a topic.
 *
 * SNS delivers a message at least once. A redelivered message has the same message ID and starts no second job.
 *
 * @example
 * import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchJob } from 'cdktf-batch-jobs';
 * import { SnsTrigger } from 'cdktf-batch-jobs/triggers';
 *
 * declare const stack: TerraformStack;
 * declare const job: BatchJob;
 * const orders = new SnsTopic(stack, 'orders', {});
 * new SnsTrigger(stack, 'placed', { target: job.trigger, topic: orders });
 */
export class SnsTrigger extends Construct {
  readonly subscription: SnsTopicSubscription;
  readonly permission: LambdaPermission;

  constructor(scope: Construct, id: string, props: SnsProps) {
    super(scope, id);
    const { filterPolicy, filterPolicyScope } = constructSettings(this, props, snsSettings, WANTED);
    const { target } = props;
    const topic: TopicSource = props.topic === undefined ? { arn: props.snsTopicArn } : props.topic;
    this.refuseFifo(topic);
    this.refuseDuplicate(topic, target);
    const deadLetters: DeadLetterQueue = deadLetterQueue(props.onDeliveryFailure) ?? target.undeliveredEvents;
    deadLetters.allowSend?.({
      name: topic.familyArn === undefined ? `topic of ${this.node.path}` : 'topics',
      service: 'sns.amazonaws.com',
      arns: () => [topic.familyArn ?? topic.arn],
    });
    this.permission = this.letPublish(topic, target);
    this.subscription = new SnsTopicSubscription(this, 'Subscription', {
      topicArn: topic.arn,
      protocol: 'lambda',
      endpoint: target.function.arn,
      ...(filterPolicy && { filterPolicy: jsonLiteral(filterPolicy), filterPolicyScope }),
      redrivePolicy: jsonLiteral({ deadLetterTargetArn: deadLetters.arn }),
      // A message that arrives before the permission exists would be sent to the queue without retries, because SNS doesn't retry after a
      // denied invocation.
      dependsOn: [this.permission],
    });
  }

  /**
   * SNS would reject a second subscription with another filter, and return the first one for the same filter:
   * https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
   */
  private refuseDuplicate({ arn }: TopicSource, { function: invoked }: EventTarget): void {
    const isSame = (one: unknown, other: unknown) => resolved(this, one) === resolved(this, other);
    const duplicate = (this.node.scope?.node.children ?? []).find(
      (sibling) =>
        sibling instanceof SnsTrigger &&
        sibling !== this &&
        isSame(sibling.subscription.topicArnInput, arn) &&
        isSame(sibling.subscription.endpointInput, invoked.arn),
    );
    if (duplicate === undefined) return;
    const problem = {
      keys: ['topic'],
      found: `the topic of ${duplicate.node.path}, which invokes the same function`,
      accepted: 'a topic for one trigger of a function: SNS accepts one subscription of a function to a topic',
      fix: 'remove one of the triggers, and give the other both filters in one filterPolicy: { $or: [one, other] }',
    };
    throw new ConfigError([problem], this.node.path);
  }

  /** The topics of a stack share a permission. For another topic only the ARN is known, so only that ARN is allowed. */
  private letPublish({ arn, familyArn }: TopicSource, target: EventTarget): LambdaPermission {
    const principal = 'sns.amazonaws.com';
    if (familyArn !== undefined) return letInvoke(target, 'Permission-topics', { principal, sourceArn: familyArn });
    const { functionName } = target.function;
    return new LambdaPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName,
      principal,
      sourceArn: arn,
    });
  }

  /** https://docs.aws.amazon.com/sns/latest/dg/fifo-topic-message-delivery.html */
  private refuseFifo(topic: TopicSource): void {
    const fifo = topic instanceof SnsTopic ? topic.fifoTopicInput === true : topic.fifo;
    if (!(fifo ?? isFifoName(topic.arn))) return;
    const problem = {
      keys: ['topic'],
      found: 'a FIFO topic',
      accepted: 'a standard topic',
      fix: 'subscribe a queue to the topic, and start the job from the queue: a FIFO topic cannot invoke functions',
    };
    throw new ConfigError([problem], this.node.path);
  }
}
