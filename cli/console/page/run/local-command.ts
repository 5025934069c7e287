import type { Run } from '../../model/run';

/** The longest event that is part of a command, in characters. */
const LONGEST = 4_096;

/**
 * The command that repeats a run on this machine. Undefined if its event does not fit into a command.
 *
 * @param local the command that runs a job here: `npm run local`
 */
export function localCommand(run: Run, local: string | undefined): string | undefined {
  if (run.command !== undefined) return run.command;
  const { text } = run.event;
  if (local === undefined || text === undefined || text.length > LONGEST) return undefined;
  const words = [local, ...(/^npm run /.test(local) ? ['--'] : []), run.job, '--event', '-'];
  return `printf '%s' ${quoted(compact(text))} | ${words.join(' ')}`;
}

/** A word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function compact(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}
