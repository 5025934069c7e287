import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { asObject } from '../../../../orchestration/trigger/json';
import { readManifest } from '../manifest';

/** Packages that others use to find or build their binary. */
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
 * Whether a package has a binary, which can't be bundled and which differs between this machine and the image.
 *
 * @param folder folder of the package
 */
export function isNative(folder: string): boolean {
  if (existsSync(join(folder, 'binding.gyp'))) return true;
  const manifest = readManifest(folder) ?? {};
  if (manifest.gypfile === true || manifest.napi !== undefined || manifest.binary !== undefined) return true;
  const names = (list: string) => Object.keys(asObject(manifest[list]) ?? {});
  return (
    names('dependencies').some((name) => BINARY_FINDERS.includes(name)) ||
    // Such packages have one optional dependency per platform, and the package manager installs the one that matches.
    names('optionalDependencies').some((name) => /linux-?(x64|arm64)/.test(name))
  );
}
