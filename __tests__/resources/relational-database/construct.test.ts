// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets

import {
  RelationalDatabase,
  type RelationalDatabaseProps,
} from '../../../modules/resources/relational-database/construct';
import { relationalDatabase } from '../../../modules/resources/relational-database/schema';
import { shortHash } from '../../../modules/rules/naming';
import { configProblems, problemsWith, SMALLEST_JOB } from '../../stack-config/samples';
import { foreignStack } from '../../synthesis';
import { context, resolved, withContext } from '../context';

type Props = Pick<RelationalDatabaseProps, 'properties' | 'existing'>;
const POSTGRES: Props = { properties: { engine: { type: 'postgres' } } };

const synthesize = (props: Props = POSTGRES, id = 'orders') =>
  withContext((stack, given) => new RelationalDatabase(stack, id, { ...given, ...props }));
const instanceOf = (props?: Props) => synthesize(props).one('aws_db_instance');

function connectionOf(props: Props) {
  const stack = foreignStack();
  const { params, password, ingressRule } = new RelationalDatabase(stack, 'orders', { ...context(stack), ...props });
  return resolved(stack, { params, password, ingressRule });
}

describe('RelationalDatabase', () => {
  it('makes an instance in subnets of its own group, behind a security group without rules', () => {
    const synthesis = synthesize();
    expect(synthesis.types).toEqual(['aws_db_instance', 'aws_db_subnet_group', 'aws_security_group']);
    expect(synthesis.one('aws_security_group')).toEqual({
      name_prefix: 'database-reports-orders-',
      description: 'Database: open to those that connect to it',
      vpc_id: 'vpc-1',
      tags: { Name: 'reports-orders' },
      lifecycle: { create_before_destroy: true },
    });
    expect(synthesis.one('aws_db_subnet_group')).toEqual({
      name: 'reports-orders',
      subnet_ids: ['subnet-1', 'subnet-2'],
    });
  });

  it('is small, private, encrypted, backed up, protected, with a password that RDS makes', () => {
    expect(instanceOf()).toEqual({
      identifier: 'reports-orders',
      engine: 'postgres',
      engine_version: '17',
      instance_class: 'db.t4g.micro',
      multi_az: false,
      db_name: 'defdb',
      port: 5432,
      username: 'db_master_user',
      manage_master_user_password: true,
      allocated_storage: 20,
      max_allocated_storage: 200,
      storage_type: 'gp3',
      storage_encrypted: true,
      db_subnet_group_name: '${aws_db_subnet_group.orders_Subnets.name}',
      vpc_security_group_ids: ['${aws_security_group.orders_SecurityGroup.id}'],
      publicly_accessible: false,
      auto_minor_version_upgrade: true,
      backup_retention_period: 7,
      copy_tags_to_snapshot: true,
      deletion_protection: true,
      skip_final_snapshot: false,
      final_snapshot_identifier: 'reports-orders-final',
    });
  });

  it('is made as its properties say', () => {
    const mysql = instanceOf({
      properties: {
        engine: {
          type: 'mysql',
          properties: {
            version: '8.0.40',
            dbName: 'orders',
            port: 3307,
            primaryInstance: { instanceSize: 'db.m7g.large', multiAz: true },
            storage: { initialSize: 100, maxSize: 100 },
          },
        },
        credentials: { masterUserName: 'owner' },
        subnetIds: ['subnet-8', 'subnet-9'],
        deletionProtection: false,
        automatedBackupRetentionDays: 0,
      },
    });
    expect(mysql).toMatchObject({
      engine: 'mysql',
      engine_version: '8.0.40',
      db_name: 'orders',
      port: 3307,
      instance_class: 'db.m7g.large',
      multi_az: true,
      allocated_storage: 100,
      username: 'owner',
      deletion_protection: false,
      backup_retention_period: 0,
    });
    expect(mysql).not.toHaveProperty('max_allocated_storage');
    expect(instanceOf({ properties: { engine: { type: 'mysql' } } })).toMatchObject({
      engine_version: '8.4',
      port: 3306,
    });
  });

  it('tells where it is without its password, and where that is', () => {
    const at = '${aws_db_instance.orders.address}:5432/${aws_db_instance.orders.db_name}';
    expect(connectionOf(POSTGRES)).toEqual({
      params: {
        host: '${aws_db_instance.orders.address}',
        port: '5432',
        dbName: '${aws_db_instance.orders.db_name}',
        userName: '${aws_db_instance.orders.username}',
        connectionString: `postgresql://\${aws_db_instance.orders.username}@${at}`,
        jdbcConnectionString: `jdbc:postgresql://${at}?user=\${aws_db_instance.orders.username}`,
      },
      password: {
        store: 'secret',
        valueFrom: '${aws_db_instance.orders.master_user_secret[0].secret_arn}:password::',
        arn: '${aws_db_instance.orders.master_user_secret[0].secret_arn}',
      },
      ingressRule: {
        key: 'stack/orders',
        securityGroupId: '${aws_security_group.orders_SecurityGroup.id}',
        port: 5432,
      },
    });
  });

  it.each([
    [
      "$Secret('db.password')",
      '${jsondecode(data.aws_secretsmanager_secret_version.orders_Password.secret_string).password}',
      ':password::',
    ],
    ["$Secret('db')", '${data.aws_secretsmanager_secret_version.orders_Password.secret_string}', ''],
  ])('takes a password that is kept already: %s', (masterUserPassword, password, valueFrom) => {
    const props = { properties: { engine: { type: 'postgres' as const }, credentials: { masterUserPassword } } };
    const synthesis = synthesize(props);
    expect(synthesis.one('aws_db_instance')).toMatchObject({ password });
    expect(synthesis.one('aws_db_instance')).not.toHaveProperty('manage_master_user_password');
    expect(synthesis.one('data.aws_secretsmanager_secret_version')).toEqual({ secret_id: 'db' });
    expect(connectionOf(props)).toMatchObject({
      password: { valueFrom: `\${data.aws_secretsmanager_secret.aws_Secret-${shortHash('db')}.arn}${valueFrom}` },
    });
  });

  it('takes a password in plain text, which is in a secret for all others', () => {
    const credentials = { masterUserPassword: 'hunter2hunter2' };
    const props = { properties: { engine: { type: 'mysql' as const }, credentials } };
    const synthesis = synthesize(props);
    const password = '${aws_secretsmanager_secret_version.orders_PasswordValue.secret_string}';
    expect(synthesis.one('aws_db_instance')).toMatchObject({ password });
    expect(synthesis.one('aws_db_instance')).not.toHaveProperty('manage_master_user_password');
    expect(synthesis.one('aws_secretsmanager_secret_version').secret_string).toBe('hunter2hunter2');
    const arn = '${aws_secretsmanager_secret.orders_PasswordSecret.arn}';
    expect(connectionOf(props)).toMatchObject({ password: { store: 'secret', valueFrom: arn, arn } });
  });

  it('takes a version of a secret, and an ARN', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:team/db-AbCdEf';
    const credentials = { masterUserPassword: `$Secret('${arn}:password:AWSPREVIOUS')` };
    const props = { properties: { engine: { type: 'postgres' as const }, credentials } };
    const synthesis = synthesize(props);
    expect(synthesis.one('data.aws_secretsmanager_secret_version')).toEqual({
      secret_id: arn,
      version_stage: 'AWSPREVIOUS',
    });
    expect(connectionOf(props)).toMatchObject({
      password: { store: 'secret', valueFrom: `${arn}:password:AWSPREVIOUS:`, arn },
    });
  });

  it('stands for one that is there', () => {
    const existing = { engine: 'mysql' as const, host: 'db.example.com' };
    expect(synthesize({ existing }).types).toEqual([]);
    expect(connectionOf({ existing })).toEqual({
      params: {
        host: 'db.example.com',
        port: '3306',
        connectionString: 'mysql://db.example.com:3306',
        jdbcConnectionString: 'jdbc:mysql://db.example.com:3306/',
      },
    });
    const all = {
      ...existing,
      port: 1,
      dbName: 'o',
      userName: 'u',
      password: "$Secret('p')",
      securityGroupId: 'sg-12345678',
    };
    expect(connectionOf({ existing: { ...all, readerHost: 'ro.example.com' } })).toMatchObject({
      params: {
        connectionString: 'mysql://u@db.example.com:1/o',
        ...{ readerHost: 'ro.example.com', readerPort: '1', readerConnectionString: 'mysql://u@ro.example.com:1/o' },
        readerJdbcConnectionString: 'jdbc:mysql://ro.example.com:1/o?user=u',
      },
      password: { valueFrom: `\${data.aws_secretsmanager_secret.aws_Secret-${shortHash('p')}.arn}` },
      ingressRule: { key: 'stack/orders', securityGroupId: 'sg-12345678', port: 1 },
    });
  });

  it('has a name that RDS takes', () => {
    const { identifier } = synthesize(POSTGRES, `Orders_${'x'.repeat(80)}`).one('aws_db_instance');
    expect(identifier).toMatch(/^[a-z](-?[a-z0-9])+$/);
    expect(String(identifier).length).toBeLessThanOrEqual(63);
  });
});

describe('is refused', () => {
  const fixes = (properties: object) =>
    problemsWith(relationalDatabase, { type: 'relational-database', properties }).map(({ path, fix }) => [path, fix]);

  it('with what RDS takes not', () => {
    expect(
      fixes({
        engine: {
          type: 'oracle',
          properties: {
            version: 'latest',
            dbName: '1',
            port: 80,
            primaryInstance: { instanceSize: 't4g.micro' },
            storage: { initialSize: 30, maxSize: 20 },
          },
        },
        credentials: { masterUserName: 'Owner', masterUserPassword: 'hunter2@hunter2' },
        subnetIds: ['subnet-1'],
        automatedBackupRetentionDays: 36,
      }),
    ).toEqual([
      ['properties.engine.type', 'use one of these'],
      ['properties.engine.properties.version', 'write a version such as "17", in quotes'],
      ['properties.engine.properties.dbName', 'use a name such as orders'],
      ['properties.engine.properties.port', 'use 1,150 to 65,535: Amazon RDS rejects lower ports'],
      ['properties.engine.properties.primaryInstance.instanceSize', 'write db.t4g.micro'],
      ['properties.engine.properties.storage.maxSize', 'write maxSize: 33 or more'],
      ['properties.credentials.masterUserName', 'use a name such as db_owner'],
      ['properties.credentials.masterUserPassword', 'choose another password'],
      ['properties.subnetIds', 'add an entry'],
      ['properties.automatedBackupRetentionDays', 'use 35'],
    ]);
  });

  it.each([
    [{ initialSize: 190 }, [['properties.engine.properties.storage.maxSize', 'write maxSize: 209 or more']]],
    [{ initialSize: 181 }, []],
    [{ initialSize: 182 }, [['properties.engine.properties.storage.maxSize', 'write maxSize: 201 or more']]],
    [{ initialSize: 200 }, []],
  ])('with storage that RDS could not let grow beside the default: %j', (storage, expected) => {
    const primaryInstance = { instanceSize: 'db.t4g.micro' };
    expect(fixes({ engine: { type: 'postgres', properties: { primaryInstance, storage } } })).toEqual(expected);
  });

  it.each([
    ['postgres', 'postgres', undefined],
    ['postgres', 'root', undefined],
    ['postgres', 'a'.repeat(63), undefined],
    ['postgres', 'a'.repeat(64), 'up to 63 characters, and not admin, rdsadmin or a name with pg_, with postgres'],
    ['postgres', 'admin', 'up to 63 characters, and not admin, rdsadmin or a name with pg_, with postgres'],
    ['postgres', 'rdsadmin', 'up to 63 characters, and not admin, rdsadmin or a name with pg_, with postgres'],
    ['postgres', 'pg_owner', 'up to 63 characters, and not admin, rdsadmin or a name with pg_, with postgres'],
    ['mysql', 'admin', undefined],
    ['mysql', 'root', undefined],
    ['mysql', 'pg_owner', undefined],
    ['mysql', 'a'.repeat(16), undefined],
    ['mysql', 'a'.repeat(17), 'up to 16 characters, and not rdsadmin, with mysql'],
    ['mysql', 'rdsadmin', 'up to 16 characters, and not rdsadmin, with mysql'],
  ] as const)('with %s and an owner that its engine has for itself, or takes: %s', (type, masterUserName, accepted) => {
    const database = { type: 'relational-database', properties: { engine: { type }, credentials: { masterUserName } } };
    const problems = problemsWith(relationalDatabase, database);
    expect(problems.map((problem) => problem.accepted)).toEqual(accepted === undefined ? [] : [accepted]);
  });

  it('with a secret as the name of the owner, once', () => {
    const credentials = { masterUserName: "$Secret('db.user')" };
    const orders = { type: 'relational-database', properties: { engine: { type: 'postgres' }, credentials } };
    const job = { type: 'batch-job', properties: SMALLEST_JOB };
    expect(configProblems({ stackName: 'reports', resources: { orders, job } })).toEqual([
      expect.objectContaining({ path: 'resources.orders.properties.credentials.masterUserName' }),
    ]);
  });

  it.each([
    ['postgres', 'hunter2', '8 to 128 characters'],
    ['postgres', `hunter2${'h'.repeat(121)}`, undefined],
    ['postgres', `hunter2${'h'.repeat(122)}`, '8 to 128 characters'],
    ['mysql', `hunter2${'h'.repeat(34)}`, undefined],
    ['mysql', `hunter2${'h'.repeat(35)}`, '8 to 41 characters'],
    ['mysql', `hunter2${'h'.repeat(122)}`, '8 to 128 characters'],
    ['mysql', 'hunter2', '8 to 128 characters'],
    ['mysql', `$Secret('${'s'.repeat(60)}')`, undefined],
    ['mysql', `$hunter2(${'h'.repeat(60)})`, "$Secret('<name>') or $Secret('<name>.<key>')"],
    ['postgres', "hunter2!#$%&'()*+,-.:;<=>?[]^_`{|}~", undefined],
    ...[' ', '/', '@', '"', 'é', '\t'].map(
      (sign) => ['postgres', `hunter2${sign}h`, 'printable ASCII characters, and no space, /, @ or "'] as const,
    ),
  ] as const)(
    'with %s and a password that RDS refuses, which the report does not repeat: %j',
    (type, text, accepted) => {
      const credentials = { masterUserPassword: text };
      const problems = problemsWith(relationalDatabase, {
        type: 'relational-database',
        properties: { engine: { type }, credentials },
      });
      expect(problems.map((problem) => problem.accepted)).toEqual(accepted === undefined ? [] : [accepted]);
      expect(JSON.stringify(problems)).not.toContain('hunter2');
    },
  );

  it('in one subnet, whoever connects to it', () => {
    const hello = {
      type: 'function',
      properties: {
        packaging: { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'hello.ts' } },
        connectTo: ['orders'],
      },
    };
    const orders = { type: 'relational-database', ...POSTGRES };
    const config = {
      stackName: 'reports',
      vpc: { vpcId: 'vpc-1', subnetIds: ['subnet-1'] },
      resources: { orders, hello, job: { type: 'batch-job', properties: { ...SMALLEST_JOB, connectTo: ['orders'] } } },
    };
    expect(configProblems(config)).toEqual([
      expect.objectContaining({ path: 'resources.orders.properties.subnetIds' }),
    ]);
  });
});
