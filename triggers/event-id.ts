import { shortHash } from '../modules/rules/naming';
import type { JobEvent } from './events';

/** The properties that select an event's source. Changing any other property doesn't replace the event's resources. */
const LISTENS_TO: { readonly [Type in JobEvent['type']]: readonly string[] } = {
  schedule: ['scheduleRate', 'input', 'inputPath', 'inputTransformer'],
  'http-api-gateway': ['httpApiGatewayName', 'method', 'path'],
  'application-load-balancer': ['loadBalancerName', 'listenerPort', 'priority'],
  'event-bus': [
    'eventBusArn',
    'eventBusName',
    'useDefaultBus',
    'eventPattern',
    'input',
    'inputPath',
    'inputTransformer',
  ],
  sns: ['snsTopicName', 'snsTopicArn'],
  sqs: ['sqsQueueName', 'sqsQueueArn'],
  'kinesis-stream': ['kinesisStreamName', 'streamArn', 'consumerArn'],
  'dynamo-db-stream': ['streamArn'],
  s3: ['bucketArn', 's3EventType', 'filterRule'],
  'cloudwatch-log': ['logGroupArn', 'filter'],
};

interface Listening {
  readonly type: JobEvent['type'];
  readonly properties: object;
}

/**
 * Construct id of a job's event. It depends on the event's source and not on its position in the list, so that adding or removing
 * another event doesn't replace this one. Ids are unique within a job.
 */
export function eventId(event: Listening): string {
  return `${event.type}-${shortHash(JSON.stringify(eventSelection(event)))}`;
}

/** The properties, with values, that select an event's source. */
export function eventSelection({ type, properties }: Listening): [property: string, value: unknown][] {
  const values = properties as { readonly [key: string]: unknown };
  return LISTENS_TO[type]
    .map((key): [string, unknown] => [key, values[key]])
    .filter(([, value]) => value !== undefined);
}
