import { readFileSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { baseImage } from '../../../rules/base-images';
import type { BuildContext } from '../../build-context';
import { quoted } from '../../builder/build-specification';
import { APP, START } from '../../launch';
import { fileEntry, textEntry } from '../../source-files';
import type { TarEntry } from '../../tar';
import { copyToApp, inApp, prepared, run } from '../dockerfile';
import { generatedImage } from '../generated-image';
import { pathBelow } from '../included-files';
import type { BuildpackSource } from '../language';
import type { Target } from './entry';
import { GENERATED, type Installation, PIP_INSTALL } from './installation';
import { compareVersions } from './version';

/** Prints the folder of packages. A file in it provides large events to every Python process of the job. */
const SITE = 'import sysconfig; print(sysconfig.get_path("purelib"))';

/** Servers for applications. If the project requires its own version, that version replaces this one. */
const SERVERS = { WSGI: 'gunicorn', ASGI: 'uvicorn' } as const;

export interface ImageOptions {
  readonly source: BuildpackSource;
  /** Python version, such as `3.12`. */
  readonly version: string;
  readonly installation: Installation;
  /** Absolute path of the folder that becomes `/app`. */
  readonly root: string;
  /** The project's folder, relative to the root. */
  readonly folder: string;
  readonly target: Target;
  /** The files to send, relative to the root. */
  readonly files: readonly TarEntry[];
}

/** The build context. Its Dockerfile installs packages first, so that a change in the sources doesn't rebuild their layer. */
export function pythonImage({
  source,
  version,
  installation,
  root,
  folder,
  target,
  files,
}: ImageOptions): BuildContext {
  const { properties, distribution } = source;
  const { runAppAs, minify = false } = properties.languageSpecificConfig ?? {};
  const { manifests = [], requirements, tool, commands, fromSources = [] } = installation;
  const base = baseImage('Python', version, distribution);
  const tools = distribution === 'debian' ? ['build-essential', 'git'] : ['build-base', 'libffi-dev', 'git'];
  // Python 2 has no venv module in its standard library.
  const environment = Number(version) < 3 ? 'pip install virtualenv && virtualenv /venv' : 'python -m venv /venv';
  const excluded = properties.excludeDependencies ?? [];
  const inFolder = posix.join(APP, pathBelow(root, installation.folder) ?? '');
  const changed = minify || fromSources.length > 0;
  const runs = (list: readonly string[]) => list.map((command) => run(source, command));
  const build = [
    `FROM ${base} AS packages`,
    `WORKDIR ${inFolder}`,
    ...prepared(source, tools),
    run(source, environment),
    ...(Number(version) < 3
      ? []
      : ['COPY event.pth /opt/stp/', `RUN cp /opt/stp/event.pth "$(/venv/bin/python -c '${SITE}')"`]),
    ...(tool === undefined ? [] : runs([`pip install --no-cache-dir ${tool}`])),
    ...(runAppAs === undefined ? [] : runs([`${PIP_INSTALL} ${pinned(SERVERS[runAppAs], version)}`])),
    ...(requirements === undefined ? [] : [`COPY requirements.txt ${posix.dirname(GENERATED)}/`]),
    ...(manifests.length === 0 || commands.length === 0 ? [] : ['COPY packages/ /app/']),
    ...runs(commands),
    ...(changed ? ['COPY app/ /app/'] : []),
    ...(fromSources.length > 0
      ? ['# What is built of the sources themselves: a change of one builds it again.', ...runs(fromSources)]
      : []),
    ...(excluded.length === 0 ? [] : [`RUN /venv/bin/python -m pip uninstall --yes ${excluded.map(quoted).join(' ')}`]),
    ...(minify
      ? [
          run(source, `pip install --no-cache-dir ${pinned('python-minifier', version)}`),
          'COPY minify.py /opt/stp/',
          'RUN python /opt/stp/minify.py /app',
        ]
      : []),
  ];
  return generatedImage(source, {
    build,
    base,
    steps: [
      ...prepared(source),
      'COPY --from=packages /venv /venv',
      `COPY start.py fetch_event.py ${START}/`,
      changed ? copyToApp(APP, { stage: 'packages' }) : copyToApp('app/'),
    ],
    launch: {
      command: ['python', `${START}/start.py`, ...target.words],
      variables: { PATH: '/venv/bin:$PATH', PYTHONPATH: searchPath(target), PYTHONUNBUFFERED: '1', HOME: '/tmp' },
      workingDirectory: posix.join(APP, folder),
    },
    files: [...stageFiles(source, installation, root), ...inApp(files)],
  });
}

/** Folders of modules for the interpreter's path. */
function searchPath({ searched }: Target): string {
  return searched.map((folder) => posix.join(APP, folder)).join(':');
}

/** Newest releases, by the oldest Python version that each supports. */
const RELEASES: { readonly [name: string]: readonly (readonly [python: string, release: string])[] } = {
  gunicorn: [
    ['3.10', '27.0.1'],
    ['3.7', '23.0.0'],
    ['3.6', '21.2.0'],
    ['2.7', '19.10.0'],
  ],
  uvicorn: [
    ['3.10', '0.54.0'],
    ['3.9', '0.39.0'],
    ['3.8', '0.33.0'],
    ['3.7', '0.22.0'],
    ['3.6', '0.16.0'],
  ],
  'python-minifier': [['2.7', '3.4.0']],
};

function pinned(name: string, version: string): string {
  const [, release] = RELEASES[name]?.find(([oldest]) => compareVersions(version, oldest) >= 0) ?? [];
  return `${name}==${release}`;
}

/** Generated files of the build context: the start program, and the inputs of the packages' layer. */
function stageFiles(source: BuildpackSource, installation: Installation, root: string): TarEntry[] {
  const { manifests = [], requirements } = installation;
  const minify = source.properties.languageSpecificConfig?.minify === true;
  const programs = [
    'resolver/start.py',
    'resolver/fetch_event.py',
    'resolver/event.pth',
    ...(minify ? ['buildpack/python/minify.py'] : []),
  ];
  return [
    ...programs.map((path) => textEntry(basename(path), readFileSync(join(__dirname, '../..', path), 'utf8'))),
    ...(requirements === undefined ? [] : [textEntry('requirements.txt', requirements)]),
    ...manifests.map(({ path, text }) => {
      const name = `packages/${pathBelow(root, path) ?? basename(path)}`;
      return text === undefined ? fileEntry(path, name) : textEntry(name, text);
    }),
  ];
}
