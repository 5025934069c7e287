import type { RunOutcome, RunRow, StartOutcome } from './run';

/** What a shape in the page says. Each has one meaning. */
export type IconName =
  | 'check'
  | 'cross'
  | 'interrupted'
  | 'on-demand'
  | 'live'
  | 'stopped'
  | 'loop'
  | 'attention'
  | 'chevron';

/** The name of a text color of the palette. */
export type Tone = 'ok' | 'bad' | 'warn' | 'od' | 'acc' | 'muted';

/** How an outcome is shown: a word, a shape, a color. */
export interface OutcomeLook {
  readonly word: string;
  readonly icon: IconName;
  readonly tone: Tone;
}

const LOOKS: Readonly<Record<RunOutcome | StartOutcome, OutcomeLook>> = {
  running: { word: 'Running', icon: 'live', tone: 'acc' },
  succeeded: { word: 'Succeeded', icon: 'check', tone: 'ok' },
  failed: { word: 'Failed', icon: 'cross', tone: 'bad' },
  'timed-out': { word: 'Timed out', icon: 'cross', tone: 'bad' },
  stopped: { word: 'Stopped', icon: 'stopped', tone: 'muted' },
  queued: { word: 'In queue', icon: 'live', tone: 'acc' },
  starting: { word: 'Starting', icon: 'live', tone: 'acc' },
  interrupted: { word: 'Interrupted', icon: 'interrupted', tone: 'warn' },
  canceled: { word: 'Canceled', icon: 'stopped', tone: 'muted' },
  'not-started': { word: 'Not started', icon: 'cross', tone: 'bad' },
  refused: { word: 'Refused', icon: 'cross', tone: 'bad' },
};

/** How an outcome is shown everywhere. */
export function outcomeLook(outcome: RunOutcome | StartOutcome): OutcomeLook {
  return LOOKS[outcome];
}

/** How a run is shown: one that a limit of its job let end without a job did nothing, although Step Functions calls it succeeded. */
export function runLook({ outcome, isSkipped }: Pick<RunRow, 'outcome' | 'isSkipped'>): OutcomeLook {
  return isSkipped ? { word: 'Skipped', icon: 'stopped', tone: 'muted' } : outcomeLook(outcome);
}

/** The outcomes of runs, in the order of a filter. */
export const RUN_OUTCOMES: readonly RunOutcome[] = ['running', 'succeeded', 'failed', 'timed-out', 'stopped'];
