/**
 * Companion resources without a config: queues, buckets, databases and so on, with the same settings as in a config.
 *
 * @module cdktf-batch-jobs/resources
 */
export { Bucket } from './bucket';
export type { CompanionContext } from './companion';
export { Table } from './dynamo-db-table';
export { EventBus } from './event-bus';
export { ExistingResource } from './existing';
export { BundledFunction } from './function';
export { HttpApi } from './http-api';
export { DataStream } from './kinesis-stream';
export { LoadBalancer } from './load-balancer';
export { Queue } from './queue';
export { RedisCluster } from './redis-cluster';
export { RelationalDatabase } from './relational-database';
export { StateMachine } from './state-machine';
export { Topic } from './topic';
export { UserPool } from './user-pool';
