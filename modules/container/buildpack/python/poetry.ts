import { resolve } from 'node:path';
import { chosenPackages } from './chosen-packages';
import { type Declared, declaredByProject } from './declared';
import type { Settings } from './groups';
import { GENERATED, type Installation, installLocal, PIP_INSTALL } from './installation';
import { archivesOf, type LockedPackage, type LockedSource, requirementLines } from './locked';
import type { Target } from './marker';
import { poetryHashes } from './poetry-hash';
import { installItself, isPoetryPackage } from './project-build';
import { normalName, onlyWith, type Requirement, requirement } from './requirement';
import { listAt, stringsAt, type Table, tableAt, textAt } from './toml';

/**
 * The packages of a Poetry project, from its lockfile. pip installs them, without Poetry.
 *
 * @see https://python-poetry.org/docs/pyproject/
 */
export function poetry(
  folder: string,
  pyproject: Table,
  lock: Table,
  settings: Settings,
  target: Target,
  secrets: readonly string[],
): Installation {
  const packages = listAt(lock, 'package').map((one) => lockedPackage(one, folder));
  const declared = poetryDeclared(pyproject);
  const { wanted, installed, local, found } = chosenPackages(declared, packages, settings, target);
  const hash = textAt(lock.metadata, 'content-hash');
  const fresh = hash === undefined || poetryHashes(pyproject).includes(hash);
  return {
    folder,
    requirements: withCredentials(requirementLines(installed), pyproject, secrets),
    commands: [`${PIP_INSTALL} --no-deps -r ${GENERATED}`],
    fromSources: [
      ...local.map(({ path, editable }) => installLocal(folder, path, editable)),
      ...(wanted.main && isPoetryPackage(folder, pyproject) ? [installItself(pyproject)] : []),
    ],
    beside: local.map(({ path }) => path),
    archives: archivesOf(installed),
    distributions: found,
    problems: [...wanted.problems, ...(fresh ? [] : [OUT_OF_DATE])],
  };
}

/** Indexes with credentials in build secrets. Uses Poetry's variable names, which pip can expand in requirements files. */
function withCredentials(lines: string, pyproject: Table, secrets: readonly string[]): string {
  return listAt(tableAt(pyproject, 'tool', 'poetry'), 'source').reduce<string>((text, source) => {
    const [name, url] = [textAt(source, 'name') ?? '', textAt(source, 'url') ?? ''];
    const prefix = `POETRY_HTTP_BASIC_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
    const [user, password] = [`${prefix}_USERNAME`, `${prefix}_PASSWORD`];
    if (!secrets.includes(user) || !secrets.includes(password)) return text;
    const address = url.replace(/\/$/, '');
    return text.split(address).join(address.replace('://', `://\${${user}}:\${${password}}@`));
  }, lines);
}

const OUT_OF_DATE = {
  found: "a poetry.lock that does not fit pyproject.toml: the project's dependencies have changed since",
  accepted: 'a lockfile of the same dependencies',
  fix: 'run poetry lock, and commit the file',
};

function poetryDeclared(pyproject: Table): Declared {
  const own = tableAt(pyproject, 'tool', 'poetry');
  const standard = declaredByProject(pyproject);
  const sets = tableAt(own, 'extras');
  const setsOf = (name: string) =>
    Object.keys(sets).filter((set) => stringsAt(sets, set).map(normalName).includes(name));
  const groups = new Map(standard.groups);
  const add = (name: string, list: readonly Requirement[]) => groups.set(name, [...(groups.get(name) ?? []), ...list]);
  const tables = tableAt(own, 'group');
  for (const name of Object.keys(tables)) add(name, poetryRequirements(tableAt(tables, name, 'dependencies')));
  const dev = poetryRequirements(tableAt(own, 'dev-dependencies'));
  if (dev.length > 0) add('dev', dev);
  return {
    // For a package that is in [project] too, this table only adds the source.
    main: [
      ...standard.main,
      ...poetryRequirements(tableAt(own, 'dependencies'), (name) => setsOf(name).map(normalName)).filter(
        ({ name }) => !standard.main.some((one) => one.name === name),
      ),
    ],
    groups,
    extras: [...new Set([...standard.extras, ...Object.keys(sets).map(normalName)])],
  };
}

/**
 * Poetry's syntax: `six = "^1.16"`, a table, or a list of tables.
 *
 * @param extrasOf sets that a package is optional in
 */
function poetryRequirements(table: Table, extrasOf: (name: string) => readonly string[] = () => []): Requirement[] {
  return Object.entries(table)
    .filter(([name]) => normalName(name) !== 'python')
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one) => poetryRequirement(normalName(name), one, extrasOf)),
    );
}

function poetryRequirement(name: string, value: unknown, extrasOf: (name: string) => readonly string[]): Requirement {
  const range = typeof value === 'string' ? value : (textAt(value, 'version') ?? '');
  const [markers, platform, python] = ['markers', 'platform', 'python'].map((key) => textAt(value, key));
  const conditions = [markers, platform && `sys_platform == '${platform}'`].filter((one) => one);
  const one: Requirement = {
    name,
    extras: stringsAt(value, 'extras').map(normalName),
    specifier: range === '*' ? '' : range,
    ...(conditions.length > 0 && { marker: conditions.map((condition) => `(${condition})`).join(' and ') }),
    ...(python !== undefined && { python }),
  };
  // Except in old lockfiles, the marker contains the extra.
  const said = markers?.includes('extra') ?? false;
  return tableAt({ value }, 'value').optional === true && !said ? onlyWith(one, extrasOf(name)) : one;
}

function lockedPackage(one: unknown, folder: string): LockedPackage {
  const table = tableAt({ one }, 'one');
  const extras = tableAt(table, 'extras');
  const extrasOf = (name: string) =>
    Object.keys(extras).filter((extra) => stringsAt(extras, extra).some((text) => requirement(text)?.name === name));
  const marker = textAt(table, 'markers');
  return {
    name: normalName(textAt(table, 'name') ?? ''),
    version: textAt(table, 'version') ?? '',
    ...(marker !== undefined && { marker }),
    dependencies: poetryRequirements(tableAt(table, 'dependencies'), extrasOf),
    source: sourceOf(tableAt(table, 'source'), folder, table.develop === true),
    hashes: listAt(table, 'files').flatMap((file) => textAt(file, 'hash') ?? []),
    files: listAt(table, 'files').flatMap((file) => textAt(file, 'file') ?? textAt(file, 'url')?.split('#')[0] ?? []),
  };
}

function sourceOf(source: Table, folder: string, editable: boolean): LockedSource {
  const url = textAt(source, 'url') ?? '';
  switch (textAt(source, 'type')) {
    case 'directory':
    case 'file':
      return { from: 'local', path: resolve(folder, url), editable };
    case 'git': {
      const commit = textAt(source, 'resolved_reference') ?? textAt(source, 'reference');
      const subdirectory = textAt(source, 'subdirectory');
      return {
        from: 'url',
        url: `git+${gitAddress(url)}@${commit}${subdirectory ? `#subdirectory=${subdirectory}` : ''}`,
      };
    }
    case 'url':
      return { from: 'url', url };
    case 'legacy':
      return { from: 'index', ...(!PYPI.test(url) && { url }) };
    default:
      return { from: 'index' };
  }
}

/** pip doesn't support Git's short syntax, `git@host:path`. */
function gitAddress(url: string): string {
  return url.replace(/^([\w.-]+@[\w.-]+):(?!\/\/)/, 'ssh://$1/');
}

const PYPI = /^https:\/\/pypi\.(org|python\.org)\//;
