import { type BuildContext, sortedFiles } from '../build-context';
import { APP, JOB_USER, type Launch } from '../launch';
import type { TarEntry } from '../tar';
import { APP_FOLDER, dockerfile, env, words } from './dockerfile';
import type { BuildpackSource } from './language';

/** An image whose Dockerfile is generated. */
export interface GeneratedImage {
  /** Lines of the stages before the job's. @default none */
  readonly build?: readonly string[];
  /** Base image of the job. */
  readonly base: string;
  /** Lines of the job's stage that install packages and copy files, in its working folder. */
  readonly steps: readonly string[];
  /** The job runs as the user of jobs. */
  readonly launch: Omit<Launch, 'user'>;
  /** The files of the build context, except the Dockerfile. */
  readonly files: readonly TarEntry[];
}

/** The build context of a generated Dockerfile. */
export function generatedImage({ architecture }: BuildpackSource, image: GeneratedImage): BuildContext {
  const { build = [], base, steps, files } = image;
  const launch: Launch = { ...image.launch, user: JOB_USER };
  const { command, variables, workingDirectory, user } = launch;
  const file = dockerfile([
    ...build,
    ...(build.length === 0 ? [] : ['']),
    `FROM ${base}`,
    ...APP_FOLDER,
    env(variables),
    ...steps,
    ...(workingDirectory === APP ? [] : [`WORKDIR ${workingDirectory}`]),
    `USER ${user}`,
    `CMD ${words(command)}`,
  ]);
  return {
    architecture,
    method: { tool: 'docker', dockerfile: 'Dockerfile', buildArgs: [] },
    files: sortedFiles([file, ...files]),
    launch,
    init: true,
  };
}
