import type { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import type { Connection } from '../../access/connection';
import { databaseConnection, type NetworkedTarget, providedIngressRule } from '../database-connection';
import { portText } from '../port-text';
import { databaseParams, managedPassword, withPassword } from './params';
import type { DATABASE_PARAMS } from './schema';

type DatabaseTarget = NetworkedTarget<'relational-database', typeof DATABASE_PARAMS>;

export function relationalDatabaseConnection(target: DatabaseTarget): Connection {
  return databaseConnection(target, withPassword(target.params));
}

/** The secret with the password, if RDS manages it. A password in the instance's settings is unknown here. */
export function providedDatabase(instance: DbInstance): DatabaseTarget {
  const { address: host, port, dbName, username: userName, engineInput, manageMasterUserPasswordInput } = instance;
  const engine = engineInput === 'mysql' || engineInput === 'mariadb' ? 'mysql' : 'postgres';
  return {
    type: 'relational-database',
    params: databaseParams({ engine, host, port: portText(port), dbName, userName }),
    ...(manageMasterUserPasswordInput === true && { password: managedPassword(instance) }),
    ingressRule: providedIngressRule(instance, instance.vpcSecurityGroupIdsInput, port, 'vpcSecurityGroupIds'),
  };
}
