import type { JsonObject } from '../../../../orchestration/trigger/json';

/** What a package is for; without one of these, for any. */
export interface Platform {
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

/** A package as a lockfile has it. */
export interface LockedPackage extends Platform {
  /** Undefined where the lockfile has none, as of a git repository. */
  readonly version: string | undefined;
  /** Folder of the project that it is, relative to the lockfile's: a member of the workspace, or one named by `file:` or `link:`. */
  readonly localFolder?: string;
  /** Names of its optional dependencies, with what they are for if the lockfile knows them. */
  readonly optional: ReadonlyMap<string, Platform | undefined>;
}

/** What a name means to a file after an installation without development packages. */
export type Resolution =
  | { readonly kind: 'installed'; readonly locked: LockedPackage }
  /** In the lockfile, but only for development. */
  | { readonly kind: 'development' }
  /** The lockfile has several, or does not say where the package manager puts it. */
  | { readonly kind: 'unsure'; readonly versions: readonly string[] }
  | { readonly kind: 'absent' };

/** Manifests by folder, relative to the lockfile's: `''` is the root. */
export type Manifests = ReadonlyMap<string, JsonObject>;

/** What a manifest asks for and the lockfile does not have. */
export interface StaleDependency {
  /** Of the manifest, relative to the lockfile's. */
  readonly folder: string;
  readonly name: string;
  /** Undefined: the lockfile has it, and the manifest does not ask for it. */
  readonly wanted: string | undefined;
}

/** A lockfile, whichever package manager wrote it. */
export interface Lockfile {
  /**
   * What a name means to the files of a folder.
   *
   * @param folder relative to the lockfile's, `''` for it
   */
  resolve(name: string, folder: string): Resolution;
  /**
   * What the manifests ask for and the lockfile does not have, so that an installation by it would fail.
   */
  stale(manifests: Manifests): StaleDependency[];
  /** Files that an installation takes from the project, relative to the lockfile's folder: archives and patches. */
  readonly files: readonly string[];
  /** Whether something is fetched by git. */
  readonly git: boolean;
  /** Whether it was made without regard to peer dependencies, so that an installation by it must have none either. */
  readonly ignoresPeers?: boolean;
}

/** Lists of a manifest whose packages an installation without development packages has. */
export const PRODUCTION_LISTS: readonly string[] = ['dependencies', 'optionalDependencies'];

/** Lists of a manifest that a lockfile follows. */
export const LISTS: readonly string[] = ['dependencies', 'devDependencies', 'optionalDependencies'];

/** Whether a dependency is asked for by git. */
export function isGit(wanted: string): boolean {
  return /^(git[+:]|git@|github:|gitlab:|bitbucket:|gist:)|\.git(#|$)|^[\w-]+\/[\w.-]+(#|$)/.test(wanted);
}

/** The folder and all above it, up to `''`. */
export function upward(folder: string): string[] {
  const names = folder === '' ? [] : folder.split('/');
  return [...names.map((_, index) => names.slice(0, names.length - index).join('/')), ''];
}

/** Fields of an entry that say what a package is for, as lists. */
export function platform(entry: JsonObject): Platform {
  const list = (value: unknown) => (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
  return {
    ...(entry.os !== undefined && { os: list(entry.os) }),
    ...(entry.cpu !== undefined && { cpu: list(entry.cpu) }),
    ...(entry.libc !== undefined && { libc: list(entry.libc) }),
  };
}
