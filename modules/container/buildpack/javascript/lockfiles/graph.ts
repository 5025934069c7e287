import { type LockedPackage, type Resolution, upward } from './lockfile';

/** A package, and what its dependencies mean to it. */
export interface GraphPackage extends LockedPackage {
  /** Keys of packages, by the names that it imports them by. */
  readonly dependencies: ReadonlyMap<string, string>;
}

/** What a member of a workspace depends on: keys of packages, by the names that it imports them by. */
export interface Importer {
  readonly production: ReadonlyMap<string, string>;
  readonly development: ReadonlyMap<string, string>;
}

/** A lockfile that says which packages there are, and leaves it to the package manager in which folder each one is. */
export interface Graph {
  /** By folder, relative to the lockfile's. */
  readonly importers: ReadonlyMap<string, Importer>;
  readonly packages: ReadonlyMap<string, GraphPackage>;
  /** Whether a package that is there once lies where all files of the project find it. */
  readonly hoists: boolean;
}

/**
 * What a name means to the files of a folder. A member's own dependencies are always found from it. For any other package, where the
 * package manager puts it is known only if there is one version of it in all.
 */
export function resolveInGraph(graph: Graph, name: string, folder: string): Resolution {
  const importers = upward(folder).flatMap((above) => graph.importers.get(above) ?? []);
  const [own] = importers;
  const declared = importers.map(({ production }) => production.get(name)).find((key) => key !== undefined);
  const versions = versionsOf(graph, name);
  const certain = declared !== undefined && (own?.production.get(name) === declared || versions.size === 1);
  const reached = reachable(graph);
  const keys = certain ? [declared] : [...versions.values()].flat().filter((key) => reached.has(key));
  const [key] = keys;
  const locked = key === undefined ? undefined : graph.packages.get(key);
  if (certain && locked !== undefined) return { kind: 'installed', locked };
  if (locked === undefined) return { kind: versions.size > 0 ? 'development' : 'absent' };
  if (versions.size === 1 && graph.hoists) return { kind: 'installed', locked };
  return { kind: 'unsure', versions: [...versions.keys()].sort() };
}

/** Keys of all packages that anything imports by a name, by version. */
function versionsOf({ importers, packages }: Graph, name: string): Map<string, string[]> {
  const lists = [
    ...[...importers.values()].flatMap(({ production, development }) => [production, development]),
    ...[...packages.values()].map(({ dependencies }) => dependencies),
  ];
  const keys = new Set(lists.flatMap((list) => list.get(name) ?? []));
  const versions = new Map<string, string[]>();
  for (const key of keys) {
    const version = packages.get(key)?.version ?? key;
    versions.set(version, [...(versions.get(version) ?? []), key]);
  }
  return versions;
}

/** Keys of all packages that an installation without development packages has. */
function reachable({ importers, packages }: Graph): Set<string> {
  const reached = new Set<string>();
  const open = [...importers.values()].flatMap(({ production }) => [...production.values()]);
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (reached.has(key)) continue;
    reached.add(key);
    open.push(...(packages.get(key)?.dependencies.values() ?? []));
  }
  return reached;
}
