import { shortHash } from '../naming';
import type { JobEvent } from './events';

/** The properties that say what an event listens to. All others may change without replacing what listens. */
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
 * Construct id of a job's event: by what it listens to and not by its place in the list, so that adding or removing another event of
 * the job leaves it alone. A job has no two events of the same id.
 */
export function eventId(event: Listening): string {
  return `${event.type}-${shortHash(JSON.stringify(eventSelection(event)))}`;
}

/** What an event listens to: the properties that say so, with their values. */
export function eventSelection({ type, properties }: Listening): [property: string, value: unknown][] {
  const values = properties as { readonly [key: string]: unknown };
  return LISTENS_TO[type]
    .map((key): [string, unknown] => [key, values[key]])
    .filter(([, value]) => value !== undefined);
}
