import { join } from 'node:path';
import { type BuildContext, contextDigest, PLATFORMS } from '../../modules/container/build-context';
import { textEntry } from '../../modules/container/source-files';
import type { FailedBuild } from '../run-report/progress-event';
import type { Report } from '../run-report/report';
import { BuildOutput } from './build-output';
import { askEngine, type Engine, followClient } from './engine-client';
import { type EngineFault, engineFault, foreignFault, reasonIn } from './engine-fault';
import { createEngineScratch } from './engine-scratch';
import { ENGINE_WORDS } from './engine-words';
import { isForeign } from './exit-hint';
import { holdImage, IMAGE_NAME, type ImageOwner, ownLabel, removeOldImages } from './own-images';
import { secondsOf } from './seconds';
import { createTemporaryFolder } from './temporary-folder';

/** A build that failed because of its Dockerfile, not because of the engine. */
export class BuildFailure extends Error {
  constructor(
    message: string,
    readonly failed: FailedBuild,
  ) {
    // The lines are for readers who see only the error.
    super(message, { cause: failed.lines.join('\n') });
  }
}

export interface BuildOptions {
  /** The job that the image is for, whose older images are removed. @default none */
  readonly owner?: ImageOwner;
  /** @default nothing is called */
  readonly report?: Report;
  /** Gets the values of the build's secrets by name, only if it is built. @default none */
  readonly secrets?: () => Promise<Readonly<Record<string, string>>>;
}

/**
 * Builds an image from its build context, unless it exists.
 *
 * @returns its name
 * @throws BuildFailure if its Dockerfile fails
 * @throws EngineFault if the engine cannot build
 */
export async function buildImage(engine: Engine, context: BuildContext, options: BuildOptions = {}): Promise<string> {
  const { owner, report } = options;
  const image = `${IMAGE_NAME}:${contextDigest(context).slice(0, 12)}`;
  const isThere = () => askEngine(engine, ['image', 'inspect', image]).status === 0;
  for (;;) {
    const output = isThere() ? undefined : await built(engine, context, image, options);
    if (owner === undefined) return image;
    // Another run of the job might have removed it as an old one.
    if (!holdImage(engine, image, owner) && !isThere()) continue;
    if (output === undefined) report?.tell({ type: 'image', image, by: engine, action: 'kept' });
    const count = removeOldImages(engine, owner, image, output?.images);
    if (count > 0) report?.tell({ type: 'images-removed', count });
    return image;
  }
}

async function built(
  engine: Engine,
  context: BuildContext,
  image: string,
  { owner, report, secrets = async () => ({}) }: BuildOptions,
): Promise<BuildOutput> {
  const { method } = context;
  if (method.tool !== 'docker') throw new Error(`${method.tool} does not run here`);
  const secretValues = Object.entries(await secrets());
  report?.tell({ type: 'image', image, by: engine, action: 'build' });
  const begin = performance.now();
  const folder = createTemporaryFolder(context.files);
  // Outside of the build context, so that secrets don't get into the image. The folder is private.
  const values = createTemporaryFolder(secretValues.map(([name, value]) => textEntry(name, value)));
  const scratch = createEngineScratch(engine);
  const output = new BuildOutput(({ place, instruction }) => report?.step(place, instruction));
  const words = [
    // The debug log has the ids of the steps' containers.
    ...(engine === 'podman' ? ['--log-level', 'debug'] : []),
    'build',
    '--platform',
    PLATFORMS[context.architecture],
    '--tag',
    image,
    ...(owner === undefined ? [] : ['--label', ownLabel(owner)]),
    '--file',
    `${folder.path}/${method.dockerfile}`,
    ...(method.target === undefined ? [] : ['--target', method.target]),
    ...method.buildArgs.flatMap(([key, value]) => ['--build-arg', `${key}=${value}`]),
    ...secretValues.flatMap(([name]) => ['--secret', `id=${name},src=${join(values.path, name)}`]),
    folder.path,
  ];
  const environment = { BUILDKIT_PROGRESS: 'plain', ...scratch.variables };
  const status = await followClient(
    engine,
    words,
    environment,
    (chunk) => output.write(chunk),
    () => removeUnfinished(engine, output),
  );
  output.end();
  folder.dispose();
  values.dispose();
  scratch.dispose();
  report?.countDown(undefined);
  if (status !== 0) {
    const failed = withoutFolder(output.failed, folder.path);
    const of = owner === undefined ? '' : ` of ${owner.job}`;
    const subject = `the image${of}`;
    const fault = faultOfBuild(engine, context, failed, { subject, base: `the base image${of}` });
    if (fault !== undefined) throw fault;
    report?.tell({ type: 'build-failed', image, ...failed });
    throw new BuildFailure(`${engine} could not build ${subject}: ${described(failed)}`, failed);
  }
  const seconds = secondsOf(performance.now() - begin);
  report?.tell({ type: 'image', image, by: engine, action: 'built', seconds });
  return output;
}

/** Removes what Podman leaves of an interrupted build. Docker's service cleans up itself. */
function removeUnfinished(engine: Engine, { containers, made }: BuildOutput): void {
  if (engine !== 'podman') return;
  if (containers.length > 0) askEngine(engine, ['rm', '--force', ...containers]);
  if (made.length > 0) askEngine(engine, ['rmi', ...[...made].reverse()]);
}

/** The fault of the engine; undefined if the Dockerfile or a command in it failed. */
function faultOfBuild(
  engine: Engine,
  { architecture, launch }: BuildContext,
  { step, words, lines }: FailedBuild,
  { subject, base }: { readonly subject: string; readonly base: string },
): EngineFault | undefined {
  const instruction = step?.instruction ?? 'FROM';
  if (/^(FROM|COPY --from=)/i.test(instruction)) {
    // Only files of this project say what they start.
    return engineFault(engine, 'pull', words, base, launch !== undefined);
  }
  const all = [...lines, words].join('\n');
  if (ENGINE_WORDS.fullDisk.test(all)) return engineFault(engine, 'build', all, subject);
  if (isForeign(architecture) && ENGINE_WORDS.foreign.test(all))
    return foreignFault(engine, 'build', architecture, subject);
  // Only lines of the engine, not those that a command writes.
  const own = lines.filter((line) => /^(error running container|time="[^"]*" level=(error|fatal))/i.test(line));
  return engineFault(engine, 'build', [...own, words].join('\n'), subject);
}

function withoutFolder({ words, ...failed }: FailedBuild, folder: string): FailedBuild {
  return { ...failed, words: words.split(folder).join('the build context') };
}

/** Maximum length of an instruction in one line. */
const INSTRUCTION = 80;

function described({ step, exitCode, words }: FailedBuild): string {
  if (step === undefined) return reasonIn(words) || 'no reason given';
  const { place: number, instruction } = step;
  const isLong = instruction.length > INSTRUCTION;
  const place = `step ${number}, ${isLong ? `${instruction.slice(0, INSTRUCTION)}…` : instruction}`;
  return exitCode === undefined ? `${place}: ${words}` : `${place}, ended with exit code ${exitCode}`;
}
