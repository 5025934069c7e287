/** The port of NFS, on which mount targets accept connections. */
export const NFS_PORT = 2049;

/** Maximum user and group IDs: https://docs.aws.amazon.com/efs/latest/ug/API_PosixUser.html */
export const MOST_POSIX_ID = 4_294_967_295;

/** Provisioned throughput in MiB per second: https://docs.aws.amazon.com/efs/latest/ug/limits.html */
export const PROVISIONED_THROUGHPUT = { min: 1, max: 3414 } as const;

/** Days without access after which a file moves to Infrequent Access: https://docs.aws.amazon.com/efs/latest/ug/API_LifecyclePolicy.html */
export const DAYS_TO_INFREQUENT_ACCESS = [1, 7, 14, 30, 60, 90, 180, 270, 365] as const;

/** Path of an access point's root: up to four folders, and 100 characters: https://docs.aws.amazon.com/efs/latest/ug/API_RootDirectory.html */
export const ROOT_DIRECTORY = /^(?=.{1,100}$)(\/|(\/(?!\.)[^$#<>;`|&?{}^*/\s]+){1,4})$/;

/** Folder of a volume that names none. The root of a file system belongs to user 0, so a job without root rights couldn't write there. */
export const DEFAULT_ROOT_DIRECTORY = '/shared';

/** User and group of files, by default: the user of images that the stack builds. */
export const DEFAULT_POSIX_ID = 1000;

/** Permissions of the root directory when it is created, by default. */
export const DEFAULT_PERMISSIONS = '0755';
