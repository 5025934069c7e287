import { applicationLoadBalancer } from './application-load-balancer';
import { cloudwatchLog } from './cloudwatch-log';
import { dynamoDbStream } from './dynamo-db-stream';
import { eventBus } from './event-bus';
import { httpApiGateway } from './http-api-gateway';
import { kinesisStream } from './kinesis-stream';
import { s3 } from './s3';
import { schedule } from './schedule';
import { sns } from './sns';
import type { AnySource } from './source';
import { sqs } from './sqs';

/** The event sources, in the order of the published JSON Schema. */
export const SOURCES = [
  httpApiGateway,
  applicationLoadBalancer,
  schedule,
  eventBus,
  sns,
  sqs,
  kinesisStream,
  dynamoDbStream,
  s3,
  cloudwatchLog,
] as const;

/** Type of an event source. */
export type SourceType = (typeof SOURCES)[number]['type'];

const BY_TYPE = new Map<SourceType, unknown>(SOURCES.map((source) => [source.type, source]));

/** The source of a type of events. */
export function sourceOf<Type extends SourceType>(type: Type): AnySource<Type> {
  return BY_TYPE.get(type) as AnySource<Type>;
}
