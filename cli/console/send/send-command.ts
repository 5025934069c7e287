import { nextCommand } from '../../command/next-command';
import { localWords } from '../../model/faults';
import type { SendRequest } from '../../model/send';

/** Of a text that is part of a command, in characters and lines. A longer one is in a file. */
const SHORT = { length: 4_000, lines: 60 };

/** File with the event, if it is too long for a command. */
const EVENT_FILE = 'event.json';

/** The command of the terminal that does what the page is asked for. */
export interface CommandContext {
  /** Options of the run that is repeated, which the page has no switch for. */
  readonly others?: readonly string[];
  /** The words that choose its event. */
  readonly eventWords?: readonly string[];
  /** `--region` and `--profile`, as the console got them. */
  readonly awsOptions?: readonly string[];
}

/** A command as a POSIX shell reads it. A short event is in it as a here-document. */
export function sendCommand(
  request: SendRequest,
  { others = [], eventWords = [], awsOptions = [] }: CommandContext,
): string {
  const { job, place, faults, trigger, shownText, eventText, from } = request;
  const isLocal = place === 'local';
  const words = isLocal ? localWords(job, faults, others) : [job, ...awsOptions];
  if (!isLocal && from !== undefined) return nextCommand('rerun', [from, ...awsOptions, '--event', EVENT_FILE]);
  const subcommand = isLocal ? 'local' : 'start';
  if (trigger !== undefined) return nextCommand(subcommand, [...words, '--event-type', trigger]);
  if (eventText === undefined) return nextCommand(subcommand, [...words, ...eventWords]);
  // `start` asks before it starts, and cannot if the event is its standard input.
  if (!isLocal || shownText === undefined || !isShort(shownText) || process.platform === 'win32') {
    return nextCommand(subcommand, [...words, '--event', EVENT_FILE]);
  }
  // No line of a JSON text is a bare word.
  return `${nextCommand(subcommand, [...words, '--event', '-'])} <<'EVENT'\n${shownText}\nEVENT`;
}

function isShort(text: string): boolean {
  return text.length <= SHORT.length && text.split('\n').length <= SHORT.lines;
}
