import type { TarEntry } from '../../tar';

/** The lines of a stage that builds a Java project, in their order. What it makes lies in `/out`. */
export interface JavaBuild {
  /** Variables of the stage. */
  readonly variables: string;
  /** Folder of the build, below the root of what is sent. */
  readonly folder: string;
  /** Fetch what manifests alone tell. */
  readonly fetch: readonly string[];
  /** Build, with the sources. */
  readonly build: readonly string[];
  /** Further files of the context. */
  readonly files: readonly TarEntry[];
}
