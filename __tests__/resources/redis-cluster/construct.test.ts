// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets

import { RedisCluster, type RedisClusterProps } from '../../../modules/resources/redis-cluster/construct';
import { redisCluster } from '../../../modules/resources/redis-cluster/schema';
import { shortHash } from '../../../modules/rules/naming';
import { problemsWith } from '../../stack-config/samples';
import { foreignStack } from '../../synthesis';
import { context, resolved, withContext } from '../context';

type Props = Pick<RedisClusterProps, 'properties' | 'existing'>;
const SMALLEST: Props = { properties: { defaultUserPassword: "$Secret('cache.password')" } };

const synthesize = (props: Props = SMALLEST, id = 'cache') =>
  withContext((stack, given) => new RedisCluster(stack, id, { ...given, ...props }));

function connectionOf(props: Props) {
  const stack = foreignStack();
  const { params, password, ingressRule } = new RedisCluster(stack, 'cache', { ...context(stack), ...props });
  return resolved(stack, { params, password, ingressRule });
}

describe('RedisCluster', () => {
  it('is one small node: TLS only, a password, encrypted, behind a security group without rules', () => {
    const synthesis = synthesize();
    expect(synthesis.types).toEqual([
      'aws_elasticache_replication_group',
      'aws_elasticache_subnet_group',
      'aws_security_group',
    ]);
    expect(synthesis.one('aws_elasticache_replication_group')).toEqual({
      replication_group_id: 'reports-cache',
      description: 'Redis cache of reports',
      engine: 'redis',
      engine_version: '7.1',
      node_type: 'cache.t4g.micro',
      num_cache_clusters: 1,
      automatic_failover_enabled: false,
      multi_az_enabled: false,
      port: 6379,
      subnet_group_name: '${aws_elasticache_subnet_group.cache_Subnets.name}',
      security_group_ids: ['${aws_security_group.cache_SecurityGroup.id}'],
      transit_encryption_enabled: true,
      at_rest_encryption_enabled: 'true',
      auth_token: '${jsondecode(data.aws_secretsmanager_secret_version.cache_Password.secret_string).password}',
      snapshot_retention_limit: 1,
    });
    expect(synthesis.one('aws_security_group')).toMatchObject({ name_prefix: 'redis-reports-cache-' });
    expect(synthesis.one('aws_security_group')).not.toHaveProperty('ingress');
  });

  it('with replicas takes over in another zone', () => {
    const properties = {
      defaultUserPassword: "$Secret('cache')",
      numReplicaNodes: 2,
      instanceSize: 'cache.r7g.large',
      engineVersion: '7.0',
      subnetIds: ['subnet-9'],
      automatedBackupRetentionDays: 0,
    };
    const synthesis = synthesize({ properties });
    expect(synthesis.one('aws_elasticache_replication_group')).toMatchObject({
      num_cache_clusters: 3,
      automatic_failover_enabled: true,
      multi_az_enabled: true,
      node_type: 'cache.r7g.large',
      engine_version: '7.0',
      snapshot_retention_limit: 0,
      auth_token: '${data.aws_secretsmanager_secret_version.cache_Password.secret_string}',
    });
    expect(synthesis.one('aws_elasticache_subnet_group')).toEqual({ name: 'reports-cache', subnet_ids: ['subnet-9'] });
  });

  it('takes a password in plain text, which is in a secret for all others', () => {
    const props = { properties: { defaultUserPassword: 'hunter2hunter2!&#$^<>-' } };
    const synthesis = synthesize(props);
    const auth_token = '${aws_secretsmanager_secret_version.cache_PasswordValue.secret_string}';
    expect(synthesis.one('aws_elasticache_replication_group')).toMatchObject({ auth_token });
    expect(synthesis.one('aws_secretsmanager_secret_version').secret_string).toBe('hunter2hunter2!&#$^<>-');
    const arn = '${aws_secretsmanager_secret.cache_PasswordSecret.arn}';
    expect(connectionOf(props)).toMatchObject({ password: { store: 'secret', valueFrom: arn, arn } });
  });

  it('tells where it is without its password, and where that is', () => {
    const host = '${aws_elasticache_replication_group.cache.primary_endpoint_address}';
    const readerHost = '${aws_elasticache_replication_group.cache.reader_endpoint_address}';
    expect(connectionOf(SMALLEST)).toEqual({
      params: {
        ...{ host, port: '6379', connectionString: `rediss://${host}:6379` },
        ...{ readerHost, readerPort: '6379', readerConnectionString: `rediss://${readerHost}:6379` },
      },
      password: {
        store: 'secret',
        valueFrom: `\${data.aws_secretsmanager_secret.aws_Secret-${shortHash('cache')}.arn}:password::`,
        arn: `\${data.aws_secretsmanager_secret.aws_Secret-${shortHash('cache')}.arn}`,
      },
      ingressRule: { key: 'stack/cache', securityGroupId: '${aws_security_group.cache_SecurityGroup.id}', port: 6379 },
    });
  });

  it('stands for one that is there', () => {
    const existing = { host: 'cache.example.com', tls: false };
    expect(synthesize({ existing }).types).toEqual([]);
    expect(connectionOf({ existing })).toEqual({
      params: { host: 'cache.example.com', port: '6379', connectionString: 'redis://cache.example.com:6379' },
    });
    const all = {
      host: 'c',
      readerHost: 'r',
      port: 7000,
      password: "$Parameter('/p')",
      securityGroupId: 'sg-12345678',
    };
    expect(connectionOf({ existing: all })).toMatchObject({
      params: {
        connectionString: 'rediss://c:7000',
        ...{ readerHost: 'r', readerPort: '7000', readerConnectionString: 'rediss://r:7000' },
      },
      password: { valueFrom: expect.stringMatching(/:parameter\/p$/) },
      ingressRule: { securityGroupId: 'sg-12345678', port: 7000 },
    });
  });

  it('has a name that ElastiCache takes', () => {
    const id = synthesize(SMALLEST, `Cache_${'x'.repeat(80)}`).one('aws_elasticache_replication_group');
    expect(id.replication_group_id).toMatch(/^[a-z](-?[a-z0-9]){0,39}$/);
  });

  it('refuses what ElastiCache does, without a password in the report', () => {
    const properties = {
      defaultUserPassword: 'hunter2_hunter2_hunter2',
      instanceSize: 't4g.micro',
      engineVersion: '5',
      numReplicaNodes: 6,
      subnetIds: [],
      automatedBackupRetentionDays: -1,
    };
    const problems = problemsWith(redisCluster, { type: 'redis-cluster', properties });
    expect(problems.map(({ path, fix }) => [path, fix])).toEqual([
      ['properties.defaultUserPassword', 'choose another password'],
      ['properties.instanceSize', 'write cache.t4g.micro'],
      ['properties.engineVersion', 'use "7.1"'],
      ['properties.numReplicaNodes', 'use 5'],
      ['properties.subnetIds', 'add an entry'],
      ['properties.automatedBackupRetentionDays', 'use 0'],
    ]);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  it.each([
    ['hunter2hunter2h', '16 to 128 characters'],
    ['hunter2'.padEnd(128, 'h'), undefined],
    ['hunter2'.padEnd(129, 'h'), '16 to 128 characters'],
    ['hunter2hunter2@h', 'letters, digits and !&#$^<>-'],
  ])('with a password that ElastiCache refuses, which the report does not repeat: %s', (text, accepted) => {
    const cluster = { type: 'redis-cluster', properties: { defaultUserPassword: text } };
    const problems = problemsWith(redisCluster, cluster);
    expect(problems.map((problem) => problem.accepted)).toEqual(accepted === undefined ? [] : [accepted]);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });
});
