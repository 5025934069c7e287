import { posix } from 'node:path';
import { satisfies, validRange } from 'semver';
import { asObject, asText, type JsonObject } from '../../../../orchestration/trigger/json';
import { dependencies } from '../manifest';
import {
  LISTS,
  type LockedPackage,
  type Lockfile,
  platform,
  type Resolution,
  type StaleDependency,
  upward,
} from './lockfile';

/** An entry of `packages`, by the path of its folder. */
type Entries = ReadonlyMap<string, JsonObject>;

/**
 * npm's `package-lock.json` and `npm-shrinkwrap.json`, which list the packages in each folder of `node_modules`.
 *
 * @see https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json
 */
export function npmLockfile(text: string): Lockfile {
  const lock = asObject(JSON.parse(text)) ?? {};
  const entries = entriesOf(lock);
  return {
    resolve: (name, folder) => resolve(entries, name, folder),
    stale: (manifests) => [...manifests].flatMap(([folder, manifest]) => stale(entries, lock, folder, manifest)),
    files: [...entries.values()].flatMap(({ resolved, dev }) => {
      const [, file] = /^file:(.+\.(?:tgz|tar\.gz|tar))$/.exec(asText(resolved) ?? '') ?? [];
      return file === undefined || dev === true ? [] : [posix.normalize(file)];
    }),
    ignoresPeers: ignoresPeers(entries),
    git: [...entries.values()].some(({ resolved, dev }) => dev !== true && /^git[+:]/.test(asText(resolved) ?? '')),
  };
}

/** Folders of members and of other local packages. */
export function npmMembers(text: string): string[] {
  const paths = [...entriesOf(asObject(JSON.parse(text)) ?? {}).keys()];
  return paths.filter((path) => path !== '' && !/(^|\/)node_modules\//.test(path));
}

/** Lockfiles of version 1 have a tree of packages instead. */
function entriesOf(lock: JsonObject): Entries {
  const packages = asObject(lock.packages);
  const entries = new Map<string, JsonObject>();
  if (packages !== undefined) {
    for (const [path, entry] of Object.entries(packages)) entries.set(path, asObject(entry) ?? {});
    return entries;
  }
  const visit = (folder: string, { dependencies: list }: JsonObject): void => {
    for (const [name, value] of Object.entries(asObject(list) ?? {})) {
      const entry = asObject(value) ?? {};
      const path = posix.join(folder, 'node_modules', name);
      entries.set(path, oldEntry(entry));
      visit(path, entry);
    }
  };
  visit('', lock);
  return entries;
}

/** An entry of a version 1 lockfile. A `version` that is not a version is the package's source. */
function oldEntry({ version, dev, resolved, requires }: JsonObject): JsonObject {
  const given = asText(version) ?? '';
  const [, folder] = /^file:(.+)$/.exec(given) ?? [];
  if (folder !== undefined && !/\.(tgz|tar\.gz|tar)$/.test(folder)) return { link: true, resolved: folder, dev };
  const [, aliased] = /^npm:.+@([^@]+)$/.exec(given) ?? [];
  const plain = aliased ?? (/^\d/.test(given) ? given : undefined);
  return { dev, requires, resolved: plain === undefined ? given : resolved, ...(plain && { version: plain }) };
}

/** The path that a name resolves to from a folder: in the nearest `node_modules` that has it, even if only for development. */
function pathOf(entries: Entries, name: string, folder: string): string | undefined {
  const paths = upward(folder)
    .filter((above) => posix.basename(above) !== 'node_modules')
    .map((above) => posix.join(above, 'node_modules', name));
  return paths.find((path) => entries.has(path));
}

function resolve(entries: Entries, name: string, folder: string): Resolution {
  const paths = upward(folder).map((above) => posix.join(above, 'node_modules', name));
  const there = paths.filter((path) => entries.has(path));
  // A development dependency is not installed, so Node.js finds a package in a folder above instead.
  const path = there.find((one) => entries.get(one)?.dev !== true);
  if (path !== undefined) return { kind: 'installed', locked: locked(entries, path) };
  return { kind: there.length > 0 ? 'development' : 'absent' };
}

function locked(entries: Entries, path: string): LockedPackage {
  const entry = entries.get(path) ?? {};
  const folder = entry.link === true ? asText(entry.resolved) : undefined;
  const { version, optionalDependencies } = (folder !== undefined && entries.get(folder)) || entry;
  return {
    version: asText(version),
    ...(folder !== undefined && { localFolder: folder }),
    ...platform(entry),
    optional: new Map(
      Object.keys(asObject(optionalDependencies) ?? {}).map((name) => {
        const found = pathOf(entries, name, path);
        return [name, found === undefined ? undefined : platform(entries.get(found) ?? {})];
      }),
    ),
  };
}

/**
 * Whether a dependency of the root or a member lacks a peer, or gets a version that it does not accept. npm refuses this unless an option
 * makes it ignore peers.
 *
 * @see https://docs.npmjs.com/cli/v11/using-npm/config#legacy-peer-deps
 */
function ignoresPeers(entries: Entries): boolean {
  const manifests = [...entries].filter(([path]) => !/(^|\/)node_modules\//.test(path));
  const direct = manifests.flatMap(([folder, manifest]) =>
    LISTS.flatMap((list) => [...dependencies(manifest, list).keys()]).map((name) => pathOf(entries, name, folder)),
  );
  return direct.some((path) => {
    const entry = path === undefined ? undefined : entries.get(path);
    if (path === undefined || entry === undefined || entry.link === true) return false;
    return [...dependencies(entry, 'peerDependencies')].some(([name, range]) => {
      if (asObject(asObject(entry.peerDependenciesMeta)?.[name])?.optional === true) return false;
      const found = pathOf(entries, name, path);
      const version = found === undefined ? undefined : asText(entries.get(found)?.version);
      if (found === undefined) return true;
      return version !== undefined && validRange(range) !== null && !satisfies(version, range);
    });
  });
}

/** `npm ci` fails for a dependency that the lockfile doesn't have, or has in a version that the manifest doesn't allow. */
function stale(entries: Entries, lock: JsonObject, folder: string, manifest: JsonObject): StaleDependency[] {
  const recorded = entries.get(folder) ?? {};
  const hasPackages = asObject(lock.packages) !== undefined;
  return LISTS.flatMap((list) =>
    [...dependencies(manifest, list)].flatMap(([name, wanted]) => {
      const same = LISTS.some((one) => dependencies(recorded, one).get(name) === wanted);
      const path = pathOf(entries, name, folder);
      const entry = path === undefined ? undefined : entries.get(path);
      const version = asText(entry?.version);
      const range = validRange(wanted.replace(/^npm:.+@/, ''));
      const fits =
        entry !== undefined &&
        (same ||
          entry.link === true ||
          (range === null || version === undefined ? !hasPackages : satisfies(version, range)));
      return fits ? [] : [{ folder, name, wanted }];
    }),
  );
}
