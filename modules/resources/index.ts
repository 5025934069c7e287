/**
 * Companion resources without a config: queues, buckets, databases and so on, with the same settings as in a config.
 *
 * @module cdktf-batch-jobs/resources
 */

export { BundledFunction } from '../bundled-function';
export { LoadBalancer } from './application-load-balancer/construct';
export { Bucket } from './bucket/construct';
export type { CompanionContext } from './companion';
export { Table } from './dynamo-db-table/construct';
export { EfsFilesystem } from './efs-filesystem/construct';
export { EventBus } from './event-bus/construct';
export { ExistingResource } from './existing/construct';
export { HttpApi } from './http-api-gateway/construct';
export { DataStream } from './kinesis-stream/construct';
export { RedisCluster } from './redis-cluster/construct';
export { RelationalDatabase } from './relational-database/construct';
export { Topic } from './sns-topic/construct';
export { Queue } from './sqs-queue/construct';
export { StateMachine } from './state-machine/construct';
export { UserPool } from './user-auth-pool/construct';
