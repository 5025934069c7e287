import type { Construct } from 'constructs';
import { ApplicationLoadBalancerTrigger } from './application-load-balancer';
import { CloudwatchLogTrigger } from './cloudwatch-log';
import { DynamoDbStreamTrigger } from './dynamo-db-stream';
import { EventBusTrigger } from './event-bus';
import type { EventTarget } from './event-target';
import { HttpApiGatewayTrigger } from './http-api-gateway';
import { KinesisStreamTrigger } from './kinesis-stream';
import { S3Trigger } from './s3';
import { ScheduleTrigger } from './schedule';
import { SnsTrigger } from './sns';
import { SqsTrigger } from './sqs';

/** The trigger of each type of event. A type that the config knows and this table does not is an error of the compiler. */
const TRIGGERS = {
  'cloudwatch-log': CloudwatchLogTrigger,
  'application-load-balancer': ApplicationLoadBalancerTrigger,
  'dynamo-db-stream': DynamoDbStreamTrigger,
  'event-bus': EventBusTrigger,
  'http-api-gateway': HttpApiGatewayTrigger,
  'kinesis-stream': KinesisStreamTrigger,
  s3: S3Trigger,
  schedule: ScheduleTrigger,
  sns: SnsTrigger,
  sqs: SqsTrigger,
};

type Triggers = typeof TRIGGERS;

/** Properties of the trigger of one type, without what it starts. */
export type TriggerProps<Type extends keyof Triggers> = Omit<ConstructorParameters<Triggers[Type]>[2], 'target'>;

/** An event source of a job: as in a config, with objects or ARNs in place of names. */
export type EventSource = {
  [Type in keyof Triggers]: {
    readonly type: Type;
    readonly properties: TriggerProps<Type>;
    /** Construct id of the trigger. @default the type and the place among the job's sources of that type */
    readonly id?: string;
  };
}[keyof Triggers];

/** Puts an event source in front of a function. */
export function trigger(scope: Construct, id: string, source: EventSource, target: EventTarget): Construct {
  const Trigger = TRIGGERS[source.type] as new (scope: Construct, id: string, props: object) => Construct;
  return new Trigger(scope, id, { ...source.properties, target });
}
