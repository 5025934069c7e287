import { resolve } from 'node:path';
import { asObject } from '../../../orchestration/trigger/json';
import type { Declared } from './declared';
import { distributions } from './distributions';
import { type Settings, wantedGroups } from './groups';
import { GENERATED, type Installation, installLocal, PIP_INSTALL } from './installation';
import { type LockedPackage, type LockedSource, requirementLines } from './locked';
import { markerHolds, type Target } from './marker';
import { normalName } from './requirement';
import { jsonHash, listAt, stringsAt, type Table, tableAt, textAt } from './toml';

/** Tables of a Pipfile that list no packages. */
const OTHER_TABLES = ['scripts', 'pipfile', 'pipenv', 'default'];

/**
 * The packages of a Pipfile, from its lockfile. pip installs them, without Pipenv.
 *
 * @see https://pipenv.pypa.io/en/latest/pipfile.html
 */
export function pipenv(folder: string, pipfile: Table, lock: Table, settings: Settings, target: Target): Installation {
  const categories = Object.keys(lock).filter((name) => name !== '_meta' && name !== 'default');
  const groups = categories.map(groupName);
  const wanted = wantedGroups(settings, groups, []);
  const indexes = listAt(tableAt(lock, '_meta'), 'sources').flatMap((one) => textAt(one, 'url') ?? []);
  const packagesOf = (category: string) =>
    Object.entries(tableAt(lock, category)).map(([name, value]) => lockedPackage(name, value, folder));
  const installed = [
    ...(wanted.main ? packagesOf('default') : []),
    ...categories.filter((name) => wanted.groups.includes(groupName(name))).flatMap(packagesOf),
  ].filter(({ marker }) => markerHolds(marker, target));
  const unique = [...new Map(installed.map((one) => [one.name, one])).values()];
  const local = unique.flatMap(({ source }) => (source.from === 'local' ? [source] : []));
  const declared: Declared = { main: [], extras: [], groups: new Map(groups.map((name) => [name, []])) };
  const [hash, own] = [textAt(tableAt(lock, '_meta', 'hash'), 'sha256'), pipfileHash(pipfile)];
  return {
    folder,
    requirements: indexLines(indexes) + requirementLines(unique),
    commands: [`${PIP_INSTALL} --no-deps -r ${GENERATED}`],
    fromSources: local.map(({ path, editable }) => installLocal(folder, path, editable)),
    beside: local.map(({ path }) => path),
    distributions: distributions(
      unique.map(({ name }) => name),
      declared,
      settings,
      ({ group }) =>
        packagesOf(categories.find((name) => groupName(name) === group) ?? 'default').map(({ name }) => name),
    ),
    problems: [...wanted.problems, ...(hash === undefined || own === undefined || hash === own ? [] : [OUT_OF_DATE])],
  };
}

const OUT_OF_DATE = {
  found: "a Pipfile.lock that does not fit the Pipfile: the project's dependencies have changed since",
  accepted: 'a lockfile of the same dependencies',
  fix: 'run pipenv lock, and commit the file',
};

/** The first source is pip's index, and the others are extra indexes. Variables use pip's syntax. */
function indexLines(urls: readonly string[]): string {
  const written = urls.map((url) => url.replace(/\$(\w+)/g, (_, name) => `\${${name}}`));
  return written
    .filter((url) => !/^https:\/\/pypi\.(org|python\.org)\/simple\/?$/.test(url) || written.length > 1)
    .map((url, index) => `${index === 0 ? '--index-url' : '--extra-index-url'} ${url}\n`)
    .join('');
}

/** `dev-packages` of the Pipfile is `develop` in the lockfile. */
function groupName(category: string): string {
  return category === 'develop' ? 'dev' : category;
}

function lockedPackage(name: string, value: unknown, folder: string): LockedPackage {
  const table = asObject(value) ?? {};
  const marker = textAt(table, 'markers');
  return {
    name: normalName(name),
    version: (textAt(table, 'version') ?? '').replace(/^==/, ''),
    ...(marker !== undefined && { marker }),
    dependencies: [],
    source: sourceOf(table, folder),
    hashes: stringsAt(table, 'hashes'),
  };
}

function sourceOf(table: Table, folder: string): LockedSource {
  const [path, git, file] = [textAt(table, 'path') ?? localFile(table), textAt(table, 'git'), textAt(table, 'file')];
  if (path !== undefined) return { from: 'local', path: resolve(folder, path), editable: table.editable === true };
  const subdirectory = textAt(table, 'subdirectory');
  if (git !== undefined) {
    return {
      from: 'url',
      url: `git+${git}@${textAt(table, 'ref')}${subdirectory ? `#subdirectory=${subdirectory}` : ''}`,
    };
  }
  return file === undefined ? { from: 'index' } : { from: 'url', url: file };
}

function localFile(table: Table): string | undefined {
  const file = textAt(table, 'file');
  return file !== undefined && !/^[a-z+]+:\/\//.test(file) ? file : undefined;
}

/** The hash that Pipenv writes to the lockfile. Undefined if it includes Pipenv's settings. */
function pipfileHash(pipfile: Table): string | undefined {
  const { source, requires, packages, 'dev-packages': develop, ...rest } = pipfile;
  if (source === undefined) return undefined;
  const others = Object.entries(rest).filter(([name]) => !OTHER_TABLES.includes(name));
  const data = {
    _meta: { sources: source, requires: requires ?? {} },
    default: packages ?? {},
    develop: develop ?? {},
    ...Object.fromEntries(others),
  };
  return jsonHash(data, [',', ':']);
}
