import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ignore from '@balena/dockerignore';

/** Files that no image needs: version control, virtual environments, caches and settings of this machine. */
export const MACHINE_FILES: readonly string[] = [
  '**/.hg',
  '**/.jj',
  '**/.svn',
  '**/__pycache__',
  '**/*.pyc',
  '**/.venv',
  '**/venv',
  '**/.tox',
  '**/.nox',
  '**/.eggs',
  '**/.direnv',
  '**/.pytest_cache',
  '**/.mypy_cache',
  '**/.ruff_cache',
  '**/.hypothesis',
  '**/.ipynb_checkpoints',
  '**/.coverage',
  '**/.nyc_output',
  '**/.idea',
  '**/.vscode',
  '**/.DS_Store',
  '**/Thumbs.db',
  '**/desktop.ini',
  // Lock files of editors.
  '**/.#*',
  '**/.*.sw[op]',
];

/** Whether a folder is a Python or Conda environment, under any name. Its files work on this machine only. */
export function isEnvironment(folder: string): boolean {
  if (existsSync(join(folder, 'pyvenv.cfg')) || existsSync(join(folder, 'conda-meta'))) return true;
  // Environments of Python 2 have only these scripts.
  return ['bin', 'Scripts'].some((name) => existsSync(join(folder, name, 'activate_this.py')));
}

const matcher = ignore({ ignorecase: false }).add([...MACHINE_FILES]);

/** The part of a path that makes a file specific to this machine. Undefined if there is none. */
export function machinePart(path: string, base: string): string | undefined {
  const parts = path.split('/');
  return parts.find(
    (part, index) =>
      matcher.ignores(part) ||
      (index < parts.length - 1 && part !== '..' && isEnvironment(join(base, ...parts.slice(0, index + 1)))),
  );
}

/** Files of an environment that is in the same folder as the project. */
export function environmentFiles(folder: string): string[] {
  if (!existsSync(join(folder, 'pyvenv.cfg'))) return [];
  const scripts = ['bin', 'Scripts'].filter((name) =>
    ['activate', 'activate.bat'].some((script) => existsSync(join(folder, name, script))),
  );
  const libraries = ['lib', 'lib64', 'Lib'].filter((name) => {
    const path = join(folder, name);
    return existsSync(path) && readdirSync(path).some((entry) => /^(python\d|site-packages$)/.test(entry));
  });
  return ['/pyvenv.cfg', ...scripts, ...libraries];
}
