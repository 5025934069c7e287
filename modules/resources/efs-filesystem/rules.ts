import type { IndexedConfig } from '../../config/indexed-config';
import { jobs, listOf, objectOf } from '../../config/indexed-config';
import { rule } from '../../config/rule';
import type { Path } from '../../config/strings-in';
import { formatFound, foundValue } from '../../problems/found';
import { DEFAULT_PERMISSIONS, DEFAULT_POSIX_ID, DEFAULT_ROOT_DIRECTORY } from '../../rules/efs';
import { efsFilesystem } from './schema';

/** An EFS volume of a job, with the defaults of its folder and owner. */
interface PlacedVolume {
  readonly job: string;
  readonly path: Path;
  readonly fileSystem: unknown;
  readonly directory: unknown;
  readonly readOnly: unknown;
  readonly uid: unknown;
  readonly gid: unknown;
  readonly permissions: unknown;
}

function efsVolumes(index: IndexedConfig): PlacedVolume[] {
  return jobs(index).flatMap(({ name, properties, path }) =>
    listOf(properties.volumes).flatMap((volume, position) => {
      const { type, properties: own } = objectOf(volume);
      if (type !== 'efs') return [];
      const {
        efsFilesystemName: fileSystem,
        rootDirectory: directory = DEFAULT_ROOT_DIRECTORY,
        readOnly = false,
        uid = DEFAULT_POSIX_ID,
        gid = DEFAULT_POSIX_ID,
        permissions = DEFAULT_PERMISSIONS,
      } = objectOf(own);
      const at = [...path, 'volumes', position, 'properties'];
      return [{ job: name, path: at, fileSystem, directory, readOnly, uid, gid, permissions }];
    }),
  );
}

/** The root of a new file system belongs to user 0. Others can read it, and only this user can write to it. */
const writableRoot = rule('conflict', efsVolumes, function* (volumes, index) {
  for (const { path, fileSystem, directory, readOnly, uid } of volumes) {
    const made = index.named(fileSystem, efsFilesystem);
    if (readOnly === true) continue;
    if (made === undefined || made.existing !== undefined || directory !== '/' || uid === 0) continue;
    const finding = {
      found: foundValue('/', ` as user ${formatFound(uid)}`),
      accepted: 'a folder such as /shared, or "/" as user 0: the root of a new file system belongs to user 0',
      fix: 'use a rootDirectory such as /shared, set uid and gid to 0, or set readOnly: true',
    };
    yield { path: [...path, 'rootDirectory'], finding };
  }
});

/** The first job that mounts a folder creates it, so the order of their runs would decide who can write. */
const oneOwner = rule('conflict', efsVolumes, function* (volumes) {
  const first = new Map<string, PlacedVolume>();
  for (const volume of volumes) {
    const { fileSystem, directory, path } = volume;
    if (directory === '/' || typeof fileSystem !== 'string' || typeof directory !== 'string') continue;
    const key = `${fileSystem}\n${directory}`;
    const other = first.get(key);
    first.set(key, other ?? volume);
    if (other === undefined) continue;
    for (const property of ['uid', 'gid', 'permissions'] as const) {
      if (volume[property] === other[property]) continue;
      const finding = {
        found: foundValue(volume[property], `, and ${formatFound(other[property])} in "${other.job}"`),
        accepted: `one owner of ${directory}: the first job that mounts it creates it`,
        fix: `use ${formatFound(other[property])}, or another rootDirectory`,
      };
      yield { path: [...path, property], finding };
    }
  }
});

/** Owners of the folders that volumes use. */
export const EFS_RULES = [writableRoot, oneOwner];
