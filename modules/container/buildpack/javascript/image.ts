import { dirname, posix, resolve } from 'node:path';
import { baseImage } from '../../../rules/base-images';
import type { BuildContext } from '../../build-context';
import { APP, JOB_USER, type Launch, START } from '../../launch';
import { startBundle } from '../../resolver/start-bundle';
import { textEntry } from '../../source-files';
import type { TarEntry } from '../../tar';
import { copyToApp, inApp, prepared, run } from '../dockerfile';
import { generatedImage } from '../generated-image';
import { pathBelow, pathFrom } from '../included-files';
import type { BuildpackSource } from '../language';
import { upward } from '../repository';
import type { Bundle } from './bundle';
import type { Installation } from './packages/installation';
import { appRoot } from './root';

/** The folder of the image that packages are installed in. */
const PACKAGES = '/packages';

/** The build context of a job's image: its files, and the packages to install. */
export function javascriptImage(
  source: BuildpackSource,
  { outputs, path }: Pick<Bundle, 'outputs' | 'path'>,
  beside: readonly TarEntry[],
  packages: Installation | undefined,
  node: string,
): BuildContext {
  const { properties } = source;
  const { disableSourceMaps, outputSourceMapsTo } = properties.languageSpecificConfig ?? {};
  const base = baseImage('Node.js', node, source.distribution);
  const root = appRoot(source);
  // The job starts in the folder of the config, as in development, even if `/app` is a folder above it.
  const workingDirectory = posix.join(APP, pathBelow(root, source.baseDir) ?? '');
  const maps = outputs.flatMap((one) => (one.map === undefined ? [] : [textEntry(`${one.path}.map`, one.map)]));
  const code = [...outputs.map((one) => textEntry(one.path, one.text)), ...maps];
  // A bundle has the path of its source file, so it replaces a source file with the same name that includeFiles matches.
  const files = [...beside.filter((file) => !code.some((one) => one.path === file.path)), ...code];
  const context = generatedImage(source, {
    build: packages && packagesStage(source, base, packages),
    base,
    steps: [
      ...prepared(source, packages?.libraries),
      ...(packages?.modules ?? []).map(({ from, to }) =>
        copyToApp(`${PACKAGES}/${from}`, { stage: 'packages', to: `./${to}` }),
      ),
      `COPY start.cjs ${START}/`,
      copyToApp('app/'),
      // The image might have no file in that folder, and `WORKDIR` alone would create it with root as its owner.
      ...(workingDirectory === APP
        ? []
        : [`RUN mkdir -p '${workingDirectory}' && chown ${JOB_USER} '${workingDirectory}'`]),
    ],
    launch: {
      command: [
        'node',
        ...(disableSourceMaps ? [] : ['--enable-source-maps']),
        `${START}/start.cjs`,
        posix.join(APP, path),
      ],
      variables: { NODE_ENV: 'production' },
      workingDirectory,
      ...(packages !== undefined && { installed: packageFolders(source, root) }),
    },
    files: [textEntry('start.cjs', startBundle()), ...inApp(files), ...(packages?.files ?? [])],
  });
  return {
    ...context,
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
  ];
}

/** The folders in which Node.js looks for packages, from the entry file's up. */
function packageFolders({ entry }: BuildpackSource, root: string): Launch['installed'] {
  return upward(dirname(entry), root).map((folder) => ({
    inImage: posix.join(APP, pathFrom(root, folder)),
    onMachine: folder,
  }));
}
