import { shellWord } from '../../../command/shell-word';
import { compactJson } from '../../../model/json-layout';
import { parsedJson } from '../../../model/json-text';
import type { Run } from '../../../model/run';

/** The longest event that is part of a command, in characters. */
const LONGEST = 4_096;

/**
 * The command that repeats a run on this machine. Undefined if its event does not fit into a command.
 *
 * @param local the command that runs a job here: `npm run local -- <job>`
 */
export function localCommand(run: Run, local: string | undefined): string | undefined {
  if (run.command !== undefined) return run.command;
  const { text } = run.event;
  if (local === undefined || text === undefined || text.length > LONGEST) return undefined;
  return `printf '%s' ${shellWord(compact(text))} | ${local.replace('<job>', run.job)} --event -`;
}

/** Without spaces between its values, which keep all their digits. */
function compact(text: string): string {
  return parsedJson(text).root === undefined ? text : compactJson(text);
}
