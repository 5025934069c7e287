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

/** The folder of the image that packages are installed in. */
const PACKAGES = '/packages';

/** The job starts in the folder of the config, as in development, even if `/app` is a folder above it. */
function workingFolder(source: BuildpackSource): string[] {
  const folder = pathBelow(appRoot(source), source.baseDir) ?? '';
  // The image might have no file in that folder, and `WORKDIR` alone would create it with root as its owner.
  return folder === ''
    ? []
    : [`RUN mkdir -p '/app/${folder}' && chown ${JOB_USER} '/app/${folder}'`, `WORKDIR /app/${folder}`];
}

/** The build context of a job's image: its files, and the packages to install. */
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
  // A bundle has the path of its source file, so it replaces a source file with the same name that includeFiles matches.
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

/** The stage that installs packages. It gets manifests and the lockfile only, so a change of source code does not invalidate it. */
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
    // Copying a folder fails if no package was installed in it, so the folder is created.
    run(source, `${command} && mkdir -p ${made.join(' ')}`),
    '',
  ];
}
