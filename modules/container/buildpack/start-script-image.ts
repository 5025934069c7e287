import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { BuildContext } from '../build-context';
import { APP, START, type Variables } from '../launch';
import { textEntry } from '../source-files';
import type { TarEntry } from '../tar';
import { copyToApp, inApp, prepared } from './dockerfile';
import { generatedImage } from './generated-image';
import type { BuildpackSource } from './language';
import type { Project } from './project';

export interface StartScriptImage {
  /** Lines of the build stages. */
  readonly build: readonly string[];
  /** Base image of the job. */
  readonly base: string;
  /** Distribution packages that the language needs at run time. @default none */
  readonly packages?: readonly string[];
  /** Lines that copy the build output or the project. */
  readonly copy: readonly string[];
  /** Environment variables. @default none */
  readonly variables?: Variables;
  /** The job's command, in exec form. */
  readonly command: readonly string[];
  /** Whether the image contains only the build output, so that `includeFiles` are copied separately. @default false */
  readonly builtOnly?: boolean;
  /** More files of the build context, in addition to the project's in `app/`. @default none */
  readonly files?: readonly TarEntry[];
}

/** Packages that the start script needs, in both distributions. */
const START_PACKAGES = ['ca-certificates', 'curl'];

/** The build context of an image whose start script downloads large events. */
export function startScriptImage(
  source: BuildpackSource,
  { files, included, notes, workingFolder = '' }: Project,
  image: StartScriptImage,
): BuildContext {
  const start = readFileSync(join(__dirname, '../resolver/start.sh'), 'utf8');
  const alone = image.builtOnly ? included.map((one) => ({ ...one, path: `included/${one.path}` })) : [];
  const context = generatedImage(source, {
    build: image.build,
    base: image.base,
    steps: [
      ...prepared(source, [...START_PACKAGES, ...(image.packages ?? [])]),
      `COPY start.sh ${START}/`,
      ...image.copy,
      ...(alone.length === 0 ? [] : [copyToApp('included/')]),
    ],
    launch: {
      command: [`${START}/start.sh`, ...image.command],
      variables: { HOME: '/tmp', ...image.variables },
      workingDirectory: posix.join(APP, workingFolder),
    },
    files: [textEntry('start.sh', start, 'executable'), ...inApp(files), ...alone, ...(image.files ?? [])],
  });
  return { ...context, notes };
}
