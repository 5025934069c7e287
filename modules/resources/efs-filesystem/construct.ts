import { EfsBackupPolicy } from '@cdktf/provider-aws/lib/efs-backup-policy';
import { EfsFileSystem } from '@cdktf/provider-aws/lib/efs-file-system';
import { EfsFileSystemPolicy } from '@cdktf/provider-aws/lib/efs-file-system-policy';
import { EfsMountTarget } from '@cdktf/provider-aws/lib/efs-mount-target';
import type { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Fn, type ITerraformDependable, TerraformCount, TerraformIterator, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { z } from 'zod';
import type { IngressRule } from '../../access/connection';
import { companionProps } from '../../config/construct-props';
import { parse } from '../../config/parse';
import { nameTag } from '../../rules/descriptions';
import { NFS_PORT } from '../../rules/efs';
import { shortHash } from '../../rules/naming';
import { jsonLiteral } from '../../terraform/literal';
import { createClosedSecurityGroup } from '../closed-security-group';
import type { Companion, CompanionContext } from '../companion';
import { type EFS_PARAMS, efsFilesystem, efsProperties } from './schema';

export type EfsFilesystemProps = Pick<CompanionContext, 'stackName' | 'aws' | 'network'> &
  Omit<z.input<typeof efsFilesystem>, 'type' | 'overrides'>;

type Properties = z.output<typeof efsProperties>;

/**
 * A file system: encrypted, with TLS only and a mount target in each zone that jobs run in. It accepts no connections until a job mounts
 * it, and no job without the permission of its role.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchPlatform } from 'cdktf-batch-jobs';
 * import { EfsFilesystem } from 'cdktf-batch-jobs/resources';
 *
 * declare const stack: TerraformStack;
 * declare const platform: BatchPlatform;
 * new EfsFilesystem(stack, 'models', { ...platform.context, properties: { infrequentAccessAfterDays: 30 } });
 */
export class EfsFilesystem extends Construct implements Companion<'efs-filesystem'> {
  readonly type = 'efs-filesystem';
  readonly arn: string;
  readonly params: Companion<'efs-filesystem', typeof EFS_PARAMS>['params'] & { readonly id: string };
  /** The ingress rule that lets jobs mount the file system. Undefined for an existing one that already accepts connections. */
  readonly ingressRule?: IngressRule;
  /** The file system, if the stack creates it. */
  readonly fileSystem?: EfsFileSystem;
  /** What must exist before a container can mount the file system. */
  readonly mountTargets: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, given: EfsFilesystemProps) {
    super(scope, id);
    const props = companionProps(this, given, efsFilesystem, ['aws', 'network']);
    const key = this.node.path;
    if (props.existing !== undefined) {
      const { arn, securityGroupId } = props.existing;
      this.arn = arn;
      this.params = { id: fileSystemId(arn), arn };
      this.ingressRule = securityGroupId === undefined ? undefined : { key, securityGroupId, port: NFS_PORT };
      this.mountTargets = [];
      return;
    }
    const properties = parse(efsProperties, props.properties ?? {}, key);
    const securityGroup = createClosedSecurityGroup(this, 'efs', props, 'EFS: open to jobs that mount the file system');
    this.fileSystem = this.createFileSystem(props, properties);
    this.arn = this.fileSystem.arn;
    this.params = { id: this.fileSystem.id, arn: this.arn };
    this.ingressRule = { key, securityGroupId: securityGroup.id, port: NFS_PORT };
    this.mountTargets = this.createMountTargets(props, this.fileSystem, securityGroup, properties);
  }

  private createFileSystem({ stackName, aws }: EfsFilesystemProps, properties: Properties): EfsFileSystem {
    const { throughputMode, provisionedThroughputInMibps, infrequentAccessAfterDays: days } = properties;
    const { backupEnabled, deletionProtection } = properties;
    const fileSystem = new EfsFileSystem(this, 'Resource', {
      encrypted: true,
      kmsKeyId: aws.kmsKeyArn,
      throughputMode,
      provisionedThroughputInMibps,
      ...(days !== undefined && { lifecyclePolicy: [{ transitionToIa: `AFTER_${days}_DAY${days === 1 ? '' : 'S'}` }] }),
      tags: nameTag(stackName, this.node.id),
      // EFS has no such protection.
      ...(deletionProtection && { lifecycle: { preventDestroy: true } }),
    });
    new EfsBackupPolicy(this, 'BackupPolicy', {
      fileSystemId: fileSystem.id,
      backupPolicy: { status: backupEnabled ? 'ENABLED' : 'DISABLED' },
    });
    new EfsFileSystemPolicy(this, 'Policy', { fileSystemId: fileSystem.id, policy: tlsOnly(fileSystem.arn) });
    return fileSystem;
  }

  /** EFS accepts one mount target per zone. */
  private createMountTargets(
    { network }: EfsFilesystemProps,
    { id: fileSystemId }: EfsFileSystem,
    { id: groupId }: SecurityGroup,
    { subnetIds }: Properties,
  ): ITerraformDependable[] {
    const shared = { fileSystemId, securityGroups: [groupId] };
    const byZone = subnetIds === undefined ? network.subnetIdByZone?.() : undefined;
    if (byZone !== undefined) {
      const zones = TerraformIterator.fromMap(Token.asStringMap(byZone));
      return [new EfsMountTarget(this, 'MountTarget', { forEach: zones, subnetId: zones.value, ...shared })];
    }
    const ids = subnetIds ?? network.subnetIds;
    if (Token.isUnresolved(ids)) {
      // Terraform often knows how many subnets there are before it knows their IDs, which can't be keys of a plan.
      const count = TerraformCount.of(Token.asNumber(Fn.lengthOf(ids)));
      return [
        new EfsMountTarget(this, 'MountTarget', {
          count,
          subnetId: Fn.element(ids, Token.asNumber(count.index)),
          ...shared,
        }),
      ];
    }
    return ids.map((subnetId, index) => {
      const part = Token.isUnresolved(subnetId) ? `${index + 1}` : shortHash(subnetId);
      return new EfsMountTarget(this, `MountTarget-${part}`, { subnetId, ...shared });
    });
  }
}

/**
 * Refuses connections without TLS. With any policy, EFS also refuses clients without permissions, such as those that don't authenticate.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 */
function tlsOnly(arn: string): string {
  const statement = {
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: ['ClientMount', 'ClientRootAccess', 'ClientWrite'].map((action) => `elasticfilesystem:${action}`),
    Resource: arn,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  // EFS adds an ID to a policy without one, which would be a change in each plan.
  return jsonLiteral({ Version: '2012-10-17', Id: 'TlsOnly', Statement: [statement] });
}

/** The ID in a file system's ARN. */
function fileSystemId(arn: string): string {
  if (Token.isUnresolved(arn)) return Fn.element(Fn.split('/', arn), 1);
  return arn.slice(arn.lastIndexOf('/') + 1);
}
