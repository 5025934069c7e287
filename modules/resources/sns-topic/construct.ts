import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { Construct } from 'constructs';
import type { z } from 'zod';
import type { TopicPublisher } from '../../access/notified-topic';
import { companionProps } from '../../config/construct-props';
import { parse } from '../../config/parse';
import { isFifoName } from '../../rules/fifo';
import { topicName } from '../../rules/job-names';
import { NAME_LIMITS, physicalNameStart } from '../../rules/naming';
import type { AwsContext } from '../../terraform/aws-context';
import { jsonLiteral, literal } from '../../terraform/literal';
import type { Companion, CompanionContext } from '../companion';
import { snsTopic, type TOPIC_PARAMS, topicProperties } from './schema';

export type TopicProps = CompanionContext & Omit<z.input<typeof snsTopic>, 'type' | 'overrides'>;

/**
 * Permissions of the topic's account, as in SNS's default policy, which a custom policy replaces.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
const OWNER_ACTIONS = [
  'sns:AddPermission',
  'sns:DeleteTopic',
  'sns:GetTopicAttributes',
  'sns:ListSubscriptionsByTopic',
  'sns:Publish',
  'sns:RemovePermission',
  'sns:SetTopicAttributes',
  'sns:Subscribe',
];

/**
 * A topic that accepts messages over TLS only. Its policy allows all of the stack's publishers.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchPlatform } from 'cdktf-batch-jobs';
 * import { Topic } from 'cdktf-batch-jobs/resources';
 *
 * declare const stack: TerraformStack;
 * declare const platform: BatchPlatform;
 * new Topic(stack, 'orders', { ...platform.context });
 */
export class Topic extends Construct implements Companion<'sns-topic'> {
  readonly type = 'sns-topic';
  readonly arn: string;
  readonly params: Companion<'sns-topic', typeof TOPIC_PARAMS>['params'];
  /** Whether it is FIFO. A FIFO topic cannot invoke functions. */
  readonly fifo: boolean;
  /** ARN pattern that matches every topic of the stack. Undefined for an existing topic. */
  readonly familyArn?: string;
  /** The topic, if the stack creates it. */
  readonly topic?: SnsTopic;
  private policy?: SnsTopicPolicy;
  private readonly aws: AwsContext;
  private readonly publishers: TopicPublisher[] = [];

  constructor(scope: Construct, id: string, given: TopicProps) {
    super(scope, id);
    const { stackName, aws, existing, properties = {} } = companionProps(this, given, snsTopic, ['aws']);
    this.aws = aws;
    if (existing !== undefined) {
      this.arn = existing.arn;
      this.fifo = isFifoName(existing.arn);
      this.params = { arn: this.arn, name: existing.arn.split(':').at(-1) };
      return;
    }
    const { fifoEnabled, contentBasedDeduplication, kmsKeyId, publishers } = parse(
      topicProperties,
      properties,
      this.node.path,
    );
    this.topic = new SnsTopic(this, 'Resource', {
      name: topicName(stackName, id, fifoEnabled),
      kmsMasterKeyId: kmsKeyId === undefined ? aws.kmsKeyArn : literal(kmsKeyId),
      ...(fifoEnabled && { fifoTopic: true, contentBasedDeduplication: contentBasedDeduplication ?? false }),
    });
    this.arn = this.topic.arn;
    this.familyArn = aws.arn('sns', `${physicalNameStart(NAME_LIMITS.snsTopic, stackName)}*`);
    this.fifo = fifoEnabled;
    this.params = { arn: this.arn, name: this.topic.name };
    const ofThisAccount = { StringEquals: { 'aws:SourceAccount': aws.accountId } };
    for (const service of publishers) {
      this.publishers.push({ Sid: serviceSid(service), Principal: { Service: service }, Condition: ofThisAccount });
    }
    this.writePolicy(this.topic);
  }

  /**
   * Lets a service publish. Changes nothing for an existing topic: its owner must allow it.
   *
   * @throws Error if another statement has the same `Sid`.
   */
  allowPublish(publisher: TopicPublisher): void {
    if (this.topic === undefined) return;
    if (this.publishers.some(({ Sid }) => Sid === publisher.Sid)) {
      throw new Error(`${this.node.path}: two statements of its policy are called ${publisher.Sid}`);
    }
    this.publishers.push(publisher);
    this.writePolicy(this.topic);
  }

  /** A topic has only one policy, and a second resource would overwrite it. */
  private writePolicy({ arn }: SnsTopic): void {
    const policy = topicPolicy(arn, this.aws, this.publishers);
    if (this.policy === undefined) this.policy = new SnsTopicPolicy(this, 'Policy', { arn, policy });
    else this.policy.policy = policy;
  }
}

/** `Service` and the parts of its name: `events.amazonaws.com` gives `ServiceEvents`. */
function serviceSid(service: string): string {
  const [own = ''] = service.split('.amazonaws.com');
  return `Service${own.replace(/(?:^|[^a-z0-9]+)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}`;
}

function topicPolicy(arn: string, aws: AwsContext, publishers: readonly TopicPublisher[]): string {
  const owner = {
    Sid: 'Owner',
    Effect: 'Allow',
    Principal: { AWS: `arn:${aws.partition}:iam::${aws.accountId}:root` },
    Action: OWNER_ACTIONS,
    Resource: arn,
  };
  const allowed = [...publishers]
    .sort((a, b) => (a.Sid < b.Sid ? -1 : 1))
    .map((publisher) => ({ ...publisher, Effect: 'Allow', Action: 'sns:Publish', Resource: arn }));
  const tlsOnly = {
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: '*',
    // The only action that sends messages. SNS rejects a wildcard here.
    Action: 'sns:Publish',
    Resource: arn,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  return jsonLiteral({ Version: '2012-10-17', Statement: [owner, ...allowed, tlsOnly] });
}
