import type { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import type { Connection } from '../../access/connection';
import type { SecretReference } from '../../access/secret';
import { isToken } from '../../config/checked';
import type { Companion } from '../companion';
import { type DATABASE_PARAMS, ENGINES } from './schema';

type Params = Companion<'relational-database', typeof DATABASE_PARAMS>['params'];

/** The address of a database, without its password. */
interface Address {
  readonly engine: keyof typeof ENGINES;
  readonly host: string;
  readonly port: string;
  readonly dbName?: string;
  readonly userName?: string;
}

/** The password in the secret that RDS manages: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html */
export function managedPassword({ masterUserSecret }: DbInstance): SecretReference {
  const { secretArn } = masterUserSecret.get(0);
  return { store: 'secret', valueFrom: `${secretArn}:password::`, arn: secretArn };
}

/** The parameters of a database. None contains the password, which is a separate secret. */
export function databaseParams({ engine, host, port, dbName, userName }: Address): Params {
  const { scheme } = ENGINES[engine];
  const database = dbName === undefined ? '' : `/${dbName}`;
  const user = userName === undefined ? '' : `${inUrl(userName)}@`;
  const query = userName === undefined ? '' : `?user=${inUrl(userName)}`;
  return {
    host,
    port,
    dbName,
    userName,
    connectionString: `${scheme}://${user}${host}:${port}${database}`,
    jdbcConnectionString: `jdbc:${scheme}://${host}:${port}${database === '' ? '/' : database}${query}`,
  };
}

/** The parameters that contain the password, with `$(password)` in its place. Drivers accept no password without its user. */
export function withPassword({
  userName,
  connectionString = '',
  jdbcConnectionString = '',
}: Params): NonNullable<Connection['completed']> {
  if (userName === undefined) return {};
  const user = `//${inUrl(userName)}`;
  return {
    connectionString: connectionString.replace(`${user}@`, () => `${user}:$(password)@`),
    jdbcConnectionString: `${jdbcConnectionString}&password=$(password)`,
  };
}

/** A name that only Terraform knows stays as it is. */
function inUrl(userName: string): string {
  return isToken(userName) ? userName : encodeURIComponent(userName);
}
