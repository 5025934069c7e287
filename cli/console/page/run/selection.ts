import { useCallback, useMemo, useState } from 'preact/hooks';
import type { Run } from '../../../model/run';
import { logStartOf, type TimelineRow } from '../../../model/timeline/row';
import { attemptRowId, parseRowId } from '../../../model/timeline/row-id';
import { timelineRows } from '../../../model/timeline/rows';
import { navigate } from '../routing/location';
import type { Route } from '../routing/route';

/** The rows of a run, which of them is selected, and what changes that. The selection is the hash of the address. */
export interface Selection {
  readonly rows: readonly TimelineRow[];
  readonly selected: string | undefined;
  /** What the log shows: `2.3`, `2` for all starts of attempt 2. Undefined: all. */
  readonly start: string | undefined;
  readonly select: (id: string | undefined) => void;
  readonly toggle: (id: string) => void;
}

/** Follows the address and what a person opened and closed. */
export function useSelection(run: Run, route: Route, now: number): Selection {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const all = useMemo(() => timelineRows(run, now, withFoldsOpen(run, now)), [run]);
  const selected = idOf(route.hash, all);
  const { place, id } = route;
  const select = useCallback(
    (row: string | undefined) => {
      const { pathname, search } = window.location;
      navigate(`${pathname}${search}${row === undefined ? '' : `#${row}`}`, { replace: true });
    },
    [place, id],
  );
  const shown = toggledFor(selected, run, now, toggled);
  const rows = timelineRows(run, now, shown);
  const toggle = (row: string) => {
    const after = new Set(shown);
    if (!after.delete(row)) after.add(row);
    setToggled(after);
    // What is selected stays visible: a row that is hidden now gives its selection to what hides it.
    const remaining = timelineRows(run, now, after);
    if (selected !== undefined && !remaining.some(({ id }) => id === selected)) select(row);
  };
  const start = selected === undefined ? undefined : logStartOf({ id: selected });
  return { rows, selected, start, select, toggle };
}

/** The row that a hash names: `a2.1` is `a2` if the attempt has one start. */
function idOf(hash: string, all: readonly TimelineRow[]): string | undefined {
  const row = parseRowId(hash);
  const whole = row?.start === 1 ? attemptRowId(row.attempt) : undefined;
  return (all.find(({ id }) => id === hash) ?? all.find(({ id }) => id === whole))?.id;
}

/** What must be toggled to have every fold open. */
function withFoldsOpen(run: Run, now: number, toggled: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const rows = timelineRows(run, now, toggled);
  const closed = rows.filter(({ kind, isOpen }) => kind === 'fold' && isOpen === false);
  // One fold can be within another.
  return closed.length === 0 ? toggled : withFoldsOpen(run, now, new Set([...toggled, ...closed.map(({ id }) => id)]));
}

/** What must be toggled to show what is selected: a link can lead into a fold, or into an attempt that a person has closed. */
function toggledFor(selected: string | undefined, run: Run, now: number, toggled: ReadonlySet<string>) {
  if (selected === undefined || timelineRows(run, now, toggled).some(({ id }) => id === selected)) return toggled;
  const attempt = parseRowId(selected)?.attempt;
  const others = [...toggled].filter((id) => attempt === undefined || id !== attemptRowId(attempt));
  return withFoldsOpen(run, now, new Set(others));
}
