import type { Finding } from '../../../problems/problem';
import { quoted } from '../../builder/build-specification';
import { pathFrom } from '../included-files';

/** How a project's packages are installed in its image. */
export interface Installation {
  /** Absolute path of the commands' working folder. */
  readonly folder: string;
  /** Absolute paths of files that the commands read. Together with the generated requirements, they are the only inputs of the packages' layer. @default none */
  readonly manifests?: readonly Manifest[];
  /** Requirements from a lockfile. The commands read them from `GENERATED`. @default none */
  readonly requirements?: string;
  /** The locked packages as a requirements file, if the commands read a lockfile in another form. @default none */
  readonly locked?: string;
  /** Requirement of the tool that the commands call. It is installed outside the virtual environment. @default none */
  readonly tool?: string;
  /** Commands that install packages without the sources. */
  readonly commands: readonly string[];
  /** Commands that install packages built from sources: the project and local packages. @default none */
  readonly fromSources?: readonly string[];
  /** Absolute paths of folders and files outside the project to send. @default none */
  readonly beside?: readonly string[];
  /** Absolute paths of project files that `.dockerignore` cannot exclude. @default none */
  readonly kept?: readonly string[];
  /** The installed distributions, as far as they are known. */
  readonly distributions: Distributions;
  /**
   * Packages that are certainly downloaded, by normalized name, with the names of their available files.
   *
   * @default none
   */
  readonly archives?: ReadonlyMap<string, readonly string[]>;
  /** URLs of repositories that are downloaded, in addition to those in the requirements. @default none */
  readonly repositories?: readonly string[];
  readonly problems?: readonly Finding[];
}

export interface Manifest {
  /** Absolute path. */
  readonly path: string;
  /** @default the content of the file */
  readonly text?: string;
}

export interface Distributions {
  /** Normalized names. */
  readonly installed: ReadonlySet<string>;
  /** Names of declared distributions that are not installed, and how to install each. */
  readonly withheld: ReadonlyMap<string, ExcludedPackage>;
  /** Whether all installed distributions are known, including dependencies, because a lockfile lists them. @default false */
  readonly whole?: boolean;
  /** Whether the build might install more than is known. @default false */
  readonly opaque?: boolean;
}

export interface ExcludedPackage {
  /** Where it is declared, such as `the group "dev" of pyproject.toml`. */
  readonly where: string;
  /** Such as `add uvWithGroups: ["dev"]`. */
  readonly fix: string;
}

/** Path of the requirements from a lockfile in the stage that installs packages. */
export const GENERATED = '/opt/stp/requirements.txt';

/** Tools of the build, pinned so that builds are reproducible. */
export const UV = 'uv==0.13.9';

export const PIP_INSTALL = '/venv/bin/python -m pip install --no-cache-dir';

/** Command that installs a local folder or file. It has the same location relative to the project in the image. */
export function installLocal(folder: string, path: string, editable: boolean): string {
  const below = pathFrom(folder, path);
  return `${PIP_INSTALL} --no-deps ${editable ? '--editable ' : ''}${quoted(below.startsWith('../') ? below : `./${below}`)}`;
}
