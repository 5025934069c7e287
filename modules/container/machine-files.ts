import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ignore from '@balena/dockerignore';

/** What no image needs: version control, environments, caches and settings of the machine that sends. */
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
  // Locks of editors.
  '**/.#*',
  '**/.*.sw[op]',
];

/** Whether a folder is an environment of Python or Conda, whatever it is called: what it holds runs on this machine only. */
export function isEnvironment(folder: string): boolean {
  if (existsSync(join(folder, 'pyvenv.cfg')) || existsSync(join(folder, 'conda-meta'))) return true;
  // Those of Python 2 say so by their scripts.
  return ['bin', 'Scripts'].some((name) => existsSync(join(folder, name, 'activate_this.py')));
}

const matcher = ignore({ ignorecase: false }).add([...MACHINE_FILES]);

/** The part of a path for which a file below a folder is one of this machine only, undefined if it is not. */
export function machinePart(path: string, base: string): string | undefined {
  const parts = path.split('/');
  return parts.find(
    (part, index) =>
      matcher.ignores(part) ||
      (index < parts.length - 1 && part !== '..' && isEnvironment(join(base, ...parts.slice(0, index + 1)))),
  );
}

/** What an environment that shares its folder with a project has there. */
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
