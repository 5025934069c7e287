import type { JsonObject } from '../../../../orchestration/trigger/json';

/** The platforms that a package is for. If a list is missing, the package is for any. */
export interface Platform {
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

/** A package in a lockfile. */
export interface LockedPackage extends Platform {
  /** Undefined if the lockfile has none, as for a Git repository. */
  readonly version: string | undefined;
  /** Set for a folder of the project, relative to the lockfile's folder: a workspace member, or a dependency by `file:` or `link:`. */
  readonly localFolder?: string;
  /** Names of its optional dependencies, with their platforms if the lockfile has them. */
  readonly optional: ReadonlyMap<string, Platform | undefined>;
}

/** What a name resolves to from a file if the packages are installed without development dependencies. */
export type Resolution =
  | { readonly kind: 'installed'; readonly locked: LockedPackage }
  /** The lockfile has it only as a development dependency. */
  | { readonly kind: 'development' }
  /** The lockfile has several versions, or does not tell where the package manager puts it. */
  | { readonly kind: 'unsure'; readonly versions: readonly string[] }
  | { readonly kind: 'absent' };

/** Manifests by folder, relative to the lockfile's folder. `''` is the root. */
export type Manifests = ReadonlyMap<string, JsonObject>;

/** A difference between a manifest and the lockfile. */
export interface StaleDependency {
  /** Folder of the manifest, relative to the lockfile's folder. */
  readonly folder: string;
  readonly name: string;
  /** The requested version. Undefined if only the lockfile has the dependency. */
  readonly wanted: string | undefined;
}

/** A lockfile of any package manager. */
export interface Lockfile {
  /**
   * What a name resolves to from the files of a folder.
   *
   * @param folder relative to the lockfile's folder, which is `''`
   */
  resolve(name: string, folder: string): Resolution;
  /**
   * Differences between the manifests and the lockfile, for which an installation with a frozen lockfile fails.
   */
  stale(manifests: Manifests): StaleDependency[];
  /** Archives and patches of the project that an installation reads, relative to the lockfile's folder. */
  readonly files: readonly string[];
  /** Whether a package is fetched with Git. */
  readonly git: boolean;
  /** Whether it was made with peer dependencies ignored, so the installation must ignore them too. */
  readonly ignoresPeers?: boolean;
}

/** Lists of a manifest whose packages are installed without development dependencies. */
export const PRODUCTION_LISTS: readonly string[] = ['dependencies', 'optionalDependencies'];

/** Lists of a manifest that a lockfile must match. */
export const LISTS: readonly string[] = ['dependencies', 'devDependencies', 'optionalDependencies'];

/** Whether a dependency is a Git repository. */
export function isGit(wanted: string): boolean {
  return /^(git[+:]|git@|github:|gitlab:|bitbucket:|gist:)|\.git(#|$)|^[\w-]+\/[\w.-]+(#|$)/.test(wanted);
}

/** The folder and all folders above it, up to `''`. */
export function upward(folder: string): string[] {
  const names = folder === '' ? [] : folder.split('/');
  return [...names.map((_, index) => names.slice(0, names.length - index).join('/')), ''];
}

/** Reads the fields of an entry with the package's platforms, as lists. */
export function platform(entry: JsonObject): Platform {
  const list = (value: unknown) => (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
  return {
    ...(entry.os !== undefined && { os: list(entry.os) }),
    ...(entry.cpu !== undefined && { cpu: list(entry.cpu) }),
    ...(entry.libc !== undefined && { libc: list(entry.libc) }),
  };
}
