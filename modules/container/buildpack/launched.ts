import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildContext, sortedFiles } from '../build-context';
import { textEntry } from '../source-files';
import { APP_FOLDER, copyToApp, dockerfile, inApp, JOB_USER, prepared, words } from './dockerfile';
import type { BuildpackSource } from './language';
import type { Project } from './project';

export interface LaunchedImage {
  /** Lines of the stages that build. */
  readonly build: readonly string[];
  /** The image that the job runs in. */
  readonly base: string;
  /** Packages of its distribution that the language needs to run. @default none */
  readonly packages?: readonly string[];
  /** Lines that copy what was built, or the project itself. */
  readonly copy: readonly string[];
  /** Variables. @default none */
  readonly variables?: string;
  /** Words of the job's command. */
  readonly command: readonly string[];
  /** Whether the image has only what was built of the project, so that what `includeFiles` adds is copied by itself. @default false */
  readonly builtOnly?: boolean;
  /** Further files of the context, beside the project's in `app/`. @default none */
  readonly files?: Parameters<typeof sortedFiles>[0];
}

/** Packages that the start of a job needs, in either distribution. */
const START_PACKAGES = ['ca-certificates', 'curl'];

/** The context of an image whose job is started by the small script that fetches large events. */
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
