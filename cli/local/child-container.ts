import type { ChildProcessByStdio } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import type { ContainerEnd, ContainerStart } from './container';

/** A child process without an input of its own. */
export type OutputProcess = ChildProcessByStdio<null, Readable, Readable>;

/** The end of a child process and of its output. What its descendants hold open is theirs to end: `onExit` may do it. */
export async function endOf(
  child: OutputProcess,
  onOutput: ContainerStart['onOutput'],
  onExit: () => void,
): Promise<ContainerEnd> {
  const exited = new Promise<ContainerEnd>((resolve) => {
    child.once('error', (error) => resolve({ reason: error.message }));
    child.once('exit', (code, signal) =>
      resolve({ exitCode: code ?? 128 + (signal === null ? 0 : constants.signals[signal]) }),
    );
  });
  const drained = [drain(child.stdout, 'stdout', onOutput), drain(child.stderr, 'stderr', onOutput)];
  const end = await exited;
  onExit();
  await Promise.all(drained);
  return end;
}

async function drain(stream: Readable, name: 'stdout' | 'stderr', onOutput: ContainerStart['onOutput']): Promise<void> {
  for await (const chunk of stream) await onOutput(name, chunk);
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
