// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { CloudwatchEventBus } from '@cdktf/provider-aws/lib/cloudwatch-event-bus';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { CognitoUserPool } from '@cdktf/provider-aws/lib/cognito-user-pool';
import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { KinesisStream } from '@cdktf/provider-aws/lib/kinesis-stream';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { TerraformStack } from 'cdktf';
import type { Statement } from '../../modules/access/policy';
import { BatchJob } from '../../modules/batch-job';
import { formatPath } from '../../modules/problems/problem';
import { BATCH_JOB } from '../../modules/resources/batch-job';
import { type ConnectSource, connect } from '../../modules/resources/connect';
import { COMPANIONS } from '../../modules/resources/registry';
import { AwsContext } from '../../modules/terraform/aws-context';
import { foreignStack, job } from '../synthesis';
import { resolvedWithoutHashes } from './resolved-connections';

/** What connecting gives, as Terraform gets it, without the hashes of ids. */
function connected(build: (stack: TerraformStack) => ConnectSource[], variables: string[] = []) {
  const stack = foreignStack();
  const result = connect(build(stack), new AwsContext(stack, 'aws'), variables, ['environment']);
  const { connections } = result;
  const problems = result.problems.map(({ keys, ...problem }) => ({ path: formatPath(keys), ...problem }));
  const { environment, statements } = resolvedWithoutHashes(stack, connections);
  return { environment: Object.fromEntries(environment), statements: statements as Statement[], problems };
}

describe('the provider’s own resources', () => {
  it.each<[string, (stack: TerraformStack) => ConnectSource, object, string[]]>([
    [
      'S3Bucket',
      (stack) => new S3Bucket(stack, 'photos'),
      { STP_PHOTOS_ARN: '${aws_s3_bucket.photos.arn}', STP_PHOTOS_NAME: '${aws_s3_bucket.photos.bucket}' },
      ['${aws_s3_bucket.photos.arn}', '${aws_s3_bucket.photos.arn}/*'],
    ],
    [
      'SqsQueue',
      (stack) => new SqsQueue(stack, 'inbox'),
      {
        STP_INBOX_ARN: '${aws_sqs_queue.inbox.arn}',
        STP_INBOX_NAME: '${aws_sqs_queue.inbox.name}',
        STP_INBOX_URL: '${aws_sqs_queue.inbox.url}',
      },
      ['${aws_sqs_queue.inbox.arn}'],
    ],
    [
      'SnsTopic',
      (stack) => new SnsTopic(stack, 'news'),
      { STP_NEWS_ARN: '${aws_sns_topic.news.arn}', STP_NEWS_NAME: '${aws_sns_topic.news.name}' },
      ['${aws_sns_topic.news.arn}'],
    ],
    [
      'CloudwatchEventBus',
      (stack) => new CloudwatchEventBus(stack, 'bus', { name: 'orders' }),
      { STP_BUS_ARN: '${aws_cloudwatch_event_bus.bus.arn}', STP_BUS_NAME: '${aws_cloudwatch_event_bus.bus.name}' },
      ['${aws_cloudwatch_event_bus.bus.arn}'],
    ],
    [
      'KinesisStream',
      (stack) => new KinesisStream(stack, 'clicks', { name: 'clicks' }),
      { STP_CLICKS_ARN: '${aws_kinesis_stream.clicks.arn}', STP_CLICKS_NAME: '${aws_kinesis_stream.clicks.name}' },
      ['${aws_kinesis_stream.clicks.arn}'],
    ],
    [
      'DynamodbTable without a stream',
      (stack) => new DynamodbTable(stack, 'orders', { name: 'orders' }),
      { STP_ORDERS_ARN: '${aws_dynamodb_table.orders.arn}', STP_ORDERS_NAME: '${aws_dynamodb_table.orders.name}' },
      ['${aws_dynamodb_table.orders.arn}', '${aws_dynamodb_table.orders.arn}/index/*'],
    ],
    [
      'DynamodbTable with one',
      (stack) => new DynamodbTable(stack, 'orders', { name: 'orders', streamEnabled: true }),
      {
        STP_ORDERS_ARN: '${aws_dynamodb_table.orders.arn}',
        STP_ORDERS_NAME: '${aws_dynamodb_table.orders.name}',
        STP_ORDERS_STREAM_ARN: '${aws_dynamodb_table.orders.stream_arn}',
      },
      ['${aws_dynamodb_table.orders.arn}', '${aws_dynamodb_table.orders.arn}/index/*'],
    ],
    [
      'LambdaFunction',
      (stack) => new LambdaFunction(stack, 'resize', { functionName: 'resize', role: 'arn:role' }),
      {
        STP_RESIZE_ARN: '${aws_lambda_function.resize.arn}',
        STP_RESIZE_NAME: '${aws_lambda_function.resize.function_name}',
      },
      ['${aws_lambda_function.resize.arn}'],
    ],
    [
      'SfnStateMachine',
      (stack) => new SfnStateMachine(stack, 'flow', { definition: '{}', roleArn: 'arn:role' }),
      { STP_FLOW_ARN: '${aws_sfn_state_machine.flow.arn}', STP_FLOW_NAME: '${aws_sfn_state_machine.flow.name}' },
      [
        '${aws_sfn_state_machine.flow.arn}',
        '${replace(aws_sfn_state_machine.flow.arn, ":stateMachine:", ":execution:")}:*',
      ],
    ],
    [
      'CognitoUserPool',
      (stack) => new CognitoUserPool(stack, 'users', { name: 'users' }),
      {
        STP_USERS_ARN: '${aws_cognito_user_pool.users.arn}',
        STP_USERS_ID: '${aws_cognito_user_pool.users.id}',
        STP_USERS_PROVIDER_URL: 'https://${aws_cognito_user_pool.users.endpoint}',
      },
      ['${aws_cognito_user_pool.users.arn}'],
    ],
  ])('%s', (_, build, environment, about) => {
    const result = connected((stack) => [build(stack)]);
    expect(result.environment).toEqual(environment);
    expect(result.statements.flatMap(({ Resource }) => Resource)).toEqual(about);
    expect(result.problems).toEqual([]);
  });

  it('go by another name if they are given one', () => {
    const { environment, statements } = connected((stack) => [
      { name: 'the-photos', resource: new S3Bucket(stack, 'bucket') },
    ]);
    expect(Object.keys(environment)).toEqual(['STP_THE_PHOTOS_ARN', 'STP_THE_PHOTOS_NAME']);
    expect(statements.map(({ Sid }) => Sid)).toEqual(['ConnectToBucketListBucket', 'ConnectToBucketUseObjects']);
  });

  it('are refused by type if nothing is known of them', () => {
    const { problems } = connected((stack) => [
      new CloudwatchLogGroup(stack, 'group') as unknown as ConnectSource,
      { name: 'x', resource: {} as SqsQueue },
    ]);
    expect(problems).toEqual([
      expect.objectContaining({
        path: 'connectTo[0]',
        found: 'aws_cloudwatch_log_group',
        accepted: expect.stringContaining('aws_s3_bucket'),
        fix: 'grant access with iamRoleStatements instead',
      }),
      expect.objectContaining({ path: 'connectTo[1]', found: 'something else' }),
    ]);
  });
});

describe('several', () => {
  it('refuse variables that two of them set, or the user does', () => {
    const { problems } = connected(
      (stack) => [
        new S3Bucket(stack, 'a'),
        { name: 'a', resource: new SnsTopic(stack, 'b') },
        { name: 'x', resource: new CognitoUserPool(stack, 'x', { name: 'x' }) },
      ],
      ['MINE', 'STP_X_ID'],
    );
    expect(problems).toEqual([
      expect.objectContaining({ path: 'connectTo', found: 'STP_A_ARN of both "a" and "a"', fix: 'name it once' }),
      expect.objectContaining({ path: 'connectTo', found: 'STP_A_NAME of both "a" and "a"' }),
      {
        path: 'environment.STP_X_ID',
        found: '"STP_X_ID"',
        accepted: 'a name that connectTo does not set',
        fix: 'rename or remove it: connecting to "x" sets it',
      },
    ]);
  });

  it('have no wildcard among their actions, and are about everything only where AWS cannot scope', () => {
    const { statements } = connected((stack) => [
      'aws:ses',
      new S3Bucket(stack, 'photos'),
      new BatchJob(stack, 'report', {
        ...job(),
        connectTo: [],
        events: [],
        volumes: [],
        notifications: {},
        alarms: {},
      }),
      new CognitoUserPool(stack, 'users', { name: 'users' }),
    ]);
    for (const { Action } of statements) {
      for (const action of Action) expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z]+$/);
      expect(Action).toEqual([...Action].sort());
    }
    const about = statements.filter(({ Resource }) => Resource.includes('*')).map(({ Action }) => Action);
    expect(about).toEqual([['batch:DescribeJobs', 'batch:ListJobs']]);
    expect(new Set(statements.map(({ Sid }) => Sid)).size).toBe(statements.length);
  });

  it('send mail as any identity of the account', () => {
    const { environment, statements } = connected(() => ['aws:ses']);
    expect(environment).toEqual({});
    expect(statements).toEqual([
      {
        Sid: 'ConnectToSesSendMail',
        Action: expect.arrayContaining(['ses:SendEmail', 'ses:SendRawEmail']),
        Resource: ['configuration-set', 'identity', 'template'].map(
          (kind) =>
            `arn:\${data.aws_partition.aws_Partition.partition}:ses:*:\${data.aws_caller_identity.aws_Account.account_id}:${kind}/*`,
        ),
      },
    ]);
  });
});

describe('a connection that allows less', () => {
  const bucket = (stack: TerraformStack) => new S3Bucket(stack, 'photos');

  it('to a part of a bucket, lists and uses only objects with the prefix', () => {
    const { statements, environment, problems } = connected((stack) => [
      { name: 'photos', resource: bucket(stack), access: 'read', prefix: 'in/' },
    ]);
    expect(problems).toEqual([]);
    expect(Object.keys(environment)).toEqual(['STP_PHOTOS_ARN', 'STP_PHOTOS_NAME']);
    expect(statements).toEqual([
      {
        Sid: 'ConnectToBucketReadSettings',
        Action: ['s3:GetBucketLocation', 's3:GetBucketVersioning'],
        Resource: ['${aws_s3_bucket.photos.arn}'],
      },
      {
        Sid: 'ConnectToBucketListObjects',
        Action: ['s3:ListBucket', 's3:ListBucketVersions'],
        Resource: ['${aws_s3_bucket.photos.arn}'],
        Condition: { StringLike: { 's3:prefix': ['in/*'] } },
      },
      {
        Sid: 'ConnectToBucketUseObjects',
        Action: ['s3:GetObject', 's3:GetObjectAttributes', 's3:GetObjectTagging', 's3:GetObjectVersion'],
        Resource: ['${aws_s3_bucket.photos.arn}/in/*'],
      },
    ]);
  });

  it('can be there several times for one resource, with its variables once', () => {
    const { statements, environment, problems } = connected((stack) => {
      const resource = bucket(stack);
      return [
        { name: 'photos', resource, access: 'read', prefix: 'in/' },
        { name: 'photos', resource, access: 'write', prefix: 'out/' },
      ];
    });
    expect(problems).toEqual([]);
    expect(Object.keys(environment)).toEqual(['STP_PHOTOS_ARN', 'STP_PHOTOS_NAME']);
    const writing = statements.filter(({ Resource }) => Resource.some((arn) => arn.endsWith('/out/*')));
    expect(writing).toHaveLength(1);
    expect(writing[0]?.Action).toContain('s3:PutObject');
    expect(writing[0]?.Action.filter((action) => /:Get|:List(?!Multipart)/.test(action))).toEqual([]);
    expect(new Set(statements.map(({ Sid }) => Sid)).size).toBe(statements.length);
  });

  it.each<[string, (stack: TerraformStack) => ConnectSource[], [path: string, fix: string][]]>([
    [
      'a part that another one includes',
      (stack) => {
        const resource = bucket(stack);
        return [
          { name: 'photos', resource, prefix: 'in/' },
          { name: 'photos', resource, access: 'read', prefix: 'in/' },
        ];
      },
      [
        ['connectTo', 'name it once'],
        ['connectTo', 'name it once'],
      ],
    ],
    [
      'a prefix of a queue',
      (stack) => [{ name: 'inbox', resource: new SqsQueue(stack, 'inbox'), prefix: 'in/' }],
      [['connectTo[0].prefix', 'remove prefix']],
    ],
    [
      'access that there is not',
      (stack) => [{ name: 'photos', resource: bucket(stack), access: 'reed' as 'read' }],
      [['connectTo[0].access', 'did you mean "read"?']],
    ],
    [
      'a pattern',
      (stack) => [{ name: 'photos', resource: bucket(stack), prefix: 'in/*' }],
      [['connectTo[0].prefix', 'write in/, which selects every key that starts so']],
    ],
  ])('refuses %s', (_, build, expected) => {
    expect(connected(build).problems.map(({ path, fix }) => [path, fix])).toEqual(expected);
  });

  it('is for each type that can be connected to, or says what decides instead', () => {
    const connectable = [BATCH_JOB, ...COMPANIONS].filter(
      (each) => 'connection' in each && each.connection !== undefined,
    );
    expect(connectable.length).toBeGreaterThan(10);
    for (const each of connectable)
      expect([each.type, 'narrowable' in each && each.narrowable]).toEqual([each.type, expect.anything()]);
  });
});
