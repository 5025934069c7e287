import { formatCount } from '../../../modules/problems/phrases';
import { colors } from '../../command/colors';
import { shortName } from '../../model/earlier-run';
import { duration } from '../../run-report/report-lines';
import { byText, shortSource, sourceText, statusColor, statusText } from '../run-label';
import { type Column, table } from '../table';
import { localTime, secondsBetween, shortTime } from '../time-text';
import type { RunRow } from './details';

/** A run of the table, in AWS or on this machine. */
export type TableRun = Omit<RunRow, 'job' | 'executionArn'> & { readonly job: { readonly name: string } };

/** The table of some runs. */
export function runTable(rows: readonly TableRun[], width: number | undefined, now: Date): string[] {
  const names = shortNames(rows);
  const columns: Column<TableRun>[] = [
    { title: 'RUN', value: ({ name }) => name, short: ({ name }) => names.get(name) ?? name, color: colors.bold },
    // The name of a run begins with it.
    { title: 'JOB', value: ({ job }) => job.name, narrow: 'omitted' },
    {
      title: 'STATUS',
      value: ({ status }) => statusText(status),
      color: (text, { status }) => statusColor(status)(text),
    },
    { title: 'STARTED', value: ({ started }) => localTime(started), short: ({ started }) => shortTime(started, now) },
    { title: 'TOOK', value: (row) => duration(secondsOf(row, now)) },
    { title: 'ATTEMPTS', value: attemptsText },
    { title: 'ITEMS', value: itemsText },
    {
      title: 'BY',
      value: ({ event }) => sourceText(event),
      short: ({ event }) => shortSource(event),
      narrow: 'below',
      below: ({ event }) => (event === undefined ? '' : `started ${byText(event)}`),
      color: colors.dim,
    },
    { title: 'DETAILS', value: detailText, narrow: 'below', color: colors.dim },
  ];
  // Columns without a value only take room.
  const optional = ['ITEMS', 'DETAILS'];
  const filled = columns.filter(
    ({ title, value }) => !optional.includes(title) || rows.some((row) => value(row) !== ''),
  );
  return table(filled, rows, width);
}

function attemptsText({ attempt }: TableRun): string {
  return attempt === undefined ? '' : `${attempt.number} of ${attempt.maximum}`;
}

/** How many items succeeded: `97 of 100`. */
function itemsText({ items }: TableRun): string {
  return items === undefined ? '' : `${formatCount(items.counts.succeeded)} of ${formatCount(items.count)}`;
}

/** What a run does, or why it failed. */
function detailText({ activity, reason, error, status }: TableRun): string {
  // A run that succeeded has a reason only if it was skipped.
  if (status === 'SUCCEEDED') return reason ?? '';
  return activity ?? reason ?? error ?? '';
}

/** Seconds that a run took, or has taken so far. */
function secondsOf({ started, ended }: TableRun, now: Date): number {
  return secondsBetween(started, ended ?? now);
}

/** Short names, or whole ones if two are the same. */
function shortNames(rows: readonly TableRun[]): Map<string, string> {
  const count = new Map<string, number>();
  for (const { name } of rows) count.set(shortName(name), (count.get(shortName(name)) ?? 0) + 1);
  return new Map(rows.map(({ name }) => [name, count.get(shortName(name)) === 1 ? shortName(name) : name]));
}

/** A run as JSON for other programs. One on this machine has no ARN. */
export function runJson(row: TableRun & Partial<Pick<RunRow, 'executionArn'>>, now: Date) {
  const { job, name, executionArn, status, started, ended, event, attempt, items, activity, error, reason } = row;
  return {
    run: name,
    job: job.name,
    executionArn,
    status,
    started,
    ended,
    seconds: secondsOf(row, now),
    attempt: attempt?.number,
    attempts: attempt?.maximum,
    items: items && { count: items.count, ...items.counts },
    source: event?.source,
    earlierRun: event?.earlier?.run,
    earlierJob: event?.earlier?.job,
    eventBytes: event?.bytes,
    s3Uri: event?.s3Uri,
    activity,
    error,
    reason,
  };
}
