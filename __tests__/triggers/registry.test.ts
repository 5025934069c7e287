import { ANYWHERE, IN_ACCOUNT, IN_REGION } from '../../modules/config/arn-rule';
import { APPLICATION_LOAD_BALANCER_RULES } from '../../triggers/application-load-balancer/rules';
import { BATCH_JOB_RULES } from '../../triggers/batch-job/rules';
import { CLOUDWATCH_LOG_RULES } from '../../triggers/cloudwatch-log/rules';
import { EVENT_BUS_RULES } from '../../triggers/event-bus/rules';
import { HTTP_API_GATEWAY_RULES } from '../../triggers/http-api-gateway/rules';
import { mappedSource, SOURCES, type SourceType, sourceOf } from '../../triggers/registry';
import type { ResourcesByName } from '../../triggers/resources-by-name';

type Told = readonly [type: SourceType, arns: object, creates: readonly string[], aliases: readonly string[]];

/** What a directive in the property refers to. */
const param = (type: string, name: string) => ({ refersTo: { [type]: name } });

const QUEUE = param('sqs-queue', 'arn');
const DESTINATION = { refersTo: { 'sqs-queue': 'arn', 'sns-topic': 'arn' } };

// In the order of the published JSON Schema.
const TOLD: readonly Told[] = [
  ['http-api-gateway', {}, ['Route'], []],
  ['application-load-balancer', {}, ['Rule'], ['multiValueHeaders']],
  [
    'schedule',
    {},
    ['Rule', 'Target'],
    ['scheduleRate', 'timezone', 'startDate', 'endDate', 'flexibleMinutes', 'inputTransformer'],
  ],
  [
    'event-bus',
    {
      eventBusArn: { ...IN_ACCOUNT, name: 'eventBusName', ...param('event-bus', 'arn') },
      'onDeliveryFailure.sqsQueueArn': { ...IN_REGION, ...QUEUE },
    },
    ['Rule', 'Target'],
    ['eventPattern', 'eventBusName', 'inputTransformer', 'onDeliveryFailure'],
  ],
  [
    'sns',
    {
      snsTopicArn: { ...IN_REGION, name: 'snsTopicName', ...param('sns-topic', 'arn') },
      'onDeliveryFailure.sqsQueueArn': { ...IN_REGION, ...QUEUE },
    },
    ['Subscription'],
    ['snsTopicName', 'onDeliveryFailure'],
  ],
  [
    'sqs',
    { sqsQueueArn: { ...IN_REGION, name: 'sqsQueueName', ...param('sqs-queue', 'arn') } },
    ['Mapping'],
    ['sqsQueueName', 'sqsQueueArn', 'filterCriteria', 'maximumConcurrency', 'maxBatchWindowSeconds'],
  ],
  [
    'kinesis-stream',
    {
      streamArn: { ...IN_REGION, name: 'kinesisStreamName', ...param('kinesis-stream', 'arn') },
      consumerArn: { ...IN_REGION, refersTo: {} },
      'onFailure.arn': { ...IN_REGION, ...DESTINATION },
    },
    ['Mapping'],
    [
      'kinesisStreamName',
      'streamArn',
      'filterCriteria',
      'maxBatchWindowSeconds',
      'maximumRetryAttempts',
      'bisectBatchOnFunctionError',
      'onFailure',
    ],
  ],
  [
    'dynamo-db-stream',
    {
      streamArn: { ...IN_REGION, ...param('dynamo-db-table', 'streamArn') },
      'onFailure.arn': { ...IN_REGION, ...DESTINATION },
    },
    ['Mapping'],
    [
      'streamArn',
      'filterCriteria',
      'maxBatchWindowSeconds',
      'maximumRetryAttempts',
      'bisectBatchOnFunctionError',
      'onFailure',
    ],
  ],
  ['s3', { bucketArn: { ...ANYWHERE, ...param('bucket', 'arn') } }, [], ['bucketArn', 'filterRule']],
  [
    'cloudwatch-log',
    { logGroupArn: { ...IN_ACCOUNT, refersTo: { function: 'logGroupArn', 'batch-job': 'logGroupArn' } } },
    ['Subscription'],
    ['logGroupArn'],
  ],
  [
    'batch-job',
    {
      stateMachineArn: {
        ...IN_ACCOUNT,
        name: 'jobName',
        refersTo: { 'batch-job': 'stateMachineArn', 'state-machine': 'arn' },
      },
    },
    ['Rule', 'Target'],
    ['jobName', 'stateMachineArn', 'on', 'inputTransformer'],
  ],
];

describe('SOURCES', () => {
  it('are in the order of the JSON Schema', () => {
    expect(SOURCES.map(({ type }) => type)).toEqual(TOLD.map(([type]) => type));
  });

  it.each(TOLD)(
    '%s: which ARNs it accepts, what an event creates, and other names of its properties',
    (type, ...told) => {
      const { arns = {}, creates = [], aliases = {} } = sourceOf(type);
      expect([arns, creates.map(([name]) => name), Object.keys(aliases)]).toEqual(told);
    },
  );
});

describe('mappedSource', () => {
  it('is the source whose queue or stream Lambda polls', () => {
    expect(['sqs', 'kinesis', 'dynamodb', 's3', 'sns'].map(mappedSource)).toEqual([
      'sqs',
      'kinesis-stream',
      'dynamo-db-stream',
      undefined,
      undefined,
    ]);
  });
});

describe('duplicate', () => {
  it.each<[SourceType, string | undefined]>([
    ['http-api-gateway', 'API Gateway accepts one route for a method and path'],
    ['application-load-balancer', undefined],
    ['sqs', 'Lambda accepts one event source mapping of a queue to a function'],
    ['kinesis-stream', 'Lambda accepts one event source mapping of a stream or consumer to a function'],
    ['dynamo-db-stream', 'Lambda accepts one event source mapping of a stream to a function'],
    ['s3', 'a change starts the job once'],
    ['cloudwatch-log', 'each batch of records would start the job twice'],
  ])('of %s: %s', (type, told) => {
    expect(sourceOf(type).duplicate).toBe(told);
  });

  it.each([
    [{}, {}, 'the schedule would start the job twice each time'],
    [{ startDate: 'a' }, { startDate: 'a' }, 'the schedule would start the job twice each time'],
    [
      { endDate: 'b' },
      { endDate: 'a' },
      {
        found: 'the expression, time zone and input of events[0], with other dates',
        accepted: 'schedules that differ in scheduleRate, timezone or input',
        fix: 'write the years in the cron expression, or give one of them another input',
      },
    ],
  ])('of schedule with %j after %j: %j', (properties, earlier, told) => {
    const { duplicate } = sourceOf('schedule');
    expect(typeof duplicate === 'function' && duplicate(properties, earlier, 'events[0]')).toEqual(told);
  });

  it.each([
    [{ eventBusName: 'x', input: 'x' }, 'each event would start the job twice'],
    [{ inputPath: '$.detail' }, 'each event would start the job twice'],
    [{ eventBusName: 'x' }, 'an event starts the job once, however many rules it matches'],
  ])('of event-bus with %j: %s', (properties, told) => {
    const { duplicate } = sourceOf('event-bus');
    expect(typeof duplicate === 'function' && duplicate(properties, {}, 'events[0]')).toBe(told);
  });
});

it('every rule of a source is in its descriptor', () => {
  expect(SOURCES.map(({ type }) => [type, sourceOf(type).rules?.().length ?? 0])).toEqual([
    ['http-api-gateway', HTTP_API_GATEWAY_RULES.length],
    ['application-load-balancer', APPLICATION_LOAD_BALANCER_RULES.length],
    ['schedule', 0],
    ['event-bus', EVENT_BUS_RULES.length],
    ['sns', 3],
    ['sqs', 3],
    ['kinesis-stream', 2],
    ['dynamo-db-stream', 2],
    ['s3', 3],
    ['cloudwatch-log', CLOUDWATCH_LOG_RULES.length],
    ['batch-job', BATCH_JOB_RULES.length],
  ]);
});

describe('props', () => {
  const resources = {
    get: ({ type }: { type: string }, name: string) => ({
      is: `${type} ${name}`,
      listener: (port?: number) => `port ${port}`,
    }),
    find: ({ type }: { type: string }, name?: string, arn?: string) => ({ is: `${type} ${name ?? arn}` }),
    resolve: (value: object) => ({ ...value, isResolved: true }),
  } as unknown as ResourcesByName;

  it.each<[SourceType, object, object]>([
    ['sqs', { sqsQueueName: 'a', batchSize: 1 }, { queue: { is: 'sqs-queue a' }, batchSize: 1, isResolved: true }],
    [
      'sns',
      { snsTopicArn: 'arn', onDeliveryFailure: { sqsQueueName: 'lost' }, filterPolicy: {} },
      { topic: { is: 'sns-topic arn' }, onDeliveryFailure: { is: 'sqs-queue lost' }, filterPolicy: {} },
    ],
    [
      's3',
      { bucketArn: 'arn', useEventBridge: true },
      { bucket: { is: 'bucket arn' }, useEventBridge: true, isResolved: true },
    ],
    ['schedule', { scheduleRate: 'r' }, { scheduleRate: 'r', isResolved: true }],
    ['dynamo-db-stream', { streamArn: 'arn' }, { streamArn: 'arn', isResolved: true }],
    ['cloudwatch-log', { logGroupArn: 'arn', filter: '' }, { logGroupArn: 'arn', filter: '', isResolved: true }],
    [
      'batch-job',
      { jobName: 'load', on: ['failed'], input: 'i' },
      { stateMachineArn: "$ResourceParam('load', 'stateMachineArn')", on: ['failed'], input: 'i', isResolved: true },
    ],
    ['batch-job', { stateMachineArn: 'arn', on: [] }, { stateMachineArn: 'arn', on: [], isResolved: true }],
    ['event-bus', { useDefaultBus: true, input: 'i' }, { bus: undefined, input: 'i', isResolved: true }],
    [
      'event-bus',
      { eventBusName: 'b', onDeliveryFailure: { sqsQueueArn: 'arn' } },
      { bus: { is: 'event-bus b' }, onDeliveryFailure: { is: 'sqs-queue arn' }, isResolved: true },
    ],
    [
      'application-load-balancer',
      { loadBalancerName: 'w', listenerPort: 80, priority: 1 },
      { listener: 'port 80', priority: 1, isResolved: true },
    ],
  ])('of %s %j', (type, properties, props) => {
    expect(sourceOf(type).props(properties, resources)).toEqual(props);
  });
});
