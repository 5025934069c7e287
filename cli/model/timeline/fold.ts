import { outcomeLook } from '../outcome';
import type { Attempt } from '../run';
import type { TimelineRow } from './row';

/** With more attempts, or more starts in one attempt, the middle is folded. */
const MOST_ATTEMPTS = 20;
const MOST_STARTS = 12;

/** Rows that stay before and after a fold. */
const KEPT_BEFORE = 3;
const KEPT_AFTER = 3;

/** The rows of one attempt, and those of the wait before it. */
export interface AttemptRows {
  readonly attempt: Attempt;
  readonly rows: readonly TimelineRow[];
}

/** All rows, or one row instead of those in the middle. */
export function foldedAttempts(groups: readonly AttemptRows[], toggled: ReadonlySet<string>): TimelineRow[] {
  const all = (some: readonly AttemptRows[]) => some.flatMap(({ rows }) => rows);
  if (groups.length <= MOST_ATTEMPTS) return all(groups);
  const middle = groups.slice(KEPT_BEFORE, -KEPT_AFTER);
  const id = `f${middle[0]?.attempt.number}`;
  const attemptRows = middle.flatMap(({ rows }) => rows.filter(({ kind }) => kind === 'attempt'));
  const row = foldRow(id, 'attempts', attemptRows, all(middle), toggled.has(id));
  return [
    ...all(groups.slice(0, KEPT_BEFORE)),
    row,
    ...(toggled.has(id) ? all(middle) : []),
    ...all(groups.slice(-KEPT_AFTER)),
  ];
}

/** The same for the starts of an attempt. */
export function foldedStarts(
  parent: string,
  rows: readonly TimelineRow[],
  toggled: ReadonlySet<string>,
): TimelineRow[] {
  if (rows.length <= MOST_STARTS) return [...rows];
  const middle = rows.slice(KEPT_BEFORE, -KEPT_AFTER);
  const id = `${parent}f`;
  const fold = { ...foldRow(id, 'starts', middle, middle, toggled.has(id)), level: 2 as const, parent };
  return [...rows.slice(0, KEPT_BEFORE), fold, ...(toggled.has(id) ? middle : []), ...rows.slice(-KEPT_AFTER)];
}

function foldRow(
  id: string,
  noun: 'attempts' | 'starts',
  counted: readonly TimelineRow[],
  rows: readonly TimelineRow[],
  isOpen: boolean,
): TimelineRow {
  const label = foldText(noun, counted);
  const drawn = rows.flatMap(({ intervals }) => intervals).filter(({ kind }) => kind !== 'bracket');
  return {
    id,
    kind: 'fold',
    level: 1,
    label,
    detail: isOpen ? 'shown below' : '',
    onDemand: false,
    from: Math.min(...rows.map(({ from }) => from)),
    to: Math.max(...rows.map(({ from, to = from }) => to)),
    isLive: false,
    intervals: isOpen ? [] : drawn.map(({ kind, from, to }) => ({ kind, from, to })),
    marks: [],
    isOpen,
    name: `${label}, ${isOpen ? 'shown' : 'hidden'}`,
  };
}

/** `14 attempts failed with exit code 1`, `14 attempts: 12 failed, 2 timed out` */
function foldText(noun: string, rows: readonly TimelineRow[]): string {
  const outcomes = new Map<string, number>();
  const exits = new Set<number | undefined>();
  for (const { outcome, exitCode } of rows) {
    const word = outcome === undefined ? 'ended' : outcomeLook(outcome).word.toLowerCase();
    outcomes.set(word, (outcomes.get(word) ?? 0) + 1);
    exits.add(exitCode);
  }
  const count = `${rows.length} ${noun}`;
  const words = [...outcomes].sort((a, b) => b[1] - a[1]);
  if (words.length > 1) return `${count}: ${words.map(([word, number]) => `${number} ${word}`).join(', ')}`;
  const [exit] = exits;
  const verb = passive(words[0]?.[0] ?? 'ended');
  return `${count} ${verb}${exits.size === 1 && exit !== undefined ? ` with exit code ${exit}` : ''}`;
}

/** What attempts did, or what happened to them. */
function passive(word: string): string {
  return word === 'interrupted' || word === 'canceled' || word === 'refused' || word === 'stopped'
    ? `were ${word}`
    : word;
}
