import { resourceParam } from '../../../modules/resources/resource-param';
import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import type { Scene } from './scene';

type Resources = BatchJobsConfig['resources'];

const bundle = (name: string) =>
  ({ type: 'stacktape-lambda-buildpack', properties: { entryfilePath: `fixtures/${name}.ts` } }) as const;
const certificateArn = 'arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555';
const otherCertificateArn = certificateArn.replace(/1{8}/, '22222222');
const certified = (...customCertificateArns: string[]): Resources[string] => ({
  type: 'application-load-balancer',
  properties: { listeners: [{ port: 443, protocol: 'HTTPS', customCertificateArns }] },
});
const key = { partitionKey: { name: 'id', type: 'string' } } as const;

const owner = { name: 'owner', type: 'string' } as const;
const day = { name: 'day', type: 'number' } as const;

type TableProperties = NonNullable<Extract<Resources[string], { type: 'dynamo-db-table' }>['properties']>;

const indexed = (...secondaryIndexes: NonNullable<TableProperties['secondaryIndexes']>): Resources[string] => ({
  type: 'dynamo-db-table',
  properties: { primaryKey: key, secondaryIndexes },
});

type FunctionProperties = NonNullable<Extract<Resources[string], { type: 'function' }>['properties']>;
type FunctionAlarm = NonNullable<FunctionProperties['alarms']>[number];

const rate = (properties: object = {}, more: Partial<FunctionAlarm> = {}): FunctionAlarm => ({
  trigger: { type: 'lambda-error-rate', properties: { thresholdPercent: 5, ...properties } },
  ...more,
});
const duration = (thresholdMilliseconds: number, properties: object = {}): FunctionAlarm => ({
  trigger: { type: 'lambda-duration', properties: { thresholdMilliseconds, ...properties } },
});
const topicArn = (name: string) => `arn:aws:sns:eu-west-1:123456789012:${name}`;

const before: Resources = {
  bucket: {
    type: 'bucket',
    properties: {
      cors: { enabled: false },
      lifecycleRules: [{ type: 'expiration', properties: { daysAfterUpload: 90 } }],
    },
  },
  bus: { type: 'event-bus' },
  stream: { type: 'kinesis-stream' },
  topic: { type: 'sns-topic' },
  fifoTopic: { type: 'sns-topic', properties: { fifoEnabled: true } },
  toFifoTopic: { type: 'sns-topic' },
  letters: { type: 'sqs-queue' },
  queue: { type: 'sqs-queue' },
  fifoQueue: { type: 'sqs-queue', properties: { fifoEnabled: true } },
  toFifoQueue: { type: 'sqs-queue' },
  table: { type: 'dynamo-db-table', properties: { primaryKey: key } },
  keyed: { type: 'dynamo-db-table', properties: { primaryKey: key } },
  recovered: { type: 'dynamo-db-table', properties: { primaryKey: key } },
  indexed: indexed({ name: 'kept', partitionKey: owner }, { name: 'by-owner', partitionKey: owner, sortKey: day }),
  shards: { type: 'kinesis-stream' },
  redriven: { type: 'sqs-queue' },
  users: { type: 'user-auth-pool' },
  callers: { type: 'user-auth-pool' },
  api: { type: 'http-api-gateway' },
  balancer: { type: 'application-load-balancer' },
  manyPorts: {
    type: 'application-load-balancer',
    properties: { listeners: [{ port: 80, protocol: 'HTTP' }] },
  },
  certified: certified(certificateArn),
  database: { type: 'relational-database', properties: { engine: { type: 'postgres' } } },
  named: { type: 'relational-database', properties: { engine: { type: 'postgres' } } },
  files: { type: 'efs-filesystem' },
  zonedFiles: { type: 'efs-filesystem' },
  echo: {
    type: 'function',
    properties: {
      packaging: bundle('echo'),
      environment: { ONE: 1 },
      alarms: [rate(), duration(5000), rate({}, { notificationTargets: { snsTopicName: 'topic' } })],
      events: [{ type: 'http-api-gateway', properties: { httpApiGatewayName: 'api', method: 'GET', path: '/echo' } }],
    },
  },
  packed: {
    type: 'function',
    properties: {
      packaging: { type: 'custom-artifact', properties: { packagePath: 'fixtures/artifact', handler: 'app.py:main' } },
      runtime: 'python3.13',
    },
  },
  listed: {
    type: 'function',
    properties: {
      packaging: bundle('echo'),
      environment: [{ name: 'ONE', value: 1 }],
      alarms: [
        rate({}, { notificationTargets: [{ snsTopicName: 'topic' }] }),
        rate({}, { notificationTargets: { snsTopicArn: topicArn('first') } }),
        rate({}, { notificationTargets: [{ snsTopicArn: topicArn('first') }] }),
      ],
      url: { cors: { enabled: false } },
    },
  },
  job: {
    type: 'batch-job',
    properties: {
      container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
      resources: { cpu: 1, memory: 512 },
      connectTo: ['bucket', 'bus', 'topic', 'queue', 'table', 'echo'],
    },
  },
};

/** Everything that changes where it is. */
const tuned: Resources = {
  ...before,
  bucket: {
    type: 'bucket',
    properties: {
      accessibility: { accessibilityMode: 'private' },
      encryption: true,
      versioning: true,
      forceDestroy: true,
      cors: {
        enabled: true,
        corsRules: [
          {
            allowedOrigins: ['https://*.example.com'],
            allowedHeaders: ['content-*'],
            allowedMethods: ['GET', 'PUT'],
            exposedResponseHeaders: ['etag'],
            maxAge: 600,
          },
          {},
        ],
      },
      lifecycleRules: [
        { type: 'expiration', properties: { prefix: 'tmp/', daysAfterUpload: 3 } },
        {
          type: 'expiration',
          properties: {
            prefix: 'a/',
            tags: [
              { key: 'kind', value: 'draft' },
              { key: 'by', value: '' },
            ],
            daysAfterUpload: 9,
          },
        },
        {
          type: 'class-transition',
          properties: { tags: [{ key: 'a', value: 'b' }], daysAfterUpload: 30, storageClass: 'STANDARD_IA' },
        },
        { type: 'class-transition', properties: { prefix: 'old/', daysAfterUpload: 0, storageClass: 'GLACIER' } },
        {
          type: 'non-current-version-expiration',
          properties: { prefix: 'b/', tags: [{ key: 'a', value: 'b' }], daysAfterVersioned: 40 },
        },
        {
          type: 'non-current-version-class-transition',
          properties: {
            prefix: 'c/',
            tags: [{ key: 'a', value: 'b' }],
            daysAfterVersioned: 30,
            storageClass: 'ONEZONE_IA',
          },
        },
        { type: 'abort-incomplete-multipart-upload', properties: { prefix: 'd/', daysAfterInitiation: 1 } },
      ],
    },
  },
  bus: {
    type: 'event-bus',
    properties: {
      policyStatements: [
        { Sid: 'Shop', Principal: { AWS: ['210987654321'] } },
        {
          Sid: 'Organization',
          Principal: { AWS: ['*'] },
          Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } },
        },
        {
          Sid: 'Services',
          Principal: { Service: ['s3.amazonaws.com'] },
          Condition: { StringEquals: { 'aws:SourceAccount': '210987654321' } },
        },
      ],
    },
  },
  stream: { type: 'kinesis-stream', properties: { shardCount: 2, retentionPeriodHours: 48, kmsKeyId: 'alias/own' } },
  topic: { type: 'sns-topic', properties: { kmsKeyId: 'alias/own', publishers: ['s3.amazonaws.com'] } },
  fifoTopic: { type: 'sns-topic', properties: { fifoEnabled: true, contentBasedDeduplication: true } },
  queue: {
    type: 'sqs-queue',
    properties: {
      visibilityTimeoutSeconds: 300,
      messageRetentionPeriodSeconds: 3600,
      delayMessagesSecond: 5,
      maxMessageSizeBytes: 2048,
      longPollingSeconds: 10,
      redrivePolicy: { targetSqsQueueArn: resourceParam('letters', 'arn'), maxReceiveCount: 3 },
    },
  },
  redriven: {
    type: 'sqs-queue',
    properties: { redrivePolicy: { targetSqsQueueName: 'letters', maxReceiveCount: 3 } },
  },
  recovered: { type: 'dynamo-db-table', properties: { primaryKey: key, enablePointInTimeRecovery: false } },
  indexed: indexed(
    { name: 'kept', partitionKey: owner },
    { name: 'by-day', partitionKey: { name: 'year', type: 'number' }, sortKey: owner, projections: ['note'] },
  ),
  shards: {
    type: 'kinesis-stream',
    properties: {
      capacityMode: 'PROVISIONED',
      encryption: { enabled: true, kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/own' },
    },
  },
  fifoQueue: { type: 'sqs-queue', properties: { fifoEnabled: true, contentBasedDeduplication: true } },
  table: {
    type: 'dynamo-db-table',
    properties: { primaryKey: key, streamType: 'NEW_IMAGE', pointInTimeRecovery: false, deletionProtection: false },
  },
  users: {
    type: 'user-auth-pool',
    properties: {
      userVerificationType: 'none',
      allowOnlyAdminsToCreateAccount: false,
      passwordPolicy: { minimumLength: 20 },
      deletionProtection: false,
    },
  },
  api: {
    type: 'http-api-gateway',
    properties: {
      cors: {
        enabled: true,
        allowedOrigins: ['https://example.com'],
        allowedHeaders: ['x-a'],
        allowedMethods: ['GET'],
        allowCredentials: true,
        exposedResponseHeaders: ['x-b'],
        maxAge: 60,
      },
      payloadFormat: '2.0',
      throttling: { burst: 5, rate: 5 },
      logging: { disabled: false, retentionDays: 7, format: 'JSON' },
    },
  },
  balancer: {
    type: 'application-load-balancer',
    properties: { deletionProtection: false, subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] },
  },
  manyPorts: {
    type: 'application-load-balancer',
    properties: { listeners: [{ port: 80, protocol: 'HTTPS', certificateArn }] },
  },
  certified: certified(certificateArn, otherCertificateArn),
  database: {
    type: 'relational-database',
    properties: {
      engine: {
        type: 'postgres',
        properties: {
          version: '17.4',
          port: 6000,
          primaryInstance: { instanceSize: 'db.t4g.small', multiAz: true },
          storage: { initialSize: 30, maxSize: 400 },
        },
      },
      credentials: { masterUserPassword: "$Secret('orders.password')" },
      accessibility: { accessibilityMode: 'scoping-workloads-in-vpc' },
      subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
      deletionProtection: false,
      automatedBackupRetentionDays: 3,
    },
  },
  files: {
    type: 'efs-filesystem',
    properties: {
      backupEnabled: false,
      throughputMode: 'provisioned',
      provisionedThroughputInMibps: 16,
      infrequentAccessAfterDays: 30,
      deletionProtection: false,
    },
  },
  zonedFiles: { type: 'efs-filesystem' },
  echo: {
    type: 'function',
    properties: {
      packaging: bundle('producer'),
      environment: { TWO: 2 },
      connectTo: ['queue'],
      iamRoleStatements: [
        {
          Sid: 'ReadReports',
          Effect: 'Allow',
          Action: ['s3:GetObject'],
          Resource: ['arn:aws:s3:::a/*'],
          Condition: { Bool: { 'aws:SecureTransport': 'true' } },
        },
      ],
      architecture: 'x86_64',
      runtime: 'nodejs22.x',
      timeout: 20,
      memory: 512,
      storage: 1024,
      logging: { retentionDays: 7 },
      tags: { team: 'reports' },
      alarms: [
        rate(
          { thresholdPercent: 2.5, comparisonOperator: 'GreaterThanOrEqualToThreshold' },
          {
            evaluation: { period: 300, evaluationPeriods: 3, breachedPeriods: 2 },
            notificationTargets: [{ snsTopicName: 'topic' }],
            description: 'Fails too often',
            includeInHistory: true,
          },
        ),
        duration(4000, { statistic: 'p99', comparisonOperator: 'GreaterThanOrEqualToThreshold' }),
        rate({}, { notificationTargets: { snsTopicArn: topicArn('first') } }),
      ],
      url: { enabled: true },
      events: [
        {
          type: 'http-api-gateway',
          properties: { httpApiGatewayName: 'api', method: 'GET', path: '/echo', payloadFormat: '2.0' },
        },
      ],
    },
  },
  packed: {
    type: 'function',
    properties: {
      packaging: {
        type: 'custom-artifact',
        properties: { packagePath: 'fixtures/next-artifact', handler: 'job.py:run' },
      },
      runtime: 'python3.13',
    },
  },
  listed: {
    type: 'function',
    properties: {
      packaging: bundle('echo'),
      environment: [{ name: 'TWO', value: 2 }],
      alarms: [
        rate({}, { notificationTargets: [{ snsTopicArn: topicArn('second') }] }),
        rate({}, { notificationTargets: { snsTopicArn: topicArn('second') } }),
      ],
      joinDefaultVpc: true,
      logging: { disabled: true },
      url: {
        authMode: 'AWS_IAM',
        responseStreamEnabled: true,
        cors: {
          enabled: true,
          allowedOrigins: ['https://app.example.com'],
          allowedHeaders: ['content-type'],
          allowedMethods: ['GET', 'POST'],
          allowCredentials: true,
          exposedResponseHeaders: ['etag'],
          maxAge: 600,
        },
      },
    },
  },
};

/** The same resources, protected: Terraform refuses a plan that deletes or replaces one of them. */
const guarded = Object.fromEntries(
  Object.entries(before).map(([name, resource]) => [name, { ...resource, protect: true }]),
) as Resources;

const stack = { stackName: 'companions', region: 'eu-west-1' };

export const companions: Scene = {
  before: { ...stack, resources: before },
  changes: [
    {
      name: 'properties of resources other than jobs',
      after: { ...stack, resources: tuned },
      removals: [
        {
          address: /^aws_cloudwatch_log_group\.listed_Function_LogGroup_/,
          how: 'goes',
          reason: 'the function logs no more',
        },
        {
          address: /^aws_cloudwatch_metric_alarm\.listed_Alarms_ErrorRate3_/,
          how: 'goes',
          reason: 'the function has an alarm less',
        },
        {
          address: /^aws_(lambda_permission|cloudformation_stack)\.listed_Url/,
          how: 'goes',
          reason: 'the address is no longer for everyone',
        },
      ],
    },
    { name: 'protect of everything', after: { ...stack, resources: guarded }, removals: [] },
    {
      name: 'what cannot change where it is',
      after: {
        ...stack,
        resources: {
          ...before,
          toFifoTopic: { type: 'sns-topic', properties: { fifoEnabled: true } },
          toFifoQueue: { type: 'sqs-queue', properties: { fifoEnabled: true } },
          keyed: {
            type: 'dynamo-db-table',
            properties: {
              primaryKey: { partitionKey: { name: 'key', type: 'number' }, sortKey: { name: 'at', type: 'string' } },
            },
          },
          named: {
            type: 'relational-database',
            properties: {
              engine: { type: 'mysql', properties: { dbName: 'other' } },
              credentials: { masterUserName: 'other' },
            },
          },
          callers: {
            type: 'user-auth-pool',
            properties: { allowEmailAsUserName: false, allowPhoneNumberAsUserName: true },
          },
          zonedFiles: { type: 'efs-filesystem', properties: { subnetIds: ['subnet-0123456789abcdef0'] } },
          balancer: { type: 'application-load-balancer', properties: { certificateArn } },
          manyPorts: {
            type: 'application-load-balancer',
            properties: { listeners: [{ port: 81, protocol: 'HTTP' }] },
          },
          certified: certified(otherCertificateArn),
        },
      },
      removals: [
        {
          address: /^aws_(sns_topic|sns_topic_policy|sqs_queue|sqs_queue_policy)\.toFifo/,
          how: 'makes way',
          reason: 'AWS cannot make one of the other kind of it: it is another resource with another name, and empty',
        },
        {
          address: /^aws_dynamodb_(table|resource_policy)\.keyed_/,
          how: 'makes way',
          reason:
            'DynamoDB cannot change a key, and a name is taken once; deletionProtection refuses it unless switched off',
        },
        {
          address: /^aws_db_instance\.named_/,
          how: 'makes way',
          reason: 'RDS cannot change engine, database name or owner; deletionProtection refuses it unless switched off',
        },
        {
          address: /^aws_cognito_user_pool(_client)?\.callers_/,
          how: 'makes way',
          reason: 'Cognito cannot change what users sign in with; deletionProtection refuses it unless switched off',
        },
        {
          address: /^aws_efs_mount_target\.zonedFiles_/,
          how: 'goes',
          reason: 'EFS accepts one mount target per zone, so another subnet is another mount target',
        },
        { address: /^aws_lb_listener\.manyPorts_Listener80_/, how: 'goes', reason: 'another port is another listener' },
      ],
    },
  ],
};
