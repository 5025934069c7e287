import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Construct } from 'constructs';
import type { z } from 'zod';
import type { IngressRule } from '../../access/connection';
import { type SecretReference, secretSource } from '../../access/secret';
import { companionProps } from '../../config/construct-props';
import { parse } from '../../config/parse';
import { NAME_LIMITS, physicalName } from '../../rules/naming';
import { createClosedSecurityGroup } from '../closed-security-group';
import type { Companion, CompanionContext } from '../companion';
import { databasePassword } from '../database-password';
import { portText } from '../port-text';
import { databaseParams, managedPassword } from './params';
import { type DATABASE_PARAMS, databaseProperties, ENGINES, relationalDatabase } from './schema';

type Config = z.input<typeof relationalDatabase>;

export type RelationalDatabaseProps = Pick<CompanionContext, 'stackName' | 'aws' | 'network'> & Omit<Config, 'type'>;

type Properties = z.output<typeof databaseProperties>;

/**
 * A PostgreSQL or MySQL database without a public address: encrypted, with backups and deletion protection. It accepts no connections
 * until a resource connects to it.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchPlatform } from 'cdktf-batch-jobs';
 * import { RelationalDatabase } from 'cdktf-batch-jobs/resources';
 *
 * declare const stack: TerraformStack;
 * declare const platform: BatchPlatform;
 * new RelationalDatabase(stack, 'orders', {
 *   ...platform.context,
 *   properties: { engine: { type: 'postgres', properties: { primaryInstance: { instanceSize: 'db.t4g.micro' } } } },
 * });
 */
export class RelationalDatabase extends Construct implements Companion<'relational-database'> {
  readonly type = 'relational-database';
  readonly params: Companion<'relational-database', typeof DATABASE_PARAMS>['params'];
  /** The password, wherever it is stored. Undefined if unknown. */
  readonly password?: SecretReference;
  /** The ingress rule that lets jobs connect to the database. Undefined for an existing database that already accepts connections. */
  readonly ingressRule?: IngressRule;
  /** The database, if the stack creates it. */
  readonly instance?: DbInstance;

  constructor(scope: Construct, id: string, given: RelationalDatabaseProps) {
    super(scope, id);
    const props = companionProps(this, given, relationalDatabase, ['aws', 'network']);
    const { aws, existing } = props;
    if (existing !== undefined) {
      const { engine, host, readerHost, port = ENGINES[engine].port, dbName, userName, securityGroupId } = existing;
      this.params = databaseParams({ engine, host, readerHost, port: portText(port), dbName, userName });
      this.password = existing.password === undefined ? undefined : secretSource(aws, existing.password);
      this.ingressRule = securityGroupId === undefined ? undefined : { key: this.node.path, securityGroupId, port };
      return;
    }
    const properties = parse(databaseProperties, props.properties, this.node.path);
    const { engine, credentials } = properties;
    const port = engine.properties.port ?? ENGINES[engine.type].port;
    const securityGroup = createClosedSecurityGroup(
      this,
      'database',
      props,
      'Database: open to those that connect to it',
    );
    const { masterUserPassword: text } = credentials;
    const password = text === undefined ? undefined : databasePassword(this, text, props);
    this.instance = this.createInstance(props, properties, port, password?.value, securityGroup);
    this.password = password?.reference ?? managedPassword(this.instance);
    this.ingressRule = { key: this.node.path, securityGroupId: securityGroup.id, port };
    const { address: host, dbName, username: userName } = this.instance;
    this.params = databaseParams({ engine: engine.type, host, port: portText(port), dbName, userName });
  }

  private createInstance(
    { stackName, network }: RelationalDatabaseProps,
    { engine, credentials, subnetIds, deletionProtection, automatedBackupRetentionDays }: Properties,
    port: number,
    password: string | undefined,
    securityGroup: SecurityGroup,
  ): DbInstance {
    const identifier = databaseIdentifier(stackName, this.node.id);
    const { version = ENGINES[engine.type].version, dbName, primaryInstance, storage } = engine.properties;
    const subnets = new DbSubnetGroup(this, 'Subnets', {
      name: identifier,
      subnetIds: subnetIds ?? network.isolatedSubnetIds?.() ?? network.subnetIds,
    });
    return new DbInstance(this, 'Resource', {
      identifier,
      engine: engine.type,
      engineVersion: version,
      instanceClass: primaryInstance.instanceSize,
      multiAz: primaryInstance.multiAz,
      dbName,
      port,
      username: credentials.masterUserName,
      ...(password === undefined ? { manageMasterUserPassword: true } : { password }),
      allocatedStorage: storage.initialSize,
      // The same value as the initial size would be a change in each plan.
      ...(storage.maxSize > storage.initialSize && { maxAllocatedStorage: storage.maxSize }),
      storageType: 'gp3',
      storageEncrypted: true,
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [securityGroup.id],
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      backupRetentionPeriod: automatedBackupRetentionDays,
      copyTagsToSnapshot: true,
      deletionProtection,
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: `${identifier}-final`,
    });
  }
}

/**
 * RDS identifiers consist of lower-case letters, digits and single hyphens:
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
function databaseIdentifier(...parts: string[]): string {
  return physicalName(NAME_LIMITS.dbInstance, ...parts)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
}
