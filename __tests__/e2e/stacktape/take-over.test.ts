import { parse as parseYaml } from 'yaml';
import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import { blocksOf } from '../../docs-pages';
import { AwsApi } from '../engines/aws-api';
import { type Emulator, emulatorAvailable, startEmulator } from '../engines/ministack';
import { describeWith, terraformAvailable, type Workspace, workspace } from '../engines/terraform';
import { type SynthesizedStack, synthesize } from '../synthesize';

const PAGE = 'docs/stacktape/take-over.md';

/** What the page shows, in its order: the configs of both ways, and the commands for the second and back. */
const [LEFT = '', MOVED = ''] = codeIn('yaml');
const [IMPORTS = '', FORGETS = ''] = codeIn('sh');

function codeIn(language: string): string[] {
  return blocksOf(PAGE).flatMap((block) => (block.language === language ? [block.code] : []));
}

/** Not by CloudFormation, whose tables have a provisioned capacity in ministack, although they are billed by request. */
const OLD_TABLE = {
  TableName: 'old-crop',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
};

/** The stack that the original would have made: CloudFormation, with names that this project does not give. */
const OLD = {
  Resources: {
    crates: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain', Properties: { BucketName: 'old-crates' } },
    inbox: { Type: 'AWS::SQS::Queue', DeletionPolicy: 'Retain', Properties: { QueueName: 'old-inbox' } },
    clicks: {
      Type: 'AWS::Kinesis::Stream',
      DeletionPolicy: 'Retain',
      Properties: { Name: 'old-clicks', StreamModeDetails: { StreamMode: 'ON_DEMAND' } },
    },
  },
};

/** Types of what is named by `existing`, and of the VPC that it is in. */
const PARTS =
  /^aws_(sns_topic|cloudwatch_event_bus|apigatewayv2_(api|stage)|lb|lb_listener|cognito_.*|db_.*|elasticache_.*|kinesis_stream|dynamodb_table|vpc|subnet|s3_bucket_notification)$/;

/** What is added to it, as the page says. */
const ADDED = [
  'aws_apigatewayv2_authorizer',
  'aws_apigatewayv2_integration',
  'aws_apigatewayv2_route',
  'aws_lb_listener_rule',
  'aws_sns_topic_subscription',
  // Of the database, and of Redis.
  'aws_vpc_security_group_ingress_rule',
  'aws_vpc_security_group_ingress_rule',
];

const ACCOUNT = '123456789012';
const inRegion = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:${ACCOUNT}:${rest}`;

/** The first value of an element in an answer of the query protocol. */
function valueIn(xml: string, element: string): string {
  return new RegExp(`<${element}>([^<]+)</${element}>`).exec(xml)?.[1] ?? '';
}

/** Makes what else an old stack can have, and says how a config names it. */
async function otherParts(aws: AwsApi): Promise<{ readonly vpc: object; readonly resources: object }> {
  const ec2 = (parameters: { readonly [name: string]: string }) =>
    aws.query('ec2', { Version: '2016-11-15', ...parameters });
  const vpcId = valueIn(await ec2({ Action: 'CreateVpc', CidrBlock: '10.9.0.0/16' }), 'vpcId');
  const subnet = async (zone: string, block: string) =>
    valueIn(await ec2({ Action: 'CreateSubnet', VpcId: vpcId, CidrBlock: block, AvailabilityZone: zone }), 'subnetId');
  const subnetIds = [await subnet('eu-west-1a', '10.9.0.0/24'), await subnet('eu-west-1b', '10.9.1.0/24')];
  const group = async (GroupName: string) =>
    valueIn(
      await ec2({ Action: 'CreateSecurityGroup', GroupName, GroupDescription: GroupName, VpcId: vpcId }),
      'groupId',
    );
  const elb = (parameters: { readonly [name: string]: string }) =>
    aws.query('elasticloadbalancing', { Version: '2015-12-01', ...parameters });
  const LoadBalancerArn = valueIn(
    await elb({
      Action: 'CreateLoadBalancer',
      Name: 'old-gate',
      Type: 'application',
      'Subnets.member.1': subnetIds[0] ?? '',
      'Subnets.member.2': subnetIds[1] ?? '',
    }),
    'LoadBalancerArn',
  );
  const listener = await elb({
    Action: 'CreateListener',
    LoadBalancerArn,
    Protocol: 'HTTP',
    Port: '80',
    'DefaultActions.member.1.Type': 'fixed-response',
    'DefaultActions.member.1.FixedResponseConfig.StatusCode': '404',
  });
  await aws.query('sns', { Action: 'CreateTopic', Version: '2010-03-31', Name: 'old-news' });
  await aws.json('events', 'AWSEvents.CreateEventBus', { Name: 'old-bus' });
  const { apiId } = await aws.rest<{ apiId: string }>('apigateway', 'POST', '/v2/apis', {
    name: 'old',
    protocolType: 'HTTP',
  });
  await aws.rest('apigateway', 'POST', `/v2/apis/${apiId}/stages`, { stageName: '$default', autoDeploy: true });
  const { UserPool } = await aws.json<{ UserPool: { Id: string } }>(
    'cognito-idp',
    'AWSCognitoIdentityProviderService.CreateUserPool',
    { PoolName: 'old-people' },
  );
  const { UserPoolClient } = await aws.json<{ UserPoolClient: { ClientId: string } }>(
    'cognito-idp',
    'AWSCognitoIdentityProviderService.CreateUserPoolClient',
    { UserPoolId: UserPool.Id, ClientName: 'web' },
  );
  const resources = {
    news: { type: 'sns-topic', existing: { arn: inRegion('sns', 'old-news') } },
    bus: { type: 'event-bus', existing: { arn: inRegion('events', 'event-bus/old-bus') } },
    desk: { type: 'http-api-gateway', existing: { apiId } },
    gate: { type: 'application-load-balancer', existing: { listenerArn: valueIn(listener, 'ListenerArn') } },
    people: { type: 'user-auth-pool', existing: { userPoolId: UserPool.Id, clientId: UserPoolClient.ClientId } },
    ledger: {
      type: 'relational-database',
      existing: { engine: 'postgres', host: 'old-ledger.example.com', securityGroupId: await group('ledger') },
    },
    cache: {
      type: 'redis-cluster',
      existing: { host: 'old-cache.example.com', securityGroupId: await group('cache') },
    },
  };
  return { vpc: { vpcId, subnetIds }, resources };
}

/** A job that uses each part: by its events, or by what it connects to. */
function using({ vpc, resources }: { readonly vpc: object; readonly resources: object }): BatchJobsConfig {
  const { resources: left, ...config } = parseYaml(LEFT) as BatchJobsConfig;
  const { weigh, ...data } = left as unknown as { weigh: { properties: object } };
  const route = { httpApiGatewayName: 'desk', method: 'POST', path: '/weigh' };
  const events = [
    { type: 'sns', properties: { snsTopicName: 'news' } },
    { type: 'sqs', properties: { sqsQueueName: 'inbox' } },
    { type: 'kinesis-stream', properties: { kinesisStreamName: 'clicks' } },
    { type: 'event-bus', properties: { eventBusName: 'bus', eventPattern: { source: ['shop'] } } },
    {
      type: 'http-api-gateway',
      properties: { ...route, authorizer: { type: 'cognito', properties: { userPoolName: 'people' } } },
    },
    { type: 'application-load-balancer', properties: { loadBalancerName: 'gate', priority: 1, paths: ['/weigh'] } },
    {
      type: 's3',
      properties: {
        bucketArn: "$ResourceParam('crates', 'arn')",
        s3EventType: 's3:ObjectCreated:*',
        useEventBridge: true,
      },
    },
  ];
  const connectTo = [...Object.keys(data), 'news', 'bus', 'people', 'ledger', 'cache'];
  return {
    ...config,
    vpc,
    resources: { ...data, ...resources, weigh: { ...weigh, properties: { ...weigh.properties, events, connectTo } } },
  } as unknown as BatchJobsConfig;
}

describeWith([terraformAvailable(), emulatorAvailable()], 'data of a Stacktape stack', () => {
  let emulator: Emulator;
  let aws: AwsApi;
  let queueUrl: string;
  let copy: Workspace;
  const made: SynthesizedStack[] = [];

  /** A stack of a config on the page, with a function instead of its job, which would need a VPC and minutes. */
  const stack = (yaml: string): string => {
    const { resources, ...config } = parseYaml(yaml) as BatchJobsConfig;
    const { weigh: _, ...data } = resources;
    const reader = {
      type: 'function',
      properties: {
        packaging: { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'fixtures/echo.ts' } },
        connectTo: Object.keys(data),
      },
    };
    const one = synthesize({ ...config, resources: { ...data, reader } } as BatchJobsConfig);
    made.push(one);
    return one.dir;
  };

  const terraform = async (commands: string) => {
    for (const command of commands
      .replace(/\\\n\s*/g, '')
      .trim()
      .split('\n')) {
      const [program, ...words] = command
        .trim()
        .replace('https://sqs.eu-west-1.amazonaws.com', emulator.endpoint)
        .split(' ');
      expect(program).toBe('terraform');
      await copy.command(words);
    }
  };

  const expectData = async () => {
    expect(await aws.getObject('old-crates', 'monday.txt')).toBe('40 kg');
    const item = await aws.json('dynamodb', 'DynamoDB_20120810.GetItem', {
      TableName: 'old-crop',
      Key: { id: { S: 'plum' } },
    });
    expect(item).toMatchObject({ Item: { id: { S: 'plum' }, kg: { N: '40' } } });
    const { Attributes } = await aws.json<{ Attributes: object }>('sqs', 'AmazonSQS.GetQueueAttributes', {
      QueueUrl: queueUrl,
      AttributeNames: ['ApproximateNumberOfMessages'],
    });
    expect(Attributes).toEqual({ ApproximateNumberOfMessages: '1' });
    const ShardId = 'shardId-000000000000';
    const { ShardIterator } = await aws.json<{ ShardIterator: string }>(
      'kinesis',
      'Kinesis_20131202.GetShardIterator',
      {
        StreamName: 'old-clicks',
        ShardId,
        ShardIteratorType: 'TRIM_HORIZON',
      },
    );
    const { Records } = await aws.json<{ Records: object[] }>('kinesis', 'Kinesis_20131202.GetRecords', {
      ShardIterator,
    });
    expect(Records).toMatchObject([{ Data: 'Y2xpY2s=' }]);
  };

  beforeAll(async () => {
    emulator = await startEmulator();
    aws = new AwsApi(emulator, 'eu-west-1');
    await aws.query('cloudformation', {
      Action: 'CreateStack',
      Version: '2010-05-15',
      StackName: 'old',
      TemplateBody: JSON.stringify(OLD),
    });
    await aws.json('dynamodb', 'DynamoDB_20120810.CreateTable', OLD_TABLE);
    queueUrl = `${emulator.endpoint}/${emulator.account}/old-inbox`;
    await aws.putObject('old-crates', 'monday.txt', '40 kg');
    const Item = { id: { S: 'plum' }, kg: { N: '40' } };
    await aws.json('dynamodb', 'DynamoDB_20120810.PutItem', { TableName: 'old-crop', Item });
    await aws.json('sqs', 'AmazonSQS.SendMessage', { QueueUrl: queueUrl, MessageBody: 'weigh' });
    const record = { StreamName: 'old-clicks', PartitionKey: 'a', Data: 'Y2xpY2s=' };
    await aws.json('kinesis', 'Kinesis_20131202.PutRecord', record);
    copy = workspace(stack(MOVED), { emulator });
  });

  afterAll(async () => {
    copy?.dispose();
    for (const one of made) one.dispose();
    await emulator?.stop();
  });

  it('can be moved by the commands of the page, which replaces nothing; the next plan is empty', async () => {
    await terraform(IMPORTS);
    const { resource_changes = [] } = await copy.planJson();
    expect(resource_changes.filter(({ change }) => change.actions.includes('delete'))).toEqual([]);
    const taken = resource_changes.filter(({ address }) => IMPORTS.includes(address));
    expect(taken.map(({ change }) => change.actions)).toEqual(
      taken.map(() => [expect.stringMatching(/^(update|no-op)$/)]),
    );
    expect(taken).toHaveLength(4);
    await copy.applySavedPlan();
    expect(await copy.plan()).toEqual({ hasChanges: false, removes: false });
    await expectData();
  });

  it('can be given back by the commands of the page, and is left where it is: the stack has nothing of it to delete', async () => {
    await terraform(FORGETS);
    await copy.applyOf(stack(LEFT));
    expect(await copy.plan()).toEqual({ hasChanges: false, removes: false });
    const { resources } = await copy.state();
    expect([...resources.keys()].filter((address) => FORGETS.includes(address))).toEqual([]);
    expect([...resources.values()].filter(({ type }) => /^aws_(s3|dynamodb|kinesis)/.test(type))).toEqual([]);
    await expectData();
  });

  it('is used with everything else of the old stack: a plan adds routes, rules and subscriptions, and makes and changes no part', async () => {
    const one = synthesize(using(await otherParts(aws)));
    made.push(one);
    const copyOfOne = workspace(one.dir, { emulator });
    const { resource_changes = [] } = await copyOfOne.planJson();
    copyOfOne.dispose();
    expect(resource_changes.filter(({ change }) => String(change.actions) !== 'create')).toEqual([]);
    const types = resource_changes.map(({ type }) => type);
    expect(types.filter((type) => PARTS.test(type))).toEqual([]);
    // What holds events and payloads is the new stack's own.
    expect(
      resource_changes.flatMap(({ type, address }) =>
        /^aws_(sqs_queue|s3_bucket)$/.test(type) ? [address.replace(/_[^_]+$/, '')] : [],
      ),
    ).toEqual(['aws_s3_bucket.batch-platform_payloads', 'aws_sqs_queue.batch-platform_undelivered-events_Queue']);
    expect(types.filter((type) => ADDED.includes(type))).toEqual(ADDED);
  });

  it('stays when the old stack is deleted, which retains it', async () => {
    await aws.query('cloudformation', { Action: 'DeleteStack', Version: '2010-05-15', StackName: 'old' });
    await expectData();
  });
});
