import { posix } from 'node:path';
import { satisfies, validRange } from 'semver';
import { asObject, asText, type JsonObject } from '../../../../orchestration/trigger/json';
import { dependencies } from '../manifest';
import { type Graph, type GraphPackage, type Importer, resolveInGraph } from './graph';
import {
  isGit,
  LISTS,
  type Lockfile,
  type Manifests,
  type Platform,
  PRODUCTION_LISTS,
  type StaleDependency,
} from './lockfile';
import { split, type YarnEntries, yarnEntries } from './yarn-entries';

/** The parts of a project that are needed to read its `yarn.lock`. */
export interface YarnProject {
  readonly manifests: Manifests;
  /** Settings of Yarn 2 or later. */
  readonly settings: JsonObject;
  readonly hoists: boolean;
}

/** Finds the key of the entry for a dependency. */
type Find = (name: string, range: string, asker: string) => string | undefined;

/** `yarn.lock` of any version of Yarn. It doesn't record what the members request, so their manifests are read. */
export function yarnLockfile(text: string, project: YarnProject): Lockfile {
  const entries = yarnEntries(text);
  const find = finder(entries, project);
  const graph = graphOf(entries, find, project);
  const resolutions = [...entries.values()].map(
    ({ resolved, resolution }) => asText(resolution) ?? asText(resolved) ?? '',
  );
  return {
    resolve: (name, folder) => resolveInGraph(graph, name, folder),
    stale: () => stale(find, project),
    files: [...new Set(resolutions.flatMap(filesIn))],
    git: resolutions.some((resolution) => isGit(split(resolution)[1]) || isGit(resolution)),
  };
}

/** Folders of the members of the workspace, which lockfiles of Yarn 2 and later list. */
export function berryMembers(text: string): string[] {
  const keys = [...yarnEntries(text).values()].map(({ resolution }) => asText(resolution) ?? '');
  return [...new Set(keys.flatMap((key) => /^.+@workspace:(.+)$/.exec(key)?.[1] ?? []))].filter((one) => one !== '.');
}

/** Archives and patches of the project. `~/` is the project's root. Other paths are relative to the member that names them. */
function filesIn(resolution: string): string[] {
  const [plain = '', bound = ''] = resolution.split('::');
  const member = decodeURIComponent(/locator=[^&]*workspace%3A([^&]+)/.exec(bound)?.[1] ?? '.');
  const [, archive] = /^(?:.+@)?file:(.+\.(?:tgz|tar\.gz))(?:#.*)?$/.exec(plain) ?? [];
  const [, patches = ''] = /@patch:[^#]+#(.+)$/.exec(plain) ?? [];
  const named = patches.split('&').map((patch) => patch.replace(/^optional!/, ''));
  return [archive, ...named].flatMap((path) => {
    if (path === undefined || path === '' || path.startsWith('builtin<')) return [];
    const file = decodeURIComponent(path);
    return [posix.normalize(file.startsWith('~/') ? file.slice(2) : posix.join(member, file))];
  });
}

function finder(entries: YarnEntries, { manifests, settings }: YarnProject): Find {
  const byPlainKey = new Map([...entries.keys()].map((key) => [key.split('::')[0] ?? key, key]));
  const keyOf = (name: string, range: string) =>
    [`${name}@${range}`, `${name}@npm:${range}`].map((key) => byPlainKey.get(key)).find((key) => key !== undefined);
  const replaced = [...dependencies(manifests.get('') ?? {}, 'resolutions')].map(([pattern, range]) => {
    const names = pattern.match(/(?:@[^/]+\/)?[^/]+/g) ?? [];
    const [name, only] = split(names.at(-1) ?? '');
    const [asker] = split(names.at(-2) ?? '');
    return { name, only, asker: asker === '**' ? '' : asker, range };
  });
  return (name, range, asker) => {
    const plain = range.replace(/^npm:/, '');
    const rule = replaced.find(
      (one) =>
        one.name === name &&
        (one.asker === '' || one.asker === asker) &&
        (one.only === '' || one.only.replace(/^npm:/, '') === plain),
    );
    return (rule && keyOf(name, rule.range)) ?? keyOf(name, catalogued(settings, name, range));
  };
}

/** `catalog:` and `catalog:name` refer to a range in the settings. */
function catalogued({ catalog, catalogs }: JsonObject, name: string, range: string): string {
  const [, list] = /^catalog:(.*)$/.exec(range) ?? [];
  if (list === undefined) return range;
  const ranges =
    list === '' || list === 'default'
      ? (asObject(catalog) ?? asObject(asObject(catalogs)?.default))
      : asObject(asObject(catalogs)?.[list]);
  return asText(ranges?.[name]) ?? range;
}

function graphOf(entries: YarnEntries, find: Find, project: YarnProject): Graph {
  const packages = new Map<string, GraphPackage>();
  for (const [key, entry] of entries) packages.set(key, graphPackage(entries, key, entry, find));
  const importers = new Map<string, Importer>();
  for (const [folder, manifest] of project.manifests) {
    const keys = (lists: readonly string[]) =>
      new Map(
        lists.flatMap((list) =>
          [...dependencies(manifest, list)].flatMap(([name, range]) => {
            const key =
              find(name, range, asText(manifest.name) ?? '') ??
              localKey(packages, project.manifests, folder, name, range);
            return key === undefined ? [] : [[name, key] as const];
          }),
        ),
      );
    importers.set(folder, { production: keys(PRODUCTION_LISTS), development: keys(['devDependencies']) });
  }
  return { importers, packages, hoists: project.hoists };
}

/** The lockfile of Yarn 1 has neither members nor links. */
function localKey(
  packages: Map<string, GraphPackage>,
  manifests: Manifests,
  folder: string,
  name: string,
  range: string,
): string | undefined {
  const localFolder = linked(folder, range) ?? memberFor(manifests, name, range);
  if (localFolder === undefined) return undefined;
  const key = `link:${localFolder}`;
  packages.set(key, { version: undefined, localFolder, optional: new Map(), dependencies: new Map() });
  return key;
}

function linked(folder: string, range: string): string | undefined {
  const [, path] = /^(?:link|portal):(.+)$/.exec(range) ?? [];
  return path === undefined ? undefined : posix.join(folder, path);
}

function memberFor(manifests: Manifests, name: string, range: string): string | undefined {
  const [folder, manifest] = [...manifests].find(([path, one]) => path !== '' && one.name === name) ?? [];
  const version = asText(manifest?.version) ?? '0.0.0';
  const fits = range.startsWith('workspace:') || (validRange(range) !== null && satisfies(version, range));
  return fits ? folder : undefined;
}

function graphPackage(entries: YarnEntries, key: string, entry: JsonObject, find: Find): GraphPackage {
  const [name, range] = split(key);
  const resolution = asText(entry.resolution) ?? key;
  const lists = ['dependencies', 'optionalDependencies'];
  const asked = lists.flatMap((list) => [...dependencies(entry, list)]);
  const found = asked.map(([dependency, wanted]) => [dependency, find(dependency, wanted, name)] as const);
  const meta = asObject(entry.dependenciesMeta) ?? {};
  const optional = found.filter(
    ([dependency]) =>
      asObject(meta[dependency])?.optional === true || dependencies(entry, 'optionalDependencies').has(dependency),
  );
  const [, folder] =
    /@(?:workspace|file|link|portal):([^#:]+)/.exec(resolution) ?? /^(?:file|link):([^#]+)/.exec(range) ?? [];
  return {
    version: asText(entry.version) === '0.0.0-use.local' ? undefined : asText(entry.version),
    ...(folder !== undefined && !/\.(tgz|tar\.gz)$/.test(folder) && { localFolder: posix.normalize(folder) }),
    ...conditions(entry),
    // For a member, the dependencies are read from its manifest, which separates those for development.
    dependencies: new Map(
      resolution.includes('@workspace:')
        ? []
        : found.flatMap(([one, to]) => (to === undefined ? [] : [[one, to] as const])),
    ),
    optional: new Map(
      optional.map(([one, to]) => [one, to === undefined ? undefined : conditions(entries.get(to) ?? {})]),
    ),
  };
}

/** Reads the conditions of Yarn 2 and later: `os=linux & cpu=x64 & libc=glibc`, with alternatives in parentheses. */
function conditions(entry: JsonObject): Platform {
  const text = asText(entry.conditions) ?? '';
  const values = (field: string) =>
    [...text.matchAll(new RegExp(`${field}=(\\w+)`, 'g'))].map(([, value = '']) => value);
  return Object.fromEntries(
    ['os', 'cpu', 'libc'].map((field) => [field, values(field)]).filter(([, list]) => list?.length !== 0),
  );
}

function stale(find: Find, { manifests }: YarnProject): StaleDependency[] {
  return [...manifests].flatMap(([folder, manifest]) =>
    LISTS.flatMap((list) =>
      [...dependencies(manifest, list)].flatMap(([name, wanted]) =>
        find(name, wanted, asText(manifest.name) ?? '') !== undefined ||
        linked(folder, wanted) !== undefined ||
        memberFor(manifests, name, wanted) !== undefined
          ? []
          : [{ folder, name, wanted }],
      ),
    ),
  );
}
