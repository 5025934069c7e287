import type { BuildContext } from '../../../modules/container/build-context';
import type { BuildpackProperties } from '../../../modules/container/buildpack/language';
import { imageBuildpackContext } from '../../../modules/container/image-buildpack';
import { bytes } from '../../../modules/container/tar';
import { folder } from '../folder';

type Files = { readonly [path: string]: string };

/** The context of files in a temporary folder. */
export function made(files: Files, properties: BuildpackProperties): BuildContext {
  const result = imageBuildpackContext(properties, 'x86_64', folder(files));
  if ('problems' in result) throw new Error(JSON.stringify(result.problems, null, 2));
  return result.context;
}

/** What keeps files from becoming an image. */
export function problemsOf(files: Files, properties: BuildpackProperties) {
  const result = imageBuildpackContext(properties, 'x86_64', folder(files));
  return 'problems' in result ? result.problems : [];
}

export function paths({ files }: Pick<BuildContext, 'files'>): string[] {
  return files.map(({ path }) => path);
}

/** The text of a file, none if it is not there. */
export function textOf(files: BuildContext['files'], wanted: string): string {
  const file = files.find(({ path }) => path === wanted);
  return file === undefined ? '' : bytes(file.content).toString('utf8');
}

/** Lines of the Dockerfile. */
export function dockerfileOf({ files }: BuildContext): string[] {
  return textOf(files, 'Dockerfile').trim().split('\n');
}

/** The image's command. */
export function commandOf(context: BuildContext): string[] {
  return JSON.parse(dockerfileOf(context).at(-1)?.replace(/^CMD /, '') ?? '');
}
