import { resourceParam } from '../../../../modules/resources/resource-param';
import type { BatchJobsConfig } from '../../../../modules/stack-config/config';

const ACCOUNT = '123456789012';
const image = { type: 'prebuilt-image', properties: { image: 'public.ecr.aws/docker/library/busybox:1.37' } } as const;
const entry = { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'examples/authorize.ts' } } as const;

/** Every type of source and of companion, new and existing, in two zones, with a GPU and with ARM. */
export const EVERYTHING: BatchJobsConfig = {
  stackName: 'everything',
  region: 'eu-west-1',
  tags: { team: 'data' },
  vpc: { privateSubnets: true },
  undeliveredEvents: { alarmTopicName: 'topic' },
  notifications: { onFailure: { snsTopicName: 'topic' }, onStuck: { snsTopicName: 'topic' } },
  alarms: { failedRuns: { notify: { snsTopicName: 'topic' } } },
  dashboard: true,
  cloudformationResources: { clicks: { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } } },
  resources: {
    api: { type: 'http-api-gateway' },
    balancer: { type: 'application-load-balancer' },
    archive: { type: 'bucket' },
    bus: { type: 'event-bus' },
    deadLetters: { type: 'sqs-queue' },
    guard: { type: 'function', properties: { packaging: entry, connectTo: ['archive'] } },
    pool: { type: 'user-auth-pool' },
    inbox: { type: 'sqs-queue', properties: { fifoEnabled: true } },
    stream: { type: 'kinesis-stream' },
    orders: {
      type: 'dynamo-db-table',
      properties: { primaryKey: { partitionKey: { name: 'id', type: 'string' } }, streamType: 'NEW_IMAGE' },
    },
    topic: { type: 'sns-topic', properties: { publishers: ['s3.amazonaws.com'] } },
    database: {
      type: 'relational-database',
      properties: {
        engine: { type: 'postgres', properties: { primaryInstance: { instanceSize: 'db.r7g.large', multiAz: true } } },
      },
    },
    warehouse: {
      type: 'relational-database',
      existing: { engine: 'mysql', host: 'warehouse.example.com', password: "$Secret('warehouse.password')" },
    },
    cache: {
      type: 'redis-cluster',
      properties: { defaultUserPassword: "$Secret('cache.password')", numReplicaNodes: 1 },
    },
    old: { type: 'bucket', existing: { arn: 'arn:aws:s3:::old-reports' } },
    machine: { type: 'state-machine', existing: { arn: `arn:aws:states:eu-west-1:${ACCOUNT}:stateMachine:other` } },
    search: {
      type: 'existing',
      properties: {
        iamRoleStatements: [
          { Action: ['es:ESHttpGet'], Resource: [`arn:aws:es:eu-west-1:${ACCOUNT}:domain/search/*`] },
        ],
      },
    },
    unused: { type: 'event-bus' },
    models: { type: 'efs-filesystem' },
    train: {
      type: 'batch-job',
      properties: {
        container: { packaging: image },
        resources: { cpu: 4, memory: 15_000, gpu: 1, useInstanceStore: true },
        volumes: [
          { type: 'efs', properties: { efsFilesystemName: 'models', mountPath: '/models', readOnly: true } },
          { type: 'tmpfs', properties: { mountPath: '/tmp', sizeMb: 512 } },
        ],
        retryConfig: { attempts: 2 },
        timeout: 21_600,
      },
      overrides: { JobDefinition: { timeout: { attempt_duration_seconds: 90 } } },
    },
    report: {
      type: 'batch-job',
      properties: {
        container: {
          packaging: image,
          environment: { KEY: "$Secret('api.key')", ECHO: 'a ${HOME} <b>"quoted"</b>' },
        },
        resources: { cpu: 2, memory: 1800, architecture: 'arm64' },
        timeout: 1200,
        useSpotInstances: true,
        retryConfig: { attempts: 3, spotInterruption: { freeRestarts: 1, thenOnDemand: true } },
        logging: { logForwarding: { type: 'datadog', properties: { apiKey: "$Secret('datadog.api_key')" } } },
        connectTo: [
          'archive',
          'aws:ses',
          'bus',
          'cache',
          'database',
          'guard',
          'inbox',
          'machine',
          'old',
          'orders',
          'pool',
          'search',
          'stream',
          'topic',
          'train',
          'warehouse',
        ],
        iamRoleStatements: [
          {
            Action: ['sns:Publish', 'foo:Bar'],
            Resource: [`arn:aws:sns:eu-west-1:${ACCOUNT}:others`],
            Condition: {
              Bool: { 'aws:SecureTransport': 'true' },
              NumericLessThanEqualsIfExists: { 's3:max-keys': '10' },
              'ForAnyValue:StringNotLike': { 'aws:TagKeys': ['a*', 'b*'] },
              Null: { 'aws:TokenIssueTime': 'true' },
            },
          },
          { Effect: 'Deny', Action: ['s3:*'], Resource: ['arn:aws:s3:::secret/*'] },
        ],
        events: [
          { type: 'schedule', properties: { scheduleRate: 'cron(0 14 * * ? *)' } },
          {
            type: 'http-api-gateway',
            properties: {
              httpApiGatewayName: 'api',
              method: 'POST',
              path: '/reports',
              authorizer: { type: 'cognito', properties: { userPoolName: 'pool' } },
            },
          },
          {
            type: 'http-api-gateway',
            properties: {
              httpApiGatewayName: 'api',
              method: 'GET',
              path: '/guarded',
              authorizer: { type: 'lambda', properties: { functionName: 'guard' } },
            },
          },
          { type: 'http-api-gateway', properties: { httpApiGatewayName: 'api', method: '*', path: '/{proxy+}' } },
          {
            type: 'application-load-balancer',
            properties: { loadBalancerName: 'balancer', priority: 1, paths: ['/start'], methods: ['POST'] },
          },
          { type: 'event-bus', properties: { eventBusName: 'bus', eventPattern: { source: ['shop'] } } },
          { type: 'event-bus', properties: { useDefaultBus: true, eventPattern: { account: [ACCOUNT] } } },
          {
            type: 'sns',
            properties: {
              snsTopicName: 'topic',
              filterPolicy: { order: ['new'] },
              onDeliveryFailure: { sqsQueueName: 'deadLetters' },
            },
          },
          { type: 'sns', properties: { snsTopicArn: `arn:aws:sns:eu-west-1:${ACCOUNT}:elsewhere` } },
          { type: 'sqs', properties: { sqsQueueName: 'inbox' } },
          { type: 'kinesis-stream', properties: { kinesisStreamName: 'stream', autoCreateConsumer: true } },
          { type: 'kinesis-stream', properties: { streamArn: "$CfResourceParam('clicks', 'Arn')" } },
          { type: 'dynamo-db-stream', properties: { streamArn: resourceParam('orders', 'streamArn') } },
          {
            type: 's3',
            properties: {
              bucketArn: resourceParam('archive', 'arn'),
              s3EventType: 's3:ObjectCreated:*',
              filterRule: { prefix: 'incoming/', suffix: '.csv' },
            },
          },
          {
            type: 's3',
            properties: {
              bucketArn: 'arn:aws:s3:::elsewhere',
              s3EventType: 's3:ObjectRemoved:*',
              useEventBridge: true,
            },
          },
          {
            type: 'cloudwatch-log',
            properties: { logGroupArn: "$ResourceParam('guard', 'logGroupArn')", filter: 'ERROR' },
          },
        ],
      },
    },
  },
};
