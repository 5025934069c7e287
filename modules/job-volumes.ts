import type { Construct } from 'constructs';
import type { JobMounts } from './compute/job-definition';
import { parse } from './config/parse';
import { efsVolumeSettings, tmpfsVolume } from './config/volumes';
import { ConfigError, statedProblems } from './problems/config-error';
import { writeAccepted } from './problems/fix';
import { foundValue } from './problems/found';
import type { LocatedFinding } from './problems/problem';
import type { EfsAccess } from './resources/efs-filesystem/mounts';
import type { JobVolume, VolumeSource } from './resources/efs-filesystem/volume';

const VOLUME = 'a volume: { type: "efs" or "tmpfs", properties }';
const FILE_SYSTEM = 'an EfsFilesystem, or an object with arn and params.id';

/** The problems of a construct's `volumes`, with paths in the list. */
export function volumeFindings(list: readonly unknown[]): LocatedFinding[] {
  return list.flatMap((volume, index) => findingsOf(volume).map((each) => ({ ...each, path: [index, ...each.path] })));
}

function findingsOf(volume: unknown): LocatedFinding[] {
  const { type, properties } = isObject(volume) ? volume : {};
  if ((type !== 'efs' && type !== 'tmpfs') || !isObject(properties))
    return [{ path: [], finding: { found: foundValue(volume), accepted: VOLUME, fix: writeAccepted(VOLUME) } }];
  const findings: LocatedFinding[] = [];
  const { fileSystem, ...settings } = properties;
  if (type === 'efs' && !isMountable(fileSystem)) {
    const finding = { found: foundValue(fileSystem), accepted: FILE_SYSTEM, fix: `give ${FILE_SYSTEM}` };
    findings.push({ path: ['properties', 'fileSystem'], finding });
  }
  try {
    if (type === 'efs') parse(efsVolumeSettings, settings, '');
    else parse(tmpfsVolume, volume, '');
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const base = type === 'efs' ? ['properties'] : [];
    for (const { keys, path, ...finding } of statedProblems(error))
      findings.push({ path: [...base, ...keys], finding });
  }
  return findings;
}

function isObject(value: unknown): value is { readonly [property: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isMountable(value: unknown): boolean {
  if (!isObject(value) || !isObject(value.params)) return false;
  return typeof value.arn === 'string' && typeof value.params.id === 'string';
}

/** Volumes that {@link volumeFindings} accepts, with their defaults. */
export function withDefaults(sources: readonly VolumeSource[]): JobVolume[] {
  return sources.map((source) => {
    if (source.type === 'tmpfs') return tmpfsVolume.parse(source);
    const { fileSystem, ...settings } = source.properties;
    return { type: 'efs', properties: { ...efsVolumeSettings.parse(settings), fileSystem } };
  });
}

/** What is in a job's name and on each of its resources. */
export interface JobLabels {
  readonly stackName: string;
  readonly jobName: string;
  readonly tags?: { readonly [key: string]: string };
}

/** The access of a job to the file systems of its volumes. */
export function createAccess(job: Construct, volumes: readonly JobVolume[], labels: JobLabels): EfsAccess[] {
  return volumes.flatMap((volume) => {
    if (volume.type !== 'efs') return [];
    // Loaded only if needed: most jobs mount no file system.
    const { createEfsAccess } =
      require('./resources/efs-filesystem/mounts') as typeof import('./resources/efs-filesystem/mounts');
    return [createEfsAccess(job, volume, labels)];
  });
}

/** What a job's container mounts. */
export function mountsOf(volumes: readonly JobVolume[], access: readonly EfsAccess[]): JobMounts {
  return {
    tmpfs: volumes.flatMap(({ type, properties }) =>
      type === 'tmpfs' ? [{ containerPath: properties.mountPath, size: properties.sizeMb }] : [],
    ),
    efs: access.map(({ mount }) => mount),
    dependencies: volumes.flatMap((volume) =>
      volume.type === 'efs' ? (volume.properties.fileSystem.mountTargets ?? []) : [],
    ),
  };
}
