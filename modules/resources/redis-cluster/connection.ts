import type { ElasticacheReplicationGroup } from '@cdktf/provider-aws/lib/elasticache-replication-group';
import type { Connection } from '../../access/connection';
import { databaseConnection, type NetworkedTarget, providedIngressRule } from '../database-connection';
import { redisParams, withPassword } from './params';
import type { REDIS_PARAMS } from './schema';

type RedisTarget = NetworkedTarget<'redis-cluster', typeof REDIS_PARAMS>;

export function redisConnection(target: RedisTarget): Connection {
  return databaseConnection(target, withPassword(target.params));
}

export function providedRedis(group: ElasticacheReplicationGroup): RedisTarget {
  const {
    primaryEndpointAddress: host,
    readerEndpointAddress: readerHost,
    port,
    transitEncryptionEnabledInput,
  } = group;
  return {
    type: 'redis-cluster',
    params: redisParams({ host, readerHost, port, tls: transitEncryptionEnabledInput === true }),
    ingressRule: providedIngressRule(group, group.securityGroupIdsInput, port, 'securityGroupIds'),
  };
}
