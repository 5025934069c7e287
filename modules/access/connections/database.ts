import type { ConnectTargets } from '../connect-target';
import type { Connection } from '../connection';

/** Address, user and password of the database. Access depends on the network, not on permissions. */
export function databaseConnection(target: ConnectTargets['relational-database' | 'redis-cluster']): Connection {
  const { params, password, firewall } = target;
  return { environment: { ...params }, ...(password && { secrets: { password } }), statements: [], firewall };
}
