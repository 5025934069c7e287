import type { ConnectTargets } from '../connect-target';
import type { Connection } from '../connection';

/** Where the database is, who signs in, and with which password. What lets connections in is the network, and no permission. */
export function databaseConnection(target: ConnectTargets['relational-database' | 'redis-cluster']): Connection {
  const { params, password, firewall } = target;
  return { environment: { ...params }, ...(password && { secrets: { password } }), statements: [], firewall };
}
