import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { isAlive } from '../../../cli/local/recording/process-identity';
import { prune, RECORDING_BOUNDS } from '../../../cli/local/recording/pruning';
import { Recorder } from '../../../cli/local/recording/recorder';
import { isRecordingId } from '../../../cli/local/recording/recording-folders';
import { recordingId } from '../../../cli/local/recording/recording-id';
import { RunStore } from '../../../cli/local/recording/run-store';
import { watchRuns } from '../../../cli/local/recording/run-watch';
import { Report } from '../../../cli/run-report/report';

const POLICY = { attempts: 3, waits: [5, 10], freeRestarts: 1, thenOnDemand: true, isSpot: true };

let folder: string;
let runs: string;
let store: RunStore;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'recordings-')));
  runs = join(folder, '.batch-jobs', 'shop', 'runs');
  store = new RunStore(runs);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function recorder(onFault?: (reason: string) => void): Recorder {
  return new Recorder({ stack: 'shop', job: 'report', policy: POLICY, words: () => ['report'] }, onFault, runs);
}

/** A report that writes nothing but a recording. */
function reportTo(to: Recorder): Report {
  const report = new Report({ write: () => true } as unknown as NodeJS.WriteStream, { json: true });
  report.recordTo(to);
  return report;
}

function started(
  to = recorder(),
  text = '{"a":1}',
): { readonly id: string; readonly report: Report; readonly to: Recorder } {
  const report = reportTo(to);
  to.invoked();
  const { id = '' } = to.start('report-1', { source: 'standard input', text }) ?? {};
  return { id, report, to };
}

const CONTAINER = { type: 'container', attempt: '1', run: 1, onDemand: false, by: 'docker' } as const;
const SUCCEEDED = { type: 'result', executionName: 'report-1', status: 'SUCCEEDED', attempts: 1, seconds: 1 } as const;

/** The next one begins in a later millisecond: ids of the same one sort by chance. */
async function ended(text?: string): Promise<string> {
  const began = Date.now();
  const { id, report, to } = started(undefined, text);
  report.tell(SUCCEEDED);
  await to.close();
  while (Date.now() === began) await delay(1);
  return id;
}

/** Lines of a log, as their columns. */
function logOf(id: string): string[][] {
  const lines = readFileSync(join(runs, id, 'log.tsv'), 'utf8').split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => {
    const [, at = '', start = '', stream = '', text = ''] = /^(\d+)\t([\d.]*)\t([oem])\t(.*)$/s.exec(line) ?? [];
    expect(Number(at)).toBeGreaterThanOrEqual(0);
    return [start, stream, text];
  });
}

function edit(id: string, change: object): void {
  const path = join(runs, id, 'run.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...change }));
}

describe('a recording', () => {
  it('has four files that only their owner can read, and is ignored by git', async () => {
    const id = await ended();
    expect(isRecordingId(id)).toBe(true);
    expect(readdirSync(join(runs, id)).sort()).toEqual(['event.json', 'events.ndjson', 'log.tsv', 'run.json']);
    const modes = (paths: readonly string[]) => paths.map((path) => statSync(path).mode & 0o777);
    expect(modes([join(folder, '.batch-jobs'), runs, join(runs, id)])).toEqual([0o700, 0o700, 0o700]);
    expect(modes(readdirSync(join(runs, id)).map((name) => join(runs, id, name)))).toEqual([
      0o600, 0o600, 0o600, 0o600,
    ]);
    expect(readFileSync(join(folder, '.batch-jobs', '.gitignore'), 'utf8')).toBe('*\n');
    expect(readFileSync(join(runs, id, 'event.json'), 'utf8')).toBe('{"a":1}');
  });

  it('has what happened before the run started, and no run that never started', async () => {
    const none = recorder();
    reportTo(none).tell({ type: 'note', text: 'read as UTF-16' });
    await none.close('The trigger function starts no job');
    expect(existsSync(runs)).toBe(false);
    const to = recorder();
    reportTo(to).tell({ type: 'note', text: 'read as UTF-16' });
    const { id } = started(to);
    await to.close('The engine is gone.');
    expect(await store.run(id)).toMatchObject({
      notes: ['read as UTF-16'],
      outcome: 'failed',
      reason: 'The engine is gone.',
    });
  });

  it('keeps output apart, with partial lines, tabs, carriage returns and bytes that are no characters', async () => {
    const { id, report, to } = started();
    report.tell(CONTAINER);
    const output = (stream: 'stdout' | 'stderr', text: string) => report.output(stream, Buffer.from(text, 'latin1'));
    await output('stdout', 'par');
    await output('stderr', 'a\tb\r\n10 %\r20 %\r');
    await output('stdout', 'tial\n\n\xff\x00\x1b[1m\n');
    await output('stderr', '\n');
    await report.outputEnded();
    report.tell({ ...CONTAINER, attempt: '2' });
    await output('stdout', 'no end\r');
    await report.outputEnded();
    await to.close();
    expect(logOf(id)).toEqual([
      ...[
        ['1.1', 'e', 'a\tb'],
        ['1.1', 'e', '10 %'],
      ],
      ...[
        ['1.1', 'o', 'partial'],
        ['1.1', 'o', ''],
        ['1.1', 'o', '\ufffd\0\u001b[1m'],
      ],
      ['1.1', 'e', '20 %'],
      ['2.1', 'o', 'no end'],
    ]);
  });

  it('has a line of any length as one line, unless the other stream or a mark comes in between', async () => {
    const { id, report, to } = started();
    report.tell(CONTAINER);
    const piece = Buffer.from('x'.repeat(100_000));
    for (let count = 0; count < 20; count++) await report.output('stdout', piece);
    await report.output('stdout', Buffer.from('end\nnext\n'));
    await report.output('stdout', piece);
    await report.output('stderr', Buffer.from('meanwhile\n'));
    await report.output('stdout', Buffer.from('rest\n'));
    await report.output('stdout', piece);
    report.tell({ type: 'signal', signal: 'SIGTERM', reason: 'Timeout', grace: 10 });
    await to.close();
    const lines = logOf(id).map(([, stream, text = '']) => [stream, text.length > 99 ? text.length : text]);
    expect(lines.slice(0, -1)).toEqual([
      ...[
        ['o', 2_000_003],
        ['o', 'next'],
        ['o', 100_000],
        ['e', 'meanwhile'],
        ['o', 'rest'],
        ['o', 100_000],
      ],
    ]);
    expect(lines.at(-1)?.[0]).toBe('m');
  });

  it('has the lines of each stream in their order, wherever pipes cut them', async () => {
    const lines = fc.array(fc.string({ maxLength: 8, unit: 'grapheme' }).map((text) => text.replace(/[\r\n]/g, '')));
    const cuts = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 9 })), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(lines, lines, cuts, async (out, err, plan) => {
        const { id, report, to } = started();
        report.tell(CONTAINER);
        const left = {
          stdout: Buffer.from(out.map((l) => `${l}\n`).join('')),
          stderr: Buffer.from(err.map((l) => `${l}\n`).join('')),
        };
        for (let turn = 0; left.stdout.length + left.stderr.length > 0; turn++) {
          const [isOut, length] = plan[turn % plan.length] ?? [true, 1];
          const stream = (isOut || left.stderr.length === 0) && left.stdout.length > 0 ? 'stdout' : 'stderr';
          await report.output(stream, left[stream].subarray(0, length));
          left[stream] = left[stream].subarray(length);
        }
        await report.outputEnded();
        await to.close();
        const log = logOf(id);
        const of = (letter: string) => log.filter(([, stream]) => stream === letter).map(([, , text]) => text);
        expect(of('o')).toEqual(out);
        expect(of('e')).toEqual(err);
        rmSync(join(runs, id), { recursive: true });
      }),
      { numRuns: 30 },
    );
  });

  it('has a folder of its own, also if 50 start at once', async () => {
    const all = Array.from({ length: 50 }, () => started());
    expect(new Set(all.map(({ id }) => id)).size).toBe(50);
    expect(await store.list()).toHaveLength(50);
    await Promise.all(all.map(({ to }) => to.close()));
  });

  it('has no values of variables', async () => {
    const { id, report, to } = started();
    const cause = JSON.stringify({
      JobId: 'a',
      Status: 'FAILED',
      Container: { ExitCode: 3, Environment: [{ Name: 'A', Value: 's3cret' }] },
    });
    report.tell({ ...SUCCEEDED, status: 'FAILED', error: 'States.TaskFailed', cause });
    await to.close();
    for (const name of readdirSync(join(runs, id)))
      expect(readFileSync(join(runs, id, name), 'utf8')).not.toContain('s3cret');
    expect((await store.run(id))?.cause).toContain('"ExitCode":3');
  });

  it('does not fail the run if its folder cannot be made', async () => {
    writeFileSync(join(folder, '.batch-jobs'), '');
    const to = recorder();
    const { report, id } = started(to);
    expect(id).toBe('');
    expect(to.fault).toMatch(/ENOTDIR|EEXIST/);
    await report.output('stdout', Buffer.from('a\n'));
    report.tell(SUCCEEDED);
    await to.close();
  });

  it('ends early if its folder is removed, and the run goes on', async () => {
    const { id, report, to } = started();
    rmSync(join(runs, id), { recursive: true });
    await report.output('stdout', Buffer.from('a\n'));
    report.tell(SUCCEEDED);
    await to.close();
    expect(to.fault).toContain('ENOENT');
    expect(await store.list()).toEqual([]);
  });
});

describe('the list', () => {
  it('has the newest first, with their ends, and changes as the files do', async () => {
    const first = await ended();
    const { id: second, report, to } = started();
    report.tell(CONTAINER);
    await new Promise((resolve) => setTimeout(resolve, 60));
    const rows = await store.list();
    expect(rows.map(({ id, outcome, attempt }) => [id, outcome, attempt])).toEqual([
      [second, 'running', 1],
      [first, 'succeeded', undefined],
    ]);
    expect(rows[0]).toMatchObject({ job: 'report', source: 'standard input', maximum: 3, bars: [{ kind: 'running' }] });
    expect(await store.log(second)).toEqual({ file: join(runs, second, 'log.tsv'), isComplete: false });
    report.tell(SUCCEEDED);
    await to.close();
    expect((await store.list()).map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
    expect(await store.log(second)).toMatchObject({ isComplete: true });
    expect(await store.run(second)).toMatchObject({ event: { source: 'standard input', bytes: 7, text: '{"a":1}' } });
    expect(await store.eventText(second)).toBe('{"a":1}');
  });

  it('leaves out what is no recording, and one of a later version', async () => {
    const [later, damaged, kept] = [await ended(), await ended(), await ended()];
    edit(later, { version: 2 });
    writeFileSync(join(runs, damaged, 'run.json'), '{"version":1,"id":');
    mkdirSync(join(runs, '20261126-150632811-000000'));
    mkdirSync(join(runs, 'notes'));
    writeFileSync(join(runs, '20261126-150632811-00000f'), '');
    expect((await store.list()).map(({ id }) => id)).toEqual([kept]);
    for (const id of [later, damaged, '../runs', 'notes', '']) {
      expect(await store.run(id)).toBeUndefined();
      expect(await store.log(id)).toBeUndefined();
    }
    expect(await store.eventText(`../runs/${kept}`)).toBeUndefined();
  });

  it('takes a run whose process is gone without a result as stopped', async () => {
    const { id, report, to } = started();
    report.tell(CONTAINER);
    await new Promise((resolve) => setTimeout(resolve, 60));
    const { process: own } = JSON.parse(readFileSync(join(runs, id, 'run.json'), 'utf8'));
    expect(isAlive(own)).toBe(true);
    // A later process has the number.
    edit(id, { process: { ...own, started: 'another boot 1' } });
    expect(await store.list()).toMatchObject([{ outcome: 'stopped', endedAt: expect.any(Number) }]);
    expect(await store.run(id)).toMatchObject({
      ...{ outcome: 'stopped', reason: 'its process was killed' },
      attempts: [{ outcome: 'stopped', starts: [{ outcome: 'stopped' }] }],
    });
    expect(await store.log(id)).toMatchObject({ isComplete: true });
    await to.close();
  });

  it('reads a recording whose last line is cut', async () => {
    const { id, report, to } = started();
    report.tell(CONTAINER);
    report.tell(SUCCEEDED);
    await to.close();
    const path = join(runs, id, 'events.ndjson');
    writeFileSync(path, `${readFileSync(path, 'utf8').split('\n')[0]}\n{"at":17,"type":"res\nnull\n[]\n`);
    expect(await store.run(id)).toMatchObject({ outcome: 'succeeded', attempts: [{ number: 1 }] });
    rmSync(path);
    expect(await store.run(id)).toMatchObject({ outcome: 'succeeded', attempts: [] });
  });

  it('of 200 runs takes less than a second', async () => {
    const id = await ended();
    const text = readFileSync(join(runs, id, 'run.json'), 'utf8');
    for (let count = 0; count < 199; count++) {
      const other = recordingId(count * 1000);
      mkdirSync(join(runs, other));
      writeFileSync(join(runs, other, 'run.json'), text);
    }
    const began = performance.now();
    expect(await store.list()).toHaveLength(200);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('says of an event that is too large only its size', async () => {
    const id = await ended(JSON.stringify('x'.repeat(300_000)));
    expect((await store.run(id))?.event).toEqual({ source: 'standard input', bytes: 300_002 });
  });
});

describe('the bounds', () => {
  it('keeps as many and as much as the documentation says', () => {
    expect(RECORDING_BOUNDS).toEqual({ runs: 200, bytes: 500_000_000, logBytes: 400_000_000 });
  });

  it('remove the oldest runs that have ended, by number', async () => {
    const ids = [await ended(), await ended(), await ended(), await ended()];
    const live = started();
    await prune(runs, undefined, { runs: 2, bytes: 1e9 });
    expect(readdirSync(runs).sort()).toEqual([ids[3], live.id].sort());
    await prune(runs, undefined, { runs: 0, bytes: 1e9 });
    expect(readdirSync(runs)).toEqual([live.id]);
    await live.to.close();
  });

  it('remove the oldest runs that have ended, by size, but not the newest', async () => {
    const ids = [
      await ended(JSON.stringify('x'.repeat(50_000))),
      await ended(),
      await ended(JSON.stringify('x'.repeat(50_000))),
    ];
    await prune(runs, ids[2], { runs: 9, bytes: 60_000 });
    expect(readdirSync(runs).sort()).toEqual([ids[1], ids[2]]);
    await prune(runs, ids[2], { runs: 9, bytes: 1 });
    expect(readdirSync(runs)).toEqual([ids[2]]);
  });

  it('hold if several processes remove at once', async () => {
    for (let count = 0; count < 12; count++) await ended();
    await Promise.all(Array.from({ length: 4 }, () => prune(runs, undefined, { runs: 5, bytes: 1e9 })));
    const left = readdirSync(runs);
    expect(left.filter(isRecordingId).length).toBeGreaterThan(0);
    expect(left.filter(isRecordingId).length).toBeLessThanOrEqual(5);
    expect(left.filter((name) => !isRecordingId(name))).toEqual([]);
  });

  it('remove what is damaged and what was left half removed, and leave a later version alone', async () => {
    const [later, damaged] = [await ended(), await ended()];
    edit(later, { version: 2 });
    rmSync(join(runs, damaged, 'run.json'));
    const left = ['.new-20261126-150632811-000000', '.old-20261126-150632811-000000-abc'];
    for (const name of left) mkdirSync(join(runs, name));
    await prune(runs, undefined, { runs: 0, bytes: 0 });
    // A folder that was made just now belongs to a process that goes on.
    expect(readdirSync(runs).sort()).toEqual([...left, later]);
    const later_ = Date.now() + 3_600_000;
    jest.spyOn(Date, 'now').mockReturnValue(later_);
    await prune(runs, undefined, { runs: 0, bytes: 0 });
    jest.restoreAllMocks();
    expect(readdirSync(runs)).toEqual([later]);
  });
});

describe('the watch', () => {
  it('tells of new, growing, ended and removed runs', async () => {
    const changes: string[] = [];
    let tell = () => {};
    const stop = watchRuns(
      store,
      (change) => {
        changes.push('id' in change ? `${change.type} ${change.id}` : change.type);
        tell();
      },
      5,
    );
    const until = async (text: string) => {
      while (!changes.includes(text)) {
        await new Promise<void>((resolve) => {
          tell = resolve;
        });
      }
      changes.length = 0;
    };
    await new Promise((resolve) => setTimeout(resolve, 30));
    const { id, report, to } = started();
    await until('runs');
    report.tell(CONTAINER);
    await until(`run ${id}`);
    report.tell(SUCCEEDED);
    await to.close();
    await until(`run ${id}`);
    renameSync(join(runs, id), join(folder, 'gone'));
    await until('runs');
    stop();
  });
});
