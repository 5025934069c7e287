import { markerHolds, type Target } from './marker';
import { applies, type Requirement } from './requirement';
import { inRange } from './version';

/** A package of a lockfile. */
export interface LockedPackage {
  /** Normalized. */
  readonly name: string;
  readonly version: string;
  /** When it is wanted at all. @default always */
  readonly marker?: string;
  readonly dependencies: readonly Requirement[];
  /** Of an entry that stands for the package with some of its extras: what it depends on beyond the package's own entry. @default none */
  readonly extras?: readonly string[];
  readonly source: LockedSource;
  /** Such as `sha256:...`. */
  readonly hashes: readonly string[];
  /** Names of the files that there are of it. @default not known */
  readonly files?: readonly string[];
}

export type LockedSource =
  /** An index of packages; without a URL the installer's own. */
  | { readonly from: 'index'; readonly url?: string }
  /** A folder or file on this machine, absolute. */
  | { readonly from: 'local'; readonly path: string; readonly editable: boolean }
  /** A repository or a file elsewhere, as pip takes it: `git+https://...`, `https://...`. */
  | { readonly from: 'url'; readonly url: string };

/**
 * The packages of a lockfile that some requirements lead to in the image.
 *
 * @param extras sets of optional packages of the project that are wanted
 */
export function closure(
  roots: readonly Requirement[],
  packages: readonly LockedPackage[],
  target: Target,
  extras: readonly string[] = [],
): LockedPackage[] {
  const found = new Set<LockedPackage>();
  const seen = new Set<string>();
  const queue = roots.filter((root) => applies(root, target, extras));
  for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
    const { name, specifier, extras: wanted } = one;
    const key = `${name} ${specifier} ${wanted.join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const named = packages.filter(
      (candidate) => candidate.name === name && markerHolds(candidate.marker, target, extras),
    );
    const version = (named.find((one) => specifier !== '' && inRange(one.version, specifier)) ?? named[0])?.version;
    for (const chosen of named.filter((one) => one.version === version && isWanted(one, wanted))) {
      if (chosen.extras === undefined || chosen.extras.length === 0) found.add(chosen);
      queue.push(...chosen.dependencies.filter((dependency) => applies(dependency, target, wanted)));
    }
  }
  return [...found].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isWanted({ extras = [] }: LockedPackage, wanted: readonly string[]): boolean {
  return extras.every((extra) => wanted.includes(extra));
}

/** The files that there are of each package that comes from an index. */
export function archivesOf(packages: readonly LockedPackage[]): Map<string, readonly string[]> {
  return new Map(
    packages.flatMap(({ name, source, files = [] }) => (source.from === 'index' ? [[name, files] as const] : [])),
  );
}

/**
 * Packages in the form of a requirements file, but for those of this machine. Hashes are checked unless a package comes from a repository,
 * of which there is none: then pip would refuse all of them.
 */
export function requirementLines(packages: readonly LockedPackage[]): string {
  const remote = packages.filter(({ source }) => source.from !== 'local');
  const hashed = remote.every(({ hashes }) => hashes.length > 0);
  const urls = new Set(
    remote.flatMap(({ source }) => (source.from === 'index' && source.url !== undefined ? [source.url] : [])),
  );
  return [
    ...[...urls].map((url) => `--extra-index-url ${url}`),
    ...remote.map(({ name, version, source, hashes }) => {
      const requirement = source.from === 'url' ? `${name} @ ${source.url}` : `${name}==${version}`;
      return hashed
        ? [requirement, ...[...hashes].sort().map((hash) => `    --hash=${hash}`)].join(' \\\n')
        : requirement;
    }),
  ]
    .map((line) => `${line}\n`)
    .join('');
}
