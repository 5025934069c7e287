import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { atExit } from '../command/at-exit';
import { killGroup, signalProcess } from './child-container';

export const ENGINES = ['docker', 'podman'] as const;

export type Engine = (typeof ENGINES)[number];

/** Timeout of a request to an engine, in milliseconds. */
const ANSWER_MS = 10_000;

/** An engine whose client is installed, and that isn't available. */
export interface SilentEngine {
  readonly engine: Engine;
  /** What the client says of it. */
  readonly said: string;
}

/** The engine that is available, or those that aren't although their clients are installed. */
export type FoundEngine =
  | { readonly engine: Engine }
  | { readonly engine: undefined; readonly silent: readonly SilentEngine[] };

/**
 * Finds the engine that is available, Docker first.
 *
 * @param wanted the only one to look for
 */
export function containerEngine(wanted?: Engine): FoundEngine {
  const silent: SilentEngine[] = [];
  for (const engine of wanted === undefined ? ENGINES : [wanted]) {
    const { status, error, stderr } = askEngine(engine, ['info']);
    if (status === 0) return { engine };
    const { code } = (error ?? {}) as NodeJS.ErrnoException;
    if (code === 'ENOENT') continue;
    const late = `its client does not answer within ${ANSWER_MS / 1000} seconds`;
    silent.push({ engine, said: code === 'ETIMEDOUT' ? late : (stderr ?? error?.message ?? '') });
  }
  return { engine: undefined, silent };
}

/** Runs a short command of the engine's client. Its standard error isn't shown. */
export function askEngine(engine: Engine, words: readonly string[]) {
  return spawnSync(engine, words, { env: process.env, encoding: 'utf8', timeout: ANSWER_MS });
}

/** How the engine's client ended. */
export interface ClientEnd {
  /** Null if it was ended by a signal, or never started. */
  readonly status: number | null;
  /** The end of its output. */
  readonly said: string;
}

/** Characters of a client's output that are kept. */
export const SAID_CHARACTERS = 4_000;

/** Runs the engine's client to its end. */
export async function runClient(
  engine: Engine,
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<ClientEnd> {
  let said = '';
  const status = await followClient(engine, words, environment, (chunk) => {
    said = (said + chunk.toString()).slice(-SAID_CHARACTERS);
  });
  return { status, said };
}

/**
 * Runs the engine's client to its end and passes on its output, both streams in their order.
 *
 * @param onInterrupt called if this process ends first, after it has stopped the client
 * @returns its exit code; null if it was ended by a signal, or never started
 */
export async function followClient(
  engine: Engine,
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  onOutput: (chunk: Buffer) => void,
  onInterrupt: () => void = () => undefined,
): Promise<number | null> {
  const options = {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'],
    detached: true,
  };
  const child =
    process.platform === 'win32'
      ? spawn(engine, words, options)
      : // One pipe for both: with two, the order of their output is unknown.
        spawn('/bin/sh', ['-c', 'exec "$@" 2>&1', 'sh', engine, ...words], options);
  let hasEnded = false;
  const stop = atExit(() => {
    if (hasEnded) return killGroup(child);
    stopGroup(child);
    onInterrupt();
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', onOutput);
  const status = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  hasEnded = true;
  stop();
  return status;
}

/** Milliseconds that a client has to end after Ctrl-C. */
const GRACE_MS = 3_000;

/** Stops a client and its child processes: with SIGINT, then with SIGKILL. */
function stopGroup(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  signalProcess(-pid, 'SIGINT');
  const nap = new Int32Array(new SharedArrayBuffer(4));
  for (const deadline = Date.now() + GRACE_MS; Date.now() < deadline && isAlive(pid); ) Atomics.wait(nap, 0, 0, 50);
  killGroup(child);
}

/** Whether a process is running and not a zombie. */
function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    // It has ended, or this system has no /proc: there the engine is in a virtual machine, and its client has nothing to end.
    return false;
  }
}
