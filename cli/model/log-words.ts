import type { Run, Start } from './run';

/** A choice of starts, as the filter of the log has it. */
export interface StartChoice {
  /** `2` or `2.3`; empty for all. */
  readonly value: string;
  readonly label: string;
}

/** What the log of a run can be filtered by. */
export function startChoices(run: Pick<Run, 'attempts'>): StartChoice[] {
  const choices = run.attempts.flatMap(({ number, starts }) => [
    { value: `${number}`, label: `Attempt ${number}` },
    ...(starts.length < 2
      ? []
      : starts.map((start) => ({
          value: `${number}.${start.number}`,
          label: `Attempt ${number}, start ${start.number}`,
        }))),
  ]);
  return [{ value: '', label: 'All attempts' }, ...choices];
}

/** The choice that a selection is: the only start of an attempt is the attempt. Empty for what the run doesn't have. */
export function chosenStart(choices: readonly StartChoice[], selected: string | undefined): string {
  const known = (value: string | undefined) => choices.find((choice) => choice.value === value)?.value;
  return known(selected) ?? known(selected?.split('.')[0]) ?? '';
}

/** What stands below the last line, if something has to be said. */
export function logNote(
  run: Pick<Run, 'attempts' | 'outcome' | 'waits'>,
  chosen: string,
  log: { readonly written: number; readonly isComplete: boolean; readonly stream?: string },
): string | undefined {
  const starts = run.attempts.flatMap(({ number, outcome, starts }) => {
    const own = starts.map((start) => ({ name: `${number}.${start.number}`, outcome: start.outcome }));
    return own.length === 0 ? [{ name: `${number}.1`, outcome }] : own;
  });
  const shown = starts.filter(({ name }) => chosen === '' || name === chosen || name.startsWith(`${chosen}.`));
  const last = shown.at(-1);
  if (run.outcome === 'running' && last === starts.at(-1)) {
    const isInLine = run.waits.some(({ kind, to }) => kind === 'place' && to === undefined);
    const note = isInLine ? 'No output while the run waits for a place.' : WAITING[last?.outcome ?? 'queued'];
    if (note !== undefined) return note;
    if (log.written === 0 && log.stream === undefined && last?.outcome === 'running') return 'No output yet.';
  }
  if (log.written > 0) return undefined;
  if (log.stream !== undefined) return `Nothing was written to ${log.stream}.`;
  if (run.outcome === 'running' && chosen === '') return undefined;
  if (run.outcome !== 'running' && !log.isComplete) return undefined;
  if (chosen === '') return 'This run wrote no output.';
  return shown.length > 1 ? 'This attempt wrote no output.' : 'This start wrote no output.';
}

const WAITING: { readonly [outcome in Start['outcome']]?: string } = {
  queued: 'No output while the job is in the queue.',
  starting: 'No output while the instance and the container start.',
};
