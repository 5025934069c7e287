import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { isPricedType, standingCosts } from '../../../cli/cost/standing-costs';

const MODULES = join(__dirname, '../../../modules');
const TRIGGERS = join(__dirname, '../../../triggers');

const of = (type: string, ...blocks: object[]) =>
  standingCosts({
    resource: { [type]: Object.fromEntries(blocks.map((block, index) => [`r${index}`, block])) },
  } as never);
const monthly = (type: string, ...blocks: object[]) =>
  of(type, ...blocks).map((cost) => [
    cost.count,
    cost.what,
    cost.monthly === undefined ? cost.why : Number(cost.monthly.toFixed(2)),
  ]);

it('knows of each resource that the project makes what it costs while nothing runs', () => {
  const files = [MODULES, TRIGGERS].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => readFileSync(join(folder, path), 'utf8')),
  );
  const types = new Set(
    files.flatMap((text) =>
      [...text.matchAll(/@cdktf\/provider-aws\/lib\/([a-z0-9-]+)'/g)].map(
        ([, name = '']) => `aws_${name.replaceAll('-', '_')}`,
      ),
    ),
  );
  expect(types.size).toBeGreaterThan(80);
  const unpriced = [...types].filter((type) => !/^aws_(data_.*|provider)$/.test(type) && !isPricedType(type));
  expect(unpriced).toEqual([]);
});

it.each([
  ['aws_nat_gateway', [{}, {}], [[2, 'NAT gateway', 65.7]]],
  ['aws_eip', [{}], [[1, 'public IPv4 address', 3.65]]],
  ['aws_vpc_endpoint', [{ vpc_endpoint_type: 'Gateway' }], []],
  [
    'aws_vpc_endpoint',
    [
      { vpc_endpoint_type: 'Interface', subnet_ids: ['a'] },
      { vpc_endpoint_type: 'Interface', subnet_ids: ['a', 'b'] },
    ],
    [[2, 'interface endpoint', 21.9]],
  ],
  [
    'aws_vpc_endpoint',
    [{ vpc_endpoint_type: 'Interface', subnet_ids: '${var.ids}' }],
    [[1, 'interface endpoint', 'it depends on the number of zones']],
  ],
  ['aws_cloudwatch_dashboard', [{}], [[1, 'dashboard', 3]]],
  [
    'aws_cloudwatch_metric_alarm',
    [{}, { metric_query: [{ metric: {} }, { metric: {} }, { expression: 'a+b' }] }],
    [[2, 'alarm', 0.3]],
  ],
  ['aws_cloudwatch_event_rule', [{ schedule_expression: 'rate(1 hour)' }, { event_pattern: '{}' }], []],
  ['aws_cloudwatch_event_rule', [{ schedule_expression: 'rate(1 minute)' }], [[1, 'place keeper of limits', 0.11]]],
  [
    'aws_db_instance',
    [
      {
        engine: 'mysql',
        instance_class: 'db.t4g.micro',
        allocated_storage: 20,
        storage_type: 'gp3',
        multi_az: true,
        manage_master_user_password: true,
      },
    ],
    [
      [1, 'database (db.t4g.micro)', 23.36],
      [1, 'storage of a database, 20 GB', 4.6],
      [1, 'secret of a database', 0.4],
    ],
  ],
  [
    'aws_db_instance',
    [{ engine: 'mysql', instance_class: 'db.r7g.large', allocated_storage: '${var.size}', storage_type: 'gp3' }],
    [
      [1, 'database (db.r7g.large)', 'its class has no price here'],
      [1, 'storage of a database', 'its size is known at deployment'],
    ],
  ],
  [
    'aws_elasticache_replication_group',
    [{ node_type: 'cache.t4g.micro', num_cache_clusters: 2 }],
    [[2, 'Redis node (cache.t4g.micro)', 23.36]],
  ],
  [
    'aws_elasticache_replication_group',
    [{ node_type: '${var.type}', num_cache_clusters: 1 }],
    [[1, 'Redis node (class known at deployment)', 'its class is known at deployment']],
  ],
  [
    'aws_lb',
    [
      { internal: false, subnets: ['a', 'b', 'c'] },
      { internal: true, subnets: ['a'] },
      { internal: false, subnets: '${var.subnets}' },
    ],
    [
      [1, 'load balancer', 16.43],
      [3, 'public IPv4 address of a load balancer', 10.95],
      [1, 'load balancer', 16.43],
      [1, 'load balancer', 16.43],
      [1, 'public IPv4 address of a load balancer', 'one in each zone, whose number is known at deployment'],
    ],
  ],
  [
    'aws_kinesis_stream',
    [{ stream_mode_details: { stream_mode: 'ON_DEMAND' } }, { shard_count: 2 }],
    [
      [1, 'on-demand stream', 29.2],
      [2, 'shard of a stream', 21.9],
    ],
  ],
  [
    'aws_kinesis_stream_consumer',
    [{ stream_arn: 'arn:aws:kinesis:eu-west-1:1:stream/x' }],
    [[1, 'consumer of a stream', 'it depends on the mode and the shards of the stream']],
  ],
  [
    'aws_lambda_event_source_mapping',
    [{ event_source_arn: '${aws_sqs_queue.a.arn}' }, { event_source_arn: '${aws_kinesis_stream.a.arn}' }],
    [[1, 'polled SQS queue', 0.26]],
  ],
  ['aws_secretsmanager_secret', [{}], [[1, 'secret', 0.4]]],
  ['aws_dynamodb_table', [{ billing_mode: 'PAY_PER_REQUEST' }], []],
  ['aws_dynamodb_table', [{}], [[1, 'table', 'its provisioned capacity has no price here']]],
  ['aws_efs_file_system', [{ throughput_mode: 'elastic' }], []],
  [
    'aws_efs_file_system',
    [{ throughput_mode: 'provisioned', provisioned_throughput_in_mibps: 10 }],
    [[1, 'file system with provisioned throughput', 60]],
  ],
  ['aws_cloudformation_stack', [{ template_url: 'x' }], []],
  [
    'aws_cloudformation_stack',
    [{ template_body: '{}' }],
    [[1, 'CloudFormation stack', 'what it creates has no price here']],
  ],
  ['aws_cloudformation_stack', [{ template_body: '{"Resources":{"A":{"Type":"AWS::Lambda::Permission"}}}' }], []],
  [
    'aws_cloudformation_stack',
    [{ template_body: '{"Resources":{"A":{"Type":"AWS::Lambda::Permission"},"B":{"Type":"AWS::IoT::Thing"}}}' }],
    [[1, 'CloudFormation stack', 'what it creates has no price here']],
  ],
  ['aws_redshift_cluster', [{}, {}], [[2, 'aws_redshift_cluster', 'this type of resource has no price here']]],
  ['terraform_data', [{}], []],
  ['aws_iam_role', [{}], []],
] as const)('%s: %j', (type, blocks, expected) => {
  expect(monthly(type, ...blocks)).toEqual(expected);
});

it('a consumer of a provisioned stream costs by shard, and one of an on-demand stream by what it reads', () => {
  const consumer = { aws_kinesis_stream_consumer: { c: { stream_arn: '${aws_kinesis_stream.s.arn}' } } };
  const costs = (stream: object) =>
    standingCosts({ resource: { aws_kinesis_stream: { s: stream }, ...consumer } } as never);
  expect(costs({ shard_count: 2 }).find(({ what }) => what === 'consumer of a stream')?.monthly).toBeCloseTo(21.9);
  expect(costs({ stream_mode_details: { stream_mode: 'ON_DEMAND' } })).toHaveLength(1);
});

it('a cost has an amount, or a reason why it is unknown, and never 0', () => {
  const value = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant('${x}'), fc.array(fc.string()));
  const names = [
    'engine',
    'instance_class',
    'allocated_storage',
    'node_type',
    'num_cache_clusters',
    'subnets',
    'subnet_ids',
    'shard_count',
  ];
  const block = fc
    .dictionary(fc.constantFrom(...names), value)
    .map((given) => ({ ...given, vpc_endpoint_type: 'Interface' }));
  const types = [
    'aws_vpc_endpoint',
    'aws_db_instance',
    'aws_elasticache_replication_group',
    'aws_lb',
    'aws_kinesis_stream',
    'aws_eip',
    'aws_other',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...types), block, (type, arguments_) => {
      for (const { monthly: amount, why, count } of of(type, arguments_)) {
        expect(count).toBeGreaterThan(0);
        if (amount === undefined) expect(why).toMatch(/\w/);
        else expect(amount).toBeGreaterThan(0);
      }
    }),
  );
});
