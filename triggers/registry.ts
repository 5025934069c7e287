import type { Construct } from 'constructs';
import type { JobEvent } from '../modules/config/events';
import type { EventTarget } from './event-target';

/**
 * The trigger of each event type. The compiler reports a type of the config that is missing here. Each trigger is loaded with the first
 * event of its type, because the provider's classes for all of them would take a tenth of a small stack's synthesis.
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

/** Properties of the trigger of one type, without its target. */
export type TriggerProps<Type extends keyof Triggers> = WithoutTarget<ConstructorParameters<Triggers[Type]>[2]>;

/** Applies to each member of a union separately. */
type WithoutTarget<Props> = Props extends unknown ? Omit<Props, 'target'> : never;

/** An event source of a job: as in a config, with objects or ARNs instead of names. */
export type EventSource = {
  [Type in keyof Triggers]: {
    readonly type: Type;
    readonly properties: TriggerProps<Type>;
    /** Construct ID of the trigger. @default the type and the position among the job's sources of that type */
    readonly id?: string;
  };
}[keyof Triggers];

/** Types of event sources. */
export const EVENT_TYPES: readonly string[] = Object.keys(TRIGGERS);

/**
 * Connects an event source to a function.
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
