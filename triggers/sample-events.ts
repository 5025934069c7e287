import { applicationLoadBalancer } from './application-load-balancer/sample';
import { cloudwatchLog } from './cloudwatch-log/sample';
import { dynamoDbStream } from './dynamo-db-stream/sample';
import { eventBus } from './event-bus/sample';
import type { JobEvent, JobEventOf } from './events';
import { httpApiGateway } from './http-api-gateway/sample';
import { kinesisStream } from './kinesis-stream/sample';
import { s3 } from './s3/sample';
import type { SampleContext } from './sample-context';
import { schedule } from './schedule/sample';
import { sns } from './sns/sample';
import { sqs } from './sqs/sample';

/** The compiler reports a type of event that is in the config's schema but not in this table. */
const SAMPLES: {
  readonly [Type in JobEvent['type']]: (event: JobEventOf<Type>, context: SampleContext) => unknown;
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
export function sampleEvent(event: JobEvent, context: SampleContext): unknown {
  const sample = SAMPLES[event.type] as (event: JobEvent, context: SampleContext) => unknown;
  return sample(event, context);
}
