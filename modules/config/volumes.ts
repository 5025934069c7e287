import { z } from 'zod';
import { foundValue } from '../problems/found';
import {
  DEFAULT_PERMISSIONS,
  DEFAULT_POSIX_ID,
  DEFAULT_ROOT_DIRECTORY,
  MOST_POSIX_ID,
  ROOT_DIRECTORY,
} from '../rules/efs';
import { MOST_MEMORY } from '../rules/memory-levels';
import { MOUNT_PATH, mountPathProblem } from '../rules/mount-path';
import { isToken, nonEmpty, numberIn, refuse, strict, text } from './checked';

/** The absolute path that is meant by one with other slashes: `models/` is `/models`. */
function absolute(path: string): string {
  const parts = path.trim().split('/');
  return `/${parts.filter((part) => part !== '' && part !== '.').join('/')}`;
}

const mountPath = text({
  pattern: MOUNT_PATH,
  accepted: 'an absolute path of letters, digits and . _ @ + -, such as /data',
  fix: (found) => (MOUNT_PATH.test(absolute(found)) ? `write ${absolute(found)}` : 'write a path such as /data'),
}).check((context) => {
  const { value } = context;
  if (isToken(value) || !MOUNT_PATH.test(value)) return;
  const fix = mountPathProblem(value);
  if (fix !== undefined)
    refuse(context, {
      code: 'invalid-value',
      found: foundValue(value),
      accepted: "a path that the system doesn't use",
      fix,
    });
});

const posixId = numberIn({ min: 0, max: MOST_POSIX_ID });

/** Everything about an EFS volume except its file system. */
export const efsVolumeSettings = strict({
  /** Where the volume is in the container. */
  mountPath,
  /** Folder of the file system that the job sees, up to four levels deep. It is created with the first mount. Jobs with the same folder share its files. `/` is the whole file system. @default /shared */
  rootDirectory: text({
    pattern: ROOT_DIRECTORY,
    accepted: 'an absolute path of up to four folders and 100 characters, such as /models',
    fix: (found) =>
      found.trim() !== '' && ROOT_DIRECTORY.test(absolute(found))
        ? `write ${absolute(found)}`
        : 'write a path such as /models',
  }).default(DEFAULT_ROOT_DIRECTORY),
  /** Whether the job can only read. @default false */
  readOnly: z.boolean().default(false),
  /** ID of the user that all files of the job belong to. It does not depend on the user that the container runs as. With 0, the job has root rights on the file system. @default 1000 */
  uid: posixId.default(DEFAULT_POSIX_ID),
  /** ID of the group that all files of the job belong to. @default 1000 */
  gid: posixId.default(DEFAULT_POSIX_ID),
  /** Permissions of the root directory, as an octal number in quotes. They are set only when the directory is created. @default '0755' */
  permissions: text({
    pattern: /^[0-7]{3,4}$/,
    accepted: "an octal number in quotes, such as '0755'",
    fix: "write '0755', or '0775' if the group can write too",
  }).default(DEFAULT_PERMISSIONS),
});

const efsVolume = strict({
  /** Files that stay between runs, and that jobs share. */
  type: z.literal('efs'),
  /** The file system, and where its files are in the container. */
  properties: efsVolumeSettings.extend({
    /** Name of a resource of type `efs-filesystem`. */
    efsFilesystemName: nonEmpty("a resource's name"),
  }),
});

export const tmpfsVolume = strict({
  /** Files in memory, which are gone when the container ends. */
  type: z.literal('tmpfs'),
  /** Where the files are in the container, and how many fit. */
  properties: strict({
    /** Where the volume is in the container. */
    mountPath,
    /** Maximum size in MiB. Files count as memory of the job. */
    sizeMb: numberIn({ unit: 'MiB', min: 1, max: MOST_MEMORY }),
  }),
});

/** A volume of a job, by `type`. */
export const volumes = z.array(z.discriminatedUnion('type', [efsVolume, tmpfsVolume]));

export type Volume = z.output<typeof volumes>[number];
