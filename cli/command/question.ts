import { createInterface } from 'node:readline';
import { UsageError } from './usage-error';

/**
 * Asks for confirmation.
 *
 * @param yes whether an option has confirmed already
 * @throws UsageError if there is no terminal to ask on
 */
export async function confirmed(question: string, yes: boolean, option = '--yes'): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) {
    throw new UsageError(`Nothing was changed: standard input is not a terminal to ask on. Add ${option} to go ahead.`);
  }
  process.stderr.write('\n');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // readline turns Ctrl-C into an event instead of a signal.
  lines.on('SIGINT', () => {
    process.stderr.write('\n');
    process.kill(process.pid, 'SIGINT');
  });
  const answer = await new Promise<string>((resolve) => {
    // At the end of input (Ctrl-D), the cursor is still behind the question.
    lines.on('close', () => {
      process.stderr.write('\n');
      resolve('');
    });
    lines.question(`${question} [y/N] `, (text) => {
      lines.removeAllListeners('close');
      resolve(text);
    });
  });
  lines.close();
  return /^(y|yes)$/i.test(answer.trim());
}

/**
 * Refuses `--json` without `--yes` before anything is done: the question would be a part of the document.
 *
 * @throws UsageError
 */
export function refuseSilentQuestion({ json, yes = false }: { readonly json: boolean; readonly yes?: boolean }): void {
  if (json && !yes) throw new UsageError('--json cannot ask: add --yes.');
}
