import type { Message } from '@aws-sdk/client-sqs';
import { errorMessage } from '../../../modules/problems/error-message';
import { counted } from '../../../modules/problems/phrases';
import { nextCommand } from '../../command/next-command';
import { twoColumns, widthOf } from '../../command/two-columns';
import { visibleText } from '../../command/visible-text';
import { receiversText } from '../../model/receivers-text';
import { localTime } from '../time-text';
import { type Undelivered, undecided } from './entry';
import { eventDocument, size } from './list';
import type { Starts } from './start';

/** Characters of an event that a terminal shows. Files and pipes get all. */
const MOST_SHOWN = 16_000;

/** One event with everything that is known about it. */
export interface Shown {
  readonly entry: Undelivered;
  readonly body: string;
  /** The event as JSON, as the function would get it. */
  readonly event?: string;
  /** Why the event cannot be known or no run started. */
  readonly obstacle?: string;
}

export async function shown(entry: Undelivered, { Body: body = '' }: Message, starts: Starts): Promise<Shown> {
  try {
    return { entry, body, event: await starts.event(entry), obstacle: undecided(entry) };
  } catch (error) {
    return { entry, body, obstacle: errorMessage(error) };
  }
}

/** The lines for a person. */
export function shownLines({ entry, body, event, obstacle }: Shown): string[] {
  const { messageId, queue, source, reason, first, last, bytes, tries, receives, error } = entry;
  const rows: (readonly [string, string])[] = [
    ['Event', messageId],
    ['Queue', `${queue.name} (${queue.roles.join(', ')})`],
    ['For', receiversText(entry) || 'none of this config'],
    ['Source', source],
    ...(first === undefined ? [] : ([['Happened', localTime(first)]] as const)),
    [
      'Given up',
      tries === undefined ? localTime(last) : `${localTime(last)}, after ${counted(tries, 'delivery', 'deliveries')}`,
    ],
    ['Looked at', counted(receives, 'time')],
    ['Size', size(bytes)],
    ['Reason', reason],
    ['Send it', obstacle ?? nextCommand('undelivered', ['redrive', messageId.slice(0, 8)])],
  ];
  const width = process.stdout.isTTY ? widthOf(process.stdout) : Number.POSITIVE_INFINITY;
  return [
    ...twoColumns(rows, width, 0),
    ...(error === undefined ? [] : ['', 'Error', ...pretty(JSON.stringify(error))]),
    '',
    event === undefined ? 'Message' : 'Event',
    ...pretty(event ?? body),
  ].map((line) => visibleText(line, false));
}

function pretty(json: string): string[] {
  const text = indented(json);
  if (!process.stdout.isTTY || text.length <= MOST_SHOWN) return text.split('\n');
  const rest = counted(text.length - MOST_SHOWN, 'character');
  return [...text.slice(0, MOST_SHOWN).split('\n'), `... and ${rest}. A pipe and --json get all.`];
}

function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), undefined, 2);
  } catch {
    return json;
  }
}

/** One JSON document. The event is included as it is written, because parsing would round long numbers. */
export function shownDocument({ entry, body, event, obstacle }: Shown): string {
  const document = { ...eventDocument(entry, entry.messageId.slice(0, 8)), error: entry.error, obstacle, body };
  const text = JSON.stringify(document);
  return event === undefined ? text : `${text.slice(0, -1)},"event":${event}}`;
}
