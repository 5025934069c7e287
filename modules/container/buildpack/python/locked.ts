import { markerHolds, type Target } from './marker';
import { applies, type Requirement } from './requirement';
import { inRange } from './version';

/** A package of a lockfile. */
export interface LockedPackage {
  /** Normalized name. */
  readonly name: string;
  readonly version: string;
  /** Marker of when it is installed. @default always */
  readonly marker?: string;
  readonly dependencies: readonly Requirement[];
  /** For an entry of a package with extras: additional dependencies to those in the package's main entry. @default none */
  readonly extras?: readonly string[];
  readonly source: LockedSource;
  /** Hashes such as `sha256:...`. */
  readonly hashes: readonly string[];
  /** Names of its available files. @default not known */
  readonly files?: readonly string[];
}

export type LockedSource =
  /** A package index. @default the installer's default index */
  | { readonly from: 'index'; readonly url?: string }
  /** Absolute path of a local folder or file. */
  | { readonly from: 'local'; readonly path: string; readonly editable: boolean }
  /** A remote repository or file, in pip's syntax: `git+https://...`, `https://...`. */
  | { readonly from: 'url'; readonly url: string };

/**
 * The packages of a lockfile that the given requirements install in the image.
 *
 * @param extras the project's extras to install
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
    const version = (named.find((one) => inRange(one.version, specifier)) ?? named[0])?.version;
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

/** The available files of each package from an index. */
export function archivesOf(packages: readonly LockedPackage[]): Map<string, readonly string[]> {
  return new Map(
    packages.flatMap(({ name, source, files = [] }) => (source.from === 'index' ? [[name, files] as const] : [])),
  );
}

/**
 * Packages as a requirements file, without local ones. Includes hashes unless a package is from a repository: it has no hash, and pip would refuse
 * the whole file.
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
