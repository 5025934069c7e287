import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type LogStreamLetter,
  logPrefix,
  RECORDING_FILES,
  RECORDING_VERSION,
  type RecordedProgressEvent,
  type RecordedRun,
} from '../../../cli/local/recording/format';
import { makeKeptFolder, runsFolder } from '../../../cli/local/recording/recording-folders';
import type { MiniBar, RunOutcome } from '../../../cli/model/run';

/*
 * Recordings of runs on this machine, written as `batch-jobs local` writes them, for what takes too long to run: many, long or odd ones.
 */

const STACK = 'batch-jobs-example';

type Happened = RecordedProgressEvent extends infer Each
  ? Each extends { at: number }
    ? Omit<Each, 'at'>
    : never
  : never;

/** What a recording says. */
export interface MadeRun {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** @default still running, by this process */
  readonly outcome?: RunOutcome;
  readonly seconds?: number;
  readonly bars?: readonly MiniBar[];
  readonly attempt?: number;
  /** With their time in seconds since the start. */
  readonly progressEvents?: readonly (readonly [seconds: number, what: Happened])[];
  /** Lines of the log. */
  readonly log?: readonly (readonly [seconds: number, start: string, letter: LogStreamLetter, text: string])[];
}

/** Writes a recording, and returns its ID. */
export function recordRun(project: string, made: MadeRun): string {
  const { startedAt, outcome, seconds = 50, bars = [], attempt = 1 } = made;
  const stamp = new Date(startedAt).toISOString().replace(/[-:.]/g, '');
  const id = `${stamp.slice(0, 8)}-${stamp.slice(9, 18)}-${startedAt.toString(16).slice(-6)}`;
  const folder = join(runsFolder(STACK, project), id);
  makeKeptFolder(folder, join(project, '.batch-jobs'));
  const run: RecordedRun = {
    version: RECORDING_VERSION,
    id,
    stack: STACK,
    job: 'nightlyReport',
    name: `nightlyReport-${startedAt.toString(16).padStart(32, '0')}`,
    startedAt,
    words: ['nightlyReport', '--event-type', 'schedule', '--fast'],
    command: 'npx batch-jobs local nightlyReport --event-type schedule --fast',
    process: { pid: process.pid },
    event: { source: 'sample of schedule', bytes: EVENT.length },
    policy: { attempts: 3, waits: [5, 10], freeRestarts: 3, thenOnDemand: false, isSpot: true, timeout: 1200 },
    ...(outcome && { end: { endedAt: startedAt + seconds * 1000, outcome, attempt, bars, bytes: 1000 } }),
  };
  const happened: readonly (readonly [number, Happened])[] = [
    [0.1, { type: 'event', source: 'sample of schedule', bytes: EVENT.length }],
    [0.1, { type: 'started', executionName: run.name, claimCheck: false }],
    ...(made.progressEvents ?? []),
  ];
  const lines = happened.map(([at, what]) => `${JSON.stringify({ at: startedAt + Math.round(at * 1000), ...what })}\n`);
  writeFileSync(join(folder, RECORDING_FILES.run), JSON.stringify(run));
  writeFileSync(join(folder, RECORDING_FILES.progressEvents), lines.join(''));
  writeFileSync(join(folder, RECORDING_FILES.event), EVENT);
  const rows = (made.log ?? []).map(([at, start, letter, text]) => `${logPrefix(at * 1000, start, letter)}${text}\n`);
  writeFileSync(join(folder, RECORDING_FILES.log), rows.join(''));
  return id;
}

/** Two attempts, of which the first was reclaimed and failed. */
export const SPOT_STORY: Omit<MadeRun, 'startedAt'> = {
  outcome: 'succeeded',
  seconds: 60,
  attempt: 2,
  bars: [
    { kind: 'interrupted', from: 1000, to: 20_000 },
    { kind: 'failed', from: 20_000, to: 40_000 },
    { kind: 'wait', from: 40_000, to: 45_000 },
    { kind: 'succeeded', from: 45_000, to: 60_000 },
  ],
  progressEvents: [
    [1, container('1', 1)],
    [18, { type: 'signal', signal: 'SIGTERM', reason: 'Spot interruption', grace: 120 }],
    [20, exit('1', 'interrupted', 143, 19, 2)],
    [20, { type: 'restart', run: 2 }],
    [20, container('1', 2)],
    [40, exit('1', 'failed', 1, 20)],
    [40, { type: 'wait', state: 'Wait before attempt 2', of: 'Wait', seconds: 5, waited: 5 }],
    [45, container('2', 1)],
    [60, exit('2', 'succeeded', 0, 15)],
  ],
  log: [
    [2, '1.1', 'o', 'report for 2026-11-26T14:00:00Z'],
    [19, '1.1', 'e', 'interrupted'],
    [21, '1.2', 'o', 'report for 2026-11-26T14:00:00Z'],
    [39, '1.2', 'e', 'Error: no route to host'],
    [46, '2.1', 'o', 'report for 2026-11-26T14:00:00Z'],
    [59, '2.1', 'o', 'wrote report.csv'],
  ],
};

/** A run whose second attempt is under way. */
export const LIVE_STORY: Omit<MadeRun, 'startedAt'> = {
  progressEvents: [
    [1, container('1', 1)],
    [10, exit('1', 'failed', 1, 9)],
    [10, { type: 'wait', state: 'Wait before attempt 2', of: 'Wait', seconds: 5, waited: 5 }],
    [15, container('2', 1)],
  ],
  log: [[2, '1.1', 'o', 'report for 2026-11-26T14:00:00Z']],
};

function container(attempt: string, run: number): Happened {
  return { type: 'container', attempt, maximumAttempts: '3', run, onDemand: false, by: 'podman' };
}

function exit(
  attempt: string,
  outcome: 'succeeded' | 'failed' | 'interrupted',
  exitCode: number,
  seconds: number,
  sinceSignal?: number,
): Happened {
  const reason = 'Essential container in task exited';
  return { type: 'exit', attempt, outcome, exitCode, reason, seconds, ...(sinceSignal && { sinceSignal }) };
}

const EVENT = JSON.stringify({ version: '0', id: '1', source: 'aws.events', time: '2026-11-26T14:00:00Z', detail: {} });
