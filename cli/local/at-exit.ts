import { errorMessage } from '../../modules/error-message';

const pending = new Set<() => void>();

process.once('exit', () => {
  // What came last rests on what came before: a process goes before the folder that it works in.
  for (const undo of [...pending].reverse()) attempt(undo);
});

/**
 * Has something undone when the process ends, however it ends but by SIGKILL. It must be synchronous.
 *
 * @returns undoes it now, and not again at the end
 */
export function atExit(undo: () => void): () => void {
  pending.add(undo);
  return () => {
    if (pending.delete(undo)) attempt(undo);
  };
}

/** One that fails must not keep the others from being undone. */
function attempt(undo: () => void): void {
  try {
    undo();
  } catch (error) {
    process.stderr.write(`${errorMessage(error)}\n`);
  }
}
