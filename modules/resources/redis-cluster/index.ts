import { absentIfUnknown, isClosed } from '../database-connection';
import { companion } from '../descriptor';
import { REDIS_PARAMS, redisCluster } from './schema';

export type { RedisCluster } from './schema';

/** The type `redis-cluster`. */
export const REDIS_CLUSTER = companion({
  type: 'redis-cluster',
  noun: 'Redis cluster',
  schema: redisCluster,
  creates: [['RedisCluster', 'elasticache-replication-group']],
  construct: () => (require('./construct') as typeof import('./construct')).RedisCluster,
  params: REDIS_PARAMS,
  secretParams: ['password'],
  absent: {
    password: (_, existing) => absentIfUnknown('password', existing),
    readerHost: (_, existing) => absentIfUnknown('readerHost', existing),
    readerPort: (_, existing) => absentIfUnknown('readerHost', existing),
    readerConnectionString: (_, existing) => absentIfUnknown('readerHost', existing),
  },
  advice: () => {
    const { plainPasswordAdvice } = require('../plain-password') as typeof import('../plain-password');
    return ({ defaultUserPassword }) => plainPasswordAdvice('defaultUserPassword', defaultUserPassword);
  },
  isNetworked: () => true,
  addressParams: (_, existing) => (isClosed(existing) ? REDIS_PARAMS : []),
  connection: () => (require('./connection') as typeof import('./connection')).redisConnection,
  narrowable: { decides: 'the network, and by its users and their passwords' },
  provided: {
    aws_elasticache_replication_group: () => (require('./connection') as typeof import('./connection')).providedRedis,
  },
  stacktape: () => (require('./stacktape') as typeof import('./stacktape')).STACKTAPE,
});
