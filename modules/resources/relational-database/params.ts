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
  /** Name of what answers reads. @default unknown */
  readonly readerHost?: string;
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
export function databaseParams({ engine, host, readerHost, port, dbName, userName }: Address): Params {
  const { scheme } = ENGINES[engine];
  const database = dbName === undefined ? '' : `/${dbName}`;
  const user = userName === undefined ? '' : `${inUrl(userName)}@`;
  const query = userName === undefined ? '' : `?user=${inUrl(userName)}`;
  const url = (name: string) => `${scheme}://${user}${name}:${port}${database}`;
  const jdbc = (name: string) => `jdbc:${scheme}://${name}:${port}${database === '' ? '/' : database}${query}`;
  const hasReader = readerHost !== undefined;
  return {
    ...{ host, port, dbName, userName, connectionString: url(host), jdbcConnectionString: jdbc(host) },
    ...{ readerHost, readerPort: hasReader ? port : undefined },
    readerConnectionString: hasReader ? url(readerHost) : undefined,
    readerJdbcConnectionString: hasReader ? jdbc(readerHost) : undefined,
  };
}

/** The parameters that contain the password, with `$(password)` in its place. Drivers accept no password without its user. */
export function withPassword(params: Params): NonNullable<Connection['completed']> {
  const { userName, connectionString = '', jdbcConnectionString = '' } = params;
  const { readerConnectionString, readerJdbcConnectionString } = params;
  if (userName === undefined) return {};
  const user = `//${inUrl(userName)}`;
  const url = (text: string) => text.replace(`${user}@`, () => `${user}:$(password)@`);
  const jdbc = (text: string) => `${text}&password=$(password)`;
  return {
    connectionString: url(connectionString),
    jdbcConnectionString: jdbc(jdbcConnectionString),
    ...(readerConnectionString !== undefined && { readerConnectionString: url(readerConnectionString) }),
    ...(readerJdbcConnectionString !== undefined && { readerJdbcConnectionString: jdbc(readerJdbcConnectionString) }),
  };
}

/** A name that only Terraform knows stays as it is. */
function inUrl(userName: string): string {
  return isToken(userName) ? userName : encodeURIComponent(userName);
}
