import type { ConnectTargets } from '../access/connect-target';
import type { Connection } from '../access/connection';

/** Address, user and password of the database. Access depends on the network, not on permissions. */
export function databaseConnection(target: ConnectTargets['relational-database' | 'redis-cluster']): Connection {
  const { params, password, ingressRule } = target;
  return { environment: { ...params }, ...(password && { secrets: { password } }), statements: [], ingressRule };
}
