import { chmodSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { TmpfsMount } from '../../modules/compute/container-properties';
import type { JobVolume } from '../../modules/resources/efs-filesystem/volume';
import { RECORDINGS_FOLDER } from './recording/format';
import { keptFolder, makeKeptFolder } from './recording/recording-folders';

/** A folder of this machine that replaces a file system. */
export interface LocalMount {
  readonly folder: string;
  readonly path: string;
  readonly readOnly: boolean;
}

/** What is mounted in the containers of a local run. */
export interface LocalVolumes {
  /** @default none */
  readonly mounts?: readonly LocalMount[];
  /** @default none */
  readonly tmpfs?: readonly TmpfsMount[];
  /** Size of `/dev/shm` in MiB. @default the engine's */
  readonly sharedMemoryMb?: number;
}

/**
 * The folder of each file system, by its name: `.batch-jobs/<stack>/volumes/models`. Jobs of the stack with the same root directory share
 * its files, as in AWS.
 *
 * @param nameOf the name of a file system in the config
 */
export function localMounts(
  volumes: readonly JobVolume[],
  stack: string,
  nameOf: (fileSystem: object) => string,
): LocalMount[] {
  return volumes.flatMap(({ type, properties }) => {
    if (type !== 'efs') return [];
    const { fileSystem, rootDirectory, mountPath: path, readOnly } = properties;
    return [{ folder: join(keptFolder(stack), 'volumes', nameOf(fileSystem), rootDirectory), path, readOnly }];
  });
}

/** Words of `docker create` for the volumes. Creates the folders, for any user of a container. */
export function volumeWords({ mounts = [], tmpfs = [], sharedMemoryMb }: LocalVolumes): string[] {
  for (const { folder } of mounts) {
    makeKeptFolder(folder, rootOf(folder));
    chmodSync(folder, 0o777);
  }
  return [
    ...mounts.flatMap(({ folder, path, readOnly }) => ['--volume', `${folder}:${path}${readOnly ? ':ro' : ''}`]),
    ...tmpfs.flatMap(({ containerPath, size }) => ['--tmpfs', `${containerPath}:size=${size}m`]),
    ...(sharedMemoryMb === undefined ? [] : ['--shm-size', `${sharedMemoryMb}m`]),
  ];
}

/** The folder `.batch-jobs` that a folder is in. */
function rootOf(folder: string): string {
  return folder.slice(0, folder.indexOf(KEPT) + KEPT.length - 1);
}

const KEPT = `/${RECORDINGS_FOLDER}/`;

/** What the output says about the volumes of a run. */
export function volumeNotes({ mounts = [], tmpfs = [], sharedMemoryMb }: LocalVolumes, isPlain: boolean): string[] {
  const paths = [...mounts.map(({ path }) => path), ...tmpfs.map(({ containerPath }) => containerPath)];
  const shared = sharedMemoryMb === undefined ? [] : ['/dev/shm'];
  if (isPlain) {
    const all = [...paths, ...shared].join(', ');
    return all === '' ? [] : [`A plain process has no volumes: it sees this machine's own ${all}`];
  }
  return mounts.map(({ folder, path }) => `${path} is the folder ${relative(process.cwd(), folder)}`);
}
