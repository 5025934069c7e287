import { ElasticacheReplicationGroup } from '@cdktf/provider-aws/lib/elasticache-replication-group';
import { ElasticacheSubnetGroup } from '@cdktf/provider-aws/lib/elasticache-subnet-group';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Construct } from 'constructs';
import type { z } from 'zod';
import type { IngressRule } from '../../access/connection';
import { type SecretReference, secretSource } from '../../access/secret';
import { companionProps } from '../../config/construct-props';
import { parse } from '../../config/parse';
import { description } from '../../rules/descriptions';
import { NAME_LIMITS, physicalName } from '../../rules/naming';
import { createClosedSecurityGroup } from '../closed-security-group';
import type { Companion, CompanionContext } from '../companion';
import { databasePassword } from '../database-password';
import { redisParams } from './params';
import { type REDIS_PARAMS, REDIS_PORT, redisCluster, redisProperties } from './schema';

export type RedisClusterProps = Pick<CompanionContext, 'stackName' | 'aws' | 'network'> &
  Omit<z.input<typeof redisCluster>, 'type' | 'overrides'>;

type Properties = z.output<typeof redisProperties>;

/**
 * A Redis cluster without a public address: TLS only, with a password, encrypted. It accepts no connections until a resource connects to
 * it.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import { type BatchPlatform, secret } from 'cdktf-batch-jobs';
 * import { RedisCluster } from 'cdktf-batch-jobs/resources';
 *
 * declare const stack: TerraformStack;
 * declare const platform: BatchPlatform;
 * new RedisCluster(stack, 'cache', { ...platform.context, properties: { defaultUserPassword: secret('cache', { key: 'password' }) } });
 */
export class RedisCluster extends Construct implements Companion<'redis-cluster'> {
  readonly type = 'redis-cluster';
  readonly params: Companion<'redis-cluster', typeof REDIS_PARAMS>['params'];
  /** The password, or undefined if there is none. */
  readonly password?: SecretReference;
  /** The ingress rule that lets jobs connect to the cluster. Undefined for an existing cluster that already accepts connections. */
  readonly ingressRule?: IngressRule;
  /** The cluster, if the stack creates it. */
  readonly replicationGroup?: ElasticacheReplicationGroup;

  constructor(scope: Construct, id: string, given: RedisClusterProps) {
    super(scope, id);
    const props = companionProps(this, given, redisCluster, ['aws', 'network']);
    const { aws, existing } = props;
    if (existing !== undefined) {
      const { host, readerHost, port = REDIS_PORT, tls = true, securityGroupId } = existing;
      this.params = redisParams({ host, readerHost, port, tls });
      this.password = existing.password === undefined ? undefined : secretSource(aws, existing.password);
      this.ingressRule = securityGroupId === undefined ? undefined : { key: this.node.path, securityGroupId, port };
      return;
    }
    const properties = parse(redisProperties, props.properties, this.node.path);
    const securityGroup = createClosedSecurityGroup(this, 'redis', props, 'Redis: open to those that connect to it');
    const { value, reference } = databasePassword(this, properties.defaultUserPassword, props);
    this.replicationGroup = this.createReplicationGroup(props, properties, value, securityGroup);
    this.password = reference;
    this.ingressRule = { key: this.node.path, securityGroupId: securityGroup.id, port: REDIS_PORT };
    const { primaryEndpointAddress: host, readerEndpointAddress: readerHost } = this.replicationGroup;
    this.params = redisParams({ host, readerHost, port: REDIS_PORT, tls: true });
  }

  private createReplicationGroup(
    { stackName, network }: RedisClusterProps,
    { engineVersion, instanceSize, numReplicaNodes, subnetIds, automatedBackupRetentionDays }: Properties,
    authToken: string,
    securityGroup: SecurityGroup,
  ): ElasticacheReplicationGroup {
    const replicationGroupId = clusterId(stackName, this.node.id);
    const subnets = new ElasticacheSubnetGroup(this, 'Subnets', {
      name: replicationGroupId,
      subnetIds: subnetIds ?? network.isolatedSubnetIds?.() ?? network.subnetIds,
    });
    const takesOver = numReplicaNodes > 0;
    return new ElasticacheReplicationGroup(this, 'Resource', {
      replicationGroupId,
      description: description('replicationGroup', `Redis ${this.node.id} of ${stackName}`),
      engine: 'redis',
      engineVersion,
      nodeType: instanceSize,
      numCacheClusters: 1 + numReplicaNodes,
      automaticFailoverEnabled: takesOver,
      multiAzEnabled: takesOver,
      port: REDIS_PORT,
      subnetGroupName: subnets.name,
      securityGroupIds: [securityGroup.id],
      transitEncryptionEnabled: true,
      atRestEncryptionEnabled: 'true',
      authToken,
      snapshotRetentionLimit: automatedBackupRetentionDays,
    });
  }
}

/**
 * Lower-case letters, digits and single hyphens:
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
 */
function clusterId(...parts: string[]): string {
  return physicalName(NAME_LIMITS.replicationGroup, ...parts)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
}
