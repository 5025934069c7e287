import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { RECORDING_FILES, RECORDING_VERSION, type RecordedProgressEvent, type RecordedRun } from './format';
import { isAlive } from './process-identity';

/** What `run.json` says, and whether its run goes on. */
export interface ReadRun {
  readonly run: RecordedRun;
  readonly isRunning: boolean;
}

/** The `run.json` of a recording's folder. Undefined if it can't be read. */
export async function readRecordedRun(folder: string): Promise<ReadRun | 'later version' | undefined> {
  const run = await readRun(folder);
  if (typeof run !== 'object' || run.end !== undefined)
    return typeof run === 'object' ? { run, isRunning: false } : run;
  if (isAlive(run.process)) return { run, isRunning: true };
  // It can have ended after the file was read.
  const ended = await readRun(folder);
  return typeof ended === 'object' ? { run: ended, isRunning: false } : ended;
}

async function readRun(folder: string): Promise<RecordedRun | 'later version' | undefined> {
  try {
    const run = JSON.parse(await readFile(join(folder, RECORDING_FILES.run), 'utf8')) as RecordedRun;
    if (!Number.isInteger(run.version)) return undefined;
    if (run.version > RECORDING_VERSION) return 'later version';
    return isWhole(run) ? { ...run, id: basename(folder) } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether it has what readers rely on. */
function isWhole({ id, job, startedAt, words, process, event, policy }: Partial<RecordedRun>): boolean {
  return (
    [id, job].every((text) => typeof text === 'string') &&
    Number.isFinite(startedAt) &&
    Array.isArray(words) &&
    typeof process?.pid === 'number' &&
    typeof event?.source === 'string' &&
    typeof policy?.attempts === 'number'
  );
}

/** What happened in a recorded run so far. A line that is cut, or damaged, is left out. */
export async function readProgressEvents(folder: string): Promise<RecordedProgressEvent[]> {
  const text = await readFile(join(folder, RECORDING_FILES.progressEvents), 'utf8').catch(() => '');
  return text.split('\n').flatMap(parsed);
}

function parsed(line: string): RecordedProgressEvent[] {
  try {
    const progressEvent = JSON.parse(line);
    return typeof progressEvent?.type === 'string' && Number.isFinite(progressEvent.at) ? [progressEvent] : [];
  } catch {
    return [];
  }
}
