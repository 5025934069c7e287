import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { formatFound } from '../../config/problem';
import { type ContextResult, type PackagingProblem, sortedFiles } from '../build-context';
import { quoted } from '../builder/build-specification';
import { pathProblem, textEntry } from '../source-files';
import { APP_FOLDER, copyToApp, dockerfile, inApp, JOB_USER, prepared, run, words } from './dockerfile';
import { type BuildpackProperties, type BuildpackSource, languageProblem } from './language';
import { project, projectFolder } from './project';

const DEFAULT_PYTHON = 3.12;

/** Files that name a project's packages, the first one that is there. */
const MANIFESTS = ['pyproject.toml', 'Pipfile', 'requirements.txt'] as const;

/** Tools that run in the build, pinned so that an image built again is the same one. */
const TOOLS = { uv: 'uv==0.13.9', pipenv: 'pipenv==2026.10.3', minifier: 'python-minifier==3.4.0' } as const;

/** What serves an application, pinned; it listens on 8000. */
const SERVERS = {
  WSGI: { requirement: 'gunicorn==27.0.1', command: ['gunicorn', '--bind', '0.0.0.0:8000'] },
  ASGI: { requirement: 'uvicorn==0.54.0', command: ['uvicorn', '--host', '0.0.0.0', '--port', '8000'] },
} as const;

type Settings = NonNullable<BuildpackProperties['languageSpecificConfig']>;

/** Python: the project's folder, and its packages in an environment of their own. */
export function python(source: BuildpackSource): ContextResult {
  const { properties, baseDir } = source;
  const settings = properties.languageSpecificConfig ?? {};
  const { packageManagerFile } = settings;
  const given = packageManagerFile && resolve(baseDir, packageManagerFile);
  const problem = given && pathProblem(packageManagerFile, given, 'file');
  if (problem) return { problems: [languageProblem('packageManagerFile', problem)] };
  const isManifest = (name: string) => MANIFESTS.some((one) => one === name);
  const folder = given ? dirname(given) : projectFolder(source, isManifest);
  const manifest = given ? basename(given) : MANIFESTS.find((name) => existsSync(join(folder, name)));
  const found = project(source, folder);
  const problems: PackagingProblem[] = [
    ...('problems' in found ? found.problems : []),
    ...functionProblems(source),
    ...lockProblems(folder, manifest, settings),
  ];
  if ('problems' in found || problems.length > 0) return { problems };
  const file = pythonDockerfile(source, found.entry, folder, manifest);
  const start = textEntry('start.py', readFileSync(join(__dirname, '../resolver/start.py'), 'utf8'));
  return {
    context: {
      architecture: source.architecture,
      method: { tool: 'docker', dockerfile: 'Dockerfile', buildArgs: [] },
      files: sortedFiles([file, start, ...inApp(found.files)]),
      init: true,
      notes: found.notes,
    },
  };
}

/** What `module.py:name` names in the file. */
function functionName({ properties }: BuildpackSource): string | undefined {
  return /\.py:(.+)$/.exec(properties.entryfilePath)?.[1];
}

function functionProblems(source: BuildpackSource): PackagingProblem[] {
  const { entryfilePath, languageSpecificConfig } = source.properties;
  if (languageSpecificConfig?.runAppAs === undefined || functionName(source) !== undefined) return [];
  const accepted = 'a file and the application in it, such as job/app.py:app';
  const fix = `add the application's name: ${entryfilePath}:app`;
  return [{ property: ['entryfilePath'], found: formatFound(entryfilePath), accepted, fix }];
}

function lockProblems(folder: string, manifest: string | undefined, settings: Settings): PackagingProblem[] {
  if (manifest !== 'Pipfile' || existsSync(join(folder, 'Pipfile.lock'))) return [];
  const finding = {
    found: 'a Pipfile without Pipfile.lock',
    accepted: 'a Pipfile with its lockfile beside it',
    fix: 'run pipenv lock, and keep the file with the code',
  };
  return [
    settings.packageManagerFile === undefined
      ? { property: ['entryfilePath'], ...finding }
      : languageProblem('packageManagerFile', finding),
  ];
}

function pythonDockerfile(source: BuildpackSource, entry: string, folder: string, manifest: string | undefined) {
  const { properties } = source;
  const settings = properties.languageSpecificConfig ?? {};
  const { pythonVersion = DEFAULT_PYTHON, runAppAs, minify = false } = settings;
  const glibc = properties.requiresGlibcBinaries;
  const base = `public.ecr.aws/docker/library/python:${pythonVersion}${glibc ? '-slim' : '-alpine'}`;
  const tools = glibc ? ['build-essential', 'git'] : ['build-base', 'libffi-dev', 'git'];
  // Below Python 3 there is no venv in the standard library.
  const environment = Number(pythonVersion) < 3 ? 'pip install virtualenv && virtualenv /venv' : 'python -m venv /venv';
  const name = functionName(source);
  const server = runAppAs && SERVERS[runAppAs];
  const target = server
    ? ['-m', ...server.command, `${entry.replace(/\.py$/, '').replace(/\//g, '.')}:${name}`]
    : [name === undefined ? entry : `${entry}:${name}`];
  const excluded = properties.excludeDependencies ?? [];
  return dockerfile([
    `FROM ${base} AS packages`,
    'WORKDIR /app',
    ...prepared(source, tools),
    run(source, environment),
    'COPY app/ ./',
    ...(manifest === undefined
      ? []
      : installCommands(folder, manifest, settings).map((command) => run(source, command))),
    server && run(source, `/venv/bin/python -m pip install --no-cache-dir ${server.requirement}`),
    ...(excluded.length === 0 ? [] : [`RUN /venv/bin/python -m pip uninstall --yes ${excluded.map(quoted).join(' ')}`]),
    ...(minify
      ? [
          run(
            source,
            `pip install --no-cache-dir ${TOOLS.minifier} && pyminify --in-place --remove-literal-statements /app`,
          ),
        ]
      : []),
    '',
    `FROM ${base}`,
    ...APP_FOLDER,
    'ENV PATH=/venv/bin:$PATH PYTHONPATH=/app PYTHONUNBUFFERED=1 HOME=/tmp',
    ...prepared(source),
    'COPY --from=packages /venv /venv',
    'COPY start.py /opt/stp/',
    copyToApp('/app', { stage: 'packages' }),
    `USER ${JOB_USER}`,
    `CMD ${words(['python', '/opt/stp/start.py', ...target])}`,
  ]);
}

/** Installs into `/venv` exactly what the lockfile says, where there is one. */
function installCommands(folder: string, manifest: string, settings: Settings): string[] {
  if (manifest === 'pyproject.toml') return uvSync(folder, settings);
  if (manifest === 'Pipfile') {
    return [
      `pip install --no-cache-dir ${TOOLS.pipenv}`,
      'pipenv requirements > /tmp/requirements.txt && /venv/bin/python -m pip install --no-cache-dir -r /tmp/requirements.txt',
    ];
  }
  if (settings.packageManager === 'uv') {
    return [
      `pip install --no-cache-dir ${TOOLS.uv}`,
      `uv pip install --no-cache --python /venv/bin/python -r ${quoted(manifest)}`,
    ];
  }
  return [`/venv/bin/python -m pip install --no-cache-dir -r ${quoted(manifest)}`];
}

function uvSync(folder: string, settings: Settings): string[] {
  const { uvOptionalDependencies = [], uvWithGroups = [], uvWithoutGroups = [], uvOnlyGroups = [] } = settings;
  const options = [
    ...(existsSync(join(folder, 'uv.lock')) ? ['--frozen'] : []),
    ...(uvOnlyGroups.length === 0 && !uvWithGroups.includes('dev') ? ['--no-dev'] : []),
    ...uvOptionalDependencies.map((name) => `--extra ${quoted(name)}`),
    ...uvWithGroups.map((name) => `--group ${quoted(name)}`),
    ...uvWithoutGroups.map((name) => `--no-group ${quoted(name)}`),
    ...uvOnlyGroups.map((name) => `--only-group ${quoted(name)}`),
  ];
  return [
    `pip install --no-cache-dir ${TOOLS.uv}`,
    // uv takes away what the project does not name, pip included.
    `UV_PROJECT_ENVIRONMENT=/venv UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy uv sync --no-cache --inexact ${options.join(' ')}`,
  ];
}
