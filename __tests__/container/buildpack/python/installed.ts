import type { BuildpackProperties } from '../../../../modules/container/buildpack/language';
import { made, problemsOf } from '../made';

export type Files = { readonly [path: string]: string };
export type Settings = BuildpackProperties['languageSpecificConfig'];

/** Python in the image, and what it runs on. */
export const TARGET = { version: '3.12.4', architecture: 'x86_64' } as const;
/** The command that installs packages. */
export const PIP = '/venv/bin/python -m pip install --no-cache-dir';
/** The command that installs what uv has locked. */
export const SYNC =
  'UV_PROJECT_ENVIRONMENT=/venv UV_PYTHON=/venv/bin/python UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy uv sync --no-cache --inexact';
/** `pyproject.toml` of a project without packages. */
export const PROJECT = '[project]\nname = "report"\nversion = "1"\n';
/** What is installed of a lockfile in `/project` without packages. */
export const NOTHING = {
  folder: '/project',
  requirements: '',
  commands: [`${PIP} --no-deps -r /opt/stp/requirements.txt`],
  fromSources: [],
  beside: [],
  distributions: { installed: new Set(), withheld: new Map(), whole: true },
  problems: [],
};

/** The context of a project whose job is `job.py`. */
export const image = (files: Files, languageSpecificConfig?: Settings, entryfilePath = 'job.py') =>
  made(
    { [entryfilePath.replace(/:.*/, '')]: 'def run():\n    pass\n', ...files },
    { entryfilePath, languageSpecificConfig },
  );
/** What keeps such a project from becoming an image. */
export const problems = (files: Files, languageSpecificConfig?: Settings, entryfilePath = 'job.py') =>
  problemsOf({ [entryfilePath]: '', ...files }, { entryfilePath, languageSpecificConfig });
