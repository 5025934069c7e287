import { type EventKind, identity } from '../../modules/orchestration/trigger/identity';
import { asObject } from '../../modules/orchestration/trigger/json';
import type { JobEvent } from '../../triggers/events';

/** What sends the events of a kind, in the words of the config. Events of EventBridge are told apart by their content. */
const SOURCES: { readonly [Kind in Exclude<EventKind, 'eventbridge' | 'invocation'>]: JobEvent['type'] } = {
  'http-api': 'http-api-gateway',
  alb: 'application-load-balancer',
  sqs: 'sqs',
  sns: 'sns',
  kinesis: 'kinesis-stream',
  dynamodb: 'dynamo-db-stream',
  s3: 's3',
  logs: 'cloudwatch-log',
};

/** What sent an event, by its shape, in the words of the config. Undefined if no source sends such events. */
export function eventSource(event: unknown): JobEvent['type'] | undefined {
  const { kind } = identity(event, { awsRequestId: '' });
  if (kind === 'invocation') return undefined;
  if (kind !== 'eventbridge') return SOURCES[kind];
  const { source } = asObject(event) ?? {};
  if (source === 'aws.events' || source === 'aws.scheduler') return 'schedule';
  return source === 'aws.s3' ? 's3' : 'event-bus';
}

/** The ending of an execution's name that the trigger function chose: a hash of 128 bits. */
const HASH_ENDING = /-[0-9a-f]{32}$/;

/** Whether the trigger function chose the name of an execution. */
export function isTriggerName(name: string): boolean {
  return HASH_ENDING.test(name);
}
