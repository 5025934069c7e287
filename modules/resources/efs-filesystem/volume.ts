import type { ITerraformDependable } from 'cdktf';
import type { z } from 'zod';
import type { IngressRule } from '../../access/connection';
import type { efsVolumeSettings, tmpfsVolume } from '../../config/volumes';

/** A file system that jobs can mount: an `EfsFilesystem`, or an object with the same attributes. */
export interface MountableFileSystem {
  readonly arn: string;
  readonly params: { readonly id: string };
  /** @default jobs can already reach it */
  readonly ingressRule?: IngressRule;
  /** What must exist before a container can mount it. @default it can be mounted */
  readonly mountTargets?: readonly ITerraformDependable[];
}

interface EfsVolumeOf<Settings> {
  readonly type: 'efs';
  readonly properties: Settings & { readonly fileSystem: MountableFileSystem };
}

/** A volume of a job: the properties of a config, with the file system instead of its name. */
export type VolumeSource = EfsVolumeOf<z.input<typeof efsVolumeSettings>> | z.input<typeof tmpfsVolume>;

/** A volume with every default filled in. */
export type JobVolume = EfsVolumeOf<z.output<typeof efsVolumeSettings>> | z.output<typeof tmpfsVolume>;

export type EfsVolume = Extract<JobVolume, { type: 'efs' }>;
