import { type LockedPackage, type Resolution, upward } from './lockfile';

/** A package, and the packages that its dependencies resolve to. */
export interface GraphPackage extends LockedPackage {
  /** Keys of packages, by the name in imports. */
  readonly dependencies: ReadonlyMap<string, string>;
}

/** What a member of a workspace depends on: keys of packages, by the name in imports. */
export interface Importer {
  readonly production: ReadonlyMap<string, string>;
  readonly development: ReadonlyMap<string, string>;
}

/** The content of a lockfile that lists packages, but not the folders that the package manager puts them in. */
export interface Graph {
  /** By folder, relative to the folder of the lockfile. */
  readonly importers: ReadonlyMap<string, Importer>;
  readonly packages: ReadonlyMap<string, GraphPackage>;
  /** Whether a package with only one version is installed where every file of the project finds it. */
  readonly hoists: boolean;
}

/**
 * What a name resolves to from the files of a folder. A member's dependencies are always found from it. For any other package, the
 * folder that the package manager puts it in is known only if the lockfile has one version of it.
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

/** Keys of all packages that are imported by a name, by version. */
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

/** Keys of all packages that are installed without development dependencies. */
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
