import type { Run, RunRow } from '../../../model/run';
import { wholeRunId } from '../../../model/run-id';
import { apiPath, ask } from '../api/client';
import { useKeys } from '../keys/keyboard';
import { copyText } from '../parts/copy-button';
import { navigate } from '../routing/location';
import { runHref } from '../routing/route';
import type { RunAgain } from '../send/run-again';
import { announce } from '../shell/announcement';
import { useConsole } from '../shell/console-state';
import { localCommand } from './local-command';
import type { Selection } from './selection';
import { nextMode, useTimes } from './times';

const GROUP = 'Run';

/** The keys of a run's screen. */
export function useRunKeys(run: Run, { rows, selected, select, toggle }: Selection, again: RunAgain): void {
  const [times, setTimes] = useTimes();
  const state = useConsole();
  const local = state?.commands['local <job>'];
  const isReadOnly = state?.isReadOnly !== false;
  const index = rows.findIndex(({ id }) => id === selected);
  const row = rows[index];
  const go = (to: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, to))];
    if (next === undefined) return false;
    select(next.id);
    focusRow(next.id);
    return true;
  };
  const next = () => go(index + 1);
  const previous = () => go(index < 0 ? rows.length - 1 : index - 1);
  const inTree = (act: () => unknown) => () => (document.activeElement?.closest('.tl') == null ? false : act());
  const open = () => {
    if (row?.isOpen === false) return toggle(row.id);
    return row?.isOpen === true ? go(index + 1) : false;
  };
  const close = () => {
    if (row?.isOpen === true) return toggle(row.id);
    if (row?.parent === undefined) return false;
    select(row.parent);
    return focusRow(row.parent);
  };
  useKeys([
    { keys: 'j', group: GROUP, label: 'Select the next row', run: next },
    { keys: 'k', group: GROUP, label: 'Select the previous row', run: previous },
    { keys: 'ArrowDown', run: inTree(next) },
    { keys: 'ArrowUp', run: inTree(previous) },
    { keys: 'Home', run: inTree(() => go(0)) },
    { keys: 'End', run: inTree(() => go(rows.length - 1)) },
    {
      keys: ' ',
      group: GROUP,
      label: 'Fold or unfold an attempt',
      run: inTree(() => (row?.isOpen === undefined ? undefined : toggle(row.id))),
    },
    { keys: 'ArrowRight', run: inTree(open) },
    { keys: 'ArrowLeft', run: inTree(close) },
    { keys: 'Enter', run: inTree(() => selectFocused(select)) },
    {
      keys: 'Escape',
      group: GROUP,
      label: 'Clear the selection',
      run: () => (selected === undefined ? false : select(undefined)),
    },
    { keys: 't', group: GROUP, label: 'Show times as elapsed, UTC, local', run: () => setTimes(nextMode(times)) },
    { keys: 'c', group: GROUP, label: 'Copy as command', run: () => copyCommand(localCommand(run, local)) },
    {
      keys: 'r',
      group: GROUP,
      label: 'Run again',
      run: () => (isReadOnly || again.isBusy || run.outcome === 'running' ? false : void again.start()),
    },
    { keys: '[', group: GROUP, label: 'Open the older run of the job', run: () => void openNeighbor(run, 1) },
    { keys: ']', group: GROUP, label: 'Open the newer run of the job', run: () => void openNeighbor(run, -1) },
  ]);
}

/** Moves the focus to a row once it is drawn. */
function focusRow(id: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`.tl [data-row="${CSS.escape(id)}"]`)?.focus());
}

/** A row can have the focus without being selected: after Tab. */
function selectFocused(select: Selection['select']): unknown {
  const id = document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row;
  return id === undefined ? false : select(id);
}

function copyCommand(command: string | undefined): unknown {
  if (command === undefined) return false;
  void copyText(command).then((isCopied) => announce(isCopied ? 'Copied the command' : 'The browser refused to copy'));
  return true;
}

/** Lists are newest first. */
async function openNeighbor({ place, job, id }: Run, offset: 1 | -1): Promise<void> {
  const { runs } = await ask<{ readonly runs: readonly RunRow[] }>(apiPath('/api/runs', { place }));
  const ofJob = runs.filter((row) => row.job === job).sort((a, b) => b.startedAt - a.startedAt);
  const found = ofJob[ofJob.findIndex((row) => row.id === wholeRunId(id)) + offset];
  if (found === undefined)
    announce(offset === 1 ? 'This is the oldest run of the job' : 'This is the newest run of the job');
  else navigate(runHref(place, found.id));
}
