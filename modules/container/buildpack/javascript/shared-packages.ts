import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Metafile } from 'esbuild';
import { upward } from '../repository';
import type { KeptImport } from './bundler';
import { dependencies, readManifest } from './manifest';
import { packageOf } from './package-folder';

/** The lists of a manifest with the packages that a package imports by name. */
const LISTS = ['dependencies', 'optionalDependencies', 'peerDependencies'];

/**
 * The bundled packages that are also imported by packages which stay out, and why they must stay out too: two copies of a package don't
 * share classes and state.
 */
export function sharedPackages(
  { inputs }: Metafile,
  kept: readonly KeptImport[],
  root: string,
): ReadonlyMap<string, string> {
  const bundled = new Map<string, string>();
  for (const path of Object.keys(inputs)) {
    const owner = packageOf(resolve(root, path));
    if (owner !== undefined) bundled.set(owner.folder, owner.name);
  }
  const shared = new Map<string, string>();
  const seen = new Set<string>();
  const visit = (folder: string, from: string): void => {
    if (seen.has(folder)) return;
    seen.add(folder);
    const manifest = readManifest(folder) ?? {};
    for (const name of LISTS.flatMap((list) => [...dependencies(manifest, list).keys()])) {
      const found = installed(folder, name);
      if (found === undefined) continue;
      if (bundled.has(found)) shared.set(name, `${from}, which is not bundled, also imports it`);
      visit(found, from);
    }
  };
  for (const { name, file } of kept) {
    const folder = file === undefined ? undefined : packageOf(file)?.folder;
    if (folder !== undefined) visit(folder, name);
  }
  return shared;
}

/** The folder in which Node.js finds a package from another folder. */
function installed(folder: string, name: string): string | undefined {
  const found = upward(folder).find((above) => existsSync(join(above, 'node_modules', name, 'package.json')));
  return found === undefined ? undefined : realpathSync(join(found, 'node_modules', name));
}
