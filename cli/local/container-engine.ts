import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { PLATFORMS } from '../../modules/container/build-context';
import { atExit } from './at-exit';
import { follow, killGroup } from './child-container';
import type { ContainerEnd, ContainerSource, ContainerStart, RunningContainer } from './container';
import { askEngine, type Engine, runClient } from './engine-client';
import { reachable, variableWords } from './engine-variables';
import type { LocalContainer } from './local-container';

/**
 * Containers of an engine.
 *
 * @param platform of this machine
 */
export function engineContainers(
  engine: Engine,
  container: LocalContainer,
  platform: NodeJS.Platform = process.platform,
): ContainerSource {
  return { description: engine, start: (options) => start(engine, container, options, platform) };
}

async function start(
  engine: Engine,
  { image, command = [], memory, init, architecture }: LocalContainer,
  { environment: given, onOutput }: ContainerStart,
  platform: NodeJS.Platform,
): Promise<RunningContainer> {
  const name = `batch-jobs-local-${randomUUID()}`;
  const { environment, network } = reachable(engine, given, platform);
  const variables = variableWords(environment);
  const remove = atExit(() => {
    askEngine(engine, ['rm', '--force', name]);
  });
  // Created first: a signal finds the container, and the time that the image takes to come is not the job's.
  const status = await runClient(
    engine,
    [
      'create',
      '--name',
      name,
      '--memory',
      `${memory}m`,
      ...(init ? ['--init'] : []),
      '--platform',
      PLATFORMS[architecture],
      ...network,
      ...variables.words,
      image,
      ...command,
    ],
    variables.environment,
  );
  variables.dispose();
  if (status !== 0) {
    remove();
    return neverStarted(`${engine} could not create the container`);
  }
  const child = spawn(engine, ['start', '--attach', name], {
    env: process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  // The engine's client ends with its container, unless the engine is gone.
  const killClient = atExit(() => killGroup(child));
  const { exited, ended } = follow(child, onOutput, killClient);
  return {
    exited,
    ended: ended.then((end) => {
      const found = endOf(engine, name) ?? end;
      remove();
      return found;
    }),
    signal: (signal) => {
      askEngine(engine, ['kill', '--signal', signal, name]);
    },
  };
}

function neverStarted(reason: string): RunningContainer {
  return { exited: Promise.resolve(), ended: Promise.resolve({ reason }), signal: () => undefined };
}

/** The parts that are read here of the state of a container. */
interface ContainerState {
  readonly ExitCode: number;
  readonly OOMKilled: boolean;
  readonly StartedAt: string;
  readonly Error?: string;
}

/** How a container ended, which its client's own exit code does not always tell; undefined if the engine does not say. */
function endOf(engine: Engine, name: string): ContainerEnd | undefined {
  const { status, stdout } = askEngine(engine, ['inspect', '--format', '{{json .State}}', name]);
  if (status !== 0) return undefined;
  const state: ContainerState = JSON.parse(stdout);
  // The year 1 is the engines' word for never.
  if (state.StartedAt.startsWith('0001-')) return { reason: state.Error || `${engine} could not start the container` };
  // As ECS words it.
  const reason = state.OOMKilled ? 'OutOfMemoryError: Container killed due to memory usage' : undefined;
  return { exitCode: state.ExitCode, ...(reason !== undefined && { reason }) };
}
