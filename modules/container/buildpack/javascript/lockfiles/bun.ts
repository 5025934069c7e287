import { posix } from 'node:path';
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
import { split } from './yarn-entries';

/** An entry of `packages`: `name@version`, and later in the list an object with fields as in `package.json`. */
type Entries = ReadonlyMap<string, { readonly id: string; readonly info: JsonObject }>;

/**
 * Bun's `bun.lock`. The key of a package is its path through `node_modules`: `a/b` is the `b` that `a` imports.
 *
 * @see https://bun.com/docs/pm/lockfile
 */
export function bunLockfile(text: string): Lockfile {
  const lock = bunLock(text);
  const entries: Entries = new Map(
    Object.entries(asObject(lock.packages) ?? {}).map(([key, value]) => {
      const list: readonly unknown[] = Array.isArray(value) ? value : [];
      const info = list.map(asObject).find((one) => one !== undefined) ?? {};
      return [key, { id: asText(list[0]) ?? key, info }];
    }),
  );
  const workspaces = asObject(lock.workspaces) ?? {};
  const graph = graphOf(entries, workspaces);
  const patches = Object.values(asObject(lock.patchedDependencies) ?? {}).flatMap((path) => asText(path) ?? []);
  const archives = [...entries.values()].flatMap(
    ({ id }) => /@(?:file:)?([^@:]+\.(?:tgz|tar\.gz))$/.exec(id)?.[1] ?? [],
  );
  return {
    resolve: (name, folder) => resolveInGraph(graph, name, folder),
    stale: (manifests) => stale(workspaces, manifests),
    files: [...patches, ...archives].map((path) => posix.normalize(path)),
    git: [...entries.values()].some(({ id }) => isGit(split(id)[1])),
  };
}

/** Folders of the members of the workspace. */
export function bunMembers(text: string): string[] {
  return Object.keys(asObject(bunLock(text).workspaces) ?? {}).filter((folder) => folder !== '');
}

/** Version of the lockfile's format. Bun up to 1.3 writes 0 and 1. */
export function bunFormat(text: string): number {
  return Number(bunLock(text).lockfileVersion);
}

/** Parses JSON that can have a comma after the last element of a list. */
function bunLock(text: string): JsonObject {
  const json = text.replace(/"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])/g, (found) => (found === ',' ? '' : found));
  return asObject(JSON.parse(json)) ?? {};
}

function graphOf(entries: Entries, workspaces: JsonObject): Graph {
  /** The key of the nearest package with a name, as seen from the package at `way`. */
  const find = (name: string, way: string): string | undefined => {
    const names = way.match(/(?:@[^/]+\/)?[^/]+/g) ?? [];
    const keys = names.map((_, index) => [...names.slice(0, names.length - index), name].join('/'));
    return [...keys, name].find((key) => entries.has(key));
  };
  const keys = (value: JsonObject, lists: readonly string[], way: string) =>
    new Map(
      lists.flatMap((list) =>
        [...dependencies(value, list)].flatMap(([name]) => {
          const key = find(name, way);
          return key === undefined ? [] : [[name, key] as const];
        }),
      ),
    );
  const importers = new Map<string, Importer>();
  for (const [folder, value] of Object.entries(workspaces)) {
    const workspace = asObject(value) ?? {};
    const way = folder === '' ? '' : (asText(workspace.name) ?? '');
    importers.set(folder, {
      production: keys(workspace, PRODUCTION_LISTS, way),
      development: keys(workspace, ['devDependencies'], way),
    });
  }
  const packages = new Map<string, GraphPackage>();
  for (const [key, { id, info }] of entries) {
    const [, source] = split(id);
    const [, folder] = /^(?:workspace|file|link):(.+)$/.exec(source) ?? [];
    packages.set(key, {
      version: /^\d/.test(source) ? source : undefined,
      ...(folder !== undefined && !/\.(tgz|tar\.gz)$/.test(folder) && { localFolder: posix.normalize(folder) }),
      ...platform(info),
      dependencies: keys(info, PRODUCTION_LISTS, key),
      optional: new Map(
        [...keys(info, ['optionalDependencies'], key)].map(([name, to]) => [
          name,
          platform(entries.get(to)?.info ?? {}),
        ]),
      ),
    });
  }
  return { importers, packages, hoists: true };
}

function stale(workspaces: JsonObject, manifests: Manifests): StaleDependency[] {
  return [...manifests].flatMap(([folder, manifest]) => {
    const recorded = asObject(workspaces[folder]) ?? {};
    const had = new Map(LISTS.flatMap((list) => [...dependencies(recorded, list)]));
    const wanted = new Map(LISTS.flatMap((list) => [...dependencies(manifest, list)]));
    return [
      ...[...wanted]
        .filter(([name, range]) => had.get(name) !== range)
        .map(([name, range]) => ({ folder, name, wanted: range })),
      ...[...had.keys()].filter((name) => !wanted.has(name)).map((name) => ({ folder, name, wanted: undefined })),
    ];
  });
}
