import { resolve } from 'node:path';
import { chosenPackages } from './chosen-packages';
import { type Declared, declaredByProject } from './declared';
import type { Settings } from './groups';
import { GENERATED, type Installation, installLocal, PIP_INSTALL } from './installation';
import { archivesOf, type LockedPackage, type LockedSource, requirementLines } from './locked';
import type { Target } from './marker';
import { installItself } from './project-build';
import { normalName, requirements } from './requirement';
import { jsonHash, listAt, stringsAt, type Table, tableAt, textAt } from './toml';

/**
 * The packages of a PDM project, from its lockfile. pip installs them, without PDM.
 *
 * @see https://pdm-project.org/en/latest/usage/lockfile/
 */
export function pdm(folder: string, pyproject: Table, lock: Table, settings: Settings, target: Target): Installation {
  const packages = listAt(lock, 'package').map((one) => lockedPackage(one, folder));
  const declared = pdmDeclared(pyproject);
  const { wanted, installed, local, found } = chosenPackages(declared, packages, settings, target);
  const own = tableAt(pyproject, 'tool', 'pdm');
  const isPackage =
    pyproject['build-system'] !== undefined && (own.distribution ?? own['package-type'] !== 'application');
  const hash = textAt(lock.metadata, 'content_hash');
  const urls = listAt(own, 'source').flatMap((one) => textAt(one, 'url') ?? []);
  return {
    folder,
    requirements: urls.map((url) => `--extra-index-url ${url}\n`).join('') + requirementLines(installed),
    commands: [`${PIP_INSTALL} --no-deps -r ${GENERATED}`],
    fromSources: [
      ...local.map(({ path, editable }) => installLocal(folder, path, editable)),
      ...(wanted.main && isPackage ? [installItself(pyproject)] : []),
    ],
    beside: local.map(({ path }) => path),
    archives: archivesOf(installed),
    distributions: found,
    problems: [...wanted.problems, ...(hash === undefined || hash === contentHash(pyproject) ? [] : [OUT_OF_DATE])],
  };
}

const OUT_OF_DATE = {
  found: "a pdm.lock that does not fit pyproject.toml: the project's dependencies have changed since",
  accepted: 'a lockfile of the same dependencies',
  fix: 'run pdm lock, and commit the file',
};

function pdmDeclared(pyproject: Table): Declared {
  const standard = declaredByProject(pyproject);
  const groups = new Map(standard.groups);
  const dev = tableAt(pyproject, 'tool', 'pdm', 'dev-dependencies');
  for (const name of Object.keys(dev))
    groups.set(name, [...(groups.get(name) ?? []), ...requirements(stringsAt(dev, name))]);
  return { ...standard, groups };
}

/** The hash that PDM writes to the lockfile. */
function contentHash(pyproject: Table): string {
  const project = tableAt(pyproject, 'project');
  const own = tableAt(pyproject, 'tool', 'pdm');
  const groups: { [name: string]: readonly unknown[] } = {};
  const standard = tableAt(pyproject, 'dependency-groups');
  const former = tableAt(own, 'dev-dependencies');
  for (const name of Object.keys(standard)) groups[normalName(name)] = listAt(standard, name);
  for (const name of Object.keys(former))
    groups[normalName(name)] = [...(groups[normalName(name)] ?? []), ...listAt(former, name)];
  const hash = jsonHash({
    sources: own.source ?? [],
    dependencies: project.dependencies ?? [],
    'dev-dependencies': groups,
    'optional-dependencies': project['optional-dependencies'] ?? {},
    'requires-python': project['requires-python'] ?? '',
    resolution: own.resolution ?? {},
  });
  return `sha256:${hash}`;
}

function lockedPackage(one: unknown, folder: string): LockedPackage {
  const table = tableAt({ one }, 'one');
  const marker = textAt(table, 'marker');
  return {
    name: normalName(textAt(table, 'name') ?? ''),
    version: textAt(table, 'version') ?? '',
    ...(marker !== undefined && { marker }),
    dependencies: requirements(stringsAt(table, 'dependencies')),
    extras: stringsAt(table, 'extras').map(normalName),
    source: sourceOf(table, folder),
    hashes: listAt(table, 'files').flatMap((file) => textAt(file, 'hash') ?? []),
    files: listAt(table, 'files').flatMap((file) => textAt(file, 'file') ?? textAt(file, 'url')?.split('#')[0] ?? []),
  };
}

function sourceOf(table: Table, folder: string): LockedSource {
  const [path, git, url] = ['path', 'git', 'url'].map((key) => textAt(table, key));
  if (path !== undefined) return { from: 'local', path: resolve(folder, path), editable: table.editable === true };
  if (git !== undefined) return { from: 'url', url: `git+${git}@${textAt(table, 'revision') ?? textAt(table, 'ref')}` };
  return url === undefined ? { from: 'index' } : { from: 'url', url };
}
