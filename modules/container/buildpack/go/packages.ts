import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { counts, type GoArchitecture, type GoSource, goSource } from './source-file';
import type { GoModules } from './workspace';

/** A package of the program whose files are in the build context. */
export interface GoPackage {
  /** Absolute. */
  readonly folder: string;
  /** The files that are compiled, by name. */
  readonly files: ReadonlyMap<string, GoSource>;
}

/** The packages in the project's folders that the entry file's package imports. */
export interface GoImports {
  readonly packages: readonly GoPackage[];
  /** Import paths of external packages. */
  readonly others: ReadonlySet<string>;
  /** Packages of the project's modules that have no files, with the file that imports them. */
  readonly missing: readonly { readonly path: string; readonly importer: string }[];
}

/** Follows the imports of files through the modules in the build context. */
export function goImports(
  folder: string,
  files: ReadonlyMap<string, GoSource>,
  { modules, vendor }: Pick<GoModules, 'modules' | 'vendor'>,
  architecture: GoArchitecture,
): GoImports {
  const packages: GoPackage[] = [{ folder, files }];
  const others = new Set<string>();
  const missing: { path: string; importer: string }[] = [];
  const seen = new Set<string>();
  for (const next of packages) {
    for (const [name, source] of next.files) {
      for (const path of source.imports) {
        if (seen.has(path) || path === 'C') continue;
        seen.add(path);
        const place = placeOf(path, modules, vendor);
        if (place === undefined) {
          if (isForeign(path)) others.add(path);
          continue;
        }
        if (place.isVendored) others.add(path);
        const found = packageFiles(place.folder, architecture);
        if (found.size > 0) packages.push({ folder: place.folder, files: found });
        else if (!place.isVendored) missing.push({ path, importer: join(next.folder, name) });
      }
    }
  }
  return { packages, others, missing };
}

/** The files of a folder that form its package, without tests. */
export function packageFiles(folder: string, architecture: GoArchitecture): Map<string, GoSource> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder).filter((name) => /^[^._].*\.go$/.test(name) && !name.endsWith('_test.go'));
  return new Map(
    names
      .map((name): [string, GoSource] => [name, goSource(readFileSync(join(folder, name), 'utf8'))])
      .filter(([name, source]) => counts(name, source, architecture)),
  );
}

/** Whether a path is of an external module. The first part of a standard library path has no dot. */
export function isForeign(path: string): boolean {
  return path.split('/')[0]?.includes('.') ?? false;
}

/** The folder of a package. Undefined for the standard library and downloaded modules. */
function placeOf(path: string, modules: GoModules['modules'], vendor: string | undefined) {
  const [module] = [...modules.keys()]
    .filter((one) => path === one || path.startsWith(`${one}/`))
    .sort((a, b) => b.length - a.length);
  if (module !== undefined) {
    const root = modules.get(module) ?? '';
    const folder = resolve(root, path.slice(module.length).replace(/^\//, ''));
    if (!hasModuleBetween(root, folder)) return { folder, isVendored: false };
  }
  const copy = vendor === undefined ? undefined : join(vendor, path);
  return copy !== undefined && existsSync(copy) ? { folder: copy, isVendored: true } : undefined;
}

/** A folder with a `go.mod` is not part of its parent module. */
function hasModuleBetween(root: string, folder: string): boolean {
  for (let one = folder; one !== root && one !== dirname(one); one = dirname(one))
    if (existsSync(join(one, 'go.mod'))) return true;
  return basename(folder) === 'vendor';
}
