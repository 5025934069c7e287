import { basename, resolve } from 'node:path';
import { type BuildContext, sortedFiles } from '../../build-context';
import { startBundle } from '../../resolver/start-bundle';
import { textEntry } from '../../source-files';
import type { TarEntry } from '../../tar';
import { baseImage } from '../base-images';
import { APP_FOLDER, copyToApp, dockerfile, inApp, JOB_USER, prepared, run, words } from '../dockerfile';
import type { BuildpackSource } from '../language';
import { installation, type NodeProject } from '../node-packages';
import { bundleName } from './bundle';

/** The image of a job: its files, and the packages that are installed in it. */
export function javascriptImage(
  source: BuildpackSource,
  files: readonly TarEntry[],
  project: NodeProject | undefined,
  node: string,
): BuildContext {
  const { properties, architecture, entry } = source;
  const { disableSourceMaps, outputSourceMapsTo } = properties.languageSpecificConfig ?? {};
  const base = baseImage('Node.js', node, source.distribution);
  const packages = project && installation(project);
  const stage =
    packages === undefined
      ? []
      : [
          `FROM ${base} AS packages`,
          'WORKDIR /app',
          ...prepared(source, ['python3', 'make', 'g++']),
          'COPY packages/ ./',
          run(source, packages.command),
          '',
        ];
  const file = dockerfile([
    ...stage,
    `FROM ${base}`,
    ...APP_FOLDER,
    'ENV NODE_ENV=production',
    ...prepared(source),
    packages && copyToApp('/app/node_modules', { stage: 'packages', to: './node_modules' }),
    'COPY start.cjs /opt/stp/',
    copyToApp('app/'),
    `USER ${JOB_USER}`,
    `CMD ${words(['node', ...(disableSourceMaps ? [] : ['--enable-source-maps']), '/opt/stp/start.cjs', `/app/${bundleName(source)}`])}`,
  ]);
  const map = files.find(({ path }) => path === `${bundleName(source)}.map`);
  return {
    architecture,
    method: { tool: 'docker', dockerfile: 'Dockerfile', buildArgs: [] },
    files: sortedFiles([file, textEntry('start.cjs', startBundle()), ...inApp(files), ...(packages?.files ?? [])]),
    init: true,
    ...(outputSourceMapsTo !== undefined &&
      map !== undefined && {
        copies: [{ path: resolve(source.baseDir, outputSourceMapsTo, `${basename(entry)}.map`), content: map.content }],
      }),
  };
}
