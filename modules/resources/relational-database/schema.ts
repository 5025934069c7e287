import { z } from 'zod';
import {
  across,
  type CheckContext,
  isDirective,
  isToken,
  nonEmpty,
  numberIn,
  refuse,
  strict,
  text,
} from '../../config/checked';
import { type PasswordRule, passwordProblem, passwordText } from '../../config/password-text';
import { isSecretDirective } from '../../config/secret-directive';
import { containerSecret } from '../../config/secret-text';
import { subnetIds } from '../../config/subnet-ids';
import { asObject } from '../../config/value-at';
import type { ByName, Written, WrittenProperties } from '../../config/written';
import { foundValue } from '../../problems/found';
import { MAX_PORT } from '../../rules/ports';
import { companionSchema } from '../companion-schema';
import { connectedOnly, securityGroupId } from '../network-access';

/** Each engine's name in addresses, its port, and its default version. */
export const ENGINES = {
  postgres: { scheme: 'postgresql', port: 5432, version: '17' },
  mysql: { scheme: 'mysql', port: 3306, version: '8.4' },
} as const;

const engineType = z.enum(['postgres', 'mysql']);

const dbName = text({
  pattern: /^[a-zA-Z][a-zA-Z0-9_]{0,62}$/,
  accepted: 'up to 63 letters, digits and underscores, starting with a letter',
  acceptedAs: 'content',
  fix: 'use a name such as orders',
});

const port = numberIn({ min: 1150, max: MAX_PORT, why: 'Amazon RDS rejects lower ports' });

const userName = text({
  pattern: /^[a-z][a-z0-9_]*$/,
  orDirective: true,
  accepted: 'lowercase letters, digits and underscores, starting with a letter',
  fix: 'use a name such as db_owner',
});

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const OWNER_NAMES = {
  postgres: { longest: 63, reserved: /^(rdsadmin|admin|pg_.*)$/, words: 'not admin, rdsadmin or a name with pg_' },
  mysql: { longest: 16, reserved: /^rdsadmin$/, words: 'not rdsadmin' },
} as const satisfies { readonly [Engine in keyof typeof ENGINES]: object };

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CreateDBInstance.Settings.html */
const PASSWORD: PasswordRule = {
  min: 8,
  max: 128,
  pattern: /^[!#-.0-?A-~]+$/,
  characters: 'printable ASCII characters, and no space, /, @ or "',
};

const MYSQL_PASSWORD: PasswordRule = { ...PASSWORD, max: 41 };

/** MySQL has a lower limit than PostgreSQL. */
function checkLength(engine: unknown, credentials: unknown, context: CheckContext): void {
  const { masterUserPassword: password } = asObject(credentials);
  if (asObject(engine).type !== 'mysql' || typeof password !== 'string' || isSecretDirective(password)) return;
  // A longer one has a problem with each engine.
  if (isToken(password) || password.length > PASSWORD.max || password.length <= MYSQL_PASSWORD.max) return;
  const problem = passwordProblem(password, MYSQL_PASSWORD);
  if (problem?.code === 'out-of-range') refuse(context, problem, ['credentials', 'masterUserPassword']);
}

/** Each engine has its own reserved names: `postgres` is the usual owner with PostgreSQL, and `admin` with MySQL. */
function checkOwner(engine: unknown, credentials: unknown, context: CheckContext): void {
  const { type } = asObject(engine);
  const { masterUserName: name } = asObject(credentials);
  if (typeof name !== 'string' || isToken(name) || isDirective(name)) return;
  if (typeof type !== 'string' || !Object.hasOwn(OWNER_NAMES, type)) return;
  const { longest, reserved, words } = OWNER_NAMES[type as keyof typeof OWNER_NAMES];
  if (name.length <= longest && !reserved.test(name)) return;
  const code = name.length > longest ? 'out-of-range' : 'reserved-name';
  const accepted = `up to ${longest} characters, and ${words}, with ${type}`;
  const path = ['credentials', 'masterUserName'];
  refuse(
    context,
    { code, found: foundValue(name), accepted, acceptedAs: 'content', fix: 'use a name such as db_owner' },
    path,
  );
}

/** Maximum gp3 storage of RDS, in GiB. */
const MOST_STORAGE = 65_536;

const storage = across(
  strict({
    /** Initial size in GiB (gp3, encrypted). You can increase it, but not decrease it. @default 20 */
    initialSize: numberIn({
      unit: 'GiB',
      min: 20,
      max: MOST_STORAGE,
      why: 'a gp3 volume of RDS needs at least 20 GiB',
    }).default(20),
    /** Size in GiB up to which the storage grows automatically: at least 10% more than `initialSize`, or the same to disable it. @default 200 */
    maxSize: numberIn({ unit: 'GiB', min: 20, max: MOST_STORAGE }).default(200),
  }),
  ({ initialSize = 20, maxSize = 200 }, context) => {
    if (typeof initialSize !== 'number' || typeof maxSize !== 'number' || [initialSize, maxSize].some(isToken)) return;
    // RDS: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
    const least = Math.ceil((initialSize * 11) / 10);
    if (maxSize === initialSize || maxSize >= least) return;
    const accepted = `${initialSize} for fixed storage, or ${least} or more: RDS needs at least 10% more than initialSize`;
    const fix = least > MOST_STORAGE ? `write maxSize: ${initialSize}` : `write maxSize: ${least} or more`;
    refuse(context, { found: foundValue(maxSize), accepted, fix }, ['maxSize']);
  },
);

const engine = strict({
  /** PostgreSQL or MySQL. Changing it replaces the database. */
  type: engineType,
  /** Version, size and storage. @default each property's own default */
  properties: strict({
    /** Version of the engine, such as `17` or `17.4`. With only a major version, RDS upgrades minor versions automatically. @default 17 (PostgreSQL) or 8.4 (MySQL) */
    version: text({
      pattern: /^\d+(\.\d+){0,2}$/,
      accepted: 'a version such as 17 or 17.4',
      fix: 'write a version such as "17", in quotes',
    }).optional(),
    /** Name of the database that is created with the instance. @default defdb */
    dbName: dbName.default('defdb'),
    /** Port of the database. @default 5432 (PostgreSQL) or 3306 (MySQL) */
    port: port.optional(),
    /** The instance. @default each property's own default */
    primaryInstance: strict({
      /** Class of the instance. @default db.t4g.micro */
      instanceSize: text({
        pattern: /^db\.[a-z0-9-]+\.[a-z0-9]+$/,
        accepted: 'a class such as db.t4g.micro',
        fix: (found) => (/^[a-z0-9-]+\.[a-z0-9]+$/.test(found) ? `write db.${found}` : 'use db.t4g.micro'),
      }).default('db.t4g.micro'),
      /** Keeps a second instance in another zone that takes over if the first one fails, for twice the price. @default false */
      multiAz: z.boolean().default(false),
    }).prefault({}),
    /** The storage. @default each property's own default */
    storage: storage.prefault({}),
  }).prefault({}),
});

/** Properties of a database that the stack creates. */
export const databaseProperties = across(
  strict({
    /** Type of the database. */
    engine,
    /** User that owns the database. @default each property's own default */
    credentials: strict({
      /** Name of the owner: up to 63 characters with PostgreSQL, and not `admin`; up to 16 with MySQL. Changing it replaces the database. @default db_master_user */
      masterUserName: userName.default('db_master_user'),
      /** The owner's password as `$Secret('name.key')`, or in plain text with 8 to 128 characters, 41 with MySQL. Terraform's state contains it. @default RDS creates, stores and rotates it in a secret, and no state contains it */
      masterUserPassword: passwordText(PASSWORD).optional(),
    }).prefault({}),
    /** Who can connect, as in Stacktape: only those with `connectTo`. @default scoping-workloads-in-vpc */
    accessibility: strict({
      /** Only `scoping-workloads-in-vpc`: jobs that name it in `connectTo`. */
      accessibilityMode: connectedOnly,
    }).optional(),
    /** Subnets of the VPC, in two or more zones. @default new subnets without internet access; in an existing VPC, `vpc.subnetIds` */
    subnetIds: subnetIds(2).optional(),
    /** RDS refuses to delete the database, also with `destroy`. To delete it, set `false` and deploy first. @default true */
    deletionProtection: z.boolean().default(true),
    /** Days for which daily backups are kept. You can restore the database to any second of them. 0 turns backups off. @default 7 */
    automatedBackupRetentionDays: numberIn({ unit: 'days', min: 0, max: 35 }).default(7),
  }),
  ({ engine, credentials }, context) => {
    checkOwner(engine, credentials, context);
    checkLength(engine, credentials, context);
  },
);

/** An Amazon RDS database. */
export const relationalDatabase = companionSchema(
  'relational-database',
  databaseProperties,
  strict({
    /** PostgreSQL or MySQL. */
    engine: engineType,
    /** Host name. */
    host: nonEmpty('the name of a host'),
    /** Host name for reading, such as the reader endpoint of an Aurora cluster. @default none */
    readerHost: nonEmpty('the name of a host').optional(),
    /** Port. @default 5432 (PostgreSQL) or 3306 (MySQL) */
    port: numberIn({ min: 1, max: MAX_PORT }).optional(),
    /** Name of the database. @default not known */
    dbName: nonEmpty('the name of a database').optional(),
    /** User name of the jobs. @default not known */
    userName: nonEmpty('the name of a user').optional(),
    /** That user's password as `$Secret('name.key')`. @default not known */
    password: containerSecret('a password').optional(),
    /** The database's security group. The stack adds a rule for the jobs that connect. @default none: jobs can already reach it */
    securityGroupId: securityGroupId.optional(),
  }),
);

/** What others can ask of a database. */
export const DATABASE_PARAMS = [
  'host',
  'port',
  'dbName',
  'userName',
  'connectionString',
  'jdbcConnectionString',
  'readerHost',
  'readerPort',
  'readerConnectionString',
  'readerJdbcConnectionString',
] as const;

/** Those of them that say where a database is. */
export const DATABASE_ADDRESSES: readonly (typeof DATABASE_PARAMS)[number][] = DATABASE_PARAMS.filter(
  (param) => param !== 'dbName' && param !== 'userName',
);

export interface RelationalDatabaseProperties extends WrittenProperties<typeof relationalDatabase>, ByName {}
/** Such a resource as written in a config. */
export interface RelationalDatabase extends Written<z.input<typeof relationalDatabase>> {
  readonly properties?: RelationalDatabaseProperties;
}
