import type { Construct } from 'constructs';
import type { Resource } from '../stack-config/resources';
import type { CatalogEntry } from './catalog';
import type { CompanionContext } from './companion';

/** A resource of a config that isn't a job. */
export type CompanionConfig = Exclude<Resource, { type: 'batch-job' }>;

type CompanionClass<Type extends CompanionConfig['type']> = new (
  scope: Construct,
  id: string,
  props: CompanionContext & Omit<Extract<CompanionConfig, { type: Type }>, 'type'>,
) => Construct & CatalogEntry;

/**
 * The class of each type of companion resource. The compiler reports a missing type. Each class is loaded only if needed, because the
 * provider's classes for all of them would take a tenth of a small stack's synthesis.
 */
const COMPANIONS = {
  bucket: () => (require('./bucket/construct') as typeof import('./bucket/construct')).Bucket,
  'event-bus': () => (require('./event-bus/construct') as typeof import('./event-bus/construct')).EventBus,
  'application-load-balancer': () =>
    (require('./application-load-balancer/construct') as typeof import('./application-load-balancer/construct'))
      .LoadBalancer,
  'dynamo-db-table': () =>
    (require('./dynamo-db-table/construct') as typeof import('./dynamo-db-table/construct')).Table,
  'kinesis-stream': () =>
    (require('./kinesis-stream/construct') as typeof import('./kinesis-stream/construct')).DataStream,
  'sns-topic': () => (require('./sns-topic/construct') as typeof import('./sns-topic/construct')).Topic,
  'sqs-queue': () => (require('./sqs-queue/construct') as typeof import('./sqs-queue/construct')).Queue,
  existing: () => (require('./existing/construct') as typeof import('./existing/construct')).ExistingResource,
  function: () => (require('./function/construct') as typeof import('./function/construct')).BundledFunction,
  'http-api-gateway': () =>
    (require('./http-api-gateway/construct') as typeof import('./http-api-gateway/construct')).HttpApi,
  'relational-database': () =>
    (require('./relational-database/construct') as typeof import('./relational-database/construct')).RelationalDatabase,
  'redis-cluster': () =>
    (require('./redis-cluster/construct') as typeof import('./redis-cluster/construct')).RedisCluster,
  'state-machine': () =>
    (require('./state-machine/construct') as typeof import('./state-machine/construct')).StateMachine,
  'user-auth-pool': () =>
    (require('./user-auth-pool/construct') as typeof import('./user-auth-pool/construct')).UserPool,
} satisfies { readonly [Type in CompanionConfig['type']]: () => CompanionClass<Type> };

type Companions = typeof COMPANIONS;

/** The class of a type of companion resource. */
export function companionClass<Type extends keyof Companions>(type: Type): ReturnType<Companions[Type]> {
  return COMPANIONS[type]() as ReturnType<Companions[Type]>;
}

/** Creates a companion resource, or refers to an existing one. The ID is its name in the config. */
export function companionResource(
  scope: Construct,
  id: string,
  { type, ...config }: CompanionConfig,
  context: CompanionContext,
): Construct & CatalogEntry {
  const Class = companionClass(type) as new (scope: Construct, id: string, props: object) => Construct & CatalogEntry;
  return new Class(scope, id, { ...context, ...config });
}
