import type { JobEvent, JobEventOf } from '../../../triggers/events';
import { applicationLoadBalancer } from './application-load-balancer';
import { cloudwatchLog } from './cloudwatch-log';
import { dynamoDbStream } from './dynamo-db-stream';
import { eventBus } from './event-bus';
import { httpApiGateway } from './http-api-gateway';
import { kinesisStream } from './kinesis-stream';
import { s3 } from './s3';
import { schedule } from './schedule';
import { sns } from './sns';
import { sqs } from './sqs';
import type { Surroundings } from './surroundings';

/** The compiler reports a type of event that is in the config's schema but not in this table. */
const SAMPLES: {
  readonly [Type in JobEvent['type']]: (event: JobEventOf<Type>, surroundings: Surroundings) => unknown;
} = {
  'application-load-balancer': applicationLoadBalancer,
  'cloudwatch-log': cloudwatchLog,
  'dynamo-db-stream': dynamoDbStream,
  'event-bus': eventBus,
  'http-api-gateway': httpApiGateway,
  'kinesis-stream': kinesisStream,
  s3,
  schedule,
  sns,
  sqs,
};

/** An event like the source would send it, based on the trigger's properties. */
export function sampleEvent(event: JobEvent, surroundings: Surroundings): unknown {
  const sample = SAMPLES[event.type] as (event: JobEvent, surroundings: Surroundings) => unknown;
  return sample(event, surroundings);
}
