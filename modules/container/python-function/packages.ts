import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import type { Finding } from '../../problems/problem';
import { sortedFiles } from '../build-context';
import { normalName } from '../buildpack/python/requirement';
import { fileEntry } from '../source-files';
import type { TarEntry } from '../tar';
import { install, type Platform } from './installer';
import type { Requirements } from './requirements';

/** Part of the name of what is kept: a change in how packages are installed must not find the old ones. */
const FORM = 1;

/** Files that depend on the machine, on the folder or on the installer: the zip would differ. Lambda needs none. */
const OF_MACHINE =
  /(^|\/)__pycache__\/|\.pyc$|^bin\/|^\.lock$|^[^/]+\.dist-info\/(RECORD|INSTALLER|REQUESTED|direct_url\.json|uv_cache\.json|uv_build\.json)$/;

/**
 * The installed packages of a function. They are kept in the user's cache, by all that they depend on, so a second synthesis installs nothing and
 * has the same bytes.
 *
 * @param excluded names of packages to leave out
 * @param cache folder of what is kept
 */
export function installFunctionPackages(
  requirements: Requirements,
  platform: Platform,
  excluded: readonly string[] = [],
  cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdktf-batch-jobs'),
): readonly TarEntry[] | { readonly problem: Finding } {
  const { texts, whole, folder, from } = requirements;
  const key = createHash('sha256').update(
    JSON.stringify([FORM, platform.version, platform.architecture, whole, texts]),
  );
  const kept = join(cache, 'python', key.digest('hex').slice(0, 32));
  if (!existsSync(kept)) {
    mkdirSync(join(cache, 'python'), { recursive: true });
    // Renamed once it is complete, so that an interrupted synthesis leaves nothing behind that looks whole.
    const unfinished = mkdtempSync(join(cache, 'python', 'unfinished-'));
    try {
      const file = 'path' in from ? from.path : join(unfinished, 'requirements.txt');
      if ('text' in from) writeFileSync(file, `${from.text}\n`);
      const target = join(unfinished, 'packages');
      const failed = install(file, folder, whole, platform, target);
      if (failed !== undefined) return failed;
      mkdirSync(target, { recursive: true });
      // Another synthesis can have been faster.
      if (!existsSync(kept)) renameSync(target, kept);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  return filesIn(kept, excluded);
}

/**
 * The files of installed packages, without those of the machine.
 *
 * @param excluded names of packages to leave out
 */
function filesIn(folder: string, excluded: readonly string[]): TarEntry[] {
  const paths = globSync('**', { cwd: folder, dot: true });
  const names = excluded.map(normalName);
  const without = new Set(
    paths.filter((path) => names.includes(distributionOf(path))).flatMap((path) => recorded(join(folder, path))),
  );
  const sent = paths.filter((path) => !OF_MACHINE.test(path) && !without.has(path));
  return sortedFiles(sent.map((path) => fileEntry(join(folder, path), path)));
}

/** The package that a record of files is of. Empty for other files. */
function distributionOf(path: string): string {
  return normalName(/^([^/]+?)-[^/]*\.dist-info\/RECORD$/.exec(path)?.[1] ?? '');
}

/** The files in a record: https://packaging.python.org/en/latest/specifications/recording-installed-packages/ */
function recorded(record: string): string[] {
  return readFileSync(record, 'utf8')
    .split('\n')
    .map((line) => line.replace(/,[^,]*,[^,]*$/, '').replace(/^"(.*)"$/, '$1'));
}
