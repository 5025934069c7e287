import type { Volume } from './config/volumes';
import type { ResourceCatalog } from './resources/catalog';
import { EFS_FILESYSTEM } from './resources/efs-filesystem';
import type { VolumeSource } from './resources/efs-filesystem/volume';

/** The volumes of a config with the file system for each name. Used only by the stack: constructs below it get resources, not names. */
export function volumeSources(volumes: readonly Volume[], catalog: ResourceCatalog): VolumeSource[] {
  return volumes.map((volume) => {
    if (volume.type !== 'efs') return volume;
    const { efsFilesystemName, ...settings } = volume.properties;
    return { type: 'efs', properties: { ...settings, fileSystem: catalog.get(efsFilesystemName, EFS_FILESYSTEM) } };
  });
}
