import { z } from 'zod';
import { applicationLoadBalancer } from './application-load-balancer/schema';
import { cloudwatchLog } from './cloudwatch-log/schema';
import { dynamoDbStream } from './dynamo-db-stream/schema';
import { eventBus } from './event-bus/schema';
import { httpApiGateway } from './http-api-gateway/schema';
import { kinesisStream } from './kinesis-stream/schema';
import { s3 } from './s3/schema';
import { schedule } from './schedule/schema';
import { sns } from './sns/schema';
import { sqs } from './sqs/schema';

/** An event source that starts the job, by `type`. */
export const event = z.discriminatedUnion('type', [
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
]);

/** An event source by `type`, with its defaults filled in. */
export type JobEvent = z.output<typeof event>;

/** The event source of one `type`. */
export type JobEventOf<Type extends JobEvent['type']> = Extract<JobEvent, { type: Type }>;
