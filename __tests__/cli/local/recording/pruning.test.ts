import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { prune, RECORDING_BOUNDS } from '../../../../cli/local/recording/pruning';
import { isRecordingId } from '../../../../cli/local/recording/recording-folders';
import { edit, ended, runs, started } from './recorded-runs';

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
