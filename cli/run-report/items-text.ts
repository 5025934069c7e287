import { counted, formatCount } from '../../modules/problems/phrases';
import { colors } from '../command/colors';
import type { ItemCounts, ItemEnd, ItemsSummary, Result } from './progress-event';
import { cut, duration, type LogLine, labelled, shown } from './report-lines';

/** Failed items that the table at the end has. `--json` has all. */
const FAILED_ROWS = 20;

/** Most characters of a reason in the table, which a terminal shows as far as there is room. */
const REASON_CHARACTERS = 160;

/** `4,210 of 10,000 items, 3 failed, 8 running` */
export function countsText({ succeeded, failed, running, waiting }: ItemCounts): string {
  const done = succeeded + failed;
  return [
    `${formatCount(done)} of ${counted(done + running + waiting, 'item')}`,
    ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
    ...(running > 0 ? [`${formatCount(running)} running`] : []),
  ].join(', ');
}

/** `exit code 1, OutOfMemoryError: ...`, or why there is no exit code. */
export function failureReason({
  exitCode,
  reason,
}: {
  readonly exitCode: number | null;
  readonly reason: string;
}): string {
  // What AWS Batch says of each container that ends by itself adds nothing.
  const why = reason.replace(/^Essential container in task exited(: )?/, '');
  return [...(exitCode === null ? [] : [`exit code ${exitCode}`]), ...(why === '' ? [] : [why])].join(', ');
}

/** Characters of a bar, between its brackets. */
const BAR = 20;

/**
 * A line that shows how far an attempt is, in a width.
 *
 * @param seconds since the attempt began
 */
export function barText(counts: ItemCounts, seconds: number, room: number): string {
  const { succeeded, failed, running, waiting } = counts;
  const done = succeeded + failed;
  const all = done + running + waiting;
  const filled = Math.floor((BAR * done) / Math.max(1, all));
  // The first ends say little: containers that start take longer.
  const left = done < 3 || done === all ? '' : `, ${duration(Math.ceil((seconds / done) * (all - done)))} left`;
  const text = `[${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] ${countsText(counts)}`;
  return text.length + left.length <= room ? text + left : cut(text, room);
}

/** The end of a run: how many of its items succeeded, which took longest, and a table of those that failed. */
export function itemsResult({ status, seconds }: Result, items: ItemsSummary): LogLine[] {
  const [head, colour] = status === 'SUCCEEDED' ? ['Succeeded', colors.green] : ['Failed', colors.red];
  const { succeeded, failed, slowest } = items;
  const times = slowest.map(({ item, seconds }) => `item ${formatCount(item)} in ${duration(seconds)}`);
  const labels = [
    ['Items', formatCount(items.items)],
    ['Succeeded', formatCount(succeeded)],
    ['Failed', formatCount(failed)],
    ...(times.length === 0 ? [] : [['Slowest', times.join(', ')]]),
  ];
  return [
    { text: `${head}, ${duration(seconds)}`, colour: (text) => colour(colors.bold(text)) },
    ...labels.map(([name = '', value = '']) => ({ ...labelled(name, value), isTimed: false })),
    ...failureTable(items),
  ];
}

const HEADS = ['Item', 'Attempt', 'Time', 'Reason'];

function failureTable({ failures, failed }: ItemsSummary): LogLine[] {
  if (failures.length === 0) return [];
  const rows = failures.slice(0, FAILED_ROWS).map(cellsOf);
  const widths = HEADS.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  // Numbers end where their column ends.
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === REASON ? cell : cell.padStart(widths[column] ?? 0))).join('  ');
  const more = failed - rows.length;
  return [
    { text: '', isTimed: false },
    { text: line(HEADS), colour: colors.dim, isTimed: false, isCut: true },
    ...rows.map((row) => ({ text: line(row), colour: colors.red, isTimed: false, isCut: true })),
    ...(more > 0 ? [{ text: `${formatCount(more)} more failed`, colour: colors.red, isTimed: false }] : []),
  ];
}

/** Index of the last column. */
const REASON = HEADS.length - 1;

function cellsOf({ item, attempt, seconds, reason = '' }: ItemEnd): string[] {
  return [formatCount(item), String(attempt), duration(seconds), cut(shown(reason), REASON_CHARACTERS)];
}
