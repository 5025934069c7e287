import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { formatFound } from '../../../problems/found';
import type { PackagingProblem } from '../../build-context';
import type { BuildpackSource } from '../language';
import type { Reference } from '../parts';
import { gemPlatform, type Lockfile, runsOn } from './lockfile';

/** Names of a Gemfile and its lockfile, in Bundler's order of precedence. */
export const GEMFILES: readonly (readonly [gemfile: string, lockfile: string])[] = [
  ['gems.rb', 'gems.locked'],
  ['Gemfile', 'Gemfile.lock'],
];

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** Files that Bundler reads when it evaluates a file: all files that it names in literal strings, and their files. */
function read(path: string, found: Map<string, string>): void {
  if (found.has(path)) return;
  const text = readFileSync(path, 'utf8');
  found.set(path, text);
  const folder = dirname(path);
  for (const [, name = ''] of text.matchAll(/['"]([\w./@-]+)['"]/g)) {
    const places = [name, `${name}.rb`, `lib/${name}`, `lib/${name}.rb`].map((one) => resolve(folder, one));
    for (const place of places.filter(isFile)) {
      // Bundler doesn't evaluate the other files that a gemspec lists.
      if (/\.(rb|gemspec)$|(^|\/)(Gemfile|gems)[^/]*$/.test(place)) read(place, found);
      else found.set(place, '');
    }
  }
}

/** Folders of path gems in a Gemfile, and files that it or their gemspecs read. */
export interface Gems {
  readonly folders: readonly Reference[];
  readonly files: readonly Reference[];
}

/** Files that Bundler reads before it installs. */
export function gemsOf(folder: string, gemfile: string, lock: Lockfile | undefined): Gems {
  const evaluated = new Map<string, string>();
  read(join(folder, gemfile), evaluated);
  for (const gemspec of gemspecs(folder)) read(join(folder, gemspec), evaluated);
  const named = [...evaluated].flatMap(([path, text]) => {
    const from = relative(folder, path);
    return pathsIn(text).map((name) => ({ path: resolve(dirname(path), name), from }));
  });
  const locked = lock?.paths.map((path) => ({ path: resolve(folder, path), from: 'Gemfile.lock' })) ?? [];
  // The lockfile also has paths that the Gemfile computes. Bundler doesn't look for gems that aren't in it.
  const folders = (lock === undefined ? named : locked).filter(({ path }) => path !== folder);
  return { folders, files: [...evaluated.keys()].map((path) => ({ path, from: gemfile })) };
}

function gemspecs(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.gemspec'));
}

/** `gem 'x', path: '../x'`, `path '../x' do`, `gemspec path: '../x'`. */
function pathsIn(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*$/, ''))
    .flatMap((line) => /(?:\bpath:\s*|:path\s*=>\s*|^\s*path[ (]+)['"]([^'"]+)['"]/.exec(line)?.[1] ?? []);
}

/** Problems that prevent Bundler from installing exactly the gems of the lockfile on the image's platform. */
export function lockProblems(source: BuildpackSource, text: string, lock: Lockfile): PackagingProblem[] {
  const property = ['entryfilePath'];
  const platform = gemPlatform(source.architecture, source.distribution);
  const glibc = gemPlatform(source.architecture, 'debian');
  const lacking = [...lock.gems].filter(([, platforms]) => !platforms.some((one) => runsOn(one, platform)));
  const fix = `run bundle lock --add-platform ${platform}, and commit the file`;
  const forgotten = forgottenGems(text, lock);
  return [
    ...(lock.platforms.some((one) => runsOn(one, platform))
      ? []
      : [
          {
            property,
            found: `a lockfile of gems for ${lock.platforms.map(formatFound).join(', ') || 'no platform'}`,
            accepted: `a lockfile with "${platform}" or "ruby" in PLATFORMS`,
            fix,
          },
        ]),
    ...lacking.map(([gem, platforms]) => ({
      property,
      found: `${gem} in the lockfile, for ${platforms.join(', ')} only`,
      accepted: `gems for "${platform}" or for "ruby"`,
      fix: platforms.some((one) => runsOn(one, glibc)) ? `${fix}, or set requiresGlibcBinaries` : fix,
    })),
    ...(forgotten.length === 0
      ? []
      : [
          {
            property,
            found: `a lockfile without ${forgotten.map(formatFound).join(', ')}, which the Gemfile requires`,
            accepted: 'a lockfile that matches the Gemfile',
            fix: 'run bundle lock, and commit the file',
          },
        ]),
  ];
}

/** Gems that a Gemfile requires literally and unconditionally, and that are not in the lockfile. */
function forgottenGems(text: string, lock: Lockfile): string[] {
  if (/^\s*(if|unless|case|begin|install_if|platforms?)\b/m.test(text)) return [];
  const lines = text.split('\n').filter((line) => !/\s(if|unless)\s|platforms?:|install_if:/.test(line));
  const asked = lines.flatMap((line) => /^\s*gem[ (]+['"]([^'"]+)['"]/.exec(line)?.[1] ?? []);
  return asked.filter((name) => !lock.dependencies.includes(name));
}
