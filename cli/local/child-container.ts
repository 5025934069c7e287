import type { ChildProcess, ChildProcessByStdio } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import type { ContainerEnd, ContainerStart, RunningContainer } from './container';

/** A child process without standard input. */
export type OutputProcess = ChildProcessByStdio<null, Readable, Readable>;

/** Milliseconds without output after which a pipe that outlives its container is left: what holds it open is no part of the container. */
const SILENCE_MS = 1000;

/**
 * Follows a child process to its end and to that of its output.
 *
 * @param onExit called as soon as it has exited, and waited for
 */
export function follow(
  child: OutputProcess,
  onOutput: ContainerStart['onOutput'],
  onExit: () => void,
): Pick<RunningContainer, 'exited' | 'ended'> {
  const exit = new Promise<ContainerEnd>((resolve) => {
    child.once('error', (error) => resolve({ reason: error.message }));
    child.once('exit', (code, signal) =>
      resolve({ exitCode: code ?? 128 + (signal === null ? 0 : constants.signals[signal]) }),
    );
  });
  const exited = exit.then(onExit);
  const drained = [
    drain(child.stdout, exited, (chunk) => onOutput('stdout', chunk)),
    drain(child.stderr, exited, (chunk) => onOutput('stderr', chunk)),
  ];
  return { exited, ended: exited.then(() => Promise.all(drained)).then(() => exit) };
}

async function drain(stream: Readable, exited: Promise<void>, take: (chunk: Buffer) => Promise<void>): Promise<void> {
  let [hasExited, isTaking] = [false, false];
  let silence: NodeJS.Timeout | undefined;
  const listen = () => {
    if (hasExited && !isTaking) silence = setTimeout(() => stream.destroy(), SILENCE_MS);
  };
  void exited.then(() => {
    hasExited = true;
    listen();
  });
  try {
    for await (const chunk of stream) {
      clearTimeout(silence);
      isTaking = true;
      await take(chunk);
      isTaking = false;
      listen();
    }
  } catch (error) {
    // Left in the middle.
    if (!stream.destroyed) throw error;
  } finally {
    clearTimeout(silence);
  }
}

/** Ends a child process that was started in a separate process group, with the whole group. */
export function killGroup({ pid }: ChildProcess): void {
  signalProcess(pid === undefined ? undefined : -pid, 'SIGKILL');
}

/** Signals a process, or with a negative number a process group. One that is gone already, or never was, needs none. */
export function signalProcess(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
