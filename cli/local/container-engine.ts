import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { PLATFORMS } from '../../modules/container/build-context';
import { atExit } from './at-exit';
import { follow, killGroup } from './child-container';
import type { ContainerEnd, ContainerSource, ContainerStart, RunningContainer } from './container';
import { askEngine, type Engine, reasonIn, runClient, SAID_CHARACTERS } from './engine-client';
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
  { image, command = [], memory, init, architecture, ulimits }: LocalContainer,
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
  const { status, said } = await runClient(
    engine,
    [
      'create',
      '--name',
      name,
      // Podman asks a container to stop, and waits, before it removes it by force; this process may not have the time.
      '--stop-timeout',
      '0',
      '--memory',
      `${memory}m`,
      ...(init ? ['--init'] : []),
      '--platform',
      PLATFORMS[architecture],
      ...affordable(engine, ulimits).flatMap((limit) => ['--ulimit', limit]),
      ...network,
      ...variables.words,
      image,
      ...command,
    ],
    variables.environment,
  );
  variables.dispose();
  if (status !== 0) {
    const reasons = [`${engine} could not create the container`, foreign(engine, image, architecture), reasonIn(said)];
    remove();
    return neverStarted(reasons.filter((reason) => reason !== '').join(': '));
  }
  const { exited, ended } = attached(engine, name, ['start', '--attach', name], onOutput);
  return {
    exited: exited.then(() => undefined),
    ended: Promise.all([exited, ended]).then(([end]) => {
      remove();
      return end;
    }),
    signal: (signal) => {
      askEngine(engine, ['kill', '--signal', signal, name]);
    },
  };
}

/** Milliseconds before the engine is asked again for a container whose client was lost. */
const ATTACH_AGAIN_MS = 500;

/**
 * Follows a container by its engine's client. A client that ends is no end of its container: somebody may have killed it, or the connection to the
 * engine broke. So the engine is asked, and attached to again while the container goes on.
 */
function attached(engine: Engine, name: string, words: readonly string[], onOutput: ContainerStart['onOutput']) {
  let said = '';
  const follower = followedClient(engine, words, (stream, chunk) => {
    if (stream === 'stderr') said = (said + chunk.toString()).slice(-SAID_CHARACTERS);
    return onOutput(stream, chunk);
  });
  const exited: Promise<ContainerEnd> = follower.exited.then(async () => {
    const found = endOf(engine, name);
    if (found === 'not started') {
      // Podman keeps no reason, and its client has said it only now.
      await follower.ended;
      return { reason: [`${engine} could not start the container`, reasonIn(said)].filter(Boolean).join(': ') };
    }
    if (found !== 'running') return found;
    await setTimeout(ATTACH_AGAIN_MS);
    const again = attached(engine, name, ['attach', '--no-stdin', '--sig-proxy=false', name], onOutput);
    await again.ended;
    return again.exited;
  });
  return { exited, ended: follower.ended };
}

function followedClient(engine: Engine, words: readonly string[], onOutput: ContainerStart['onOutput']) {
  const child = spawn(engine, words, { env: process.env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const killClient = atExit(() => killGroup(child));
  return follow(child, onOutput, killClient);
}

/**
 * Limits that the engine can set. Docker's service may set any. Podman on Linux can give no more than its user has; once it is given one limit, it takes the
 * greatest there are for the others, so that the number of processes is said too.
 */
function affordable(engine: Engine, ulimits: readonly string[]): string[] {
  if (engine !== 'podman' || ulimits.length === 0 || !existsSync(OWN_LIMITS)) return [...ulimits];
  const limits = readFileSync(OWN_LIMITS, 'utf8');
  const hard = (name: string) =>
    Number(new RegExp(`^${name} +\\S+ +(\\d+)`, 'm').exec(limits)?.[1] ?? Number.POSITIVE_INFINITY);
  const [files, ids] = [hard('Max open files'), Number(readFileSync(PROCESS_IDS, 'utf8'))];
  const nofile = ulimits.map((limit) => limit.replace(/\d+/g, (count) => String(Math.min(Number(count), files))));
  // Podman gives itself no more processes than there are ids.
  const processes = Math.min(hard('Max processes'), ids);
  return [...nofile, `nproc=${processes}:${processes}`];
}

/** https://man7.org/linux/man-pages/man5/proc_pid_limits.5.html */
const OWN_LIMITS = '/proc/self/limits';
const PROCESS_IDS = '/proc/sys/kernel/pid_max';

/** That the image here is for another architecture, whose own the engine then looks for in a registry; empty if it is not. */
function foreign(engine: Engine, image: string, architecture: LocalContainer['architecture']): string {
  const { status, stdout } = askEngine(engine, ['image', 'inspect', '--format', '{{.Os}}/{{.Architecture}}', image]);
  const found = stdout?.trim();
  return status !== 0 || found === PLATFORMS[architecture]
    ? ''
    : `the image ${image} here is for ${found}, which does not match the specified platform ${PLATFORMS[architecture]}`;
}

function neverStarted(reason: string): RunningContainer {
  return { exited: Promise.resolve(), ended: Promise.resolve({ reason }), signal: () => undefined };
}

/** The parts that are read here of the state of a container. */
interface ContainerState {
  readonly Status: string;
  readonly ExitCode: number;
  readonly OOMKilled: boolean;
  readonly StartedAt: string;
  readonly Error?: string;
}

/** States in which a container's exit code means nothing yet. */
const UNENDED: ReadonlySet<string> = new Set(['running', 'paused', 'restarting', 'stopping']);

/** How a container ended, which its client's own exit code does not always tell, that it has not, or that it never began for reasons the engine forgot. */
function endOf(engine: Engine, name: string): ContainerEnd | 'running' | 'not started' {
  const { status, stdout } = askEngine(engine, ['inspect', '--format', '{{json .State}}', name]);
  if (status !== 0) return { reason: `${engine} does not say how the container ended` };
  const state: ContainerState = JSON.parse(stdout);
  if (UNENDED.has(state.Status)) return 'running';
  // The year 1 is the engines' word for never.
  if (state.StartedAt.startsWith('0001-')) return state.Error ? { reason: state.Error } : 'not started';
  // As ECS words it.
  const reason = state.OOMKilled ? 'OutOfMemoryError: Container killed due to memory usage' : undefined;
  return { exitCode: state.ExitCode, ...(reason !== undefined && { reason }) };
}
