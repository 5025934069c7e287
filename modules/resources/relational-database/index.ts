import { absentIfUnknown, isClosed } from '../database-connection';
import { companion } from '../descriptor';
import { DATABASE_ADDRESSES, DATABASE_PARAMS, relationalDatabase } from './schema';

export type { RelationalDatabase } from './schema';

/** The type `relational-database`. */
export const RELATIONAL_DATABASE = companion({
  type: 'relational-database',
  noun: 'database',
  schema: relationalDatabase,
  creates: [['RelationalDatabase', 'db-instance']],
  construct: () => (require('./construct') as typeof import('./construct')).RelationalDatabase,
  params: DATABASE_PARAMS,
  rules: () => (require('./rules') as typeof import('./rules')).RELATIONAL_DATABASE_RULES,
  secretParams: ['password'],
  absent: {
    dbName: (_, existing) => absentIfUnknown('dbName', existing),
    userName: (_, existing) => absentIfUnknown('userName', existing),
    password: (_, existing) => absentIfUnknown('password', existing),
    readerHost: (_, existing) => withoutReader(existing),
    readerPort: (_, existing) => withoutReader(existing),
    readerConnectionString: (_, existing) => withoutReader(existing),
    readerJdbcConnectionString: (_, existing) => withoutReader(existing),
  },
  advice: () => {
    const { plainPasswordAdvice } = require('../plain-password') as typeof import('../plain-password');
    const otherwise = ', or remove masterUserPassword: RDS then creates and rotates one';
    return ({ credentials }) =>
      plainPasswordAdvice('credentials.masterUserPassword', credentials?.masterUserPassword, otherwise);
  },
  isNetworked: () => true,
  addressParams: (_, existing) => (isClosed(existing) ? DATABASE_ADDRESSES : []),
  connection: () => (require('./connection') as typeof import('./connection')).relationalDatabaseConnection,
  narrowable: { decides: 'the network, and by its users and their passwords' },
  provided: { aws_db_instance: () => (require('./connection') as typeof import('./connection')).providedDatabase },
  stacktape: () => (require('./stacktape') as typeof import('./stacktape')).STACKTAPE,
});

/** A database that the stack creates is one instance. */
function withoutReader(existing: { readonly readerHost?: unknown } | undefined): string | undefined {
  if (existing !== undefined) return absentIfUnknown('readerHost', existing);
  return 'write host: the database has no replicas. For a cluster of Aurora, write existing with its readerHost';
}
