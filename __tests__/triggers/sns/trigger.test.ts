// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import type { Construct } from 'constructs';
import type { SendPermission } from '../../../modules/access/queue-policy';
import { type SnsProps, SnsTrigger, type TopicSource } from '../../../triggers/sns/trigger';
import { withFunction } from '../function-target';

const ARN = 'arn:aws:sns:eu-west-1:123456789012:orders';

function synthesize(props: Partial<SnsProps> = {}, tags?: { readonly [key: string]: string }) {
  return withFunction(
    (scope, target) => new SnsTrigger(scope, 'orders', { topic: { arn: ARN }, ...props, target } as SnsProps),
    tags && { tags },
  );
}

describe('two triggers of one function', () => {
  const two = (other: (scope: Construct) => TopicSource, filter: object = { filterPolicy: { kind: ['b'] } }) =>
    withFunction((scope, target) => {
      const topic = new SnsTopic(scope, 'topic', { name: 'orders' });
      new SnsTrigger(scope, 'one', { topic, filterPolicy: { kind: ['a'] }, target });
      new SnsTrigger(scope, 'two', { topic: other(scope), ...filter, target });
    });

  it('may not subscribe it to one topic, which SNS refuses', () => {
    expect(() => two((scope) => scope.node.findChild('topic') as SnsTopic)).toThrow(
      /the topic of .*one, which invokes the same function[\s\S]*SNS accepts one subscription[\s\S]*\$or/,
    );
  });

  it('may subscribe it to two', () => {
    expect(two(() => ({ arn: ARN })).all('aws_sns_topic_subscription')).toHaveLength(2);
  });
});

describe('SnsTrigger', () => {
  it('makes a subscription and the permission to invoke the function, and nothing else', () => {
    expect(synthesize().types).toEqual([
      'aws_iam_role',
      'aws_lambda_function',
      // Lets this one topic invoke the function.
      'aws_lambda_permission',
      // Brings the topic's messages to the function.
      'aws_sns_topic_subscription',
      'aws_sqs_queue',
    ]);
  });

  it('subscribes the function after the permission, with the queue of undelivered events for what SNS cannot deliver', () => {
    expect(synthesize().one('aws_sns_topic_subscription')).toEqual({
      topic_arn: ARN,
      protocol: 'lambda',
      endpoint: '${aws_lambda_function.function.arn}',
      redrive_policy: '{"deadLetterTargetArn":"${aws_sqs_queue.undelivered.arn}"}',
      depends_on: ['aws_lambda_permission.orders_Permission'],
    });
  });

  it('lets the one topic invoke the function', () => {
    expect(synthesize().one('aws_lambda_permission')).toEqual({
      action: 'lambda:InvokeFunction',
      function_name: '${aws_lambda_function.function.function_name}',
      principal: 'sns.amazonaws.com',
      source_arn: ARN,
    });
  });

  it('writes a filter policy as JSON, with what Terraform would read as a template made literal', () => {
    const { filter_policy } = synthesize({ filterPolicy: { kind: ['${x}', { prefix: 'a' }] } }).one(
      'aws_sns_topic_subscription',
    );
    expect(filter_policy).toBe('{"kind":["$${x}",{"prefix":"a"}]}');
  });

  it('filters by the body', () => {
    const props: Partial<SnsProps> = { filterPolicy: { order: { kind: ['a'] } }, filterPolicyScope: 'MessageBody' };
    const subscription = synthesize(props).one('aws_sns_topic_subscription');
    expect(subscription).toMatchObject({
      filter_policy: '{"order":{"kind":["a"]}}',
      filter_policy_scope: 'MessageBody',
    });
    const byAttributes = synthesize({ filterPolicy: { kind: ['a'] } }).one('aws_sns_topic_subscription');
    expect(byAttributes).not.toHaveProperty('filter_policy_scope');
  });

  it('sends what SNS cannot deliver to the given queue, and lets this topic send to it', () => {
    const asked: SendPermission[] = [];
    const queue = {
      arn: 'arn:aws:sqs:eu-west-1:123456789012:dead',
      allowSend: (senders: SendPermission) => asked.push(senders),
    };
    const subscription = synthesize({ onDeliveryFailure: queue }).one('aws_sns_topic_subscription');
    expect(subscription.redrive_policy).toBe(`{"deadLetterTargetArn":"${queue.arn}"}`);
    expect(asked.map(({ service, arns }) => [service, arns({ arn: () => '' })])).toEqual([
      ['sns.amazonaws.com', [ARN]],
    ]);
  });

  it("takes a provider's own topic", () => {
    const synthesis = withFunction((scope, target) => {
      new SnsTrigger(scope, 'orders', { topic: new SnsTopic(scope, 'topic', {}), target });
    });
    expect(synthesis.one('aws_sns_topic_subscription').topic_arn).toBe('${aws_sns_topic.topic.arn}');
  });

  it.each([
    ['by its ARN', () => ({ arn: `${ARN}.fifo` })],
    ['by what is said of it', () => ({ arn: ARN, fifo: true })],
  ])('refuses a FIFO topic, known %s', (_, topic) => {
    expect(() => synthesize({ topic: topic() })).toThrow(
      /Subscribe an? (sqs-)?queue to the topic, .*: a FIFO topic cannot invoke functions\./,
    );
  });

  it("refuses a provider's own FIFO topic, whose ARN Terraform alone knows", () => {
    const build = () =>
      withFunction((scope, target) => {
        const topic = new SnsTopic(scope, 'topic', { name: 'orders.fifo', fifoTopic: true });
        new SnsTrigger(scope, 'orders', { topic, target });
      });
    expect(build).toThrow('stack/orders: 1 problem');
  });

  it('names the construct and the property if its properties are wrong', () => {
    expect(() => synthesize({ filterPolicy: { kind: 'paid' } })).toThrow(/stack\/orders[\s\S]*filterPolicy\.kind/);
  });
});
