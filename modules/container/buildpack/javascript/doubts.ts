import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Message, Metafile } from 'esbuild';
import { isAsset } from './assets';
import { breaksInBundles, worksInBundles } from './known-packages';
import { packageOf } from './package-folder';
import { isNative } from './packages/native';

/** The bundler's messages of imports whose path only running the code shows. */
export const DYNAMIC_IMPORTS: readonly string[] = [
  'unsupported-require-call',
  'unsupported-dynamic-import',
  'indirect-require',
];

/** What of a package's code asks for its place. */
const OWN_PLACE =
  /\b__dirname\b|\b__filename\b|\bimport\.meta\.(?:url|dirname|filename|resolve)\b|\brequire\.resolve\(/;

/**
 * The packages of a bundle that would not find in it what they look for beside themselves, and why. From Node.js's own place they do.
 */
export function doubts({ inputs }: Metafile, warnings: readonly Message[], root: string): Map<string, string> {
  const dynamic = new Set(
    warnings
      .filter(({ id }) => DYNAMIC_IMPORTS.includes(id))
      .map(({ location }) => location && resolve(root, location.file)),
  );
  const found = new Map<string, string>();
  for (const path of Object.keys(inputs)) {
    const file = resolve(root, path);
    const owner = packageOf(file);
    if (owner === undefined || found.has(owner.name)) continue;
    const reason = breaksInBundles(owner.name) ?? (isNative(owner.folder) ? 'it has a binary' : undefined);
    const doubt = reason ?? (worksInBundles(owner.name) ? undefined : doubtOf(file, dynamic.has(file)));
    if (doubt !== undefined) found.set(owner.name, doubt);
  }
  return found;
}

function doubtOf(file: string, isDynamic: boolean): string | undefined {
  if (isDynamic) return 'it loads modules by names that only running it shows';
  if (isAsset(file)) return 'it imports files that are no code';
  // Code in an archive, as Yarn keeps it, is for esbuild alone.
  if (!/\.[cm]?js$/.test(file) || !existsSync(file)) return undefined;
  return OWN_PLACE.test(readFileSync(file, 'utf8'))
    ? 'its code asks for its own place, where it may look for files'
    : undefined;
}
