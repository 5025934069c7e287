/**
 * The commands that read, explain and repeat runs with items, as people run them, against moto: the state machine and the items function are
 * the stack's own, AWS Batch's arrays are moto's, whose children end as a script says.
 */

import { isDeepStrictEqual } from 'node:util';
import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import { unavailable } from '../engines/moto';
import { type OperatedStack, operatedStack } from '../engines/operated-stack';
import { describeWith, terraformAvailable } from '../engines/terraform';
import { until } from '../engines/until';

const config: BatchJobsConfig = {
  stackName: 'shop',
  region: 'eu-west-1',
  resources: {
    report: {
      type: 'batch-job',
      properties: {
        container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
        resources: { cpu: 1, memory: 512 },
        retryConfig: { attempts: 2, retryIntervalSeconds: 1 },
        forEach: { items: '$.detail.keys', maxFailures: 1 },
      },
    },
  },
};

const EVENT = { detail: { keys: Array.from({ length: 12 }, (_, key) => `key-${key}`) } };
/** Items 3, 5, 7 and 8 fail, the last two twice. In attempt 2, they are children 0 to 3. */
const TWICE = { 1: { 3: '3', 5: '4', 7: 'oom', 8: '9' }, 2: { 2: 'oom', 3: '9' } };

const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

describeWith([terraformAvailable(), moto], 'a run of a job with forEach', () => {
  let stack: OperatedStack;
  beforeAll(async () => {
    stack = await operatedStack(config);
  });
  afterEach(() => stack?.front.reset());
  afterAll(() => stack?.stop());

  const json = async (args: readonly string[], code = 0) => {
    const end = await stack.command([...args, '--json']);
    expect([end.stderr, end.code]).toEqual([expect.any(String), code]);
    return JSON.parse(end.stdout);
  };

  it('ends with the items that failed twice, and the commands name them first', async () => {
    await stack.script('report', { children: TWICE, lines: ['child {child} works'] });
    const { status, cause, error } = await stack.run('report', 'by-hand', EVENT);
    expect([status, error]).toEqual(['FAILED', 'ItemsFailed']);
    expect(JSON.parse(cause ?? '')).toMatchObject({ items: 12, succeeded: 10, failed: 2 });

    const { runs } = await json(['runs', 'report']);
    expect(runs).toMatchObject([
      {
        run: 'by-hand',
        attempt: 2,
        items: { count: 12, waiting: 0, running: 0, succeeded: 10, failed: 2 },
        reason: expect.stringMatching(/^2 of 12 items failed: item 7 \(.*OutOfMemory.*\) and 1 more$/),
      },
    ]);
    const shown = await stack.command(['show', 'by-hand']);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    const text = shown.stdout.replace(/ +/g, ' ');
    expect(text).toContain(' Items 12: 2 failed, 10 succeeded\n Failed 7 OutOfMemoryError: ');
    expect(text).toContain(' Attempt 1 of 2 failed: 4 of 12 children failed\n');
    expect(text).toContain(' Children 4 failed, 8 succeeded\n');
    expect(text).toContain(' Attempt 2 of 2 failed: 2 of 4 children failed\n');
    expect(text).toMatch(/ Rerun .*batch-jobs rerun by-hand --failed\n/);
    const { items } = await json(['show', 'by-hand']);
    expect(items.failures).toEqual([
      { index: 7, reason: expect.stringContaining('OutOfMemoryError'), exitCode: 137 },
      { index: 8, reason: expect.any(String), exitCode: 9 },
    ]);
  });

  it('has a story, a log and a reason for each item, like a run', async () => {
    const story = await json(['show', 'by-hand', '--item', '3']);
    expect(story).toMatchObject({ item: 3, status: 'SUCCEEDED' });
    expect(story.attempts.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['failed', 'succeeded']);
    const log = await stack.command(['logs', 'by-hand', '--item', '7', '--follow']);
    expect(log.code).toBe(1);
    expect(log.stdout).toMatch(/^Item 7 of by-hand: failed after /);
    expect(log.stdout).toContain('| child 7 works\n');
    expect(log.stdout).toContain('| child 2 works\n');
    const whole = await stack.command(['logs', 'by-hand']);
    expect(whole).toMatchObject({ code: 2, stdout: '' });
    expect(whole.stderr).toContain('Each item of run by-hand has ');
    expect(whole.stderr).toContain('logs by-hand --item 7');

    expect(await json(['why', 'by-hand'])).toMatchObject({
      code: 'items-failed',
      sentence: expect.stringMatching(/^Run by-hand failed because 2 of 12 items failed\. The first, item 7: /),
      command: 'batch-jobs why by-hand --item 7',
    });
    expect(await json(['why', 'by-hand', '--item', '7'])).toMatchObject({
      code: 'out-of-memory',
      item: 7,
      sentence: expect.stringMatching(/^Item 7 of run by-hand failed because it used more memory/),
    });
    expect(await json(['why', 'by-hand', '--item', '8'])).toMatchObject({
      code: 'exit-code',
      command: 'batch-jobs logs by-hand --item 8',
    });
    const none = await stack.command(['show', 'by-hand', '--item', '12']);
    expect(none).toMatchObject({ code: 2, stdout: '' });
    expect(none.stderr).toContain('Run by-hand has had no item 12. It has 12, the first of which is 0.');
  });

  it('runs again with only the items that failed, which keep their index', async () => {
    await stack.script('report', { children: { 1: { 1: '5' }, 2: {} }, lines: ['again {child}'] });
    const answer = await json(['rerun', 'by-hand', '--failed', '--yes']);
    expect(answer).toMatchObject({ run: 'by-hand-rerun-1', repeats: 'by-hand', failedItems: 2 });
    expect((await stack.ended(answer.executionArn)).status).toBe('SUCCEEDED');
    const shown = await json(['show', 'by-hand-rerun-1']);
    expect(shown).toMatchObject({
      event: { failedItemsOf: 'by-hand' },
      items: { count: 2, counts: { succeeded: 2, failed: 0 } },
    });
    expect(shown.attempts[0].array.size).toBe(2);
    const item = await json(['show', 'by-hand-rerun-1', '--item', '8']);
    expect(item.attempts.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['failed', 'succeeded']);
    const again = await stack.command(['rerun', 'by-hand-rerun-1', '--failed', '--yes']);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('No item of run by-hand-rerun-1 failed.');
  });

  it('says how far it is while it runs, by a number of requests that does not grow with its items', async () => {
    await stack.script('report', { children: { 1: { 0: '1', 1: 'running', 2: 'running', 3: 'runnable' } } });
    await stack.start('report', 'live', EVENT);
    const counts = { waiting: 1, running: 2, succeeded: 8, failed: 1 };
    let shown: { items?: { counts?: object } } = {};
    const isSo = async () => {
      shown = await json(['show', 'live']);
      return isDeepStrictEqual(shown.items?.counts, counts);
    };
    await until(isSo, `the items of a run that goes on: ${JSON.stringify(counts)}`);
    expect(shown.items).toEqual({
      count: 12,
      counts,
      failures: [{ index: 0, reason: expect.any(String), exitCode: 1 }],
    });
    const { runs } = await json(['runs', 'report', '--limit', '1']);
    expect(runs[0]).toMatchObject({ run: 'live', activity: '1 failed, 2 running, 1 waiting, 8 succeeded' });
    stack.front.reset();
    await json(['show', 'live']);
    expect(stack.front.calls.filter(({ action }) => action.startsWith('batch:')).length).toBeLessThanOrEqual(3);
    expect(await json(['why', 'live', '--item', '0'])).toMatchObject({ code: 'exit-code', item: 0 });
    const refused = await stack.command(['rerun', 'live', '--failed', '--yes']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('Run live has not ended');
  });
});
