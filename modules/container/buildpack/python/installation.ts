import type { Finding } from '../../../config/problem';
import { quoted } from '../../builder/build-specification';
import { pathFrom } from '../included-files';

/** How a project's packages come into its image. */
export interface Installation {
  /** Folder that the commands run in, absolute. */
  readonly folder: string;
  /** Files that the commands read, absolute: with the generated requirements all that the layer with the packages is made of. @default none */
  readonly manifests?: readonly Manifest[];
  /** Requirements that were read of a lockfile; the commands find them at `GENERATED`. @default none */
  readonly requirements?: string;
  /** Requirement of the tool that the commands call, which is put beside Python itself. @default none */
  readonly tool?: string;
  /** Commands that install what does not need the sources. */
  readonly commands: readonly string[];
  /** Commands that install what is built of the sources: the project itself, and those beside it. @default none */
  readonly fromSources?: readonly string[];
  /** Folders and files outside of the project that are sent, absolute. @default none */
  readonly beside?: readonly string[];
  /** Files of the project that stay in whatever its `.dockerignore` says, absolute. @default none */
  readonly kept?: readonly string[];
  /** What is known of the distributions that are installed. */
  readonly distributions: Distributions;
  /**
   * Packages that are fetched for sure, by their normalized names, with the names of the files that there are of each; none if nothing says.
   *
   * @default none
   */
  readonly archives?: ReadonlyMap<string, readonly string[]>;
  /** Addresses of repositories that are fetched, beside those that the requirements name. @default none */
  readonly repositories?: readonly string[];
  readonly problems?: readonly Finding[];
}

export interface Manifest {
  /** Absolute. */
  readonly path: string;
  /** @default what the file holds */
  readonly text?: string;
}

export interface Distributions {
  /** Names, normalized. */
  readonly installed: ReadonlySet<string>;
  /** Names of those that are declared and not installed, and what would install each. */
  readonly withheld: ReadonlyMap<string, Withheld>;
  /** Whether all that is installed is known, with what each package depends on: a lockfile says so. @default false */
  readonly whole?: boolean;
  /** Whether more may be installed than is known before the build. @default false */
  readonly opaque?: boolean;
}

export interface Withheld {
  /** Where it is declared, such as `the group "dev" of pyproject.toml`. */
  readonly where: string;
  /** Such as `add uvWithGroups: ["dev"]`. */
  readonly fix: string;
}

/** Where the requirements that were read of a lockfile are in the stage that installs packages. */
export const GENERATED = '/opt/stp/requirements.txt';

/** Tools that run in the build, pinned so that an image built again is the same one. */
export const UV = 'uv==0.13.9';

export const PIP_INSTALL = '/venv/bin/python -m pip install --no-cache-dir';

/** Command that installs a folder or file of this machine, which is in the image at the same place beside the project. */
export function installLocal(folder: string, path: string, editable: boolean): string {
  const below = pathFrom(folder, path);
  return `${PIP_INSTALL} --no-deps ${editable ? '--editable ' : ''}${quoted(below.startsWith('../') ? below : `./${below}`)}`;
}
