import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Recorder } from '../../../../cli/local/recording/recorder';
import { RunStore } from '../../../../cli/local/recording/run-store';
import { Report } from '../../../../cli/run-report/report';

const POLICY = { attempts: 3, waits: [5, 10], freeRestarts: 1, thenOnDemand: true, isSpot: true };

export let folder: string;

export let runs: string;

export let store: RunStore;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'recordings-')));
  runs = join(folder, '.batch-jobs', 'shop', 'runs');
  store = new RunStore(runs);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

export function recorder(onFault?: (reason: string) => void): Recorder {
  return new Recorder({ stack: 'shop', job: 'report', policy: POLICY, words: () => ['report'] }, onFault, runs);
}

/** A report that writes nothing but a recording. */
export function reportTo(to: Recorder): Report {
  const report = new Report({ write: () => true } as unknown as NodeJS.WriteStream, { json: true });
  report.recordTo(to);
  return report;
}

export function started(
  to = recorder(),
  text = '{"a":1}',
): { readonly id: string; readonly report: Report; readonly to: Recorder } {
  const report = reportTo(to);
  to.invoked();
  const { id = '' } = to.start('report-1', { source: 'standard input', text }) ?? {};
  return { id, report, to };
}

export const CONTAINER = { type: 'container', attempt: '1', run: 1, onDemand: false, by: 'docker' } as const;

export const SUCCEEDED = {
  type: 'result',
  executionName: 'report-1',
  status: 'SUCCEEDED',
  attempts: 1,
  seconds: 1,
} as const;

/** The next one begins in a later millisecond: ids of the same one sort by chance. */
export async function ended(text?: string): Promise<string> {
  const { id, report, to } = started(undefined, text);
  report.tell(SUCCEEDED);
  await to.close();
  const end = Date.now();
  while (Date.now() === end) await delay(1);
  return id;
}

/** Lines of a log, as their columns. */
export function logOf(id: string): string[][] {
  const lines = readFileSync(join(runs, id, 'log.tsv'), 'utf8').split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => {
    const [, at = '', start = '', stream = '', text = ''] = /^(\d+)\t([\d.]*)\t([oem])\t(.*)$/s.exec(line) ?? [];
    expect(Number(at)).toBeGreaterThanOrEqual(0);
    return [start, stream, text];
  });
}

export function edit(id: string, change: object): void {
  const path = join(runs, id, 'run.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...change }));
}
