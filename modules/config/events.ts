import { z } from 'zod';
import { applicationLoadBalancer } from './events/application-load-balancer';
import { cloudwatchLog } from './events/cloudwatch-log';
import { dynamoDbStream } from './events/dynamo-db-stream';
import { eventBus } from './events/event-bus';
import { httpApiGateway } from './events/http-api-gateway';
import { kinesisStream } from './events/kinesis-stream';
import { s3 } from './events/s3';
import { schedule } from './events/schedule';
import { sns } from './events/sns';
import { sqs } from './events/sqs';

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
