import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { asObject } from '../../../../orchestration/trigger/json';
import { readManifest } from '../manifest';

/** Packages by which others find or build a binary of their own. */
const BINARY_FINDERS = [
  '@mapbox/node-pre-gyp',
  'bindings',
  'node-addon-api',
  'node-gyp-build',
  'node-gyp-build-optional-packages',
  'node-pre-gyp',
  'prebuild-install',
];

/**
 * Whether a package brings a binary, which a bundle cannot hold and which differs between the machine that bundles and the image.
 *
 * @param folder of the package
 */
export function isNative(folder: string): boolean {
  if (existsSync(join(folder, 'binding.gyp'))) return true;
  const manifest = readManifest(folder) ?? {};
  if (manifest.gypfile === true || manifest.napi !== undefined || manifest.binary !== undefined) return true;
  const names = (list: string) => Object.keys(asObject(manifest[list]) ?? {});
  return (
    names('dependencies').some((name) => BINARY_FINDERS.includes(name)) ||
    // A package for each platform, of which the package manager installs the one that fits.
    names('optionalDependencies').some((name) => /linux-?(x64|arm64)/.test(name))
  );
}
