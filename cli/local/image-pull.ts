import { PLATFORMS } from '../../modules/container/build-context';
import type { Report } from '../run-report/report';
import { askEngine, type Engine, runClient } from './engine-client';
import { engineFault, unknownFault } from './engine-fault';
import { createEngineScratch } from './engine-scratch';
import type { LocalContainer } from './local-container';
import { secondsOf } from './seconds';

/**
 * Has an image that is not built here be on this machine, for the job's architecture, before anything starts.
 *
 * @throws EngineFault if it cannot be had
 */
export async function pullImage(
  engine: Engine,
  { image, architecture }: LocalContainer,
  report: Report,
): Promise<void> {
  const platform = PLATFORMS[architecture];
  const found = platformOf(engine, image);
  if (found === platform) return;
  report.tell({ type: 'image', image, by: engine, action: 'pull' });
  const begin = performance.now();
  const scratch = createEngineScratch(engine);
  const words = ['pull', '--quiet', '--platform', platform, image];
  const { status, said } = await runClient(engine, words, scratch.variables);
  scratch.dispose();
  if (status === 0) {
    const seconds = secondsOf(performance.now() - begin);
    report.tell({ type: 'image', image, by: engine, action: 'pulled', seconds });
    return;
  }
  const foreign =
    found === undefined
      ? ''
      : `the image ${image} here is for ${found}, which does not match the specified platform ${platform}`;
  // What is wrong with the image that is here comes before what is wrong with the registry.
  throw engineFault(engine, 'pull', foreign || said, image) ?? unknownFault(engine, 'pull', said, image);
}

/** How the engines say that an image is not there. */
const ABSENT = /no such (image|object)|image not known|not found/i;

/**
 * Platform of an image that is on this machine; undefined if it is not.
 *
 * @throws EngineFault if the engine cannot tell
 */
function platformOf(engine: Engine, image: string): string | undefined {
  const words = ['image', 'inspect', '--format', '{{.Os}}/{{.Architecture}}', image];
  const { status, stdout, stderr } = askEngine(engine, words);
  if (status === 0) return stdout.trim();
  if (ABSENT.test(stderr)) return undefined;
  throw engineFault(engine, 'run', stderr) ?? unknownFault(engine, 'run', stderr);
}
