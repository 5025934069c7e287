import { posix, resolve } from 'node:path';
import { baseImage } from '../../../rules/base-images';
import { type BuildContext, sortedFiles } from '../../build-context';
import { startBundle } from '../../resolver/start-bundle';
import { textEntry } from '../../source-files';
import type { TarEntry } from '../../tar';
import { APP_FOLDER, copyToApp, dockerfile, inApp, JOB_USER, prepared, run, words } from '../dockerfile';
import { pathBelow } from '../included-files';
import type { BuildpackSource } from '../language';
import type { Bundle } from './bundle';
import type { Installation } from './packages/installation';
import { appRoot } from './root';

/** Where packages are installed. */
const PACKAGES = '/packages';

/** The job starts in the config's folder, as it does where it is developed, also if `/app` is a folder above it. */
function workingFolder(source: BuildpackSource): string[] {
  const folder = pathBelow(appRoot(source), source.baseDir) ?? '';
  // Nothing of it may be in the image, and by itself `WORKDIR` would make it root's.
  return folder === ''
    ? []
    : [`RUN mkdir -p '/app/${folder}' && chown ${JOB_USER} '/app/${folder}'`, `WORKDIR /app/${folder}`];
}

/** The image of a job: its files, and the packages that are installed in it. */
export function javascriptImage(
  source: BuildpackSource,
  { outputs, path }: Pick<Bundle, 'outputs' | 'path'>,
  beside: readonly TarEntry[],
  packages: Installation | undefined,
  node: string,
): BuildContext {
  const { properties, architecture } = source;
  const { disableSourceMaps, outputSourceMapsTo } = properties.languageSpecificConfig ?? {};
  const base = baseImage('Node.js', node, source.distribution);
  const stage = packages === undefined ? [] : packagesStage(source, base, packages);
  const file = dockerfile([
    ...stage,
    `FROM ${base}`,
    ...APP_FOLDER,
    'ENV NODE_ENV=production',
    ...prepared(source, packages?.libraries),
    ...(packages?.modules ?? []).map(({ from, to }) =>
      copyToApp(`${PACKAGES}/${from}`, { stage: 'packages', to: `./${to}` }),
    ),
    'COPY start.cjs /opt/stp/',
    copyToApp('app/'),
    ...workingFolder(source),
    `USER ${JOB_USER}`,
    `CMD ${words(['node', ...(disableSourceMaps ? [] : ['--enable-source-maps']), '/opt/stp/start.cjs', `/app/${path}`])}`,
  ]);
  const maps = outputs.flatMap((one) => (one.map === undefined ? [] : [textEntry(`${one.path}.map`, one.map)]));
  const code = [...outputs.map((one) => textEntry(one.path, one.text)), ...maps];
  // At the place of its source, so that a source which is sent as well may be replaced.
  const files = [...beside.filter((file) => !code.some((one) => one.path === file.path)), ...code];
  return {
    architecture,
    method: { tool: 'docker', dockerfile: 'Dockerfile', buildArgs: [] },
    files: sortedFiles([file, textEntry('start.cjs', startBundle()), ...inApp(files), ...(packages?.files ?? [])]),
    init: true,
    ...(outputSourceMapsTo !== undefined && {
      copies: maps.map(({ path: map, content }) => ({
        path: resolve(source.baseDir, outputSourceMapsTo, posix.basename(map)),
        content,
      })),
    }),
  };
}

/** Installs packages. It gets manifests and lockfile only: a change of a source leaves it as it is. */
function packagesStage(
  source: BuildpackSource,
  base: string,
  { folder, tools, command, modules }: Installation,
): string[] {
  const made = modules.map(({ from }) => posix.relative(folder, from));
  return [
    `FROM ${base} AS packages`,
    `WORKDIR ${posix.join(PACKAGES, folder)}`,
    ...prepared(source, tools),
    `COPY packages/ ${PACKAGES}/`,
    // A folder that no package is in is not there, and could not be copied.
    run(source, `${command} && mkdir -p ${made.join(' ')}`),
    '',
  ];
}
