import type { HttpApiGatewayEvent } from '../../triggers/http-api-gateway/schema';
import type { WrittenEvent } from '../../triggers/registry';
import type { ByName, Written } from '../config/written';
import type { BatchJobsConfig } from './config';

// Types of what you write, with a name for each part, which the compiler shows in its errors. Interfaces, since it expands type aliases.

type AnyResource = BatchJobsConfig['resources'][string];
type AnyJob = Extract<AnyResource, { type: 'batch-job' }>;

type Named<Part, Type> = Written<Extract<Part, { type: Type }>>;
type PropertiesOf<Part, Type> = Written<NonNullable<Extract<Part, { type: Type; properties?: unknown }>['properties']>>;

declare const NOTHING: unique symbol;

/** An impossible event. Without a member without properties, the compiler's errors include the properties of all event types. */
interface NoEvent {
  readonly type: typeof NOTHING;
}

export interface JobResources extends Written<AnyJob['properties']['resources']>, ByName {}
export interface JobContainer extends Written<AnyJob['properties']['container']>, ByName {}
/** Properties of a job in a config. */
export interface BatchJobProperties extends Omit<PropertiesOf<AnyResource, 'batch-job'>, 'events'> {
  readonly resources: JobResources;
  readonly container: JobContainer;
  /** Event sources that start the job. */
  readonly events?: readonly (WrittenEvent | NoEvent)[];
}
/** A job in a config. */
export interface BatchJobResource extends Omit<Named<AnyResource, 'batch-job'>, 'properties'> {
  readonly properties: BatchJobProperties;
}

export interface ApplicationLoadBalancerProperties
  extends PropertiesOf<AnyResource, 'application-load-balancer'>,
    ByName {}
export interface ApplicationLoadBalancer extends Named<AnyResource, 'application-load-balancer'> {
  readonly properties?: ApplicationLoadBalancerProperties;
}

export interface BucketResourceProperties extends PropertiesOf<AnyResource, 'bucket'>, ByName {}
export interface BucketResource extends Named<AnyResource, 'bucket'> {
  readonly properties?: BucketResourceProperties;
}

export interface DynamoDbTableProperties extends PropertiesOf<AnyResource, 'dynamo-db-table'>, ByName {}
export interface DynamoDbTable extends Named<AnyResource, 'dynamo-db-table'> {
  readonly properties?: DynamoDbTableProperties;
}

export interface EventBusProperties extends PropertiesOf<AnyResource, 'event-bus'>, ByName {}
export interface EventBus extends Named<AnyResource, 'event-bus'> {
  readonly properties?: EventBusProperties;
}

export interface ExistingResourceProperties extends PropertiesOf<AnyResource, 'existing'>, ByName {}
export interface ExistingResource extends Named<AnyResource, 'existing'> {
  readonly properties: ExistingResourceProperties;
}

export interface FunctionResourceProperties extends Omit<PropertiesOf<AnyResource, 'function'>, 'events'> {
  /** HTTP requests that invoke the function. */
  readonly events?: readonly HttpApiGatewayEvent[];
}
export interface FunctionResource extends Named<AnyResource, 'function'> {
  readonly properties?: FunctionResourceProperties;
}

export interface HttpApiGatewayProperties extends PropertiesOf<AnyResource, 'http-api-gateway'>, ByName {}
export interface HttpApiGateway extends Named<AnyResource, 'http-api-gateway'> {
  readonly properties?: HttpApiGatewayProperties;
}

export interface KinesisStreamProperties extends PropertiesOf<AnyResource, 'kinesis-stream'>, ByName {}
export interface KinesisStream extends Named<AnyResource, 'kinesis-stream'> {
  readonly properties?: KinesisStreamProperties;
}

export interface RedisClusterProperties extends PropertiesOf<AnyResource, 'redis-cluster'>, ByName {}
export interface RedisCluster extends Named<AnyResource, 'redis-cluster'> {
  readonly properties?: RedisClusterProperties;
}

export interface RelationalDatabaseProperties extends PropertiesOf<AnyResource, 'relational-database'>, ByName {}
export interface RelationalDatabase extends Named<AnyResource, 'relational-database'> {
  readonly properties?: RelationalDatabaseProperties;
}

export interface SnsTopicProperties extends PropertiesOf<AnyResource, 'sns-topic'>, ByName {}
export interface SnsTopic extends Named<AnyResource, 'sns-topic'> {
  readonly properties?: SnsTopicProperties;
}

export interface SqsQueueProperties extends PropertiesOf<AnyResource, 'sqs-queue'>, ByName {}
export interface SqsQueue extends Named<AnyResource, 'sqs-queue'> {
  readonly properties?: SqsQueueProperties;
}

export interface StateMachineResource extends Named<AnyResource, 'state-machine'>, ByName {}

export interface UserAuthPoolProperties extends PropertiesOf<AnyResource, 'user-auth-pool'>, ByName {}
export interface UserAuthPool extends Named<AnyResource, 'user-auth-pool'> {
  readonly properties?: UserAuthPoolProperties;
}

/** A resource of a config. */
export type WrittenResource =
  | BatchJobResource
  | ApplicationLoadBalancer
  | BucketResource
  | DynamoDbTable
  | EventBus
  | ExistingResource
  | FunctionResource
  | HttpApiGateway
  | KinesisStream
  | RedisCluster
  | RelationalDatabase
  | SnsTopic
  | SqsQueue
  | StateMachineResource
  | UserAuthPool;

/** A whole config. */
export interface WrittenConfig extends Written<Omit<BatchJobsConfig, 'resources'>> {
  /** The resources, by name. */
  readonly resources: { readonly [name: string]: WrittenResource };
}
