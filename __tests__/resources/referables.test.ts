import type { Connection } from '../../modules/access/connection';
import { NAMED, PROVIDED, paramsOf, type ResourceType, referableOf } from '../../modules/resources/referables';

const EMPTY = {};

type Properties = { readonly [property: string]: unknown };

describe('paramsOf', () => {
  it.each<[ResourceType, Properties, Properties | undefined, string]>([
    ['bucket', {}, undefined, 'name arn'],
    ['event-bus', {}, undefined, 'name arn'],
    ['application-load-balancer', {}, undefined, 'arn domain'],
    ['application-load-balancer', {}, {}, 'arn'],
    ['dynamo-db-table', {}, undefined, 'name arn'],
    ['dynamo-db-table', { streamType: 'KEYS_ONLY' }, undefined, 'name arn streamArn'],
    ['dynamo-db-table', {}, {}, 'name arn'],
    ['dynamo-db-table', {}, { streamArn: 'arn' }, 'name arn streamArn'],
    ['kinesis-stream', {}, undefined, 'name arn'],
    ['sns-topic', {}, undefined, 'name arn'],
    ['sqs-queue', {}, undefined, 'name arn url'],
    ['sqs-queue', {}, {}, 'name arn'],
    ['http-api-gateway', {}, undefined, 'id url domain'],
    ['user-auth-pool', {}, undefined, 'id clientId arn providerUrl'],
    ['function', {}, undefined, 'name arn logGroupArn'],
    ['function', { url: {} }, undefined, 'name arn logGroupArn url'],
    ['function', { url: { enabled: false } }, undefined, 'name arn logGroupArn'],
    ['function', {}, {}, 'name arn logGroupArn'],
    ['state-machine', {}, undefined, 'name arn'],
    ['relational-database', {}, undefined, 'host port dbName userName connectionString jdbcConnectionString password'],
    ['relational-database', {}, {}, 'host port connectionString jdbcConnectionString'],
    ['relational-database', {}, { dbName: 'a' }, 'host port dbName connectionString jdbcConnectionString'],
    ['relational-database', {}, { userName: 'a' }, 'host port userName connectionString jdbcConnectionString'],
    ['relational-database', {}, { password: 'a' }, 'host port connectionString jdbcConnectionString password'],
    [
      'redis-cluster',
      {},
      undefined,
      'host port connectionString readerHost readerPort readerConnectionString password',
    ],
    [
      'redis-cluster',
      {},
      { readerHost: 'r' },
      'host port connectionString readerHost readerPort readerConnectionString',
    ],
    [
      ...(['relational-database', {}, { readerHost: 'r' }] as const),
      'host port connectionString jdbcConnectionString readerHost readerPort readerConnectionString readerJdbcConnectionString',
    ],
    ['redis-cluster', {}, {}, 'host port connectionString'],
    ['redis-cluster', {}, { password: 'a' }, 'host port connectionString password'],
    ['existing', {}, undefined, ''],
    ['existing', { variables: { a: 1 }, secrets: { b: 2 } }, undefined, 'a b'],
    ['batch-job', {}, undefined, 'jobDefinitionArn stateMachineArn logGroupArn'],
    ['batch-job', { logging: { disabled: true } }, undefined, 'jobDefinitionArn stateMachineArn'],
    ['batch-job', { logging: { disabled: false } }, undefined, 'jobDefinitionArn stateMachineArn logGroupArn'],
  ])('of %s with %j, there with %j: %s', (type, properties, existing, params) => {
    expect(paramsOf(type, properties, existing).join(' ')).toBe(params);
  });

  it('has none for a type that the config does not have', () => {
    expect(referableOf('queue')).toBeUndefined();
    expect(paramsOf('queue', {}, undefined)).toEqual([]);
    expect(paramsOf(undefined, {}, undefined)).toEqual([]);
  });
});

it('a property that has the name of a resource tells its type', () => {
  expect(NAMED).toEqual({
    jobName: 'batch-job',
    eventBusName: 'event-bus',
    loadBalancerName: 'application-load-balancer',
    kinesisStreamName: 'kinesis-stream',
    snsTopicName: 'sns-topic',
    topicName: 'sns-topic',
    sqsQueueName: 'sqs-queue',
    targetSqsQueueName: 'sqs-queue',
    functionName: 'function',
    httpApiGatewayName: 'http-api-gateway',
    userPoolName: 'user-auth-pool',
    efsFilesystemName: 'efs-filesystem',
  });
});

it("the provider's resources can be connected to directly", () => {
  expect(Object.keys(PROVIDED).sort()).toEqual([
    'aws_cloudwatch_event_bus',
    'aws_cognito_user_pool',
    'aws_db_instance',
    'aws_dynamodb_table',
    'aws_elasticache_replication_group',
    'aws_kinesis_stream',
    'aws_lambda_function',
    'aws_s3_bucket',
    'aws_sfn_state_machine',
    'aws_sns_topic',
    'aws_sqs_queue',
  ]);
});

describe('isNetworked', () => {
  it.each<[ResourceType, Properties, boolean | undefined]>([
    ['relational-database', EMPTY, true],
    ['redis-cluster', EMPTY, true],
    ['existing', EMPTY, false],
    ['existing', { secrets: {} }, false],
    ['existing', { secrets: { a: 1 } }, true],
    ['existing', { securityGroup: {} }, true],
    ['sqs-queue', EMPTY, undefined],
  ])('of %s with %j: %s', (type, properties, expected) => {
    expect(referableOf(type)?.isNetworked?.(properties, undefined)).toBe(expected);
  });
});

describe('unreachableService', () => {
  it.each<[ResourceType, string | undefined]>([
    ['batch-job', 'AWS Step Functions and AWS Batch'],
    ['state-machine', 'AWS Step Functions'],
    ['function', 'AWS Lambda'],
    ['sqs-queue', 'Amazon SQS'],
    ['sns-topic', 'Amazon SNS'],
    ['event-bus', 'Amazon EventBridge'],
    ['kinesis-stream', 'Amazon Kinesis'],
    ['dynamo-db-table', 'Amazon DynamoDB'],
    ['user-auth-pool', 'Amazon Cognito'],
    ['bucket', undefined],
    ['relational-database', undefined],
    ['redis-cluster', undefined],
    ['existing', undefined],
  ])('of %s is %s', (type, service) => {
    expect(referableOf(type)?.unreachableService).toBe(service);
  });
});

it('only a table has a service with a gateway', () => {
  expect(referableOf('dynamo-db-table')?.gatewayEndpoint).toBe('dynamodb');
  expect(referableOf('sqs-queue')?.gatewayEndpoint).toBeUndefined();
});

describe('a connection', () => {
  const aws = { arn: (service: string, rest: string) => `arn:aws:${service}:eu-west-1:1:${rest}` };
  const connected = (type: ResourceType, more: object): Connection | undefined => {
    const target = { type, arn: 'ARN', params: { arn: 'ARN' }, ...more };
    return referableOf(type)?.connection?.()(target as never, aws as never);
  };

  it.each<[ResourceType, string, string, string]>([
    ['event-bus', 'PutEvents', 'events: PutEvents', 'ARN'],
    ['function', 'Invoke', 'lambda: InvokeFunction', 'ARN'],
    [
      'sqs-queue',
      'UseMessages',
      'sqs: ChangeMessageVisibility DeleteMessage GetQueueAttributes GetQueueUrl ListQueueTags PurgeQueue ReceiveMessage SendMessage',
      'ARN',
    ],
    [
      'sns-topic',
      'Publish',
      'sns: ConfirmSubscription GetTopicAttributes ListSubscriptionsByTopic Publish Subscribe Unsubscribe',
      'ARN',
    ],
    [
      'kinesis-stream',
      'UseRecords',
      'kinesis: DescribeStream DescribeStreamSummary GetRecords GetShardIterator ListShards PutRecord PutRecords',
      'ARN',
    ],
    [
      'dynamo-db-table',
      'UseItems',
      'dynamodb: BatchGetItem BatchWriteItem ConditionCheckItem DeleteItem DescribeTable GetItem PutItem Query Scan UpdateItem',
      'ARN ARN/index/*',
    ],
    [
      'user-auth-pool',
      'ManageUsers',
      'cognito-idp: AdminAddUserToGroup AdminConfirmSignUp AdminCreateUser AdminDeleteUser AdminDeleteUserAttributes AdminDisableUser AdminEnableUser AdminGetUser AdminInitiateAuth AdminListGroupsForUser AdminRemoveUserFromGroup AdminResetUserPassword AdminRespondToAuthChallenge AdminSetUserPassword AdminUpdateUserAttributes AdminUserGlobalSignOut CreateGroup DeleteGroup DescribeUserPool DescribeUserPoolClient GetGroup ListGroups ListUsers ListUsersInGroup UpdateGroup',
      'ARN',
    ],
  ])('to %s allows %s', (type, sid, actions, resources) => {
    const [service, ...names] = actions.split(/:? /);
    expect(connected(type, {})).toEqual({
      environment: { arn: 'ARN' },
      statements: [{ Sid: sid, Action: names.map((name) => `${service}:${name}`), Resource: resources.split(' ') }],
    });
  });

  it('to a bucket allows what is for the bucket and what is for its objects apart', () => {
    const [bucket, objects] = connected('bucket', {})?.statements ?? [];
    expect([bucket?.Resource, objects?.Resource]).toEqual([['ARN'], ['ARN/*']]);
    expect(bucket?.Action).toEqual(
      [
        'GetBucketLocation',
        'GetBucketVersioning',
        'ListBucket',
        'ListBucketMultipartUploads',
        'ListBucketVersions',
      ].map((name) => `s3:${name}`),
    );
    expect(objects?.Action).toEqual(
      'AbortMultipartUpload DeleteObject DeleteObjectTagging DeleteObjectVersion GetObject GetObjectAttributes GetObjectTagging GetObjectVersion ListMultipartUploadParts PutObject PutObjectTagging RestoreObject'
        .split(' ')
        .map((name) => `s3:${name}`),
    );
  });

  it('to a job allows to start it, to submit its definition, and to follow and stop jobs', () => {
    const job = { params: { jobDefinitionArn: 'DEF' }, queueArns: ['Q1', 'Q2'] };
    const statements = connected('batch-job', job)?.statements ?? [];
    expect(statements.slice(-3)).toEqual([
      { Sid: 'SubmitJobs', Action: ['batch:SubmitJob'], Resource: ['DEF', 'DEF:*', 'Q1', 'Q2'] },
      { Sid: 'StopJobs', Action: ['batch:TerminateJob'], Resource: ['arn:aws:batch:eu-west-1:1:job/*'] },
      { Sid: 'FollowJobs', Action: ['batch:DescribeJobs', 'batch:ListJobs'], Resource: ['*'] },
    ]);
    const sids = connected('batch-job', { params: {}, queueArns: [] })?.statements.map(({ Sid }) => Sid);
    expect(sids).not.toContain('SubmitJobs');
    expect(connected('state-machine', {})?.statements).toEqual(statements.slice(0, -3));
  });

  it('to a database is its address, its password and its security group, and no permission', () => {
    const ingressRule = { key: 'k', securityGroupId: 'sg', port: 1 };
    const password = { store: 'secret', valueFrom: 'v', arn: 'a' };
    for (const type of ['relational-database', 'redis-cluster'] as const) {
      const params = { host: 'h', userName: 'u', connectionString: 'db://h', jdbcConnectionString: 'jdbc:h?user=u' };
      const completed =
        type === 'redis-cluster'
          ? { connectionString: 'db://default:$(password)@h' }
          : { connectionString: 'db://u:$(password)@h', jdbcConnectionString: 'jdbc:h?user=u&password=$(password)' };
      expect(
        connected(type, {
          params: { ...params, ...(type !== 'redis-cluster' && { connectionString: 'db://u@h' }) },
          password,
          ingressRule,
        }),
      ).toEqual({
        environment: expect.objectContaining({ host: 'h' }),
        secrets: { password },
        completed,
        statements: [],
        ingressRule,
      });
      expect(connected(type, { params })).toEqual({ environment: params, statements: [] });
    }
  });

  it('to an existing resource is what it declares, with numbered statements', () => {
    const variables = { url: 'u' };
    const statements = [{ Action: ['a:b'] }, { Sid: 'Own', Action: ['c:d'] }];
    expect(connected('existing', { variables, secrets: {}, statements })).toEqual({
      environment: variables,
      secrets: {},
      statements: [{ Sid: 'Statement1', Action: ['a:b'] }, statements[1]],
    });
  });

  it.each<ResourceType>(['http-api-gateway', 'application-load-balancer'])('to %s does not exist', (type) => {
    expect(referableOf(type)?.connection).toBeUndefined();
  });
});
