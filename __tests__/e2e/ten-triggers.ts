import { resourceParam } from '../../modules/resources/resource-param';
import type { BatchJobsConfig } from '../../modules/stack-config/config';

/** A config in which one job is started by each of the event sources; everything in it can be destroyed. */
export const tenTriggers: BatchJobsConfig = {
  stackName: 'ten-triggers',
  region: 'eu-west-1',
  undeliveredEvents: { alarmTopicName: 'alarms' },
  resources: {
    earlier: {
      type: 'batch-job',
      properties: {
        container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
        resources: { cpu: 1, memory: 512 },
      },
    },
    alarms: { type: 'sns-topic' },
    api: { type: 'http-api-gateway' },
    balancer: { type: 'application-load-balancer', properties: { deletionProtection: false } },
    bucket: { type: 'bucket', properties: { forceDestroy: true } },
    bus: { type: 'event-bus' },
    deadLetters: { type: 'sqs-queue' },
    guard: {
      type: 'function',
      properties: {
        packaging: { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'fixtures/authorizer.ts' } },
      },
    },
    producer: {
      type: 'function',
      properties: {
        packaging: { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'fixtures/producer.ts' } },
      },
    },
    pool: { type: 'user-auth-pool', properties: { deletionProtection: false } },
    queue: { type: 'sqs-queue' },
    stream: { type: 'kinesis-stream', properties: { shardCount: 1 } },
    table: {
      type: 'dynamo-db-table',
      properties: {
        primaryKey: { partitionKey: { name: 'id', type: 'string' } },
        streamType: 'NEW_AND_OLD_IMAGES',
        deletionProtection: false,
      },
    },
    topic: { type: 'sns-topic' },
    job: {
      type: 'batch-job',
      properties: {
        container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
        resources: { cpu: 1, memory: 512 },
        events: [
          { type: 'http-api-gateway', properties: { httpApiGatewayName: 'api', method: 'POST', path: '/open/{id}' } },
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
              method: '*',
              path: '/guarded/{proxy+}',
              authorizer: {
                type: 'lambda',
                properties: { functionName: 'guard', identitySources: ['$request.header.x-word'] },
              },
            },
          },
          {
            type: 'application-load-balancer',
            properties: { loadBalancerName: 'balancer', priority: 1, paths: ['/start'], methods: ['POST'] },
          },
          { type: 'schedule', properties: { scheduleRate: 'rate(1 minute)' } },
          {
            type: 'event-bus',
            properties: {
              eventBusName: 'bus',
              eventPattern: { source: ['shop'] },
              onDeliveryFailure: { sqsQueueName: 'deadLetters' },
            },
          },
          { type: 'sns', properties: { snsTopicName: 'topic', onDeliveryFailure: { sqsQueueName: 'deadLetters' } } },
          { type: 'sqs', properties: { sqsQueueName: 'queue' } },
          {
            type: 'kinesis-stream',
            properties: {
              kinesisStreamName: 'stream',
              bisectBatchOnFunctionError: true,
              maximumRetryAttempts: 3,
              onFailure: { arn: resourceParam('deadLetters', 'arn'), type: 'sqs' },
            },
          },
          { type: 'dynamo-db-stream', properties: { streamArn: resourceParam('table', 'streamArn') } },
          {
            type: 's3',
            properties: {
              bucketArn: resourceParam('bucket', 'arn'),
              s3EventType: 's3:ObjectCreated:*',
              filterRule: { prefix: 'orders/', suffix: '.json' },
            },
          },
          { type: 'cloudwatch-log', properties: { logGroupArn: "$ResourceParam('producer', 'logGroupArn')" } },
          { type: 'batch-job', properties: { jobName: 'earlier', on: ['succeeded', 'failed'] } },
        ],
      },
    },
  },
};
