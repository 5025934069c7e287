// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { Topic, type TopicProps } from '../../../modules/resources/sns-topic/construct';
import { document, foreignStack } from '../../synthesis';
import { context, resolved, withContext } from '../context';

const ARN = '${aws_sns_topic.orders.arn}';
const ACCOUNT = '${data.aws_caller_identity.aws_Account.account_id}';

const publisher = (Sid: string) => ({
  Sid,
  Principal: { Service: 'cloudwatch.amazonaws.com' },
  Condition: { ArnEquals: { 'aws:SourceArn': `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${Sid}` } },
});

/** A topic that `use` gets. */
function used(use: (topic: Topic) => void) {
  return withContext((stack, given) => use(new Topic(stack, 'orders', given)));
}

function made(props: Pick<TopicProps, 'properties' | 'existing'> = {}) {
  return withContext((stack, given) => void new Topic(stack, 'orders', { ...given, ...props }));
}

describe('Topic', () => {
  it('is a topic and its policy', () => {
    expect(made().types).toEqual([
      // The topic.
      'aws_sns_topic',
      // TLS only, and who may publish.
      'aws_sns_topic_policy',
    ]);
    expect(made().one('aws_sns_topic')).toEqual({ name: 'reports-orders' });
  });

  it('is encrypted with a key of one’s own', () => {
    expect(made({ properties: { kmsKeyId: 'alias/orders' } }).one('aws_sns_topic').kms_master_key_id).toBe(
      'alias/orders',
    );
  });

  it.each([
    [{}, false],
    [{ contentBasedDeduplication: true }, true],
  ])('is FIFO, with a name that says so: %j', (more, deduplicates) => {
    expect(made({ properties: { fifoEnabled: true, ...more } }).one('aws_sns_topic')).toEqual({
      name: 'reports-orders.fifo',
      fifo_topic: true,
      content_based_deduplication: deduplicates,
    });
  });

  it('leaves the account its rights and takes nothing without TLS', () => {
    const topicPolicy = made().one('aws_sns_topic_policy');
    expect(topicPolicy.arn).toBe(ARN);
    expect(document(topicPolicy.policy).Statement).toEqual([
      {
        Sid: 'Owner',
        Effect: 'Allow',
        Principal: { AWS: `arn:\${data.aws_partition.aws_Partition.partition}:iam::${ACCOUNT}:root` },
        Action: [
          'sns:AddPermission',
          'sns:DeleteTopic',
          'sns:GetTopicAttributes',
          'sns:ListSubscriptionsByTopic',
          'sns:Publish',
          'sns:RemovePermission',
          'sns:SetTopicAttributes',
          'sns:Subscribe',
        ],
        Resource: ARN,
      },
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 'sns:Publish',
        Resource: ARN,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
  });

  it('lets the services named publish on behalf of the account', () => {
    const publishers = ['s3.amazonaws.com', 'budgets.amazonaws.com'];
    const { Statement } = document(made({ properties: { publishers } }).one('aws_sns_topic_policy').policy);
    expect(Statement.slice(1, -1)).toEqual([
      expect.objectContaining({ Sid: 'ServiceBudgets', Principal: { Service: 'budgets.amazonaws.com' } }),
      {
        Sid: 'ServiceS3',
        Effect: 'Allow',
        Principal: { Service: 's3.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: ARN,
        Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
      },
    ]);
  });

  it('lets whoever asks publish, in the same policy, in an order that does not depend on who came first', () => {
    const policy = (...sids: string[]) =>
      used((topic) => {
        for (const sid of sids) topic.allowPublish(publisher(sid));
      }).one('aws_sns_topic_policy').policy;
    expect(policy('B', 'A')).toBe(policy('A', 'B'));
    expect(document(policy('B', 'A')).Statement.map(({ Sid }) => Sid)).toEqual(['Owner', 'A', 'B', 'TlsOnly']);
  });

  it('loses no statement to another of the same name', () => {
    const build = () =>
      used((topic) => {
        topic.allowPublish(publisher('A'));
        topic.allowPublish(publisher('A'));
      });
    expect(build).toThrow('stack/orders: two statements of its policy are called A');
  });

  it('tells others its ARN and name', () => {
    const stack = foreignStack();
    const topic = new Topic(stack, 'orders', context(stack));
    expect(resolved(stack, topic.params)).toEqual({ arn: ARN, name: '${aws_sns_topic.orders.name}' });
    expect(topic.fifo).toBe(false);
  });

  it('that is there already is known by its ARN and left as it is, its policy too', () => {
    const stack = foreignStack();
    const arn = 'arn:aws:sns:eu-west-1:123456789012:theirs.fifo';
    const topic = new Topic(stack, 'orders', { ...context(stack), existing: { arn } });
    topic.allowPublish(publisher('A'));
    expect(topic).toMatchObject({ params: { arn, name: 'theirs.fifo' }, fifo: true, topic: undefined });
    expect(made({ existing: { arn } }).types).toEqual([]);
  });

  it('names the construct and the property if its properties are wrong', () => {
    expect(() => made({ properties: { kmsKeyId: 'alias/aws/sns' } })).toThrow(
      /stack\/orders: 1 problem[\s\S]*kmsKeyId/,
    );
  });
});
