import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PIP_INSTALL } from './installation';
import { listAt, stringsAt, type Table, tableAt, textAt } from './toml';

/** Sets a version for tools that read it from the Git repository, which isn't in the build context. */
const NO_REPOSITORY =
  'export SETUPTOOLS_SCM_PRETEND_VERSION=0.0.0 PDM_BUILD_SCM_VERSION=0.0.0 POETRY_DYNAMIC_VERSIONING_BYPASS=0.0.0 && ';

/** Prefix of a command that builds a project. */
export function buildEnvironment(pyproject: Table): string {
  const dynamic = stringsAt(pyproject.project, 'dynamic').includes('version');
  return dynamic || 'poetry-dynamic-versioning' in tableAt(pyproject, 'tool') ? NO_REPOSITORY : '';
}

/** Command that installs the project in place, without its dependencies. */
export function installItself(pyproject: Table): string {
  return `${buildEnvironment(pyproject)}${PIP_INSTALL} --no-deps --editable .`;
}

/** Whether a Poetry project is a package, and doesn't only list dependencies. */
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

/** Files in a project's metadata, which the build of the project reads. */
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
