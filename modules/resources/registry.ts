import type { Construct } from 'constructs';
import type { Resource } from '../config/resources';
import { Bucket } from './bucket';
import type { CatalogEntry } from './catalog';
import type { CompanionContext } from './companion';
import { Table } from './dynamo-db-table';
import { EventBus } from './event-bus';
import { BundledFunction } from './function';
import { HttpApi } from './http-api';
import { DataStream } from './kinesis-stream';
import { LoadBalancer } from './load-balancer';
import { Queue } from './queue';
import { Topic } from './topic';
import { UserPool } from './user-pool';

/** A resource of a config that is no job. */
export type CompanionConfig = Exclude<Resource, { type: 'batch-job' }>;

type CompanionClass<Type extends CompanionConfig['type']> = new (
  scope: Construct,
  id: string,
  props: CompanionContext & Omit<Extract<CompanionConfig, { type: Type }>, 'type'>,
) => Construct & CatalogEntry;

/** The class of each type of companion resource. A type that the config knows and this table does not is an error of the compiler. */
const COMPANIONS: { readonly [Type in CompanionConfig['type']]: CompanionClass<Type> } = {
  bucket: Bucket,
  'event-bus': EventBus,
  'application-load-balancer': LoadBalancer,
  'dynamo-db-table': Table,
  'kinesis-stream': DataStream,
  'sns-topic': Topic,
  'sqs-queue': Queue,
  function: BundledFunction,
  'http-api-gateway': HttpApi,
  'user-auth-pool': UserPool,
};

/** Makes a companion resource, or stands for the existing one that it names. The id is its name in the config. */
export function companionResource(
  scope: Construct,
  id: string,
  { type, ...config }: CompanionConfig,
  context: CompanionContext,
): Construct & CatalogEntry {
  const Class = (COMPANIONS as { readonly [type: string]: unknown })[type] as new (
    scope: Construct,
    id: string,
    props: object,
  ) => Construct & CatalogEntry;
  return new Class(scope, id, { ...context, ...config });
}
