import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { watchRuns } from '../../../../cli/local/recording/run-watch';
import { CONTAINER, folder, runs, SUCCEEDED, started, store } from './recorded-runs';

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
