import type { Construct } from 'constructs';
import type { JobEvent } from '../modules/config/events';
import type { EventTarget } from './event-target';

/**
 * The trigger of each type of event. A type that the config knows and this table does not is an error of the compiler. Each is loaded
 * when the first event of its type is: the provider's classes behind all of them would take a tenth of a small stack's synthesis.
 */
const TRIGGERS = {
  'application-load-balancer': () =>
    (require('./application-load-balancer') as typeof import('./application-load-balancer'))
      .ApplicationLoadBalancerTrigger,
  'cloudwatch-log': () => (require('./cloudwatch-log') as typeof import('./cloudwatch-log')).CloudwatchLogTrigger,
  'dynamo-db-stream': () =>
    (require('./dynamo-db-stream') as typeof import('./dynamo-db-stream')).DynamoDbStreamTrigger,
  'event-bus': () => (require('./event-bus') as typeof import('./event-bus')).EventBusTrigger,
  'http-api-gateway': () =>
    (require('./http-api-gateway') as typeof import('./http-api-gateway')).HttpApiGatewayTrigger,
  'kinesis-stream': () => (require('./kinesis-stream') as typeof import('./kinesis-stream')).KinesisStreamTrigger,
  s3: () => (require('./s3') as typeof import('./s3')).S3Trigger,
  schedule: () => (require('./schedule') as typeof import('./schedule')).ScheduleTrigger,
  sns: () => (require('./sns') as typeof import('./sns')).SnsTrigger,
  sqs: () => (require('./sqs') as typeof import('./sqs')).SqsTrigger,
} satisfies { [Type in JobEvent['type']]: () => unknown };

type Triggers = { [Type in keyof typeof TRIGGERS]: ReturnType<(typeof TRIGGERS)[Type]> };

/** Properties of the trigger of one type, without what it starts. */
export type TriggerProps<Type extends keyof Triggers> = WithoutTarget<ConstructorParameters<Triggers[Type]>[2]>;

/** Of each member of a union for itself. */
type WithoutTarget<Props> = Props extends unknown ? Omit<Props, 'target'> : never;

/** An event source of a job: as in a config, with objects or ARNs in place of names. */
export type EventSource = {
  [Type in keyof Triggers]: {
    readonly type: Type;
    readonly properties: TriggerProps<Type>;
    /** Construct id of the trigger. @default the type and the place among the job's sources of that type */
    readonly id?: string;
  };
}[keyof Triggers];

/** Types of event sources. */
export const EVENT_TYPES: readonly string[] = Object.keys(TRIGGERS);

/**
 * Puts an event source in front of a function.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchJob } from 'cdktf-batch-jobs';
 * import { type EventSource, trigger } from 'cdktf-batch-jobs/triggers';
 *
 * declare const stack: TerraformStack;
 * declare const job: BatchJob;
 * const source: EventSource = { type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } };
 * trigger(stack, 'daily', source, job.trigger);
 */
export function trigger(scope: Construct, id: string, source: EventSource, target: EventTarget): Construct {
  const Trigger = TRIGGERS[source.type]() as new (scope: Construct, id: string, props: object) => Construct;
  return new Trigger(scope, id, { ...source.properties, target });
}
