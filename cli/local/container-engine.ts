import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { type BuildContext, contextDigest, PLATFORMS } from '../../modules/container/build-context';
import { atExit } from './at-exit';
import { endOf, signalProcess } from './child-container';
import type { ContainerSource, ContainerStart, RunningContainer } from './container';
import type { LocalContainer } from './local-job';
import { temporaryFolder } from './temporary-folder';
import { UsageError } from './usage-error';

const ENGINES = ['docker', 'podman'] as const;

export type Engine = (typeof ENGINES)[number];

/** Milliseconds that an engine may take to answer. */
const ANSWER_MS = 10_000;

/** The exit code of `docker run` and `podman run` for a container that they could not start. */
const NOT_STARTED = 125;

/** The engine that answers; undefined if none does. */
export function containerEngine(): Engine | undefined {
  return ENGINES.find(
    (name) => spawnSync(name, ['info'], { env: process.env, stdio: 'ignore', timeout: ANSWER_MS }).status === 0,
  );
}

/**
 * Builds an image from its context.
 *
 * @returns its name
 * @throws UsageError if it cannot be built
 */
export function buildImage(engine: Engine, context: BuildContext): string {
  const { method, architecture } = context;
  if (method.tool !== 'docker')
    throw new UsageError(
      'an image of an external-buildpack cannot be run locally: use another packaging to try the job',
    );
  const folder = temporaryFolder(context.files);
  const name = `batch-jobs-local:${contextDigest(context).slice(0, 12)}`;
  const args = method.buildArgs.flatMap(([key, value]) => ['--build-arg', `${key}=${value}`]);
  const platform = ['--platform', PLATFORMS[architecture]];
  const words = [
    'build',
    ...platform,
    '--tag',
    name,
    '--file',
    `${folder.path}/${method.dockerfile}`,
    ...args,
    folder.path,
  ];
  const { status } = spawnSync(engine, words, { env: process.env, stdio: ['ignore', 'ignore', 'inherit'] });
  folder.dispose();
  if (status !== 0) throw new UsageError(`${engine} could not build the image; its output says why`);
  return name;
}

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

/** Variables that the engine's client reads for itself. */
const OF_CLIENT = /^(PATH|HOME|TMPDIR|LD_\w+|DOCKER_\w+|BUILDKIT_\w+|CONTAINERS?_\w+|PODMAN_\w+|XDG_\w+|\w+_proxy)$/i;

/** Whether a value goes by way of the client's own environment: as an argument everybody on the machine would see it. */
function passedOn(variable: string): boolean {
  return !OF_CLIENT.test(variable);
}

/** The server on this machine's loopback from which a container fetches a large event. */
const LOOPBACK = /^http:\/\/127\.0\.0\.1(?=:)/;

/** What this machine's loopback is called in a container, where engines run in a virtual machine: anywhere but on Linux. */
const LOOPBACK_NAMES: { readonly [Name in Engine]: string } = {
  docker: 'http://host.docker.internal',
  podman: 'http://host.containers.internal',
};

function start(
  engine: Engine,
  container: LocalContainer,
  { environment: given, onOutput }: ContainerStart,
  platform: NodeJS.Platform,
): RunningContainer {
  const name = `batch-jobs-local-${randomUUID()}`;
  const { image, command = [], memory, init, architecture } = container;
  const { AWS_ENDPOINT_URL_S3: s3 = '' } = given;
  const shared = platform === 'linux' && LOOPBACK.test(s3);
  const reachable = shared || s3 === '' ? {} : { AWS_ENDPOINT_URL_S3: s3.replace(LOOPBACK, LOOPBACK_NAMES[engine]) };
  const environment = { ...given, ...reachable };
  const words = [
    'run',
    '--rm',
    '--name',
    name,
    '--memory',
    `${memory}m`,
    ...(init ? ['--init'] : []),
    '--platform',
    PLATFORMS[architecture],
    ...(shared ? ['--network', 'host'] : []),
    ...Object.entries(environment).flatMap(([key, value]) => ['--env', passedOn(key) ? key : `${key}=${value}`]),
    image,
    ...command,
  ];
  const child = spawn(engine, words, {
    env: { ...process.env, ...Object.fromEntries(Object.entries(environment).filter(([key]) => passedOn(key))) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const remove = atExit(() => {
    spawnSync(engine, ['rm', '--force', name], { env: process.env, stdio: 'ignore', timeout: ANSWER_MS });
    // The engine's client ends with its container, unless the engine is gone.
    signalProcess(child.pid === undefined ? undefined : -child.pid, 'SIGKILL');
  });
  const ended = endOf(child, onOutput, remove).then((end) =>
    end.exitCode === NOT_STARTED ? { reason: `${engine} could not start the container` } : end,
  );
  return {
    ended,
    signal: (signal) => {
      spawnSync(engine, ['kill', '--signal', signal, name], { env: process.env, stdio: 'ignore', timeout: ANSWER_MS });
    },
  };
}
