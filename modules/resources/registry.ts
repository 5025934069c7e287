import type { Construct } from 'constructs';
import type { Resource } from '../config/resources';
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
  bucket: () => (require('./bucket') as typeof import('./bucket')).Bucket,
  'event-bus': () => (require('./event-bus') as typeof import('./event-bus')).EventBus,
  'application-load-balancer': () => (require('./load-balancer') as typeof import('./load-balancer')).LoadBalancer,
  'dynamo-db-table': () => (require('./dynamo-db-table') as typeof import('./dynamo-db-table')).Table,
  'kinesis-stream': () => (require('./kinesis-stream') as typeof import('./kinesis-stream')).DataStream,
  'sns-topic': () => (require('./topic') as typeof import('./topic')).Topic,
  'sqs-queue': () => (require('./queue') as typeof import('./queue')).Queue,
  existing: () => (require('./existing') as typeof import('./existing')).ExistingResource,
  function: () => (require('./function') as typeof import('./function')).BundledFunction,
  'http-api-gateway': () => (require('./http-api') as typeof import('./http-api')).HttpApi,
  'relational-database': () =>
    (require('./relational-database') as typeof import('./relational-database')).RelationalDatabase,
  'redis-cluster': () => (require('./redis-cluster') as typeof import('./redis-cluster')).RedisCluster,
  'state-machine': () => (require('./state-machine') as typeof import('./state-machine')).StateMachine,
  'user-auth-pool': () => (require('./user-pool') as typeof import('./user-pool')).UserPool,
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
