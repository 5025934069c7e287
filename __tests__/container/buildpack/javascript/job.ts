import { join } from 'node:path';
import type { BuildContext, ContextResult } from '../../../../modules/container/build-context';
import type { BuildpackProperties } from '../../../../modules/container/buildpack/language';
import { imageBuildpackContext } from '../../../../modules/container/image-buildpack';
import { folder } from '../../folder';
import { type Ended, run, unpacked } from '../../resolver/image-process';

export type Given = Omit<BuildpackProperties, 'entryfilePath'> & { readonly entryfilePath?: string };

export interface Files {
  readonly [path: string]: string;
}

/** What becomes of a project whose job begins at `src/jobs/report.ts`, with its config in a folder. */
export function result(files: Files, properties: Given = {}, config = ''): ContextResult {
  return imageBuildpackContext(
    { entryfilePath: 'src/jobs/report.ts', ...properties },
    'x86_64',
    join(folder(files), config),
  );
}

/** The build context of such a project. */
export function context(files: Files, properties: Given = {}, config = ''): BuildContext {
  const made = result(files, properties, config);
  if ('problems' in made) throw new Error(JSON.stringify(made.problems, null, 2));
  return made.context;
}

/** Why such a project has none, as lines of what was found and the fix. */
export function refusals(files: Files, properties: Given = {}, config = ''): string[] {
  const made = result(files, properties, config);
  return 'problems' in made ? made.problems.map(({ found, fix }) => `${found}\n-> ${fix}`) : [];
}

/** Paths of a context's files in the image. */
export function inImage({ files }: BuildContext): string[] {
  return files.map(({ path }) => path).filter((path) => path.startsWith('app/') && !path.endsWith('.map'));
}

/**
 * Runs a job where its image would have it.
 *
 * @param prepare gets the folder of `/app`
 */
export async function started(
  made: BuildContext,
  env: Files = {},
  prepare: (app: string) => void = () => undefined,
): Promise<Ended> {
  const { dir, remove } = unpacked(made);
  try {
    prepare(join(dir, 'app'));
    const words = made.launch?.command ?? [];
    const here = words.map((word) => word.replace('/opt/stp', dir).replace(/^\/app/, join(dir, 'app')));
    const ended = await run([process.execPath, ...here.slice(1)], join(dir, 'app'), env);
    const hidden = (text: string) => text.replaceAll(join(dir, 'app'), '/app');
    return { ...ended, stdout: hidden(ended.stdout), stderr: hidden(ended.stderr) };
  } finally {
    remove();
  }
}

/** What a job of such a project prints; it must succeed in silence otherwise. */
export async function output(files: Files, properties: Given = {}): Promise<string> {
  const { status, stdout, stderr } = await started(context(files, properties));
  if (status !== 0 || stderr !== '') throw new Error(`${status}\n${stderr}\n${stdout}`);
  return stdout.trim();
}
