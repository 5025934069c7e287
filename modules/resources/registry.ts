import type { Construct } from 'constructs';
import type { z } from 'zod';
import type { CreatedResource } from '../config/vocabulary';
import { APPLICATION_LOAD_BALANCER, type ApplicationLoadBalancer } from './application-load-balancer';
import { BUCKET, type BucketResource } from './bucket';
import type { CatalogEntry } from './catalog';
import type { CompanionContext } from './companion';
import type { Advice } from './descriptor';
import { DYNAMO_DB_TABLE, type DynamoDbTable } from './dynamo-db-table';
import { EFS_FILESYSTEM, type EfsFilesystem } from './efs-filesystem';
import { EVENT_BUS, type EventBus } from './event-bus';
import { EXISTING, type ExistingResource } from './existing';
import { FUNCTION } from './function';
import { functionSchema } from './function/schema';
import { HTTP_API_GATEWAY, type HttpApiGateway } from './http-api-gateway';
import { KINESIS_STREAM, type KinesisStream } from './kinesis-stream';
import { REDIS_CLUSTER, type RedisCluster } from './redis-cluster';
import { RELATIONAL_DATABASE, type RelationalDatabase } from './relational-database';
import { SNS_TOPIC, type SnsTopic } from './sns-topic';
import { SQS_QUEUE, type SqsQueue } from './sqs-queue';
import { STATE_MACHINE, type StateMachineResource } from './state-machine';
import { USER_AUTH_POOL, type UserAuthPool } from './user-auth-pool';

/** All types of companion resources, in the order of the JSON Schema. */
export const COMPANIONS = [
  BUCKET,
  EVENT_BUS,
  APPLICATION_LOAD_BALANCER,
  DYNAMO_DB_TABLE,
  KINESIS_STREAM,
  SNS_TOPIC,
  SQS_QUEUE,
  FUNCTION,
  HTTP_API_GATEWAY,
  USER_AUTH_POOL,
  STATE_MACHINE,
  RELATIONAL_DATABASE,
  REDIS_CLUSTER,
  EXISTING,
  EFS_FILESYSTEM,
] as const;

/** A companion as written in a config. Without `function`, because event sources are above resources. */
export type WrittenCompanion =
  | ApplicationLoadBalancer
  | BucketResource
  | DynamoDbTable
  | EfsFilesystem
  | EventBus
  | ExistingResource
  | HttpApiGateway
  | KinesisStream
  | RedisCluster
  | RelationalDatabase
  | SnsTopic
  | SqsQueue
  | StateMachineResource
  | UserAuthPool;

type Companions = typeof COMPANIONS;

export type AnyCompanion = Companions[number];

/** Type of a companion in a config. */
export type CompanionType = AnyCompanion['type'];

/** The descriptor of one type of companion. */
export type CompanionOf<Type extends CompanionType> = Extract<AnyCompanion, { readonly type: Type }>;

/** A companion of a config, with its defaults filled in. */
export type CompanionConfig = z.output<AnyCompanion['schema']>;

/** Schemas of the companions, in the same order. A function's events have the given schema. */
type SchemasWith<Events extends z.ZodType, List extends readonly AnyCompanion[] = Companions> = {
  -readonly [Index in keyof List]: List[Index]['type'] extends 'function'
    ? ReturnType<typeof functionSchema<Events>>
    : List[Index]['schema'];
};

/** The schema of each companion in a config. Takes the schema of a function's events, because event sources are above resources. */
export function companionSchemas<Events extends z.ZodType>(events: Events): SchemasWith<Events> {
  const schemas = COMPANIONS.map(({ type, schema }) => (type === 'function' ? functionSchema(events) : schema));
  return schemas as unknown as SchemasWith<Events>;
}

const BY_TYPE = new Map<WrittenCompanion['type'] | 'function', AnyCompanion>(
  COMPANIONS.map((each) => [each.type, each]),
);

/** The descriptor of a type of companion. */
export function companionOf<Type extends CompanionType>(type: Type): CompanionOf<Type> {
  return BY_TYPE.get(type) as CompanionOf<Type>;
}

/** The resources of a companion that `overrides` can change. None if it is of another type. */
export function companionCreates(type: string): readonly CreatedResource[] {
  return COMPANIONS.find((each) => each.type === type)?.creates ?? [];
}

type CompanionClass = new (
  scope: Construct,
  id: string,
  props: CompanionContext & Omit<CompanionConfig, 'type'>,
) => Construct & CatalogEntry;

/** The config of a companion with directives instead of names of other resources. */
export function withoutNames<Config extends CompanionConfig>(config: Config): Config {
  const replaced = companionOf(config.type).withoutNames?.() as ((properties: unknown) => unknown) | undefined;
  if (replaced === undefined || !('properties' in config) || config.properties === undefined) return config;
  return { ...config, properties: replaced(config.properties) };
}

/** A hint about a companion that the stack creates. Its property is relative to the companion's properties. */
export function adviceOn(config: CompanionConfig): Advice | undefined {
  if ('existing' in config && config.existing !== undefined) return undefined;
  const advise = companionOf(config.type).advice?.() as ((properties: object) => Advice | undefined) | undefined;
  return advise?.(('properties' in config && config.properties) || {});
}

/** Creates a companion resource, or refers to an existing one. The ID is its name in the config. */
export function createCompanion(
  scope: Construct,
  id: string,
  { type, ...config }: CompanionConfig,
  context: CompanionContext,
): Construct & CatalogEntry {
  const Class = companionOf(type).construct?.() as CompanionClass | undefined;
  if (Class === undefined) throw new Error(`the stack itself creates a ${type}`);
  // The stack applies them when everything that belongs to the resource exists.
  const { overrides: _applied, ...own } = config as typeof config & { readonly overrides?: unknown };
  return new Class(scope, id, { ...context, ...own });
}
