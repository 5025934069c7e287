import { join } from 'node:path';
import { type BuildContext, contextDigest, PLATFORMS } from '../../modules/container/build-context';
import { textEntry } from '../../modules/container/source-files';
import { type Engine, runClient } from './engine-client';
import { exitHint } from './exit-hint';
import { temporaryFolder } from './temporary-folder';
import { UsageError } from './usage-error';

/**
 * Builds an image from its context.
 *
 * @param secrets of the build, by name
 * @returns its name
 * @throws UsageError if it cannot be built
 */
export async function buildImage(
  engine: Engine,
  context: BuildContext,
  secrets: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { method, architecture } = context;
  if (method.tool !== 'docker') throw new Error(`${method.tool} does not run here`);
  const folder = temporaryFolder(context.files);
  // Beside the files of the build: nothing of them may get into it. Nobody else can look into the folder.
  const values = temporaryFolder(Object.entries(secrets).map(([name, value]) => textEntry(name, value)));
  const mounted = Object.keys(secrets).flatMap((name) => ['--secret', `id=${name},src=${join(values.path, name)}`]);
  const name = `batch-jobs-local:${contextDigest(context).slice(0, 12)}`;
  const args = method.buildArgs.flatMap(([key, value]) => ['--build-arg', `${key}=${value}`]);
  const platform = ['--platform', PLATFORMS[architecture]];
  const file = `${folder.path}/${method.dockerfile}`;
  const { status, said } = await runClient(engine, [
    'build',
    ...platform,
    '--tag',
    name,
    '--file',
    file,
    ...(method.target === undefined ? [] : ['--target', method.target]),
    ...args,
    ...mounted,
    folder.path,
  ]);
  folder.dispose();
  values.dispose();
  if (status !== 0) {
    const hint = exitHint({ said, killed: false, architecture });
    throw new UsageError(
      `${engine} could not build the image; its output says why${hint === undefined ? '' : `. ${hint}`}`,
    );
  }
  return name;
}
