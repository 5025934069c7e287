import { resourceParam } from '../../modules/resources/resource-param';
import type { BatchJobsConfig } from '../../modules/stack-config/config';

const ACCOUNT = '123456789012';
const busybox = { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } } as const;
const smallest = { cpu: 1, memory: 512 };
const entry = { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'examples/authorize.ts' } } as const;

/** A job that connects to one resource of each type. */
const connections: BatchJobsConfig = {
  stackName: 'connections',
  region: 'eu-west-1',
  resources: {
    anotherJob: {
      type: 'batch-job',
      properties: {
        container: busybox,
        resources: smallest,
        useSpotInstances: true,
        retryConfig: { spotInterruption: { thenOnDemand: true } },
      },
    },
    bucket: { type: 'bucket' },
    bus: { type: 'event-bus' },
    files: { type: 'efs-filesystem' },
    thirdJob: { type: 'batch-job', properties: { container: busybox, resources: smallest } },
    database: { type: 'relational-database', properties: { engine: { type: 'postgres' } } },
    existing: {
      type: 'existing',
      properties: {
        secrets: { apiKey: "$Secret('search.key')" },
        iamRoleStatements: [
          { Action: ['es:ESHttpGet'], Resource: [`arn:aws:es:eu-west-1:${ACCOUNT}:domain/search/*`] },
        ],
      },
    },
    lambda: { type: 'function', properties: { packaging: entry, connectTo: ['bucket'] } },
    machine: {
      type: 'state-machine',
      existing: { arn: `arn:aws:states:eu-west-1:${ACCOUNT}:stateMachine:other` },
    },
    pool: { type: 'user-auth-pool' },
    queue: { type: 'sqs-queue' },
    stream: { type: 'kinesis-stream', properties: { shardCount: 1 } },
    table: {
      type: 'dynamo-db-table',
      properties: { primaryKey: { partitionKey: { name: 'id', type: 'string' } }, streamType: 'NEW_AND_OLD_IMAGES' },
    },
    topic: { type: 'sns-topic' },
    job: {
      type: 'batch-job',
      properties: {
        container: busybox,
        resources: smallest,
        volumes: [
          { type: 'efs', properties: { efsFilesystemName: 'files', mountPath: '/files' } },
          {
            type: 'efs',
            properties: { efsFilesystemName: 'files', mountPath: '/root-files', rootDirectory: '/', uid: 0 },
          },
        ],
        connectTo: [
          'anotherJob',
          'aws:ses',
          'bucket',
          'bus',
          'database',
          'existing',
          'lambda',
          'machine',
          'pool',
          'queue',
          'stream',
          'table',
          'thirdJob',
          'topic',
        ],
      },
    },
  },
};

/** The companions of the first config to which connections can be narrowed, and a job for each kind of access. */
function narrowed(access: 'read' | 'write'): BatchJobsConfig['resources'][string] {
  const names = ['bucket', 'job', 'machine', 'pool', 'queue', 'stream', 'table', 'topic'];
  const connectTo = [...names.map((name) => ({ name, access })), { name: 'folder', access, prefix: `${access}/` }];
  return { type: 'batch-job', properties: { container: busybox, resources: smallest, connectTo } };
}

const { bucket, machine, pool, queue, stream, table, topic } = connections.resources;

/** Jobs that connect to resources to read, to write, and to a part of a bucket, with the stack's own key. */
const narrowings: BatchJobsConfig = {
  stackName: 'narrowed',
  region: 'eu-west-1',
  encryption: { kmsKeyArn: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab` },
  resources: {
    ...({ bucket, machine, pool, queue, stream, table, topic } as BatchJobsConfig['resources']),
    folder: { type: 'bucket' },
    job: { type: 'batch-job', properties: { container: busybox, resources: smallest } },
    reader: narrowed('read'),
    writer: narrowed('write'),
    user: {
      type: 'batch-job',
      properties: { container: busybox, resources: smallest, connectTo: [{ name: 'folder', prefix: 'user/' }] },
    },
  },
};

/** Everything else that has a policy: each event source, each type of image, secrets, log forwarding, the alarm. */
const machinery: BatchJobsConfig = {
  stackName: 'machinery',
  region: 'eu-west-1',
  undeliveredEvents: { alarmTopicName: 'alarms' },
  alarms: { failedRuns: { notify: { snsTopicName: 'alarms' } } },
  notifications: {
    onFailure: [{ snsTopicName: 'alarms' }, { eventBusName: 'bus' }],
    onStuck: { snsTopicName: 'alarms' },
  },
  resources: {
    alarms: { type: 'sns-topic' },
    api: { type: 'http-api-gateway' },
    balancer: { type: 'application-load-balancer' },
    bucket: { type: 'bucket' },
    bus: { type: 'event-bus' },
    deadLetters: { type: 'sqs-queue' },
    openBus: {
      type: 'event-bus',
      properties: {
        policyStatements: [
          {
            Sid: 'Organization',
            Principal: { AWS: ['*'] },
            Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } },
          },
        ],
      },
    },
    failures: { type: 'sns-topic' },
    guard: { type: 'function', properties: { packaging: entry } },
    pool: { type: 'user-auth-pool' },
    queue: {
      type: 'sqs-queue',
      properties: { redrivePolicy: { targetSqsQueueArn: resourceParam('deadLetters', 'arn'), maxReceiveCount: 3 } },
    },
    stream: { type: 'kinesis-stream', properties: { shardCount: 1 } },
    table: {
      type: 'dynamo-db-table',
      properties: { primaryKey: { partitionKey: { name: 'id', type: 'string' } }, streamType: 'NEW_AND_OLD_IMAGES' },
    },
    topic: { type: 'sns-topic', properties: { publishers: ['s3.amazonaws.com'] } },
    secrets: {
      type: 'batch-job',
      properties: {
        container: {
          packaging: {
            type: 'prebuilt-image',
            properties: {
              image: 'registry.example.com/private:1',
              repositoryCredentialsSecretArn: `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:registry-AbCdEf`,
            },
          },
          environment: { KEY: "$Secret('api.key')", PARTNER: "$Parameter('/partner/key')" },
        },
        resources: smallest,
        logging: {
          logForwarding: { type: 'datadog', errorLog: true, properties: { apiKey: "$Secret('datadog.api_key')" } },
        },
      },
    },
    ownRegistry: {
      type: 'batch-job',
      properties: {
        container: {
          packaging: {
            type: 'prebuilt-image',
            properties: { image: `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/private:1` },
          },
        },
        limits: { concurrentRuns: 1 },
        resources: smallest,
      },
    },
    ofItems: {
      type: 'batch-job',
      properties: {
        container: busybox,
        resources: smallest,
        forEach: { count: 2 },
      },
    },
    privateBuilder: {
      type: 'batch-job',
      properties: {
        container: {
          packaging: {
            type: 'external-buildpack',
            properties: {
              sourceDirectoryPath: 'examples/image-pipeline',
              builder: `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/builder:1`,
              registryCredentials: [
                {
                  registry: 'ghcr.io',
                  secretArn: `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:ghcr-AbCdEf`,
                },
              ],
            },
          },
        },
        resources: smallest,
      },
    },
    job: {
      type: 'batch-job',
      properties: {
        container: {
          packaging: {
            type: 'stacktape-image-buildpack',
            properties: {
              entryfilePath: 'examples/nightly-report/report.ts',
              buildSecrets: { NPM_TOKEN: "$Secret('npm.token')", INDEX: "$Parameter('/npm/index')" },
            },
          },
        },
        resources: smallest,
        useSpotInstances: true,
        iamRoleStatements: [{ Action: ['s3:ListAllMyBuckets'], Resource: ['*'] }],
        events: [
          {
            type: 'http-api-gateway',
            properties: {
              httpApiGatewayName: 'api',
              method: 'GET',
              path: '/users',
              authorizer: { type: 'cognito', properties: { userPoolName: 'pool' } },
            },
          },
          {
            type: 'http-api-gateway',
            properties: {
              httpApiGatewayName: 'api',
              method: 'POST',
              path: '/guarded',
              authorizer: { type: 'lambda', properties: { functionName: 'guard' } },
            },
          },
          {
            type: 'application-load-balancer',
            properties: { loadBalancerName: 'balancer', priority: 1, paths: ['/start'], methods: ['POST'] },
          },
          { type: 'schedule', properties: { scheduleRate: 'rate(1 hour)' } },
          { type: 'schedule', properties: { scheduleRate: 'cron(0 9 * * ? *)', timezone: 'Europe/Berlin' } },
          {
            type: 'event-bus',
            properties: {
              eventBusName: 'bus',
              eventPattern: { source: ['shop'] },
              onDeliveryFailure: { sqsQueueName: 'deadLetters' },
            },
          },
          { type: 'sns', properties: { snsTopicName: 'topic', onDeliveryFailure: { sqsQueueName: 'deadLetters' } } },
          { type: 'sns', properties: { snsTopicArn: `arn:aws:sns:eu-west-1:${ACCOUNT}:elsewhere` } },
          { type: 'sqs', properties: { sqsQueueName: 'queue' } },
          {
            type: 'kinesis-stream',
            properties: {
              kinesisStreamName: 'stream',
              autoCreateConsumer: true,
              onFailure: { arn: resourceParam('failures', 'arn'), type: 'sns' },
            },
          },
          {
            type: 'dynamo-db-stream',
            properties: {
              streamArn: resourceParam('table', 'streamArn'),
              onFailure: { arn: resourceParam('deadLetters', 'arn'), type: 'sqs' },
            },
          },
          { type: 's3', properties: { bucketArn: resourceParam('bucket', 'arn'), s3EventType: 's3:ObjectCreated:*' } },
          { type: 'cloudwatch-log', properties: { logGroupArn: "$ResourceParam('guard', 'logGroupArn')" } },
        ],
      },
    },
  },
};

/** Stacks that together contain every policy. Paths are relative to the project's folder. */
export const CONFIGS: readonly BatchJobsConfig[] = [connections, machinery, narrowings];
