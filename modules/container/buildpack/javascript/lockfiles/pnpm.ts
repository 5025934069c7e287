import { posix } from 'node:path';
import { parse } from 'yaml';
import { asObject, asText, type JsonObject } from '../../../../orchestration/trigger/json';
import { dependencies } from '../manifest';
import { type Graph, type GraphPackage, type Importer, resolveInGraph } from './graph';
import {
  isGit,
  LISTS,
  type Lockfile,
  type Manifests,
  PRODUCTION_LISTS,
  platform,
  type StaleDependency,
} from './lockfile';

/** Format of the lockfile: 5 (pnpm 3 to 7), 6 (pnpm 8) or 9 (pnpm 9 and later). */
interface PnpmLock {
  readonly version: number;
  readonly importers: ReadonlyMap<string, JsonObject>;
  /** By key: the dependencies of each package. */
  readonly snapshots: JsonObject;
  /** By key: the properties of a package that are the same for all its peers. */
  readonly packages: JsonObject;
  readonly overrides: readonly string[];
  readonly patches: readonly string[];
}

/**
 * pnpm's `pnpm-lock.yaml`.
 *
 * @see https://github.com/pnpm/spec/tree/master/lockfile
 */
export function pnpmLockfile(text: string): Lockfile {
  const lock = pnpmLock(text);
  const graph = graphOf(lock);
  const sources = Object.entries(lock.packages).map(
    ([key, value]) => [key, asObject(asObject(value)?.resolution) ?? {}] as const,
  );
  return {
    resolve: (name, folder) => resolveInGraph(graph, name, folder),
    stale: (manifests) => stale(lock, manifests),
    files: [
      ...lock.patches,
      ...sources.flatMap(([, { tarball }]) => /^file:(.+)/.exec(asText(tarball) ?? '')?.[1] ?? []),
    ],
    git: sources.some(([key, { type, repo }]) => type === 'git' || isGit(asText(repo) ?? key)),
  };
}

/** Folders of the members of the workspace. */
export function pnpmMembers(text: string): string[] {
  return [...pnpmLock(text).importers.keys()].filter((folder) => folder !== '');
}

function pnpmLock(text: string): PnpmLock {
  const lock = asObject(parse(lastDocument(text))) ?? {};
  const importers = asObject(lock.importers) ?? { '.': lock };
  return {
    version: Number.parseFloat(String(lock.lockfileVersion)),
    importers: new Map(
      Object.entries(importers).map(([folder, value]) => [folder === '.' ? '' : folder, asObject(value) ?? {}]),
    ),
    snapshots: asObject(lock.snapshots) ?? asObject(lock.packages) ?? {},
    packages: asObject(lock.packages) ?? {},
    overrides: Object.keys(asObject(lock.overrides) ?? {}),
    patches: Object.values(asObject(lock.patchedDependencies) ?? {}).flatMap(
      (patch) => asText(asObject(patch)?.path) ?? [],
    ),
  };
}

/** pnpm 11 and later can put a document about pnpm itself before the project's. */
function lastDocument(text: string): string {
  return text.split(/^---\s*$/m).at(-1) ?? text;
}

function graphOf(lock: PnpmLock): Graph {
  const packages = new Map<string, GraphPackage>();
  const local = (key: string, localFolder: string) => {
    packages.set(key, { version: undefined, localFolder, optional: new Map(), dependencies: new Map() });
    return key;
  };
  const keyOf = (name: string, reference: string, folder: string): string => {
    const [, link] = /^(?:link|file):(.+)/.exec(reference) ?? [];
    if (link !== undefined && reference.startsWith('link:'))
      return local(`link:${posix.join(folder, link)}`, posix.join(folder, link));
    return keysOf(lock.version, name, reference).find((key) => Object.hasOwn(lock.snapshots, key)) ?? reference;
  };
  const keys = (value: JsonObject, lists: readonly string[], folder: string) =>
    new Map(
      lists.flatMap((list) =>
        Object.entries(asObject(value[list]) ?? {}).flatMap(([name, given]) => {
          const reference = asText(given) ?? asText(asObject(given)?.version);
          return reference === undefined ? [] : [[name, keyOf(name, reference, folder)] as const];
        }),
      ),
    );
  const importers = new Map<string, Importer>();
  for (const [folder, value] of lock.importers) {
    importers.set(folder, {
      production: keys(value, PRODUCTION_LISTS, folder),
      development: keys(value, ['devDependencies'], folder),
    });
  }
  for (const [key, value] of Object.entries(lock.snapshots)) {
    const plain = withoutPeers(key, lock.version);
    const entry = { ...asObject(lock.packages[plain]), ...asObject(value) };
    const [, folder] = /@?file:(.+)$/.exec(plain) ?? [];
    packages.set(key, {
      version: asText(entry.version) ?? versionIn(plain, lock.version),
      ...(folder !== undefined && !/\.(tgz|tar\.gz|tar)$/.test(folder) && { localFolder: folder }),
      ...platform(entry),
      dependencies: keys(entry, PRODUCTION_LISTS, ''),
      optional: new Map(
        [...keys(entry, ['optionalDependencies'], '')].map(([name, dependency]) => {
          const known = asObject(lock.packages[withoutPeers(dependency, lock.version)]);
          return [name, known && platform(known)];
        }),
      ),
    });
  }
  return { importers, packages, hoists: true };
}

/** The keys that a reference to a package can mean. */
function keysOf(version: number, name: string, reference: string): string[] {
  if (version < 6) return [reference, `/${name}/${reference}`];
  return version < 9 ? [reference, `/${name}@${reference}`] : [`${name}@${reference}`, reference];
}

/** Removes the peers from a key such as `a@1.0.0(b@2.0.0)`, or `/a/1.0.0_b@2.0.0` in version 5. */
function withoutPeers(key: string, version: number): string {
  return version < 6 ? key.replace(/_[^/]*$/, '') : key.replace(/\(.*$/, '');
}

function versionIn(key: string, version: number): string | undefined {
  const last = key.slice(key.lastIndexOf(version < 6 ? '/' : '@') + 1);
  return /^\d+\.\d+\.\d+/.test(last) ? withoutPeers(last, version) : undefined;
}

/** pnpm compares the ranges in the manifests with those recorded in the lockfile, as strings. */
function stale(lock: PnpmLock, manifests: Manifests): StaleDependency[] {
  return [...manifests].flatMap(([folder, manifest]) => {
    const importer = lock.importers.get(folder) ?? {};
    const recorded = new Map(
      LISTS.flatMap((list) =>
        Object.entries(asObject(importer[list]) ?? {}).map(([name, value]) => [
          name,
          asText(asObject(value)?.specifier) ?? asText(asObject(importer.specifiers)?.[name]),
        ]),
      ),
    );
    const wanted = new Map(LISTS.flatMap((list) => [...dependencies(manifest, list)]));
    const overridden = (name: string) =>
      lock.overrides.some(
        (one) =>
          one
            .replace(/(?<=.)@[^>@]*$/, '')
            .split('>')
            .at(-1) === name,
      );
    const missing = [...wanted].filter(([name, range]) => recorded.get(name) !== range && !overridden(name));
    const peers = dependencies(manifest, 'peerDependencies');
    const extra = [...recorded.keys()].filter((name) => name !== undefined && !wanted.has(name) && !peers.has(name));
    return [
      ...missing.map(([name, range]) => ({ folder, name, wanted: range })),
      ...extra.map((name) => ({ folder, name: name ?? '', wanted: undefined })),
    ];
  });
}
