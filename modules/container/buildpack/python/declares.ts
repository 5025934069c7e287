import { existsSync, readFileSync } from 'node:fs';
import { requirementsText } from './requirements-file';
import { listAt, stringsAt, type Table, tableAt, textAt } from './toml';

/** Whether a lockfile is in use. A project that changed its tool can still have the old tool's lockfile. */
export function fits(lock: string, pyproject: Table | undefined): boolean {
  if (lock === 'Pipfile.lock') return true;
  if (pyproject === undefined) return false;
  const isOnlyPoetry = !('project' in pyproject) && isPoetry(pyproject);
  return lock === 'poetry.lock'
    ? isPoetry(pyproject) || buildsWith(pyproject, 'poetry') || !('uv' in tableAt(pyproject, 'tool'))
    : !isOnlyPoetry;
}

/** Whether its build system is of a tool with this name. */
export function buildsWith(pyproject: Table, name: string): boolean {
  return textAt(tableAt(pyproject, 'build-system'), 'build-backend')?.startsWith(name) === true;
}

export function isPoetry(pyproject: Table): boolean {
  return 'poetry' in tableAt(pyproject, 'tool');
}

/** Whether a `pyproject.toml` defines a project, and doesn't only configure tools such as linters. */
export function declares(pyproject: Table): boolean {
  const tools = tableAt(pyproject, 'tool');
  return (
    'project' in pyproject ||
    'dependency-groups' in pyproject ||
    ['dependencies', 'group', 'dev-dependencies'].some((key) => key in tableAt(tools, 'poetry')) ||
    'workspace' in tableAt(tools, 'uv') ||
    'dev-dependencies' in tableAt(tools, 'uv')
  );
}

/** Whether it declares packages. */
export function declaresPackages(pyproject: Table): boolean {
  const project = tableAt(pyproject, 'project');
  return (
    listAt(project, 'dependencies').length > 0 ||
    Object.keys(tableAt(project, 'optional-dependencies')).length > 0 ||
    stringsAt(project, 'dynamic').some((name) => name.endsWith('dependencies')) ||
    Object.keys(tableAt(pyproject, 'tool', 'poetry', 'dependencies')).some((name) => name !== 'python') ||
    'workspace' in tableAt(pyproject, 'tool', 'uv')
  );
}

/** Whether it reads its dependencies from another file, such as a requirements.txt. */
export function readsFiles(pyproject: Table): boolean {
  return stringsAt(tableAt(pyproject, 'project'), 'dynamic').includes('dependencies');
}

/** Whether pip-tools or uv generated a requirements file from the project's manifest. */
export function isCompiled(path: string): boolean {
  return /^#.*(pip-compile|uv pip compile|uv export|poetry export|pdm export)/m.test(requirementsText(path));
}

export function isEmpty(path: string): boolean {
  return requirementsText(path).replace(/#.*/g, '').trim() === '';
}

/** Whether a `setup.cfg` defines a project, and doesn't only configure tools. */
export function isSetup(path: string): boolean {
  return existsSync(path) && /^\[(metadata|options)\]/m.test(readFileSync(path, 'utf8'));
}
