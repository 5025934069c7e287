import { resourceParam } from '../../../modules/resources/resource-param';
import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import type { Removal, Scene } from './scene';

type Resources = BatchJobsConfig['resources'];
type JobProperties = Extract<Resources[string], { type: 'batch-job' }>['properties'];

const bundle = (name: string) =>
  ({ type: 'stacktape-lambda-buildpack', properties: { entryfilePath: `fixtures/${name}.ts` } }) as const;

const started = (events: JobProperties['events']): Resources[string] => ({
  type: 'batch-job',
  properties: {
    container: {
      packaging: {
        type: 'prebuilt-image',
        properties: { image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/job:1' },
      },
    },
    resources: { cpu: 1, memory: 512 },
    events,
  },
});

const BUS = 'arn:aws:events:eu-west-1:123456789012:event-bus/elsewhere';
const MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:elsewhere';
const arn = (name: string) => resourceParam(name, 'arn');
const onFailure = (type: 'sqs' | 'sns') =>
  ({ arn: type === 'sqs' ? arn('deadLetters') : 'arn:aws:sns:eu-west-1:123456789012:failures', type }) as const;

const filtered = (pattern: { [key: string]: string[] | { kind: string[] } }) => ({
  filterCriteria: { filters: [{ pattern }] },
});

/** What stays as it is in both configs. */
const steady: Resources = {
  api: { type: 'http-api-gateway' },
  otherApi: { type: 'http-api-gateway' },
  ports: { type: 'application-load-balancer', properties: { listeners: [{ port: 80, protocol: 'HTTP' }] } },
  balancer: { type: 'application-load-balancer', properties: { deletionProtection: false } },
  bucket: { type: 'bucket', properties: { forceDestroy: true } },
  bus: { type: 'event-bus' },
  deadLetters: { type: 'sqs-queue' },
  otherLetters: { type: 'sqs-queue' },
  guard: { type: 'function', properties: { packaging: bundle('authorizer') } },
  otherGuard: { type: 'function', properties: { packaging: bundle('authorizer') } },
  producer: { type: 'function', properties: { packaging: bundle('producer') } },
  pool: { type: 'user-auth-pool', properties: { deletionProtection: false } },
  otherPool: { type: 'user-auth-pool', properties: { deletionProtection: false } },
  inbox: { type: 'sqs-queue' },
  stream: { type: 'kinesis-stream' },
  orders: {
    type: 'dynamo-db-table',
    properties: {
      primaryKey: { partitionKey: { name: 'id', type: 'string' } },
      streamType: 'NEW_AND_OLD_IMAGES',
      deletionProtection: false,
    },
  },
  news: { type: 'sns-topic' },
  earlier: started([]),
};

const transformer = { inputPathsMap: { at: '$.time' }, inputTemplate: '{"at": <at>}' };
const otherTransformer = { inputPathsMap: { on: '$.time' }, inputTemplate: '{"on": <on>}' };

/** Events all of whose properties say what they listen to, or what is made of it. */
const untuned: JobProperties['events'] = [
  { type: 'schedule', properties: { scheduleRate: 'rate(1 hour)', input: 1 } },
  { type: 'schedule', properties: { scheduleRate: 'rate(1 hour)', inputPath: '$.time' } },
  { type: 'schedule', properties: { scheduleRate: 'rate(1 hour)', inputTransformer: transformer } },
  { type: 'event-bus', properties: { useDefaultBus: true, eventPattern: { source: ['a'] }, input: 1 } },
  { type: 'event-bus', properties: { useDefaultBus: true, eventPattern: { source: ['b'] }, inputPath: '$.detail' } },
  {
    type: 'event-bus',
    properties: { useDefaultBus: true, eventPattern: { source: ['c'] }, inputTransformer: transformer },
  },
  {
    type: 's3',
    properties: { bucketArn: arn('bucket'), s3EventType: 's3:ObjectCreated:*', filterRule: { prefix: 'a/' } },
  },
  { type: 'cloudwatch-log', properties: { logGroupArn: "$ResourceParam('producer', 'logGroupArn')" } },
  { type: 'batch-job', properties: { jobName: 'earlier', input: 1 } },
  { type: 'batch-job', properties: { jobName: 'earlier', inputPath: '$.time' } },
  { type: 'batch-job', properties: { jobName: 'earlier', inputTransformer: transformer } },
];

/** A route for callers with a token. */
const byToken = (properties: { issuer: string; audience: string[] } & { [property: string]: string | string[] }) =>
  ({
    type: 'http-api-gateway',
    properties: {
      httpApiGatewayName: 'otherApi',
      method: 'GET',
      path: '/tokens',
      authorizer: { type: 'jwt', properties },
    },
  }) as const;

const rated = (scheduleRate: string, more: object = {}) =>
  ({ type: 'schedule', properties: { scheduleRate, ...more } }) as const;
/** A schedule of EventBridge Scheduler, one of a rule that becomes one, and one that becomes one of a rule. */
const schedules = [
  rated('cron(0 9 * * ? *)', { timezone: 'Europe/Berlin', input: { full: true } }),
  rated('cron(0 10 * * ? *)'),
  rated('cron(0 11 * * ? *)', { flexibleMinutes: 5 }),
];
const otherSchedules = [
  rated('cron(0 9 * * ? *)', {
    timezone: 'Europe/Berlin',
    startDate: '2098-01-01T00:00:00Z',
    endDate: '2099-01-01T00:00:00Z',
    flexibleMinutes: 15,
    input: { full: true },
  }),
  rated('cron(0 10 * * ? *)', { flexibleMinutes: 5 }),
  rated('cron(0 11 * * ? *)'),
];
/** In another zone, with other inputs and without Scheduler. */
const movedSchedules = [
  rated('cron(0 9 * * ? *)', { timezone: 'America/New_York', input: { full: true } }),
  rated('cron(0 10 * * ? *)'),
  rated('at(2099-01-01T00:00:00)'),
];

/** Properties of events that change without another event being meant. */
const tuned: BatchJobsConfig = {
  stackName: 'sources',
  region: 'eu-west-1',
  resources: {
    ...steady,
    job: started([
      { type: 'http-api-gateway', properties: { httpApiGatewayName: 'api', method: 'POST', path: '/plain' } },
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
          method: 'PUT',
          path: '/guarded',
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
      {
        type: 'event-bus',
        properties: {
          eventBusName: 'bus',
          eventPattern: { source: ['shop'] },
          onDeliveryFailure: { sqsQueueName: 'deadLetters' },
        },
      },
      {
        type: 'event-bus',
        properties: {
          useDefaultBus: true,
          eventPattern: { source: ['cart'] },
          onDeliveryFailure: { sqsQueueArn: 'arn:aws:sqs:eu-west-1:123456789012:a' },
        },
      },
      { type: 'sns', properties: { snsTopicName: 'news', onDeliveryFailure: { sqsQueueName: 'deadLetters' } } },
      { type: 'sqs', properties: { sqsQueueName: 'inbox' } },
      {
        type: 'kinesis-stream',
        properties: { kinesisStreamName: 'stream', maximumRetryAttempts: 3, onFailure: onFailure('sqs') },
      },
      {
        type: 'dynamo-db-stream',
        properties: { streamArn: resourceParam('orders', 'streamArn'), onFailure: onFailure('sqs') },
      },
      ...untuned,
      ...schedules,
      { type: 'batch-job', properties: { jobName: 'earlier' } },
      byToken({ issuer: 'https://example.com/', audience: ['a'] }),
    ]),
  },
};

const retuned: BatchJobsConfig = {
  ...tuned,
  resources: {
    ...steady,
    job: started([
      {
        type: 'http-api-gateway',
        properties: { httpApiGatewayName: 'api', method: 'POST', path: '/plain', payloadFormat: '2.0' },
      },
      {
        type: 'http-api-gateway',
        properties: {
          httpApiGatewayName: 'api',
          method: 'GET',
          path: '/users',
          payloadFormat: '2.0',
          authorizer: {
            type: 'cognito',
            properties: { userPoolName: 'otherPool', identitySources: ['$request.header.X-Token'] },
          },
        },
      },
      {
        type: 'http-api-gateway',
        properties: {
          httpApiGatewayName: 'api',
          method: 'PUT',
          path: '/guarded',
          payloadFormat: '2.0',
          authorizer: {
            type: 'lambda',
            properties: {
              functionName: 'otherGuard',
              identitySources: ['$request.header.x-key'],
              iamResponse: true,
              cacheResultSeconds: 60,
            },
          },
        },
      },
      {
        type: 'application-load-balancer',
        properties: {
          loadBalancerName: 'balancer',
          priority: 1,
          paths: ['/begin'],
          methods: ['PUT'],
          hosts: ['*.example.com'],
          headers: [{ headerName: 'x-word', values: ['sesame'] }],
          queryParams: [{ paramName: 'start', values: ['yes'] }],
          multiValueHeaders: true,
        },
      },
      {
        type: 'event-bus',
        properties: {
          eventBusName: 'bus',
          eventPattern: { source: ['shop'] },
          onDeliveryFailure: { sqsQueueName: 'otherLetters' },
        },
      },
      {
        type: 'event-bus',
        properties: {
          useDefaultBus: true,
          eventPattern: { source: ['cart'] },
          onDeliveryFailure: { sqsQueueArn: 'arn:aws:sqs:eu-west-1:123456789012:b' },
        },
      },
      {
        type: 'sns',
        properties: {
          snsTopicName: 'news',
          filterPolicy: { kind: ['order'] },
          filterPolicyScope: 'MessageBody',
          onDeliveryFailure: { sqsQueueArn: 'arn:aws:sqs:eu-west-1:123456789012:c' },
        },
      },
      {
        type: 'sqs',
        properties: {
          sqsQueueName: 'inbox',
          batchSize: 5,
          maxBatchWindowSeconds: 3,
          maximumConcurrency: 4,
          ...filtered({ body: { kind: ['order'] } }),
        },
      },
      {
        type: 'kinesis-stream',
        properties: {
          kinesisStreamName: 'stream',
          batchSize: 50,
          maxBatchWindowSeconds: 3,
          maximumRetryAttempts: 9,
          parallelizationFactor: 2,
          bisectBatchOnFunctionError: true,
          ...filtered({ data: { kind: ['click'] } }),
          onFailure: onFailure('sns'),
        },
      },
      {
        type: 'dynamo-db-stream',
        properties: {
          streamArn: resourceParam('orders', 'streamArn'),
          batchSize: 50,
          maxBatchWindowSeconds: 3,
          maximumRetryAttempts: 9,
          parallelizationFactor: 2,
          bisectBatchOnFunctionError: true,
          ...filtered({ eventName: ['INSERT'] }),
          onFailure: onFailure('sns'),
        },
      },
      ...untuned,
      ...otherSchedules,
      { type: 'batch-job', properties: { jobName: 'earlier', on: ['failed', 'stopped'] } },
      byToken({
        issuer: 'https://example.com/other',
        audience: ['b'],
        authorizationScopes: ['start'],
        identitySources: ['$request.header.X-Token'],
      }),
    ]),
  },
};

/** Each event listens to something else. */
const moved: BatchJobsConfig = {
  ...tuned,
  resources: {
    ...steady,
    job: started([
      { type: 'http-api-gateway', properties: { httpApiGatewayName: 'otherApi', method: 'PATCH', path: '/other' } },
      { type: 'http-api-gateway', properties: { httpApiGatewayName: 'api', method: 'GET', path: '/people' } },
      { type: 'http-api-gateway', properties: { httpApiGatewayName: 'api', method: 'PUT', path: '/open' } },
      {
        type: 'application-load-balancer',
        properties: { loadBalancerName: 'ports', listenerPort: 80, priority: 2, sourceIps: ['10.0.0.0/8'] },
      },
      { type: 'event-bus', properties: { eventBusArn: BUS, eventPattern: { source: ['shop'] } } },
      {
        type: 'event-bus',
        properties: {
          eventBusName: 'bus',
          eventPattern: {
            version: ['0'],
            id: ['x'],
            'detail-type': ['cart'],
            source: ['cart'],
            account: ['123456789012'],
            time: ['x'],
            region: ['eu-west-1'],
            resources: ['x'],
            detail: { a: ['b'] },
            'replay-name': ['x'],
            $or: [{ detail: { c: ['d'] } }, { detail: { e: ['f'] } }],
          },
        },
      },
      { type: 'sns', properties: { snsTopicArn: 'arn:aws:sns:eu-west-1:123456789012:elsewhere' } },
      { type: 'sqs', properties: { sqsQueueArn: 'arn:aws:sqs:eu-west-1:123456789012:elsewhere' } },
      {
        type: 'kinesis-stream',
        properties: {
          streamArn: 'arn:aws:kinesis:eu-west-1:123456789012:stream/elsewhere',
          autoCreateConsumer: true,
          startingPosition: 'AT_TIMESTAMP',
          startingPositionTimestamp: '2026-03-01T00:00:00Z',
        },
      },
      {
        type: 'dynamo-db-stream',
        properties: {
          streamArn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/elsewhere/stream/2026-01-01T00:00:00.000',
          startingPosition: 'LATEST',
        },
      },
      { type: 'schedule', properties: { scheduleRate: 'rate(2 hours)', input: 2 } },
      { type: 'schedule', properties: { scheduleRate: 'rate(1 hour)', inputPath: '$.detail' } },
      { type: 'schedule', properties: { scheduleRate: 'rate(1 hour)', inputTransformer: otherTransformer } },
      { type: 'event-bus', properties: { useDefaultBus: true, eventPattern: { source: ['a'] }, input: 2 } },
      { type: 'event-bus', properties: { useDefaultBus: true, eventPattern: { source: ['b'] }, inputPath: '$.time' } },
      {
        type: 'event-bus',
        properties: { useDefaultBus: true, eventPattern: { source: ['d'] }, inputTransformer: otherTransformer },
      },
      {
        type: 's3',
        properties: {
          bucketArn: 'arn:aws:s3:::elsewhere',
          s3EventType: 's3:ObjectRemoved:*',
          filterRule: { prefix: 'b/', suffix: '.csv' },
          useEventBridge: true,
        },
      },
      {
        type: 'cloudwatch-log',
        properties: { logGroupArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:/app:*', filter: 'ERROR' },
      },
      { type: 'batch-job', properties: { stateMachineArn: MACHINE, input: 2 } },
      { type: 'batch-job', properties: { stateMachineArn: MACHINE, inputPath: '$.detail' } },
      { type: 'batch-job', properties: { stateMachineArn: MACHINE, inputTransformer: otherTransformer } },
      ...movedSchedules,
      { type: 'batch-job', properties: { stateMachineArn: MACHINE } },
      byToken({ issuer: 'https://example.com/', audience: ['a'] }),
    ]),
  },
};

/** Another authorizer takes the place of one that a route no longer asks. */
const authorizers: Removal = {
  address: /^aws_(apigatewayv2_authorizer|lambda_permission)\.(api|otherApi)_Authorizer-/,
  how: 'goes',
  reason: 'no route asks it; it is deleted after the routes have changed',
};

/** A rule fires a schedule instead of EventBridge Scheduler, or the other way round. */
const firedByAnother: Removal = {
  address: /^aws_(cloudwatch_event_(rule|target)|scheduler_schedule)\.job_schedule-/,
  how: 'goes',
  reason: 'another service fires the schedule: docs/events/time-zones.md',
};

/** Ways in, each named by what it listens to. */
const EVENT_PARTS = [
  'apigatewayv2_(authorizer|integration|route)',
  'cloudwatch_event_(rule|target)',
  'cloudwatch_log_subscription_filter',
  'iam_role_policy\\.job_Trigger_Role_Grants',
  'lambda_(event_source_mapping|permission)',
  'lb_(listener_rule|target_group|target_group_attachment)',
  's3_bucket_notification',
  'scheduler_schedule',
  'sns_topic_subscription',
];

const network = (how: Removal['how'], names: readonly string[]): Removal => ({
  address: new RegExp(`^aws_(${names.join('|')})\\.`),
  how,
  reason: 'instances move to another VPC, and what runs in the old one ends: docs/operate/upgrade.md',
});

export const sources: Scene = {
  before: tuned,
  changes: [
    { name: 'properties of events', after: retuned, removals: [authorizers, firedByAnother] },
    { name: 'private subnets with NAT', after: { ...tuned, vpc: { privateSubnets: true } }, removals: [] },
    {
      name: 'private subnets with endpoints',
      after: { ...tuned, vpc: { privateSubnets: true, egress: 'endpoints' } },
      removals: [],
    },
    {
      name: 'another range of addresses',
      after: { ...tuned, vpc: { cidrBlock: '10.9.0.0/16' } },
      removals: [
        network('follows', ['security_group', 'subnet', 'vpc']),
        network('makes way', ['main_route_table_association', 'route', 'route_table', 'vpc_endpoint']),
      ],
    },
    {
      name: 'an existing VPC, its security groups, and another machine image',
      after: {
        ...tuned,
        compute: { securityGroupIds: ['sg-0123456789abcdef0'], machineImageId: 'ami-0123456789abcdef0' },
        vpc: {
          vpcId: 'vpc-0123456789abcdef0',
          subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
        },
      },
      removals: [
        network('follows', ['security_group']),
        {
          address: /^aws_security_group\.batch-network_/,
          how: 'goes',
          reason: 'instances move to the groups of the config, before it is deleted',
        },
        network('goes', [
          'internet_gateway',
          'main_route_table_association',
          'route',
          'route_table',
          'subnet',
          'vpc',
          'vpc_endpoint',
        ]),
      ],
    },
    {
      name: 'events that listen to something else',
      after: moved,
      removals: [
        {
          address: new RegExp(`^aws_(${EVENT_PARTS.join('|')})`),
          how: 'goes',
          reason: 'another event is another way in',
        },
      ],
    },
  ],
};
