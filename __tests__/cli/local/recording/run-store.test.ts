import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../../../../cli/local/recording/process-identity';
import { recordingId } from '../../../../cli/local/recording/recording-id';
import { CONTAINER, edit, ended, runs, SUCCEEDED, started, store } from './recorded-runs';

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
    const began = process.cpuUsage();
    expect(await store.list()).toHaveLength(200);
    // Of the processor: others use the machine too.
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1_000).toBeLessThan(1000);
  });

  it('says of an event that is too large only its size', async () => {
    const id = await ended(JSON.stringify('x'.repeat(300_000)));
    expect((await store.run(id))?.event).toEqual({ source: 'standard input', bytes: 300_002 });
  });
});
