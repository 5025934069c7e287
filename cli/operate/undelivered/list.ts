import { counted, formatCount } from '../../../modules/problems/phrases';
import { receiversText } from '../../model/receivers-text';
import { table, tableWidth } from '../table';
import { localTime } from '../time-text';
import type { Undelivered } from './entry';
import { undecided } from './entry';
import { shortIds } from './ids';
import type { UndeliveredQueue } from './undelivered-queues';

/** What a list of undelivered events is about. */
export interface Listing {
  readonly stackName: string;
  readonly entries: readonly Undelivered[];
  readonly queues: readonly UndeliveredQueue[];
  /** Whether these are all, as far as they could be received. */
  readonly isComplete: boolean;
  readonly notes: readonly string[];
  readonly problems: readonly string[];
}

/** The lines of a list, without notes and problems. */
export function listLines({ stackName, entries, queues, isComplete }: Listing): string[] {
  const names = queues.map(({ name }) => name).join(', ');
  if (entries.length === 0) {
    return [isComplete ? `Nothing is undelivered in ${stackName}. Looked into: ${names}.` : 'Nothing was found.'];
  }
  const ids = shortIds(entries);
  const about = queues.reduce((sum, { messages, hidden }) => sum + messages + hidden, 0);
  const events = counted(entries.length, 'undelivered event');
  const first = isComplete
    ? `${events} of ${stackName}`
    : `The first ${formatCount(entries.length)} of about ${formatCount(Math.max(about, entries.length))} messages of ${stackName}`;
  const blocks = queues.flatMap((queue) => {
    const own = entries.filter((entry) => entry.queue.arn === queue.arn);
    if (own.length === 0) return [];
    return ['', `${queue.name} (${queue.roles.join(', ')})`, '', ...eventTable(own, ids)];
  });
  return [first, ...blocks];
}

/** A table of events. */
export function eventTable(entries: readonly Undelivered[], ids = shortIds(entries)): string[] {
  return table(
    [
      { title: 'ID', value: ({ messageId }) => ids.get(messageId) ?? messageId },
      { title: 'JOB', value: (entry) => receiversText(entry) || '-' },
      { title: 'SOURCE', value: ({ source }) => source },
      { title: 'GIVEN UP', value: ({ last }) => localTime(last) },
      { title: 'TRIES', value: ({ tries }) => (tries === undefined ? '' : String(tries)), narrow: 'omitted' },
      { title: 'SIZE', value: ({ bytes }) => size(bytes) },
      { title: 'REASON', value: ({ reason }) => reason, narrow: 'below' },
    ],
    entries,
    tableWidth(process.stdout),
  );
}

/** A list as JSON. */
export function listDocument({ stackName, entries, queues, isComplete, notes, problems }: Listing) {
  const ids = shortIds(entries);
  return {
    stack: stackName,
    events: entries.map((entry) => eventDocument(entry, ids.get(entry.messageId) ?? entry.messageId)),
    complete: isComplete,
    queues: queues.map(({ name, arn, url, roles, messages, hidden }) => ({
      name,
      arn,
      url,
      roles,
      approximateMessages: messages,
      approximateHidden: hidden,
    })),
    notes,
    problems,
  };
}

/** An event as JSON. */
export function eventDocument(entry: Undelivered, id: string) {
  const { messageId, queue, jobs, functions, source, reason, first, last, bytes, tries, receives, start } = entry;
  return {
    id,
    messageId,
    queue: queue.name,
    jobs,
    functions,
    source,
    reason,
    happened: first?.toISOString(),
    givenUp: last.toISOString(),
    tries,
    receives,
    bytes,
    /** Why it cannot be sent again. */
    obstacle: start.kind === 'none' ? start.why : undecided(entry),
  };
}

/** A number of bytes, in units of 1,024. */
export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
