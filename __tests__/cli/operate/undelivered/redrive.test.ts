import type { DeployedFunction } from '../../../../cli/operate/deployment';
import type { QueueLook } from '../../../../cli/operate/undelivered/queue-look';
import { Handling, isLeft, type Result, resultLine, resultSummary } from '../../../../cli/operate/undelivered/redrive';
import type { Starts } from '../../../../cli/operate/undelivered/start';
import { fault } from '../fake-aws';
import { deployment, entry } from './made-messages';

/** Handling of events, with what a start and a deletion do. */
function handling({
  start = async () => ({ outcome: 'started', run: 'report-1', executionArn: 'arn:1' }),
  invoke = async () => undefined,
  remove = async () => undefined,
  job,
}: {
  readonly start?: () => Promise<object>;
  readonly invoke?: (entry: unknown, deployed: DeployedFunction) => Promise<void>;
  readonly remove?: (messageId: string) => Promise<void>;
  readonly job?: string;
} = {}) {
  const told: Result[] = [];
  const done: string[] = [];
  const look = {
    delete: async (messageId: string) => {
      await remove(messageId);
      done.push(`deleted ${messageId}`);
    },
  } as unknown as QueueLook;
  const starts = {
    start: async (_: unknown, of: { readonly name: string }) => {
      const result = await start();
      done.push(`started ${of.name}`);
      return result;
    },
    invoke: async (of: unknown, deployed: DeployedFunction) => {
      await invoke(of, deployed);
      done.push(`invoked ${deployed.name}`);
    },
  } as unknown as Starts;
  const all = new Handling(deployment({ report: [], load: [] }), job, (result) => told.push(result));
  return { all, look, starts, told, done };
}

const failing = async (): Promise<never> => {
  throw new Error('It is throttled.');
};

describe('an event that is sent again', () => {
  it('starts a run, and then its message is deleted', async () => {
    const { all, look, starts, told, done } = handling();
    await all.start(entry(), look, starts);
    const result = { messageId: 'm-1', job: 'report', outcome: 'started', run: 'report-1', executionArn: 'arn:1' };
    expect(all.results).toEqual([result]);
    expect(told).toEqual([result]);
    expect(done).toEqual(['started report', 'deleted m-1']);
  });

  it('tells that its message is still there', async () => {
    const { all, look, starts } = handling({ remove: failing });
    await all.start(entry(), look, starts);
    expect(all.results).toMatchObject([
      { outcome: 'started', run: 'report-1', reason: 'The event could not be deleted: It is throttled.' },
    ]);
  });

  it('stays if no run was started', async () => {
    const { all, look, starts, done } = handling({ start: failing });
    await all.start(entry(), look, starts);
    expect(all.results).toEqual([{ messageId: 'm-1', job: 'report', outcome: 'failed', reason: 'It is throttled.' }]);
    expect(done).toEqual([]);
  });

  it('stays if the job starts no run for it', async () => {
    const { all, look, starts, done } = handling({ start: async () => ({ outcome: 'ignored' }) });
    await all.start(entry(), look, starts);
    const reason = 'report starts no run for such an event, for example a test event. Delete it.';
    expect(all.results).toEqual([{ messageId: 'm-1', job: 'report', outcome: 'ignored', reason }]);
    expect(done).toEqual(['started report']);
  });

  it('stays, untried, if it cannot be sent', async () => {
    const { all, look, starts, done } = handling();
    await all.start(entry({ start: { kind: 'none', why: 'It is no event.' } }), look, starts);
    await all.start(entry({ jobs: ['report', 'load'] }), look, starts);
    await all.start(entry({ jobs: ['gone'] }), look, starts);
    expect(all.results).toEqual([
      { messageId: 'm-1', outcome: 'skipped', reason: 'It is no event.' },
      { messageId: 'm-1', outcome: 'skipped', reason: 'It can be for report or load. Select the job with --job.' },
      { messageId: 'm-1', outcome: 'skipped', reason: undefined },
    ]);
    expect(done).toEqual([]);
  });

  it('is for the job that was selected, if that is one of several', async () => {
    const { all, look, starts, done } = handling({ job: 'load' });
    await all.start(entry({ jobs: ['report', 'load'] }), look, starts);
    expect(done).toEqual(['started load', 'deleted m-1']);
    const other = handling({ job: 'load' });
    await other.all.start(entry({ jobs: ['report', 'gone'] }), other.look, other.starts);
    expect(other.all.results).toMatchObject([{ outcome: 'skipped' }]);
  });
});

describe('an event for a function', () => {
  const forFunction = (more: object = {}) => entry({ jobs: [], functions: ['authorize'], ...more });

  it('invokes it, and then its message is deleted', async () => {
    const { all, look, starts, done } = handling();
    await all.start(forFunction(), look, starts);
    expect(all.results).toEqual([{ messageId: 'm-1', function: 'authorize', outcome: 'invoked' }]);
    expect(done).toEqual(['invoked authorize', 'deleted m-1']);
  });

  it('tells that its message is still there', async () => {
    const { all, look, starts } = handling({ remove: failing });
    await all.start(forFunction(), look, starts);
    expect(all.results).toMatchObject([
      { outcome: 'invoked', reason: 'The event could not be deleted: It is throttled.' },
    ]);
  });

  it('stays if the function failed', async () => {
    const { all, look, starts, done } = handling({ invoke: failing });
    await all.start(forFunction(), look, starts);
    expect(all.results).toEqual([
      { messageId: 'm-1', function: 'authorize', outcome: 'failed', reason: 'It is throttled.' },
    ]);
    expect(done).toEqual([]);
  });

  it('stays if it can be for others, or the function is gone', async () => {
    const { all, look, starts, done } = handling();
    await all.start(forFunction({ jobs: ['report'] }), look, starts);
    await all.start(forFunction({ functions: ['gone'] }), look, starts);
    expect(all.results).toEqual([
      { messageId: 'm-1', outcome: 'skipped', reason: expect.stringContaining('report or function authorize') },
      { messageId: 'm-1', outcome: 'skipped', reason: undefined },
    ]);
    expect(done).toEqual([]);
  });
});

describe('an event that is deleted', () => {
  it('is gone, or was not deleted because AWS refused it', async () => {
    const { all, look, done } = handling();
    await all.delete(entry(), look);
    expect(all.results).toEqual([{ messageId: 'm-1', job: 'report', outcome: 'deleted' }]);
    expect(done).toEqual(['deleted m-1']);
    const refused = handling({
      remove: async () => {
        throw fault('AccessDenied');
      },
    });
    await refused.all.delete(entry({ jobs: [] }), refused.look);
    expect(refused.all.results).toEqual([
      { messageId: 'm-1', job: undefined, outcome: 'failed', reason: 'It failed (AccessDenied).' },
    ]);
  });

  it('ends the command at a defect', async () => {
    const { all, look } = handling({ remove: failing });
    await expect(all.delete(entry(), look)).rejects.toThrow('It is throttled.');
    expect(all.results).toEqual([]);
  });
});

describe('failures in a row', () => {
  const of = (...outcomes: Result['outcome'][]) => {
    const { all } = handling();
    for (const outcome of outcomes) all.add({ messageId: 'm-1', outcome });
    return all.isHopeless;
  };
  const nine = Array.from({ length: 9 }, () => 'failed' as const);

  it('are hopeless from ten on', () => {
    expect(of(...nine)).toBe(false);
    expect(of(...nine, 'failed')).toBe(true);
  });

  it('are none any more after a success, and not ended by an event that was not tried', () => {
    expect(of(...nine, 'started', 'failed')).toBe(false);
    expect(of(...nine, 'skipped', 'failed')).toBe(true);
    expect(of(...nine, 'skipped')).toBe(false);
  });
});

it.each<[Omit<Result, 'messageId'>, boolean]>([
  [{ outcome: 'started' }, false],
  [{ outcome: 'started', reason: 'not deleted' }, true],
  [{ outcome: 'ignored', reason: 'a test event' }, false],
  [{ outcome: 'failed' }, true],
  [{ outcome: 'skipped' }, true],
  [{ outcome: 'gone' }, false],
])('whether an event is left, %j: %s', (result, expected) => {
  expect(isLeft({ messageId: 'm-1', ...result })).toBe(expected);
});

it.each<[Omit<Result, 'messageId'>, string]>([
  [{ outcome: 'started', run: 'report-1', function: 'no' }, '12345678  started report-1'],
  [{ outcome: 'invoked', function: 'authorize' }, '12345678  invoked authorize'],
  [{ outcome: 'failed', function: 'authorize', reason: 'x' }, '12345678  failed: x'],
  [{ outcome: 'duplicate', run: 'report-1' }, '12345678  had started before report-1'],
  [{ outcome: 'ignored', reason: 'x' }, '12345678  ignored by the job: x'],
  [{ outcome: 'skipped' }, '12345678  left, because it cannot be sent again'],
  [{ outcome: 'gone' }, '12345678  not in the queue any more'],
  [{ outcome: 'deleted' }, '12345678  deleted'],
])('the line of %j: %s', (result, line) => {
  expect(resultLine({ messageId: '12345678-90', ...result })).toBe(line);
});

it('the summary counts the results by what they are', () => {
  const of = (...outcomes: Result['outcome'][]) =>
    resultSummary(outcomes.map((outcome) => ({ messageId: 'm-1', outcome })));
  expect(of()).toBe('No event was found.');
  expect(of('failed', 'started', 'failed', 'gone')).toBe('1 started, 2 failed, 1 not in the queue any more.');
});
