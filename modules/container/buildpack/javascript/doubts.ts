import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Message, Metafile } from 'esbuild';
import { isAsset } from './assets';
import { breaksInBundles, worksInBundles } from './known-packages';
import { packageOf } from './package-folder';
import { isNative } from './packages/native';

/** Ids of the bundler's messages about imports whose path is known only when the code runs. */
export const DYNAMIC_IMPORTS: readonly string[] = [
  'unsupported-require-call',
  'unsupported-dynamic-import',
  'indirect-require',
];

/** Expressions by which a package's code finds its own location. */
const OWN_PLACE =
  /\b__dirname\b|\b__filename\b|\bimport\.meta\.(?:url|dirname|filename|resolve)\b|\brequire\.resolve\(/;

/**
 * The bundled packages that must stay out, and why: from within a bundle they would not find the files next to their own code.
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
  if (isDynamic) return 'it loads modules by names that are known only when it runs';
  if (isAsset(file)) return 'it imports files that are not code';
  // Yarn can keep packages in archives, which only esbuild reads.
  if (!/\.[cm]?js$/.test(file) || !existsSync(file)) return undefined;
  return OWN_PLACE.test(readFileSync(file, 'utf8')) ? 'its code uses its own path, probably to find files' : undefined;
}
