import type { Finding } from '../../../problems/problem';

export const CONDA: readonly string[] = [
  'environment.yml',
  'environment.yaml',
  'conda-lock.yml',
  'pixi.toml',
  'pixi.lock',
];

export function condaProblem(name: string): Finding {
  return {
    found: `${name}, which Conda or Pixi installs: the images of this packaging have neither`,
    accepted: 'packages of pip, uv, Poetry, PDM or Pipenv',
    fix: 'write a Dockerfile and use custom-dockerfile, or list the packages in a requirements.txt',
  };
}

export const NO_PIPFILE_LOCK: Finding = {
  found: 'a Pipfile without Pipfile.lock',
  accepted: 'a Pipfile with its lockfile in the same folder',
  fix: 'run pipenv lock, and commit the file',
};

export const NO_POETRY_LOCK: Finding = {
  found: 'a Poetry project without poetry.lock',
  accepted: 'a pyproject.toml with its lockfile in the same folder',
  fix: 'run poetry lock, and commit the file',
};

export const NO_UV_LOCK: Finding = {
  found: 'a workspace of uv without uv.lock',
  accepted: 'a workspace with its lockfile at its root',
  fix: 'run uv lock, and commit the file',
};

export function several(locks: readonly string[]): Finding {
  return {
    found: `several lockfiles: ${locks.join(', ')}`,
    accepted: 'one lockfile',
    fix: 'set packageManagerFile to the one to use, or delete the others',
  };
}

export function unreadable(name: string): Finding {
  return { found: `${name}, which is not valid JSON`, accepted: 'a file in JSON', fix: `correct ${name}` };
}
