import { asObject, type JsonObject } from '../../../orchestration/trigger/json';

/** A package that a file belongs to. */
export interface InstalledPackage {
  readonly name: string;
  /** The part of the file's path up to the package's name. */
  readonly folder: string;
}

/** The package of a file: the folder below the last `node_modules` of its path. Undefined if the file belongs to the project. */
export function packageOf(file: string): InstalledPackage | undefined {
  const [, folder, name] = /^(.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+))[\\/]/.exec(file) ?? [];
  return folder === undefined || name === undefined ? undefined : { folder, name: name.replace('\\', '/') };
}

/** The name of the package in an import. Undefined if the import names a file. */
export function packageName(specifier: string): string | undefined {
  const [name] = /^(?:@[^/]+\/)?[^./#][^/]*/.exec(specifier) ?? [];
  return name;
}

/** How a package declares another. */
export type Declared = 'needed' | 'optional' | 'peer' | 'not';

/** How a package's manifest declares another package. */
export function howDeclared(manifest: JsonObject, name: string): Declared {
  const has = (list: string) => Object.hasOwn(asObject(manifest[list]) ?? {}, name);
  const peer = asObject(asObject(manifest.peerDependenciesMeta)?.[name]);
  if (has('optionalDependencies') || peer?.optional === true) return 'optional';
  if (has('dependencies')) return 'needed';
  return has('peerDependencies') ? 'peer' : 'not';
}
