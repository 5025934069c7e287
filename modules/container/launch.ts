/** Folder of a generated image that has the project's files, and in which the job starts unless its project is further below. */
export const APP = '/app';

/** Folder of a generated image that has the programs which run before the job's own. */
export const START = '/opt/stp';

/** User and group that jobs run as. They own `/app` and its files. */
export const JOB_USER = '1000:1000';

/** Environment variables, by name. */
export interface Variables {
  readonly [name: string]: string;
}

/**
 * What a generated image starts, and with what. The Dockerfile's instructions are rendered from it, and a local run without a container engine
 * starts the same.
 */
export interface Launch {
  /** The first program of the container, and its arguments. */
  readonly command: readonly string[];
  /** Variables that the image sets, in the order of the Dockerfile. A value can refer to the base image's variables. */
  readonly variables: Variables;
  /** Absolute path in the image. */
  readonly workingDirectory: string;
  /** User and group, as numbers. */
  readonly user: string;
  /**
   * Folders of the image whose packages the build installs, and the folders of this machine that have the same packages in their
   * `node_modules`. @default none
   */
  readonly installed?: readonly { readonly inImage: string; readonly onMachine: string }[];
}
