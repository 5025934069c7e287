import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { PLATFORMS } from '../../modules/container/build-context';
import { OUT_OF_MEMORY } from '../../modules/rules/job-ends';
import { atExit } from '../command/at-exit';
import type { Report } from '../run-report/report';
import { follow, killGroup } from './child-container';
import type { ContainerEnd, ContainerSource, ContainerStart, RunningContainer } from './container';
import { askEngine, type Engine, runClient, SAID_CHARACTERS } from './engine-client';
import { type EngineFault, engineFault, foreignFault, reasonIn, unknownFault } from './engine-fault';
import { reachable, variableWords } from './engine-variables';
import { ENGINE_WORDS } from './engine-words';
import { isForeign } from './exit-hint';
import type { LocalContainer } from './local-container';
import { volumeWords } from './local-volumes';
import { createTemporaryFolder } from './temporary-folder';

export interface EngineContainers {
  /** Gets the engine's warnings. */
  readonly report: Report;
  /** @default that of this machine */
  readonly platform?: NodeJS.Platform;
}

/** Containers of an engine. */
export function engineContainers(
  engine: Engine,
  container: LocalContainer,
  { report, platform = process.platform }: EngineContainers,
): ContainerSource {
  const told = new Set<string>();
  // The warnings are the same for each container of a run.
  const onWarning = (text: string) => {
    if (!told.has(text)) report.tell({ type: 'engine', by: engine, text });
    told.add(text);
  };
  return { description: engine, start: (options) => start(engine, container, options, platform, onWarning) };
}

async function start(
  engine: Engine,
  { image, command = [], memory: defined, init, architecture, ulimits, ...volumes }: LocalContainer,
  { environment: given, memory = defined, onOutput }: ContainerStart,
  platform: NodeJS.Platform,
  onWarning: (text: string) => void,
): Promise<RunningContainer> {
  const name = `batch-jobs-local-${randomUUID()}`;
  const { environment, network } = reachable(engine, given, platform);
  const variables = variableWords(environment);
  const remove = atExit(() => {
    askEngine(engine, ['rm', '--force', name]);
  });
  // Created first, so that signals find the container.
  const { status, said } = await runClient(
    engine,
    [
      'create',
      '--name',
      name,
      // Otherwise `podman rm --force` waits for the container to stop, longer than this process might have.
      '--stop-timeout',
      '0',
      '--memory',
      `${memory}m`,
      ...(init ? ['--init'] : []),
      '--platform',
      PLATFORMS[architecture],
      ...affordable(engine, ulimits).flatMap((limit) => ['--ulimit', limit]),
      ...volumeWords(volumes),
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
    const fault = engineFault(engine, 'run', said) ?? unknownFault(engine, 'run', said);
    return { exited: Promise.resolve(), ended: Promise.resolve({ fault }), signal: () => undefined };
  }
  for (const text of warningsIn(said)) onWarning(text);
  const { exited, ended } = attached(engine, name, ['start', '--attach', name], architecture, onOutput);
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

/** Warnings in the engine's output, next to the container's id. */
function warningsIn(said: string): string[] {
  const lines = said.split('\n').map((line) => reasonIn(line).replace(/^WARNING: /, ''));
  return lines.filter((line) => line !== '' && !/^[\da-f]{64}$/.test(line));
}

/** Pause before the client attaches again to a running container, in milliseconds. */
const ATTACH_AGAIN_MS = 500;

/**
 * Follows a container with the engine's client. The client can end before the container, for example if it is killed or loses its
 * connection. Then it attaches again while the container runs.
 */
function attached(
  engine: Engine,
  name: string,
  words: readonly string[],
  architecture: LocalContainer['architecture'],
  onOutput: ContainerStart['onOutput'],
) {
  let said = '';
  let isOfJob = false;
  const follower = followedClient(engine, words, async (stream, chunk) => {
    if (stream === 'stderr') said = (said + chunk.toString()).slice(-SAID_CHARACTERS);
    isOfJob ||= stream === 'stdout' || !OF_CLIENT.test(said) || !hasNotStarted(endOf(engine, name));
    if (isOfJob) await onOutput(stream, chunk);
  });
  const exited: Promise<ContainerEnd> = follower.exited.then(async () => {
    const found = endOf(engine, name);
    if (hasNotStarted(found)) {
      // Podman doesn't store the reason: only its client prints it.
      await follower.ended;
      return notStarted(engine, found.notStarted || said, architecture);
    }
    if (found !== 'running') {
      if (follower.wasKilledForMemory) return { ...found, reason: KILLED_FOR_MEMORY };
      // The engine started a program for another architecture, and prints the error in its place.
      const isUnrunnable = found.exitCode !== 0 && isForeign(architecture) && EXEC_FORMAT.test(said.trim());
      return isUnrunnable ? { fault: foreignFault(engine, 'run', architecture) } : found;
    }
    await setTimeout(ATTACH_AGAIN_MS);
    const again = attached(engine, name, ['attach', '--no-stdin', '--sig-proxy=false', name], architecture, onOutput);
    await again.ended;
    return again.exited;
  });
  return { exited, ended: follower.ended };
}

/** Output of a container whose program is for another architecture, by runc, crun or the init program. */
const EXEC_FORMAT =
  /^(\{"msg":")?(\[FATAL tini \(\d+\)\] |ERROR \(catatonit:\d+\): )?(failed to )?exec\b[^\n]*: exec format error[^\n]*$/i;

/** How the client's own errors begin. */
const OF_CLIENT = /^(Error|time="|docker: )/;

function followedClient(engine: Engine, words: readonly string[], onOutput: ContainerStart['onOutput']) {
  // If Linux kills a process of a container for memory, Podman's monitor leaves a file in its working folder. Podman itself looks for the
  // file elsewhere in some versions (4.3), and then doesn't know.
  let wasKilledForMemory = false;
  const folder = createTemporaryFolder([]);
  const child = spawn(engine, words, {
    cwd: folder.path,
    env: process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const killClient = atExit(() => killGroup(child));
  const followed = follow(child, onOutput, () => {
    killClient();
    wasKilledForMemory = existsSync(join(folder.path, 'oom'));
    folder.dispose();
  });
  return {
    ...followed,
    /** Known when the client has exited. */
    get wasKilledForMemory() {
      return wasKilledForMemory;
    },
  };
}

/** The text of ECS. */
const KILLED_FOR_MEMORY = `${OUT_OF_MEMORY}: Container killed due to memory usage`;

/** Faults of the job: a program, user or working folder that isn't in the image. AWS Batch fails such a job too. */
const OF_JOB =
  /executable file not found|exec: |exec format error|permission denied|no such file or directory|unable to find user|no matching entries in passwd|workdir|chdir to cwd|not a directory|is a directory/i;

/** How a container that never started ended: by a fault of the job, or of the engine. */
function notStarted(engine: Engine, said: string, architecture: LocalContainer['architecture']): ContainerEnd {
  const fault = faultOfStart(engine, said, architecture);
  return fault === undefined
    ? { reason: [`${engine} could not start the container`, reasonIn(said)].filter(Boolean).join(': ') }
    : { fault };
}

function faultOfStart(
  engine: Engine,
  said: string,
  architecture: LocalContainer['architecture'],
): EngineFault | undefined {
  if (isForeign(architecture) && ENGINE_WORDS.foreign.test(said)) return foreignFault(engine, 'run', architecture);
  const known = engineFault(engine, 'run', said);
  if (known !== undefined || OF_JOB.test(said)) return known;
  return unknownFault(engine, 'run', said);
}

/**
 * Limits that the engine can set. Podman on Linux can't exceed the limits of its user. If one limit is given, it uses the maximum for the
 * others, so the number of processes is given too.
 */
function affordable(engine: Engine, ulimits: readonly string[]): string[] {
  if (engine !== 'podman' || ulimits.length === 0 || !existsSync(OWN_LIMITS)) return [...ulimits];
  const limits = readFileSync(OWN_LIMITS, 'utf8');
  const hard = (name: string) =>
    Number(new RegExp(`^${name} +\\S+ +(\\d+)`, 'm').exec(limits)?.[1] ?? Number.POSITIVE_INFINITY);
  const [files, ids] = [hard('Max open files'), Number(readFileSync(PROCESS_IDS, 'utf8'))];
  const nofile = ulimits.map((limit) => limit.replace(/\d+/g, (count) => String(Math.min(Number(count), files))));
  // Podman caps its own limit at the number of process ids.
  const processes = Math.min(hard('Max processes'), ids);
  return [...nofile, `nproc=${processes}:${processes}`];
}

/** https://man7.org/linux/man-pages/man5/proc_pid_limits.5.html */
const OWN_LIMITS = '/proc/self/limits';
const PROCESS_IDS = '/proc/sys/kernel/pid_max';

/** The parts of a container's state that are read. */
interface ContainerState {
  readonly Status: string;
  readonly ExitCode: number;
  readonly OOMKilled: boolean;
  readonly StartedAt: string;
  readonly Error?: string;
}

/** States in which a container has no exit code yet. */
const UNENDED: ReadonlySet<string> = new Set(['running', 'paused', 'restarting', 'stopping']);

/** A container that never started, and the reason that the engine stored. */
interface NotStarted {
  readonly notStarted: string;
}

function hasNotStarted(found: ContainerEnd | 'running' | NotStarted): found is NotStarted {
  return found !== 'running' && 'notStarted' in found;
}

/** How a container ended, if it has. The exit code of the client isn't reliable. */
function endOf(engine: Engine, name: string): ContainerEnd | 'running' | NotStarted {
  const { status, stdout } = askEngine(engine, ['inspect', '--format', '{{json .State}}', name]);
  if (status !== 0) return { reason: `${engine} does not say how the container ended` };
  const state: ContainerState = JSON.parse(stdout);
  if (UNENDED.has(state.Status)) return 'running';
  // The engines use the year 1 for never.
  if (state.StartedAt.startsWith('0001-')) return { notStarted: state.Error ?? '' };
  const reason = state.OOMKilled ? KILLED_FOR_MEMORY : undefined;
  return { exitCode: state.ExitCode, ...(reason !== undefined && { reason }) };
}
