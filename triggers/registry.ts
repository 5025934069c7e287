import { APPLICATION_LOAD_BALANCER_SOURCE, type ApplicationLoadBalancerEvent } from './application-load-balancer';
import { BATCH_JOB_SOURCE, type BatchJobEvent } from './batch-job';
import { CLOUDWATCH_LOG_SOURCE, type CloudwatchLogEvent } from './cloudwatch-log';
import { DYNAMO_DB_STREAM_SOURCE, type DynamoDbStreamEvent } from './dynamo-db-stream';
import { EVENT_BUS_SOURCE, type EventBusEvent } from './event-bus';
import { HTTP_API_GATEWAY_SOURCE, type HttpApiGatewayEvent } from './http-api-gateway';
import { KINESIS_STREAM_SOURCE, type KinesisStreamEvent } from './kinesis-stream';
import { S3_SOURCE, type S3Event } from './s3';
import { SCHEDULE_SOURCE, type ScheduleEvent } from './schedule';
import { SNS_SOURCE, type SnsEvent } from './sns';
import type { AnySource } from './source';
import { SQS_SOURCE, type SqsEvent } from './sqs';

/** The event sources, in the order of the published JSON Schema. */
export const SOURCES = [
  HTTP_API_GATEWAY_SOURCE,
  APPLICATION_LOAD_BALANCER_SOURCE,
  SCHEDULE_SOURCE,
  EVENT_BUS_SOURCE,
  SNS_SOURCE,
  SQS_SOURCE,
  KINESIS_STREAM_SOURCE,
  DYNAMO_DB_STREAM_SOURCE,
  S3_SOURCE,
  CLOUDWATCH_LOG_SOURCE,
  BATCH_JOB_SOURCE,
] as const;

/** An event source that starts a job. */
export type WrittenEvent =
  | ApplicationLoadBalancerEvent
  | BatchJobEvent
  | CloudwatchLogEvent
  | DynamoDbStreamEvent
  | EventBusEvent
  | HttpApiGatewayEvent
  | KinesisStreamEvent
  | S3Event
  | ScheduleEvent
  | SnsEvent
  | SqsEvent;

/** Type of an event source. */
export type SourceType = (typeof SOURCES)[number]['type'];

const BY_TYPE = new Map<WrittenEvent['type'], unknown>(SOURCES.map((source) => [source.type, source]));

/** The source of a type of events. */
export function sourceOf<Type extends SourceType>(type: Type): AnySource<Type> {
  return BY_TYPE.get(type) as AnySource<Type>;
}

/** The source whose queues or streams of a service Lambda polls. */
export function mappedSource(service: string): SourceType | undefined {
  return SOURCES.find((source: { readonly mapping?: string }) => source.mapping === service)?.type;
}
