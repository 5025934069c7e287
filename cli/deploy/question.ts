import { createInterface } from 'node:readline';
import { UsageError } from '../usage-error';

/**
 * Asks a person, who has to say yes.
 *
 * @param yes it has been answered by an option
 * @throws UsageError if nobody can be asked
 */
export async function confirmed(question: string, yes: boolean, option = '--yes'): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) {
    throw new UsageError(`Nothing was changed: standard input is no terminal to ask on. Add ${option} to go ahead.`);
  }
  process.stderr.write('\n');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // The interface takes Ctrl-C for itself.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const answer = await new Promise<string>((resolve) => {
    lines.on('close', () => resolve(''));
    lines.question(`${question} [y/N] `, resolve);
  });
  lines.close();
  return /^(y|yes)$/i.test(answer.trim());
}
