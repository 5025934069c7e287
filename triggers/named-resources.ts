import type { LoadBalancer } from '../modules/resources/application-load-balancer/construct';
import type { Bucket } from '../modules/resources/bucket/construct';
import type { EventBus } from '../modules/resources/event-bus/construct';
import type { BundledFunction } from '../modules/resources/function/construct';
import type { HttpApi } from '../modules/resources/http-api-gateway/construct';
import type { DataStream } from '../modules/resources/kinesis-stream/construct';
import type { Topic } from '../modules/resources/sns-topic/construct';
import type { Queue } from '../modules/resources/sqs-queue/construct';
import type { UserPool } from '../modules/resources/user-auth-pool/construct';

/** The resources that events can name, by type. */
export interface Companions {
  readonly 'application-load-balancer': LoadBalancer;
  readonly bucket: Bucket;
  readonly 'event-bus': EventBus;
  readonly function: BundledFunction;
  readonly 'http-api-gateway': HttpApi;
  readonly 'kinesis-stream': DataStream;
  readonly 'sns-topic': Topic;
  readonly 'sqs-queue': Queue;
  readonly 'user-auth-pool': UserPool;
}

/** The resources of a stack, for events whose properties refer to them. */
export interface ResourcesByName {
  /** The resource with a name. */
  get<Type extends keyof Companions>(type: Type, name: string): Companions[Type];
  /** The resource with a name, else the one that an ARN's directive refers to, else an object with the ARN. */
  find<Type extends keyof Companions>(
    type: Type,
    name: string | undefined,
    arn: string | undefined,
  ): Companions[Type] | { readonly arn: string };
  /** The same value with a token for each string that is a directive as a whole. */
  resolve<Value>(value: Value): Value;
}
