import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { counts, type GoArchitecture, type GoSource, goSource } from './source-file';
import type { GoModules } from './workspace';

/** A package that the program is built of and whose files are sent. */
export interface GoPackage {
  /** Absolute. */
  readonly folder: string;
  /** Its files that count, by name. */
  readonly files: ReadonlyMap<string, GoSource>;
}

/** All that the entry file's package imports, as far as it lies in folders of the project. */
export interface GoImports {
  readonly packages: readonly GoPackage[];
  /** Packages of others, by their import paths. */
  readonly others: ReadonlySet<string>;
  /** Packages of the project's own modules that have no files, with the file that imports them. */
  readonly missing: readonly { readonly path: string; readonly importer: string }[];
}

/** Follows the imports of some files of a folder through the modules that are sent. */
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

/** The files of a folder that make its package, less tests. */
export function packageFiles(folder: string, architecture: GoArchitecture): Map<string, GoSource> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder).filter((name) => /^[^._].*\.go$/.test(name) && !name.endsWith('_test.go'));
  return new Map(
    names
      .map((name): [string, GoSource] => [name, goSource(readFileSync(join(folder, name), 'utf8'))])
      .filter(([name, source]) => counts(name, source, architecture)),
  );
}

/** Whether a path is that of a module of others: those of Go's own packages begin without a dot. */
export function isForeign(path: string): boolean {
  return path.split('/')[0]?.includes('.') ?? false;
}

/** The folder of a package; undefined: it is Go's own or of a module that is fetched. */
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

/** A folder with a `go.mod` of its own is no part of the module around it. */
function hasModuleBetween(root: string, folder: string): boolean {
  for (let one = folder; one !== root && one !== dirname(one); one = dirname(one))
    if (existsSync(join(one, 'go.mod'))) return true;
  return basename(folder) === 'vendor';
}
