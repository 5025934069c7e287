import { EfsAccessPoint } from '@cdktf/provider-aws/lib/efs-access-point';
import type { Construct } from 'constructs';
import type { IngressRule } from '../../access/connection';
import type { Statement } from '../../access/policy';
import type { EfsMount } from '../../compute/container-properties';
import { nameTag } from '../../rules/descriptions';
import { shortHash } from '../../rules/naming';
import type { EfsVolume } from './volume';

/** The access of one job to a file system. */
export interface EfsAccess {
  readonly mount: EfsMount;
  readonly statement: Statement;
  readonly ingressRule?: IngressRule;
}

interface AccessProps {
  readonly stackName: string;
  readonly jobName: string;
  readonly tags?: { readonly [key: string]: string };
}

/**
 * Creates the access point of a volume: the job sees only its root directory, as one user, and can connect only through it. A change
 * creates another access point before the old one is deleted.
 */
export function createEfsAccess(job: Construct, { properties }: EfsVolume, props: AccessProps): EfsAccess {
  const { stackName, jobName, tags } = props;
  const { fileSystem, mountPath, rootDirectory, readOnly, uid, gid, permissions } = properties;
  const key = shortHash(mountPath);
  const accessPoint = new EfsAccessPoint(job, `AccessPoint-${key}`, {
    fileSystemId: fileSystem.params.id,
    posixUser: { uid, gid },
    rootDirectory: {
      path: rootDirectory,
      // The root of the file system exists already.
      ...(rootDirectory !== '/' && { creationInfo: { ownerUid: uid, ownerGid: gid, permissions } }),
    },
    tags: { ...nameTag(stackName, jobName), ...tags },
    lifecycle: { createBeforeDestroy: true },
  });
  return {
    mount: {
      name: `efs-${key}`,
      containerPath: mountPath,
      readOnly,
      fileSystemId: fileSystem.params.id,
      accessPointId: accessPoint.id,
    },
    statement: {
      Sid: `Mount${key}`,
      Action: [
        'elasticfilesystem:ClientMount',
        ...(uid === 0 ? ['elasticfilesystem:ClientRootAccess'] : []),
        ...(readOnly ? [] : ['elasticfilesystem:ClientWrite']),
      ],
      Resource: [fileSystem.arn],
      Condition: { StringEquals: { 'elasticfilesystem:AccessPointArn': accessPoint.arn } },
    },
    ingressRule: fileSystem.ingressRule,
  };
}
