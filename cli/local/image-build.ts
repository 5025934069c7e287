import { type BuildContext, contextDigest, PLATFORMS } from '../../modules/container/build-context';
import { type Engine, runClient } from './engine-client';
import { exitHint } from './exit-hint';
import { temporaryFolder } from './temporary-folder';
import { UsageError } from './usage-error';

/**
 * Builds an image from its context.
 *
 * @returns its name
 * @throws UsageError if it cannot be built
 */
export async function buildImage(engine: Engine, context: BuildContext): Promise<string> {
  const { method, architecture } = context;
  if (method.tool !== 'docker') throw new Error(`${method.tool} does not run here`);
  const folder = temporaryFolder(context.files);
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
    ...args,
    folder.path,
  ]);
  folder.dispose();
  if (status !== 0) {
    const hint = exitHint({ said, killed: false, architecture });
    throw new UsageError(
      `${engine} could not build the image; its output says why${hint === undefined ? '' : `. ${hint}`}`,
    );
  }
  return name;
}
