import type { Construct } from 'constructs';
import type { EventTarget } from '../modules/invocation/event-target';
import type { JobEvent } from './events';

/**
 * The trigger of each event type. The compiler reports a type of the config that is missing here. Each trigger is loaded with the first
 * event of its type, because the provider's classes for all of them would take a tenth of a small stack's synthesis.
 */
const TRIGGERS = {
  'application-load-balancer': () =>
    (require('./application-load-balancer/trigger') as typeof import('./application-load-balancer/trigger'))
      .ApplicationLoadBalancerTrigger,
  'cloudwatch-log': () =>
    (require('./cloudwatch-log/trigger') as typeof import('./cloudwatch-log/trigger')).CloudwatchLogTrigger,
  'dynamo-db-stream': () =>
    (require('./dynamo-db-stream/trigger') as typeof import('./dynamo-db-stream/trigger')).DynamoDbStreamTrigger,
  'event-bus': () => (require('./event-bus/trigger') as typeof import('./event-bus/trigger')).EventBusTrigger,
  'http-api-gateway': () =>
    (require('./http-api-gateway/trigger') as typeof import('./http-api-gateway/trigger')).HttpApiGatewayTrigger,
  'kinesis-stream': () =>
    (require('./kinesis-stream/trigger') as typeof import('./kinesis-stream/trigger')).KinesisStreamTrigger,
  s3: () => (require('./s3/trigger') as typeof import('./s3/trigger')).S3Trigger,
  schedule: () => (require('./schedule/trigger') as typeof import('./schedule/trigger')).ScheduleTrigger,
  sns: () => (require('./sns/trigger') as typeof import('./sns/trigger')).SnsTrigger,
  sqs: () => (require('./sqs/trigger') as typeof import('./sqs/trigger')).SqsTrigger,
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
