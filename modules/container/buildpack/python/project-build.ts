import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PIP_INSTALL } from './installation';
import { listAt, stringsAt, type Table, tableAt, textAt } from './toml';

/** A version that is read of the repository cannot be found: no repository is sent. */
const NO_REPOSITORY =
  'export SETUPTOOLS_SCM_PRETEND_VERSION=0.0.0 PDM_BUILD_SCM_VERSION=0.0.0 POETRY_DYNAMIC_VERSIONING_BYPASS=0.0.0 && ';

/** What must be before a command that builds a project. */
export function buildEnvironment(pyproject: Table): string {
  const dynamic = stringsAt(pyproject.project, 'dynamic').includes('version');
  return dynamic || 'poetry-dynamic-versioning' in tableAt(pyproject, 'tool') ? NO_REPOSITORY : '';
}

/** Command that installs the project in its folder so that its own files are used, without what it depends on. */
export function installItself(pyproject: Table): string {
  return `${buildEnvironment(pyproject)}${PIP_INSTALL} --no-deps --editable .`;
}

/** Whether a Poetry project is a package: what only lists dependencies has none. */
export function isPoetryPackage(folder: string, pyproject: Table): boolean {
  const own = tableAt(pyproject, 'tool', 'poetry');
  const name = textAt(pyproject.project, 'name') ?? textAt(own, 'name');
  if (own['package-mode'] === false || name === undefined || pyproject['build-system'] === undefined) return false;
  if (listAt(own, 'packages').length > 0) return true;
  const module = name.replace(/[-.]+/g, '_');
  return [module, module.toLowerCase()].some((one) =>
    [one, `${one}.py`, `src/${one}`, `src/${one}.py`].some((path) => existsSync(join(folder, path))),
  );
}

/** Files that a project's metadata names, which must be there when it is built. */
export function metadataFiles(pyproject: Table): string[] {
  const project = tableAt(pyproject, 'project');
  const poetry = tableAt(pyproject, 'tool', 'poetry');
  const named = [
    textAt(project, 'readme') ?? textAt(project.readme, 'file'),
    textAt(project.license, 'file'),
    textAt(poetry, 'readme'),
    ...stringsAt(poetry, 'readme'),
    ...stringsAt(project, 'license-files'),
  ];
  return named.filter((one) => one !== undefined && !/[*?[]/.test(one)).map(String);
}
