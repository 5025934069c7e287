import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { formatFound } from '../../../problems/found';
import { quoted } from '../../builder/build-specification';
import { type Declared, declaredByProject } from './declared';
import { distributions } from './distributions';
import { type Settings, wantedGroups } from './groups';
import { type Installation, type Manifest, UV } from './installation';
import { markerHolds, type Target } from './marker';
import { buildEnvironment, metadataFiles } from './project-build';
import { normalName, type Requirement, requirements } from './requirement';
import { listAt, readToml, stringsAt, type Table, tableAt, textAt } from './toml';

/** A project that uv installs. */
export interface UvProject {
  /** Absolute path of the project. */
  readonly folder: string;
  readonly pyproject: Table;
  /** Absolute path of the workspace with the lockfile. Without a workspace, the project's path. */
  readonly workspace: string;
  readonly root: Table;
  readonly lock?: Table;
}

/**
 * The packages of a uv project, from the lockfile. Without a lockfile, uv resolves the dependencies when the image is built.
 *
 * @see https://docs.astral.sh/uv/concepts/projects/
 */
export function uv(project: UvProject, settings: Settings, target: Target): Installation {
  const { folder, pyproject, workspace, lock } = project;
  const declared = uvDeclared(pyproject);
  const groups = [...declared.groups.keys()];
  const wanted = wantedGroups(settings, groups, declared.extras, defaultGroups(project, groups));
  const packages = lock === undefined ? [] : listAt(lock, 'package').map((one) => lockedPackage(one, workspace));
  const own = packages.find(({ path }) => path === folder);
  const reached = (main: boolean, some: readonly string[], extras: readonly string[]) =>
    lockedClosure(own, packages, target, { main, groups: some, extras, grouped: groupTable(own, lock) });
  const installed = reached(wanted.main, wanted.groups, wanted.extras);
  const local = installed.filter(({ path }) => path !== undefined && path !== folder);
  const beside = [
    ...local.flatMap(({ path }) => path ?? []),
    ...(lock === undefined ? sourcePaths(pyproject, folder) : []),
  ];
  const manifests = [...new Set([workspace, folder, ...beside])].flatMap((one): Manifest[] => {
    const path = join(one, 'pyproject.toml');
    return existsSync(path) ? [{ path }] : [];
  });
  const options = syncOptions(project, settings);
  const dynamic =
    lock === undefined && stringsAt(pyproject.project, 'dynamic').some((name) => name.endsWith('dependencies'));
  const sync = (more: readonly string[]) =>
    `${buildEnvironment(pyproject)}UV_PROJECT_ENVIRONMENT=/venv UV_PYTHON=/venv/bin/python UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy uv sync ${['--no-cache', '--inexact', ...options, ...more].join(' ')}`;
  const namesWith = (main: boolean, some: readonly string[], extras: readonly string[]) =>
    lock === undefined
      ? [
          ...(main ? declared.main.filter(({ marker }) => markerHolds(marker, target, extras)) : []),
          ...some.flatMap((group) => declared.groups.get(group) ?? []),
        ].map(({ name }) => name)
      : reached(main, some, extras)
          .filter(({ path }) => path !== folder)
          .map(({ name }) => name);
  return {
    folder: workspace,
    manifests: [
      ...manifests,
      ...['uv.lock', 'uv.toml']
        .map((name) => join(workspace, name))
        .filter(existsSync)
        .map((path) => ({ path })),
    ],
    tool: UV,
    commands: dynamic ? [] : [sync(['--no-install-local'])],
    fromSources: dynamic || builds(project, local) ? [sync([])] : [],
    beside,
    ...(lock !== undefined && { locked: pinnedLines(installed.filter(({ path }) => path === undefined)) }),
    archives: new Map(
      lock === undefined
        ? namesWith(wanted.main, wanted.groups, wanted.extras).map((name) => [name, []])
        : installed.filter(({ table }) => textAt(tableAt(table, 'source'), 'registry') !== undefined).map(lockedFiles),
    ),
    repositories: installed.flatMap(({ table }) => textAt(tableAt(table, 'source'), 'git') ?? []),
    kept: metadataFiles(pyproject).map((name) => resolve(folder, name)),
    distributions: {
      ...distributions(namesWith(wanted.main, wanted.groups, wanted.extras), declared, settings, ({ group, extra }) =>
        namesWith(group === undefined, group === undefined ? [] : [group], extra === undefined ? [] : [extra]),
      ),
      whole: lock !== undefined,
      opaque: dynamic || (lock === undefined && beside.length > 0),
    },
    problems: [...wanted.problems, ...(lock === undefined ? [] : lockProblems(own, folder, workspace, local))],
  };
}

/** The files of a package in the lockfile. */
function lockedFiles({ name, table }: UvPackage): [string, string[]] {
  const files = [tableAt(table, 'sdist'), ...listAt(table, 'wheels')];
  return [name, files.flatMap((file) => textAt(file, 'url') ?? textAt(file, 'path') ?? [])];
}

/** Locked packages as a requirements file. Without hashes if one has none, as those from repositories: pip would refuse the whole file. */
function pinnedLines(packages: readonly UvPackage[]): string {
  const pinned = packages.map(({ name, table }) => {
    const git = textAt(tableAt(table, 'source'), 'git');
    const url =
      git === undefined
        ? textAt(tableAt(table, 'source'), 'url')
        : `git+${git.replace(/\?[^#]*/, '').replace('#', '@')}`;
    const files = [tableAt(table, 'sdist'), ...listAt(table, 'wheels')];
    return {
      requirement: url === undefined ? `${name}==${textAt(table, 'version')}` : `${name} @ ${url}`,
      hashes: files.flatMap((file) => textAt(file, 'hash') ?? []).sort(),
    };
  });
  const hashed = pinned.every(({ hashes }) => hashes.length > 0);
  return pinned
    .map(({ requirement, hashes }) =>
      hashed ? [requirement, ...hashes.map((hash) => `    --hash=${hash}`)].join(' \\\n') : requirement,
    )
    .sort()
    .join('\n');
}

/** Whether uv installs packages that are built from sources. */
function builds({ pyproject, lock }: UvProject, local: readonly unknown[]): boolean {
  const own = tableAt(pyproject, 'tool', 'uv');
  const isPackage = own.package ?? pyproject['build-system'] !== undefined;
  return (
    isPackage === true ||
    local.length > 0 ||
    (lock === undefined && Object.values(tableAt(own, 'sources')).some(isLocal))
  );
}

/** Local folders and files of a project without a lockfile. */
function sourcePaths(pyproject: Table, folder: string): string[] {
  const sources = Object.values(tableAt(pyproject, 'tool', 'uv', 'sources')).flatMap((one) =>
    Array.isArray(one) ? one : [one],
  );
  return sources.flatMap((source) => textAt(source, 'path') ?? []).map((path) => resolve(folder, path));
}

function isLocal(source: unknown): boolean {
  return tableAt({ source }, 'source').workspace === true || textAt(source, 'path') !== undefined;
}

function syncOptions({ folder, pyproject, workspace, lock }: UvProject, settings: Settings): string[] {
  const { uvOptionalDependencies = [], uvWithGroups = [], uvWithoutGroups = [], uvOnlyGroups = [] } = settings;
  const name = textAt(pyproject.project, 'name');
  return [
    ...(lock === undefined ? [] : ['--frozen']),
    ...(folder === workspace || name === undefined ? [] : [`--package ${quoted(name)}`]),
    ...(uvOnlyGroups.length === 0 && !uvWithGroups.includes('dev') ? ['--no-dev'] : []),
    ...uvOptionalDependencies.map((extra) => `--extra ${quoted(extra)}`),
    ...uvWithGroups.map((group) => `--group ${quoted(group)}`),
    ...uvWithoutGroups.map((group) => `--no-group ${quoted(group)}`),
    ...uvOnlyGroups.map((group) => `--only-group ${quoted(group)}`),
  ];
}

function uvDeclared(pyproject: Table): Declared {
  const standard = declaredByProject(pyproject);
  const former = requirements(stringsAt(tableAt(pyproject, 'tool', 'uv'), 'dev-dependencies'));
  if (former.length === 0) return standard;
  return {
    ...standard,
    groups: new Map([...standard.groups, ['dev', [...(standard.groups.get('dev') ?? []), ...former]]]),
  };
}

/** Groups that uv installs by default, except for development groups, which are not installed in images. */
function defaultGroups({ root }: UvProject, groups: readonly string[]): string[] {
  const own = tableAt(root, 'tool', 'uv')['default-groups'];
  const names = own === 'all' ? groups : Array.isArray(own) ? own.map(String) : [];
  return names.filter((name) => name !== 'dev');
}

interface UvPackage {
  readonly name: string;
  /** Absolute path of a local folder. */
  readonly path?: string;
  readonly table: Table;
}

function lockedPackage(one: unknown, workspace: string): UvPackage {
  const table = tableAt({ one }, 'one');
  const source = tableAt(table, 'source');
  const path = ['editable', 'virtual', 'directory', 'path']
    .map((kind) => textAt(source, kind))
    .find((value) => value !== undefined);
  return {
    name: normalName(textAt(table, 'name') ?? ''),
    ...(path !== undefined && { path: resolve(workspace, path) }),
    table,
  };
}

/** The relevant parts of a project. */
interface Parts {
  readonly main: boolean;
  readonly groups: readonly string[];
  readonly extras: readonly string[];
  /** The packages of each group. */
  readonly grouped: Table;
}

/** Groups of a workspace root without a project don't belong to a package. */
function groupTable(own: UvPackage | undefined, lock: Table | undefined): Table {
  return own === undefined ? tableAt(lock, 'manifest', 'dependency-groups') : tableAt(own.table, 'dev-dependencies');
}

/** The packages that are installed in the image, including the project. */
function lockedClosure(
  own: UvPackage | undefined,
  packages: readonly UvPackage[],
  target: Target,
  { main, groups, extras, grouped }: Parts,
): UvPackage[] {
  const found = new Set<UvPackage>(main && own !== undefined ? [own] : []);
  const seen = new Set<string>();
  const queue = [
    ...(main && own !== undefined ? dependenciesOf(own, extras) : []),
    ...groups.flatMap((group) => listAt(grouped, group)),
  ];
  for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
    const [name, version, wanted] = [textAt(one, 'name') ?? '', textAt(one, 'version'), stringsAt(one, 'extra')];
    const key = [name, version, ...wanted].join(' ');
    if (seen.has(key) || !markerHolds(textAt(one, 'marker'), target)) continue;
    seen.add(key);
    for (const chosen of packages.filter((other) => other.name === normalName(name))) {
      if (version !== undefined && textAt(chosen.table, 'version') !== version) continue;
      found.add(chosen);
      queue.push(...dependenciesOf(chosen, wanted));
    }
  }
  return [...found];
}

function dependenciesOf({ table }: UvPackage, extras: readonly string[]): unknown[] {
  const optional = tableAt(table, 'optional-dependencies');
  return [...listAt(table, 'dependencies'), ...extras.flatMap((extra) => listAt(optional, extra))];
}

/** Whether the lockfile matches the declarations of the project and of its local packages. */
function lockProblems(own: UvPackage | undefined, folder: string, workspace: string, local: readonly UvPackage[]) {
  const outOfDate = (why: string) => [
    {
      found: `a uv.lock that does not fit pyproject.toml: ${why}`,
      accepted: 'a lockfile of the same dependencies',
      fix: 'run uv lock, and commit the file',
    },
  ];
  if (own === undefined) return folder === workspace ? [] : outOfDate('the project is not in it');
  return [own, ...local].flatMap((one) => {
    const path = join(one.path ?? '', 'pyproject.toml');
    const read = existsSync(path) ? readToml(path) : undefined;
    if (read === undefined || 'problem' in read) return [];
    const why = difference(read.table, tableAt(one.table, 'metadata'));
    return why === undefined ? [] : outOfDate(why);
  });
}

/** Differences between a project's declarations and the lockfile. */
function difference(pyproject: Table, metadata: Table): string | undefined {
  if (stringsAt(pyproject.project, 'dynamic').some((name) => name.endsWith('dependencies'))) return undefined;
  const { main, groups } = uvDeclared(pyproject);
  const sources = new Set(Object.keys(tableAt(pyproject, 'tool', 'uv', 'sources')).map(normalName));
  const locked = listAt(metadata, 'requires-dist');
  const dev = tableAt(metadata, 'requires-dev');
  return (
    listDifference(main, locked, sources) ??
    [...groups].map(([name, list]) => listDifference(list, listAt(dev, name), sources)).find((one) => one !== undefined)
  );
}

function listDifference(
  declared: readonly Requirement[],
  locked: readonly unknown[],
  sources: ReadonlySet<string>,
): string | undefined {
  const nameOf = (one: unknown) => normalName(textAt(one, 'name') ?? '');
  // For a package from a folder, a repository or a workspace, the range can be missing in both.
  const elsewhere = new Set([
    ...sources,
    ...declared.filter(({ url }) => url !== undefined).map(({ name }) => name),
    ...locked.filter((one) => ELSEWHERE.some((key) => textAt(one, key) !== undefined)).map(nameOf),
  ]);
  const written = (name: string, specifier = '') =>
    elsewhere.has(name) ? name : `${name} ${conditions(specifier)}`.trim();
  const now = declared.map(({ name, specifier }) => written(name, specifier));
  const then = locked.map((one) => written(nameOf(one), textAt(one, 'specifier')));
  const added = now.find((one) => !then.includes(one));
  const removed = then.find((one) => !now.includes(one));
  if (added !== undefined) return `${formatFound(added)} is not in it`;
  return removed === undefined ? undefined : `${formatFound(removed)} is in it, and no dependency any more`;
}

const ELSEWHERE = ['editable', 'virtual', 'directory', 'path', 'git', 'url'];

/** Normalizes the order of a range's conditions and the spelling of pre-releases. */
function conditions(specifier: string): string {
  const parts = specifier.replace(/\s+/g, '').split(',');
  return parts
    .map((part) => part.replace(/[-_.]?(a|b|rc|alpha|beta|dev|post)[-_.]?(\d+)/i, '$1$2').toLowerCase())
    .sort()
    .join();
}
