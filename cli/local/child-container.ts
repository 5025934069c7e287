import type { ChildProcess, ChildProcessByStdio } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import type { ContainerEnd, ContainerStart, RunningContainer } from './container';

/** A child process without standard input. */
export type OutputProcess = ChildProcessByStdio<null, Readable, Readable>;

/** Milliseconds without output until a pipe that is still open after the container's end is abandoned. Another process holds it open. */
const SILENCE_MS = 1000;

/**
 * Waits for the end of a child process and of its output.
 *
 * @param onExit called when the process exits, and awaited
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
  } catch {
    // The pipe was left, or what takes the output failed. The loop has destroyed the stream, and the process ends as it does.
  } finally {
    clearTimeout(silence);
  }
}

/** Ends a child process that was started in a separate process group, with the whole group. */
export function killGroup({ pid }: ChildProcess): void {
  signalProcess(pid === undefined ? undefined : -pid, 'SIGKILL');
}

/** Sends a signal to a process or, with a negative number, to a process group. Ignores one that doesn't exist. */
export function signalProcess(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
