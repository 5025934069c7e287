import { collect } from '../../../modules/orchestration/items/collect';
import {
  type ChildAside,
  type FailedChild,
  type ItemsPlan,
  indexLine,
  type NextArrays,
} from '../../../modules/orchestration/items/format';
import type { RunObjects } from '../../../modules/orchestration/items/run-objects';

/** The objects of a run, in memory. */
class Objects {
  readonly stored = new Map<string, string>();

  get asRun(): RunObjects {
    return this as unknown as RunObjects;
  }
  uri(name: string): string {
    return `s3://bucket/${name}`;
  }
  async read(name: string): Promise<Buffer> {
    const text = this.stored.get(name);
    if (text === undefined) throw new Error(`no ${name}`);
    return Buffer.from(text);
  }
  async write(name: string, body: Buffer): Promise<void> {
    this.stored.set(name, body.toString());
  }
  async writeLines(name: string, values: readonly unknown[]): Promise<void> {
    this.stored.set(name, values.map((value) => `${JSON.stringify(value)}\n`).join(''));
  }
  async readLines<T>(name: string): Promise<T[]> {
    return (await this.read(name))
      .toString()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as T);
  }
  lines(name: string): unknown[] {
    return (this.stored.get(name) ?? '')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }
}

/** An item of ten bytes in a line of eleven. */
const place = (item: number) => ({ start: item * 11, end: item * 11 + 10 });
const line = (item: number) => indexLine({ ...place(item), item });

const ANSWER: NextArrays = {
  Next: 'run',
  Count: 4,
  Children: 4,
  Attempt: 1,
  OnDemand: false,
  Wait: 0,
  Arrays: [{ Number: 0, Size: 4, Items: 's3://bucket/1-0.index' }],
  Aside: 0,
};
const PLAN: ItemsPlan = { MaximumAttempts: 1, Waits: [], ThenOnDemand: false, MaxFailures: 0 };

interface Given {
  readonly failed?: readonly FailedChild[];
  readonly answer?: Partial<NextArrays>;
  readonly plan?: Partial<ItemsPlan>;
  readonly aside?: readonly ChildAside[];
  /** Items of the first array's children. */
  readonly items?: readonly number[];
  readonly count?: number;
}

/** What comes after an array that ended. */
async function comesAfter({
  failed = [],
  answer,
  plan,
  aside = [],
  items = [0, 1, 2, 3],
  count = failed.length,
}: Given) {
  const objects = new Objects();
  const whole = { ...ANSWER, ...answer };
  const [{ Number: array } = { Number: 0 }] = whole.Arrays;
  await objects.write(`${whole.Attempt}-${array}.index`, Buffer.from(items.map(line).join('')));
  await objects.writeLines(`${whole.Attempt}-${array}.failed`, failed);
  if (aside.length > 0) await objects.writeLines(`${whole.Attempt}-${array}.aside`, aside);
  const request = {
    answer: { ...whole, Aside: aside.length },
    ended: [{ Number: array, Failed: count }],
    plan: { ...PLAN, ...plan },
  };
  return { result: await collect(request, objects.asRun), objects };
}
const child = (number: number, more: Partial<FailedChild> = {}): FailedChild => ({
  child: number,
  reason: 'failed',
  end: 'failed',
  ...more,
});

describe('the end of a run', () => {
  it('without failures stores nothing', async () => {
    const { result, objects } = await comesAfter({});
    expect(result).toEqual({ Next: 'end', Result: { items: 4, succeeded: 4, failed: 0, failures: [] } });
    expect(objects.stored.has('failures.jsonl')).toBe(false);
    expect(objects.stored.has('run.json')).toBe(false);
  });

  it('with failures lists them in order, and stores them with their places', async () => {
    const failed = [child(2, { exitCode: 1 }), child(0, { reason: 'why', exitCode: 0 })];
    const { result, objects } = await comesAfter({ failed, answer: { Count: 9 } });
    const failures = [
      { index: 0, reason: 'why', exitCode: 0 },
      { index: 2, reason: 'failed', exitCode: 1 },
    ];
    const stated = { items: 4, succeeded: 2, failed: 2, failures, failuresUri: 's3://bucket/failures.jsonl' };
    expect(result).toEqual({ Next: 'fail', Error: 'ItemsFailed', Cause: JSON.stringify(stated) });
    // Nothing else: what the next attempt would need, such as whether capacity was reclaimed, is of no use any more.
    expect(objects.lines('failures.jsonl')).toEqual(failures.map((one) => ({ ...one, ...place(one.index) })));
    expect(objects.lines('run.json')).toEqual([{ count: 9 }]);
  });

  it.each<[number | string, number, boolean]>([
    [1, 1, true],
    [1, 2, false],
    ['50%', 2, true],
    ['49.9%', 2, false],
    ['25%', 1, true],
    ['0%', 1, false],
  ])('with %j failures allowed and %d, is a good one: %s', async (MaxFailures, number, isGood) => {
    const failed = Array.from({ length: number }, (_, index) => child(index));
    const { result } = await comesAfter({ failed, plan: { MaxFailures } });
    expect(result.Next).toBe(isGood ? 'end' : 'fail');
  });

  it('counts a percentage in hundredths', async () => {
    const failed = Array.from({ length: 3 }, (_, index) => child(index));
    const { result } = await comesAfter({ failed, answer: { Children: 1000 }, plan: { MaxFailures: '0.3%' } });
    expect(result.Next).toBe('end');
  });

  it('lists the first fifty failures, and fewer if the cause would be too long', async () => {
    const items = Array.from({ length: 60 }, (_, index) => index);
    const failing = (reason: string) => items.map((index) => child(index, { reason }));
    const listed = async (reason: string) => {
      const { result, objects } = await comesAfter({ failed: failing(reason), items, answer: { Children: 60 } });
      const cause = 'Cause' in result ? result.Cause : '';
      expect(objects.lines('failures.jsonl')).toHaveLength(60);
      return { length: cause.length, failures: JSON.parse(cause).failures.length };
    };
    expect(await listed('short')).toMatchObject({ failures: 50 });
    const long = await listed('x'.repeat(970));
    expect(long.failures).toBe(32);
    expect(long.length).toBeLessThanOrEqual(32_000);
    expect(await listed('x'.repeat(40_000))).toMatchObject({ failures: 0 });
  });
});

describe('the next attempt', () => {
  const plan = { MaximumAttempts: 3, Waits: [5, 0] };

  it('runs the failed children again after its wait, and leaves the others aside', async () => {
    const failed = [child(1), child(3, { end: 'incurable', exitCode: 2 }), child(0, { end: 'reclaimed' })];
    const { result, objects } = await comesAfter({ failed, plan, answer: { OnDemand: true } });
    expect(result).toEqual({
      ...ANSWER,
      Next: 'wait',
      Attempt: 2,
      OnDemand: false,
      Wait: 5,
      Arrays: [{ Number: 0, Size: 2, Items: 's3://bucket/2-0.index' }],
      Aside: 1,
    });
    expect(objects.stored.get('2-0.index')).toBe(line(0) + line(1));
    expect(objects.lines('2-0.aside')).toEqual([
      { index: 3, reason: 'failed', exitCode: 2, ...place(3), curable: false },
    ]);
  });

  it('follows at once without a wait', async () => {
    const { result, objects } = await comesAfter({ failed: [child(1)], plan, answer: { Attempt: 2 } });
    expect(result).toMatchObject({ Next: 'run', Attempt: 3, Wait: 0, Aside: 0 });
    expect(objects.stored.has('3-0.aside')).toBe(false);
    expect((await comesAfter({ failed: [child(1)], plan: { MaximumAttempts: 2 } })).result).toMatchObject({
      Next: 'run',
      Wait: 0,
    });
  });

  it('is none after the last one, or if nothing can be cured', async () => {
    expect((await comesAfter({ failed: [child(1)], plan, answer: { Attempt: 3 } })).result.Next).toBe('fail');
    expect((await comesAfter({ failed: [child(1, { end: 'incurable' })], plan })).result.Next).toBe('fail');
  });

  it('has no larger arrays than the plan says', async () => {
    const { result } = await comesAfter({ failed: [child(0), child(1), child(2)], plan: { ...plan, ArraySize: 2 } });
    expect(result).toMatchObject({
      Arrays: [
        { Number: 0, Size: 2 },
        { Number: 1, Size: 1 },
      ],
    });
  });

  it('runs what was left aside and can be cured', async () => {
    const aside = [
      { index: 5, reason: 'old', ...place(5), curable: true },
      { index: 1, reason: 'never', ...place(1), curable: false },
    ];
    const { result, objects } = await comesAfter({ failed: [child(3)], aside, plan });
    expect(result).toMatchObject({ Aside: 1 });
    expect(objects.stored.get('2-0.index')).toBe(line(3) + line(5));
    expect(objects.lines('2-0.aside')).toEqual([aside[1]]);
  });
});

describe('children that Spot capacity was taken from', () => {
  const plan = { MaximumAttempts: 2, Waits: [5], ThenOnDemand: true };
  const failed = [child(0, { end: 'reclaimed' }), child(2)];

  it('go on on-demand in the same attempt, with the next number', async () => {
    const aside = [{ index: 9, reason: 'old', ...place(9), curable: true }];
    const Arrays = [{ Number: 4, Size: 4, Items: 'x' }];
    const { result, objects } = await comesAfter({ failed, plan, aside, answer: { Arrays } });
    expect(result).toEqual({
      ...ANSWER,
      Next: 'run',
      Attempt: 1,
      OnDemand: true,
      Wait: 0,
      Arrays: [{ Number: 5, Size: 1, Items: 's3://bucket/1-5.index' }],
      Aside: 2,
    });
    expect(objects.stored.get('1-5.index')).toBe(line(0));
    expect(objects.lines('1-5.aside')).toMatchObject([{ index: 9 }, { index: 2 }]);
  });

  it('fail as others if the plan says so, and on-demand', async () => {
    expect((await comesAfter({ failed, plan: { ...plan, ThenOnDemand: false } })).result).toMatchObject({
      Attempt: 2,
      Aside: 0,
    });
    expect((await comesAfter({ failed, plan, answer: { OnDemand: true } })).result).toMatchObject({
      Attempt: 2,
      Aside: 0,
    });
  });
});

describe('memory', () => {
  const plan = { MaximumAttempts: 2, MemoryLevels: [512, 1024, 2048] };
  const killed = child(0, { reason: 'OutOfMemoryError: killed' });
  const arrays = (Memory?: string) => [{ Number: 0, Size: 4, Items: 'x', ...(Memory && { Memory }) }];

  it('grows for those that were killed for it, which are in an array of their own', async () => {
    const { result, objects } = await comesAfter({
      failed: [killed, child(1)],
      plan,
      answer: { Arrays: arrays('512') },
    });
    expect(result).toMatchObject({
      Arrays: [
        { Number: 0, Size: 1, Memory: '512' },
        { Number: 1, Size: 1, Memory: '1024' },
      ],
    });
    expect([objects.stored.get('2-0.index'), objects.stored.get('2-1.index')]).toEqual([line(1), line(0)]);
  });

  it('stays at the last level, and without levels', async () => {
    const most = await comesAfter({ failed: [killed], plan, answer: { Arrays: arrays('2048') } });
    expect(most.result).toMatchObject({ Arrays: [{ Memory: '2048' }] });
    const none = await comesAfter({
      failed: [killed],
      plan: { MaximumAttempts: 2 },
      answer: { Arrays: arrays('512') },
    });
    expect(none.result).toMatchObject({ Arrays: [{ Memory: '512' }] });
    const { result } = await comesAfter({ failed: [killed], plan, answer: { Arrays: arrays() } });
    expect(result).toMatchObject({ Arrays: [{ Number: 0, Size: 1 }] });
    expect(JSON.stringify(result)).not.toContain('Memory');
  });

  it('is kept for those that are left aside, and is no part of a failure', async () => {
    const failed = [child(0), child(1, { end: 'incurable' })];
    const { objects } = await comesAfter({ failed, plan, answer: { Arrays: arrays('512') } });
    expect(objects.lines('2-0.aside')).toMatchObject([{ index: 1, memory: '512' }]);
    const end = await comesAfter({ failed, answer: { Arrays: arrays('512') } });
    expect(end.objects.stored.get('failures.jsonl')).not.toMatch(/memory|curable/);
  });
});

it('a list of other length than the number of failures is no list of them', async () => {
  await expect(comesAfter({ failed: [child(0)], count: 2 })).rejects.toThrow(
    new Error('s3://bucket/1-0.failed lists 1 failed children, and 2 failed.'),
  );
});
