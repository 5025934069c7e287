import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { isRecordingId } from '../../../../cli/local/recording/recording-folders';
import { CONTAINER, ended, folder, logOf, recorder, reportTo, runs, SUCCEEDED, started, store } from './recorded-runs';

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
