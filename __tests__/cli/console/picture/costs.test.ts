import { costsOf, withPriceNote } from '../../../../cli/console/picture/costs';

type Item = Parameters<typeof costsOf>[0][number];

const gateway = { vpc_endpoint_type: 'Gateway' };
const inZone = { vpc_endpoint_type: 'Interface', subnet_ids: ['a'] };
const costs = (type: string, ...blocks: object[]) =>
  withPriceNote(costsOf(blocks.map((block) => ({ type, block }) as Item)));
const endpoints = (...blocks: object[]) => costs('aws_vpc_endpoint', ...blocks);

describe('what endpoints cost', () => {
  it.each([
    ['one gateway', [gateway], ['The endpoint of Amazon S3 is free.']],
    ['two', [gateway, gateway], ['The endpoints of Amazon S3 and Amazon DynamoDB are free.']],
    [
      'one of secrets',
      [gateway, inZone],
      [
        'The endpoint of AWS Secrets Manager costs $0.01 per hour (about $7 per month), also while no job runs.',
        'Traffic through it costs $0.01 per GB.',
      ],
    ],
    [
      'several',
      [gateway, inZone, inZone],
      [
        'The 2 endpoints cost $0.02 per hour (about $15 per month), also while no job runs.',
        'Traffic through them costs $0.01 per GB.',
      ],
    ],
  ])('of %s', (_, blocks, sentences) => {
    expect(endpoints(...blocks)).toEqual(expect.arrayContaining(sentences));
    expect(endpoints(...blocks).filter((text) => text.includes('ndpoint'))).toHaveLength(1);
  });
});

describe('the note about prices', () => {
  const NOTE = /^List prices of /;
  const hasNote = (sentences: readonly string[]) => NOTE.test(sentences.at(-1) ?? '');

  it.each<[string, string, object]>([
    ['an endpoint that is free', 'aws_vpc_endpoint', gateway],
    ['what CloudFormation creates', 'aws_cloudformation_stack', {}],
    ['users', 'aws_cognito_user_pool', {}],
    ['a node that is known at deployment', 'aws_elasticache_replication_group', { node_type: '${$NODE}' }],
    ['a node without a known price', 'aws_elasticache_replication_group', { node_type: 'cache.$unknown' }],
  ])('does not follow %s', (_, type, block) => {
    expect(costs(type, block)).toHaveLength(1);
    expect(hasNote(costs(type, block))).toBe(false);
  });

  it.each<[string, string, object]>([
    ['an endpoint in a subnet', 'aws_vpc_endpoint', inZone],
    ['a topic', 'aws_sns_topic', {}],
    ['a node', 'aws_elasticache_replication_group', { node_type: 'cache.t4g.micro' }],
    // Its storage has a price.
    ['a database without a known price', 'aws_db_instance', { instance_class: 'db.unknown', engine: 'postgres' }],
  ])('follows %s', (_, type, block) => {
    expect(hasNote(costs(type, block))).toBe(true);
  });

  it('is not there without resources, or for those that are free', () => {
    expect(costs('aws_sns_topic')).toEqual([]);
    expect(costs('aws_iam_role', {})).toEqual([]);
  });

  it('stands once, and so does what two queues cost', () => {
    expect(costs('aws_sqs_queue', {}, {})).toEqual([
      expect.stringContaining('SQS charges'),
      expect.stringMatching(NOTE),
    ]);
    expect(costs('aws_elasticache_replication_group', { node_type: 'a' }, { node_type: 'a' })).toHaveLength(1);
  });
});
