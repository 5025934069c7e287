import { useEffect, useRef } from 'preact/hooks';
import type { RunRow } from '../../../model/run';
import { useKeys } from '../keys/keyboard';

const GROUP = 'Runs';

/** Moves the focus through the rows of a list, of which only some are rendered. */
export function useRowKeys(props: {
  readonly list: { readonly current: HTMLElement | null };
  readonly rows: readonly RunRow[];
  /** Pixels of a row. */
  readonly height: number;
  readonly isOn: boolean;
  readonly onAgain: (row: RunRow) => void;
}): void {
  const { list, rows, height, isOn, onAgain } = props;
  /** Run whose link gets the focus as soon as it is rendered. */
  const wanted = useRef<string>(undefined);
  useEffect(() => {
    if (wanted.current !== undefined && focusRun(list.current, wanted.current)) wanted.current = undefined;
  });
  const move = (step: number) => {
    const at = rows.findIndex(({ id }) => id === focusedRun(list.current));
    // From elsewhere, both ways lead to the first row.
    const row = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    if (row === undefined || list.current === null) return false;
    if (focusRun(list.current, row.id)) return true;
    wanted.current = row.id;
    const top = list.current.getBoundingClientRect().top + window.scrollY;
    window.scrollTo(0, top + rows.indexOf(row) * height - window.innerHeight / 2);
    return true;
  };
  const next = () => move(1);
  const previous = () => move(-1);
  const again = () => {
    const row = rows.find(({ id }) => id === focusedRun(list.current));
    if (row === undefined) return false;
    onAgain(row);
    return true;
  };
  const bindings = [
    { keys: 'j', group: GROUP, label: 'Next run', run: next },
    { keys: 'k', group: GROUP, label: 'Previous run', run: previous },
    { keys: 'ArrowDown', run: next },
    { keys: 'ArrowUp', run: previous },
    { keys: 'r', group: GROUP, label: 'Run the focused run again', run: again },
  ];
  useKeys(isOn ? bindings : []);
}

function focusedRun(list: HTMLElement | null): string | undefined {
  const row = document.activeElement?.closest('.run');
  if (row == null || !list?.contains(row)) return undefined;
  return row.querySelector<HTMLElement>('[data-run]')?.dataset.run;
}

function focusRun(list: HTMLElement | null, id: string): boolean {
  const link = list?.querySelector<HTMLElement>(`[data-run="${CSS.escape(id)}"]`);
  if (link == null) return false;
  link.focus();
  link.scrollIntoView({ block: 'nearest' });
  return true;
}
