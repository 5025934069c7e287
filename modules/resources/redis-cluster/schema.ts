import { z } from 'zod';
import { nonEmpty, numberIn, strict, text } from '../../config/checked';
import { type PasswordRule, passwordText } from '../../config/password-text';
import { containerSecret } from '../../config/secret-text';
import { subnetIds } from '../../config/subnet-ids';
import type { ByName, Written, WrittenProperties } from '../../config/written';
import { MAX_PORT } from '../../rules/ports';
import { companionSchema } from '../companion-schema';
import { connectedOnly, securityGroupId } from '../network-access';

/** The port that Redis listens on. */
export const REDIS_PORT = 6379;

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html */
const PASSWORD: PasswordRule = {
  min: 16,
  max: 128,
  pattern: /^[A-Za-z0-9!&#$^<>-]+$/,
  characters: 'letters, digits and !&#$^<>-',
};

/** Properties of a cluster that the stack creates. */
export const redisProperties = strict({
  /** The password as `$Secret('name.key')`, or in plain text: 16 to 128 letters, digits and !&#$^<>-. Terraform's state contains it. */
  defaultUserPassword: passwordText(PASSWORD),
  /** Type of the nodes. @default cache.t4g.micro */
  instanceSize: text({
    pattern: /^cache\.[a-z0-9-]+\.[a-z0-9]+$/,
    accepted: 'a type such as cache.t4g.micro',
    fix: (found) => (/^[a-z0-9-]+\.[a-z0-9]+$/.test(found) ? `write cache.${found}` : 'use cache.t4g.micro'),
  }).default('cache.t4g.micro'),
  /** Version of Redis. @default 7.1 */
  engineVersion: text({
    pattern: /^(6\.2|7\.[01])$/,
    accepted: '6.2, 7.0 or 7.1',
    fix: 'use "7.1"',
  }).default('7.1'),
  /** Replicas in other zones that answer reads and take over if the first node fails. @default 0 */
  numReplicaNodes: numberIn({ unit: 'nodes', min: 0, max: 5, shapes: 'whether a node can take over' }).default(0),
  /** Who can connect, as in Stacktape: only those with `connectTo`. @default scoping-workloads-in-vpc */
  accessibility: strict({
    /** Only `scoping-workloads-in-vpc`: jobs that name it in `connectTo`. */
    accessibilityMode: connectedOnly,
  }).optional(),
  /** Subnets of the VPC. @default new subnets without internet access; in an existing VPC, `vpc.subnetIds` */
  subnetIds: subnetIds(1).optional(),
  /** Days for which daily snapshots are kept. 0 turns them off. @default 1 */
  automatedBackupRetentionDays: numberIn({ unit: 'days', min: 0, max: 35 }).default(1),
});

/** An Amazon ElastiCache Redis cluster. */
export const redisCluster = companionSchema(
  'redis-cluster',
  redisProperties,
  strict({
    /** Host name. */
    host: nonEmpty('the name of a host'),
    /** Host name for reading, from replicas. @default none */
    readerHost: nonEmpty('the name of a host').optional(),
    /** Port. @default 6379 */
    port: numberIn({ min: 1, max: MAX_PORT }).default(REDIS_PORT),
    /** Whether the cluster accepts TLS connections. @default true */
    tls: z.boolean().default(true),
    /** The password as `$Secret('name.key')`. @default none */
    password: containerSecret('a password').optional(),
    /** The cluster's security group. The stack adds a rule for the jobs that connect. @default none: jobs can already reach it */
    securityGroupId: securityGroupId.optional(),
  }),
);

/** What others can ask of a cluster. */
export const REDIS_PARAMS = [
  ...(['host', 'port', 'connectionString'] as const),
  ...(['readerHost', 'readerPort', 'readerConnectionString'] as const),
] as const;

export interface RedisClusterProperties extends WrittenProperties<typeof redisCluster>, ByName {}
/** Such a resource as written in a config. */
export interface RedisCluster extends Written<z.input<typeof redisCluster>> {
  readonly properties?: RedisClusterProperties;
}
