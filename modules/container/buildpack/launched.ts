import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildContext, sortedFiles } from '../build-context';
import { textEntry } from '../source-files';
import { APP_FOLDER, copyToApp, dockerfile, inApp, JOB_USER, prepared, words } from './dockerfile';
import type { BuildpackSource } from './language';
import type { Project } from './project';

export interface LaunchedImage {
  /** Lines of the build stages. */
  readonly build: readonly string[];
  /** Base image of the job. */
  readonly base: string;
  /** Distribution packages that the language needs at run time. @default none */
  readonly packages?: readonly string[];
  /** Lines that copy the build output or the project. */
  readonly copy: readonly string[];
  /** Environment variables. @default none */
  readonly variables?: string;
  /** The job's command, in exec form. */
  readonly command: readonly string[];
  /** Whether the image contains only the build output, so that `includeFiles` are copied separately. @default false */
  readonly builtOnly?: boolean;
  /** More files of the build context, in addition to the project's in `app/`. @default none */
  readonly files?: Parameters<typeof sortedFiles>[0];
}

/** Packages that the start script needs, in both distributions. */
const START_PACKAGES = ['ca-certificates', 'curl'];

/** The build context of an image whose start script downloads large events. */
export function launched(
  source: BuildpackSource,
  { files, included, notes, workingFolder = '' }: Project,
  image: LaunchedImage,
): BuildContext {
  const start = readFileSync(join(__dirname, '../resolver/start.sh'), 'utf8');
  const alone = image.builtOnly ? included.map((one) => ({ ...one, path: `included/${one.path}` })) : [];
  const file = dockerfile([
    ...image.build,
    ...(image.build.length === 0 ? [] : ['']),
    `FROM ${image.base}`,
    ...APP_FOLDER,
    `ENV HOME=/tmp${image.variables === undefined ? '' : ` ${image.variables}`}`,
    ...prepared(source, [...START_PACKAGES, ...(image.packages ?? [])]),
    'COPY start.sh /opt/stp/',
    ...image.copy,
    ...(alone.length === 0 ? [] : [copyToApp('included/')]),
    ...(workingFolder === '' ? [] : [`WORKDIR /app/${workingFolder}`]),
    `USER ${JOB_USER}`,
    `CMD ${words(['/opt/stp/start.sh', ...image.command])}`,
  ]);
  return {
    architecture: source.architecture,
    method: { tool: 'docker', dockerfile: 'Dockerfile', buildArgs: [] },
    files: sortedFiles([
      file,
      textEntry('start.sh', start, 'executable'),
      ...inApp(files),
      ...alone,
      ...(image.files ?? []),
    ]),
    init: true,
    notes,
  };
}
