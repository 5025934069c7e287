import type { BatchJobsConfig } from '../modules/stack-config/config';
import { job as jobProperties } from './synthesis';

type Parts = Partial<BatchJobsConfig> & Pick<BatchJobsConfig, 'resources'>;

const param = (resource: string, name: string) => `$ResourceParam('${resource}', '${name}')`;

function job(properties: Parameters<typeof jobProperties>[0] = {}) {
  return { type: 'batch-job', properties: jobProperties(properties) } as const;
}

function queue(target?: string): BatchJobsConfig['resources'][string] {
  if (target === undefined) return { type: 'sqs-queue' };
  const redrivePolicy = { targetSqsQueueArn: param(target, 'arn'), maxReceiveCount: 3 };
  return { type: 'sqs-queue', properties: { redrivePolicy } };
}

function withVariable(value: string, more: Parameters<typeof job>[0] = {}) {
  const packaging = { type: 'prebuilt-image', properties: { image: 'busybox' } } as const;
  return job({ container: { packaging, environment: { OTHER: value } }, ...more });
}

/** A function's code, as seen from the folder of the end-to-end tests. */
function lambda(value: string, connectTo: string[] = []): BatchJobsConfig['resources'][string] {
  const packaging = { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'fixtures/echo.ts' } } as const;
  return { type: 'function', properties: { packaging, environment: { OTHER: value }, connectTo } };
}

const table = { Type: 'AWS::DynamoDB::Table', Properties: { BillingMode: 'PAY_PER_REQUEST' } };
const tagged = (value: string) => ({ ...table, Properties: { Tags: [{ Key: 'other', Value: value }] } });

/** Configs whose references form a ring in Terraform, each with the steps of the rings as in the report. */
export const CYCLES: { readonly [name: string]: readonly [config: Parts, found: readonly string[]] } = {
  'dead-letter queues of each other': [
    { resources: { a: queue('b'), b: queue('a') } },
    [
      'resources.a.properties.redrivePolicy.targetSqsQueueArn refers to b, resources.b.properties.redrivePolicy.targetSqsQueueArn refers to a',
    ],
  ],
  'three of them, and a fourth that leads to the ring': [
    { resources: { start: queue('b'), b: queue('c'), c: queue('d'), d: queue('b') } },
    [
      'resources.b.properties.redrivePolicy.targetSqsQueueArn refers to c, resources.c.properties.redrivePolicy.targetSqsQueueArn refers to d, resources.d.properties.redrivePolicy.targetSqsQueueArn refers to b',
    ],
  ],
  'jobs that name each other in their environment': [
    {
      resources: {
        a: withVariable(param('b', 'stateMachineArn')),
        b: withVariable(param('a', 'jobDefinitionArn')),
      },
    },
    [
      'resources.a.properties.container.environment.OTHER refers to b, resources.b.properties.container.environment.OTHER refers to a',
    ],
  ],
  'a job that names itself': [
    { resources: { a: withVariable(param('a', 'stateMachineArn')) } },
    ['resources.a.properties.container.environment.OTHER refers to a'],
  ],
  'a job and a function': [
    { resources: { a: withVariable(param('f', 'arn')), f: lambda(param('a', 'stateMachineArn')) } },
    [
      'resources.a.properties.container.environment.OTHER refers to f, resources.f.properties.environment.OTHER refers to a',
    ],
  ],
  overrides: [
    {
      resources: {
        b: { ...withVariable('x'), overrides: { JobDefinition: { name: param('b', 'stateMachineArn') } } } as never,
      },
    },
    ['resources.b.overrides.JobDefinition.name refers to b'],
  ],
  'a job and CloudFormation': [
    {
      resources: { a: withVariable("$CfResourceParam('orders', 'Arn')") },
      cloudformationResources: { orders: tagged(param('a', 'stateMachineArn')) },
    },
    [
      'resources.a.properties.container.environment.OTHER refers to cloudformationResources, cloudformationResources.orders.Properties.Tags[0].Value refers to a',
    ],
  ],
  'two resources of CloudFormation, which Terraform sees as one': [
    {
      resources: { a: { type: 'sns-topic', properties: { kmsKeyId: "$CfResourceParam('key', 'Arn')" } } },
      cloudformationResources: { key: table, orders: tagged(param('a', 'arn')) },
    },
    [
      'resources.a.properties.kmsKeyId refers to cloudformationResources, cloudformationResources.orders.Properties.Tags[0].Value refers to a',
    ],
  ],
  'the network, and a resource in it': [
    {
      resources: {
        a: job(),
        cache: { type: 'redis-cluster', properties: { defaultUserPassword: "$Secret('redis')" } },
      },
      vpc: { vpcId: 'vpc-1', subnetIds: ['subnet-1', param('cache', 'host')] },
    },
    ['vpc.subnetIds[1] refers to cache, resources.cache refers to vpc'],
  ],
};

/** Configs whose resources name each other, and whose references form no ring in Terraform. */
export const NO_CYCLES: { readonly [name: string]: Parts } = {
  'jobs that ask for log groups': {
    resources: { a: withVariable(param('b', 'logGroupArn')), b: withVariable(param('a', 'logGroupArn')) },
  },
  'a job that asks for its own log group': { resources: { a: withVariable(param('a', 'logGroupArn')) } },
  'jobs that connect to each other, and to themselves': {
    resources: { a: job({ connectTo: ['b', 'a'] }), b: job({ connectTo: ['a'] }) },
  },
  'a function and a job that connect to each other': {
    resources: { a: job({ connectTo: ['f'] }), f: lambda('x', ['a']) },
  },
  'a job that sends to the queue that starts it': {
    resources: {
      inbox: queue(),
      a: withVariable(param('inbox', 'url'), {
        connectTo: ['inbox'],
        events: [{ type: 'sqs', properties: { sqsQueueName: 'inbox' } }],
      }),
    },
  },
  'a job that knows the address by which it is called': {
    resources: {
      api: { type: 'http-api-gateway' },
      a: withVariable(param('api', 'url'), {
        events: [{ type: 'http-api-gateway', properties: { httpApiGatewayName: 'api', method: 'GET', path: '/a' } }],
      }),
    },
  },
  'a bucket that starts a job that writes to it': {
    resources: {
      files: { type: 'bucket' },
      a: job({
        connectTo: ['files'],
        events: [{ type: 's3', properties: { bucketArn: param('files', 'arn'), s3EventType: 's3:ObjectCreated:*' } }],
      }),
    },
  },
  'an alarm by a topic that starts a job': {
    undeliveredEvents: { alarmTopicName: 'alarms' },
    resources: {
      alarms: { type: 'sns-topic' },
      a: job({ events: [{ type: 'sns', properties: { snsTopicName: 'alarms' } }] }),
    },
  },
  'resources of CloudFormation, both ways but without a ring': {
    resources: { a: withVariable("$CfResourceParam('orders', 'Arn')"), inbox: queue() },
    cloudformationResources: { orders: tagged(param('inbox', 'arn')) },
  },
};
