import { errorMessage } from '../../modules/problems/error-message';

const pending = new Set<() => void>();

process.once('exit', () => {
  // In reverse order: a process ends before the folder that it works in is removed.
  for (const undo of [...pending].reverse()) attempt(undo);
});

/**
 * Registers a synchronous function that runs when the process ends, except by SIGKILL.
 *
 * @returns runs it now, and not again at the end
 */
export function atExit(undo: () => void): () => void {
  pending.add(undo);
  return () => {
    if (pending.delete(undo)) attempt(undo);
  };
}

/** A function that fails must not keep the others from running. */
function attempt(undo: () => void): void {
  try {
    undo();
  } catch (error) {
    process.stderr.write(`${errorMessage(error)}\n`);
  }
}
