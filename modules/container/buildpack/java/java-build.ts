import type { Variables } from '../../launch';
import type { TarEntry } from '../../tar';

/** The lines of the build stage of a Java project, in order. Its output is in `/out`. */
export interface JavaBuild {
  /** Environment variables of the stage. */
  readonly variables: Variables;
  /** Folder of the build, relative to the build context. */
  readonly folder: string;
  /** Download dependencies, with only the manifests. */
  readonly fetch: readonly string[];
  /** Build, with the sources. */
  readonly build: readonly string[];
  /** More files of the build context. */
  readonly files: readonly TarEntry[];
}
