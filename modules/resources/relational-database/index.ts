import { absentIfUnknown } from '../database-connection';
import { companion } from '../descriptor';
import { providedDatabase, relationalDatabaseConnection } from './connection';
import { RELATIONAL_DATABASE_RULES } from './rules';
import { DATABASE_PARAMS, relationalDatabase } from './schema';

export type { RelationalDatabase } from './schema';

/** The type `relational-database`. */
export const RELATIONAL_DATABASE = companion({
  type: 'relational-database',
  noun: 'database',
  schema: relationalDatabase,
  construct: () => (require('./construct') as typeof import('./construct')).RelationalDatabase,
  params: DATABASE_PARAMS,
  rules: RELATIONAL_DATABASE_RULES,
  secretParams: ['password'],
  absent: {
    dbName: (_, existing) => absentIfUnknown('dbName', existing),
    userName: (_, existing) => absentIfUnknown('userName', existing),
    password: (_, existing) => absentIfUnknown('password', existing),
  },
  isNetworked: () => true,
  connection: relationalDatabaseConnection,
  narrowable: { decides: 'the network, and by its users and their passwords' },
  provided: { aws_db_instance: providedDatabase },
});
