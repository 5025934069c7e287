import { eventTypeOf } from '../../triggers/event-construct-id';
import { eventId, eventSelection } from '../../triggers/event-id';
import type { JobEvent } from '../../triggers/events';
import { SOURCES } from '../../triggers/registry';

type Selected = readonly [type: JobEvent['type'], properties: { readonly [property: string]: unknown }, id: string];

// Ids are contract: with another id, a deployment replaces what the event has in AWS.
const SELECTED: readonly Selected[] = [
  [
    'http-api-gateway',
    { httpApiGatewayName: 'given httpApiGatewayName', method: 'given method', path: 'given path' },
    'http-api-gateway-ba13f653',
  ],
  [
    'application-load-balancer',
    { loadBalancerName: 'given loadBalancerName', listenerPort: 443, priority: 443 },
    'application-load-balancer-343df3e1',
  ],
  [
    'schedule',
    {
      scheduleRate: 'given scheduleRate',
      timezone: 'given timezone',
      input: 'given input',
      inputPath: 'given inputPath',
      inputTransformer: { inputTemplate: '<id>' },
    },
    'schedule-f03685d0',
  ],
  [
    'event-bus',
    {
      eventBusArn: 'given eventBusArn',
      eventBusName: 'given eventBusName',
      useDefaultBus: true,
      eventPattern: { source: ['shop'] },
      input: 'given input',
      inputPath: 'given inputPath',
      inputTransformer: { inputTemplate: '<id>' },
    },
    'event-bus-074bf1e0',
  ],
  ['sns', { snsTopicName: 'given snsTopicName', snsTopicArn: 'given snsTopicArn' }, 'sns-969a1394'],
  ['sqs', { sqsQueueName: 'given sqsQueueName', sqsQueueArn: 'given sqsQueueArn' }, 'sqs-96cfed35'],
  [
    'kinesis-stream',
    { kinesisStreamName: 'given kinesisStreamName', streamArn: 'given streamArn', consumerArn: 'given consumerArn' },
    'kinesis-stream-a1bfb5a9',
  ],
  ['dynamo-db-stream', { streamArn: 'given streamArn' }, 'dynamo-db-stream-71e49a8c'],
  [
    's3',
    { bucketArn: 'given bucketArn', s3EventType: 'given s3EventType', filterRule: { prefix: 'in/' } },
    's3-bebee730',
  ],
  ['cloudwatch-log', { logGroupArn: 'given logGroupArn', filter: 'given filter' }, 'cloudwatch-log-d766dded'],
  [
    'batch-job',
    {
      jobName: 'given jobName',
      stateMachineArn: 'given stateMachineArn',
      input: 'given input',
      inputPath: 'given inputPath',
      inputTransformer: { inputTemplate: '<id>' },
    },
    'batch-job-f2be49b7',
  ],
];

describe('eventId', () => {
  it.each(SELECTED)('of %s depends on %j', (type, properties, id) => {
    expect(eventId({ type, properties })).toBe(id);
  });

  it.each(SELECTED)('of %s stays if another property than %j is set', (type, properties, id) => {
    expect(eventId({ type, properties: { batchSize: 7, ...properties, payloadFormat: '2.0' } })).toBe(id);
  });

  it.each(SELECTED)('of %s changes with each property of %j', (type, properties, id) => {
    for (const key of Object.keys(properties)) {
      expect(eventId({ type, properties: { ...properties, [key]: 'another' } })).not.toBe(id);
    }
  });

  it.each(SELECTED)('of %s has its type, which commands read from it', (type, properties) => {
    expect(eventTypeOf(eventId({ type, properties }))).toBe(type);
  });

  it.each(['JobDefinition', 'sqs', 'sqs-1', 'StateMachine-12345678'])('%s is the ID of another construct', (id) => {
    expect(eventTypeOf(id)).toBeUndefined();
  });

  it('of a schedule is the same as ever without a time zone', () => {
    const inputTransformer = { inputTemplate: '<id>' };
    const properties = { scheduleRate: 'given scheduleRate', input: 'given input', inputPath: 'given inputPath' };
    expect(eventId({ type: 'schedule', properties: { ...properties, inputTransformer } })).toBe('schedule-e7662ed2');
  });

  it('covers every source, and every property that selects an event', () => {
    const covered = SELECTED.map(([type, properties]) => [type, Object.keys(properties)]);
    expect(covered).toEqual(SOURCES.map(({ type, selects }) => [type, [...selects]]));
  });
});

describe('eventSelection', () => {
  it('has the properties in their order, without those that are not set', () => {
    const properties = { streamArn: 'arn', batchSize: 10, kinesisStreamName: undefined, consumerArn: 'consumer' };
    expect(eventSelection({ type: 'kinesis-stream', properties })).toEqual([
      ['streamArn', 'arn'],
      ['consumerArn', 'consumer'],
    ]);
  });
});
