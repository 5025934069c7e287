import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsCache } from '../../../cli/console/aws/cache';
import { Live } from '../../../cli/console/aws/live';
import { logSegments } from '../../../cli/console/aws/log-segments';
import { partProblem } from '../../../cli/console/aws/problem-text';
import { RememberedStarts } from '../../../cli/console/aws/remembered-starts';
import { Turns } from '../../../cli/console/aws/turns';
import type { Attempt, Run, Start } from '../../../cli/model/run';
import { awsFault } from '../../../cli/operate/aws/fault';
import type { FoundRun } from '../../../cli/operate/find-run';

const start = (number: number, more: Partial<Start> = {}): Start => ({
  number,
  outcome: 'succeeded',
  onDemand: false,
  startedAt: number * 1000,
  stoppedAt: number * 1000 + 500,
  exitCode: 0,
  ...more,
});
const attempt = (number: number, starts: readonly Start[], more: Partial<Attempt> = {}): Attempt => ({
  number,
  outcome: 'succeeded',
  begunAt: 0,
  endedAt: 9000,
  refusals: [],
  starts,
  ...more,
});
const run = (attempts: readonly Attempt[], more: Partial<Run> = {}): Run => ({
  id: 'report-1',
  name: 'report-1',
  place: 'aws',
  job: 'report',
  outcome: 'succeeded',
  startedAt: 0,
  endedAt: 10_000,
  event: { bytes: 2 },
  attempts,
  waits: [],
  policy: { attempts: 3, waits: [5, 10], freeRestarts: 2, thenOnDemand: true, isSpot: true },
  ...more,
});

describe('the parts of a log', () => {
  const told = (given: Run) =>
    logSegments(given).map((part) =>
      'mark' in part ? `${part.of}: ${part.mark.kind}, ${part.mark.title}, ${part.mark.detail}` : part.key,
    );

  it('says that an attempt was killed for memory, and what the next one gets', () => {
    const reason = 'OutOfMemoryError: Container killed due to memory usage';
    const killed = (memory: number) =>
      attempt(1, [start(1, { outcome: 'failed', exitCode: 137, reason })], { outcome: 'failed', memory });
    const given = (memory: number, more: Partial<Run> = {}) => {
      const { policy, ...rest } = run([killed(memory), attempt(2, [start(1)])], more);
      return told({ ...rest, policy: { ...policy, memoryLevels: [1800, 3600] } })[1];
    };
    const waits = [{ kind: 'retry' as const, from: 9000, to: 14_000, seconds: 5, before: 2 }];
    const end = '1.1: failed, Attempt 1 failed, exit code 137, out of memory';
    expect(given(1800)).toBe(`${end}. Attempt 2 is next, with 3,600 MiB`);
    expect(given(1800, { waits })).toBe(`${end}. Attempt 2 starts in 5s, with 3,600 MiB`);
    expect(given(3600)).toBe(end);
  });

  it('has marks for interruptions, restarts, the move to on-demand capacity, failures and the end', () => {
    const spot = attempt(
      1,
      [
        start(1, { outcome: 'interrupted', exitCode: 143 }),
        start(2, { outcome: 'interrupted', exitCode: undefined, reason: 'Host EC2 terminated.', restart: 1 }),
        start(3, { outcome: 'failed', onDemand: true, exitCode: 1 }),
      ],
      { outcome: 'failed', reason: 'Host EC2 terminated.' },
    );
    const waits = [{ kind: 'retry' as const, from: 9000, to: 14_000, seconds: 5, before: 2 }];
    expect(told(run([spot, attempt(2, [start(1)])], { waits }))).toEqual([
      '1.1',
      '1.1: interrupted, Spot interruption, exit code 143',
      '1.1: restart, Free restart 1 of 2, The attempt is not used up',
      '1.2',
      '1.2: interrupted, Spot interruption, Host EC2 terminated.',
      '1.3: on-demand, Moved to on-demand, Attempt 1 continues: no free restart was left',
      '1.3',
      '1.3: failed, Attempt 1 failed, exit code 1. Attempt 2 starts in 5s',
      '2.1',
      '2.1: succeeded, Succeeded, exit code 0',
    ]);
  });

  it.each([
    [{ outcome: 'failed' as const, reason: 'Out of memory' }, ': failed, Failed after 1 attempt, Out of memory'],
    [{ outcome: 'timed-out' as const, error: 'States.Timeout' }, ': timed-out, Failed after 1 attempt, States.Timeout'],
    [{ outcome: 'stopped' as const, reason: 'Stopped by Ann' }, ': stopped, Stopped, Stopped by Ann'],
  ])('ends with how the run ended: %j', (more, last) => {
    const refused = attempt(1, [], { outcome: 'refused', reason: 'No such queue.' });
    expect(told(run([refused], more))).toEqual([': failed, Attempt 1 was refused by AWS Batch, No such queue', last]);
  });

  it('grows at its end only', () => {
    const first = attempt(1, [start(1, { outcome: 'failed', exitCode: 1 })], { outcome: 'failed' });
    const live = run([first], { outcome: 'running', endedAt: undefined });
    const later = run([first, attempt(2, [start(1)])]);
    expect(told(later).slice(0, told(live).length)).toEqual(told(live));
  });
});

it('remembers when a start began and where it ran, as long as AWS does not say', () => {
  const remembered = new RememberedStarts();
  const live = (more: Partial<Start>) =>
    run([attempt(1, [{ number: 1, outcome: 'starting', onDemand: false, queuedAt: 1000, ...more }])]);
  remembered.added('arn', live({}), 2000);
  remembered.added('arn', live({ instanceType: 'c7i.large', zone: 'eu-west-1a' }), 3000);
  const { attempts } = remembered.added('arn', live({ outcome: 'succeeded', startedAt: 4000 }), 9000);
  expect(attempts[0]?.starts[0]).toMatchObject({ startingAt: 2000, instanceType: 'c7i.large', zone: 'eu-west-1a' });
  expect(
    remembered.added('other', live({ outcome: 'queued' }), 9000).attempts[0]?.starts[0]?.startingAt,
  ).toBeUndefined();
  // Clocks differ.
  const early = remembered.added('arn', live({ outcome: 'running', startedAt: 1500 }), 9000);
  expect(early.attempts[0]?.starts[0]?.startingAt).toBe(1500);
});

describe('looking at AWS again and again', () => {
  it('looks at a shown run every 2 seconds for a minute, then every 5, until it has ended, and at nothing for nobody', async () => {
    const looks: number[] = [];
    const [lists, counts] = [[] as number[], [] as number[]];
    let now = 0;
    let goesOn = true;
    let shown = [{ place: 'aws' as const, id: 'one' }];
    const live = new Live({
      isShown: () => true,
      runs: () => [...shown, { place: 'local', id: 'two' }],
      lookAtLists: async () => void lists.push(now),
      lookAtCount: async () => void counts.push(now),
      lookAtRun: async (id) => {
        expect(id).toBe('one');
        looks.push(now);
        return goesOn;
      },
    });
    for (; now <= 80_000; now += 1000) {
      if (now === 79_000) goesOn = false;
      await live.tick(now);
    }
    expect(looks.slice(0, 3)).toEqual([2000, 4000, 6000]);
    expect(looks.slice(-4)).toEqual([65_000, 70_000, 75_000, 80_000]);
    expect(lists).toEqual([0, 15_000, 30_000, 45_000, 60_000, 75_000]);
    expect(counts).toEqual([0, 60_000]);
    const before = looks.length;
    await live.tick(90_000);
    expect(looks.length).toBe(before);
    shown = [];
    await live.tick(100_000);
    expect(looks.length).toBe(before);
  });

  it('has no timer while nobody looks', () => {
    jest.useFakeTimers();
    let isShown = true;
    const lookAtLists = jest.fn(async () => {});
    const nothing = { lookAtCount: async () => {}, lookAtRun: async () => true, runs: () => [] };
    const live = new Live({ isShown: () => isShown, lookAtLists, ...nothing });
    live.followersChanged();
    jest.advanceTimersByTime(500);
    expect(lookAtLists).toHaveBeenCalledTimes(1);
    isShown = false;
    live.followersChanged();
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });
});

describe('what is kept on disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'console-aws-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const cache = () => new AwsCache(join(folder, '.batch-jobs', 'shop', 'aws', '1-eu-west-1'));
  const found = (name: string, executionArn = `arn:${name}`) =>
    ({ job: { name: 'report' }, name, executionArn }) as unknown as FoundRun;

  it('is for its owner, outside of git, and of one execution', () => {
    cache().keepRun(found('one'), run([]));
    expect(cache().run(found('one'))).toEqual(run([]));
    expect(cache().run(found('one', 'arn:another'))).toBeUndefined();
    const file = join(cache().runFolder({ job: { name: 'report' }, name: 'one' }), 'run.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(cache().folder).mode & 0o777).toBe(0o700);
    expect(readFileSync(join(folder, '.batch-jobs', '.gitignore'), 'utf8')).toBe('*\n');
  });

  it.each(['..', '../../x', 'a/b', '.hidden', 'ü'])('keeps a run named %j in its own folder', (name) => {
    expect(cache().runFolder({ job: { name: 'report' }, name: name })).toMatch(/\/runs\/report\.[0-9a-f]{32}$/);
  });

  it.each(['', '{', '{"version":99}', 'null'])('reads again what cannot be read: %j', (text) => {
    cache().keepRun(found('one'), run([]));
    writeFileSync(join(cache().runFolder({ job: { name: 'report' }, name: 'one' }), 'run.json'), text);
    writeFileSync(join(cache().folder, 'runs.json'), text);
    expect(cache().run(found('one'))).toBeUndefined();
    expect(cache().list()).toBeUndefined();
  });

  it('is bounded: what was used longest ago is deleted first', () => {
    for (const [index, name] of ['old', 'middle', 'new'].entries()) {
      cache().keepRun(found(name), run([]));
      utimesSync(join(cache().runFolder({ job: { name: 'report' }, name: name }), 'run.json'), index + 1, index + 1);
    }
    const left = () =>
      ['old', 'middle', 'new'].filter((name) => existsSync(cache().runFolder({ job: { name: 'report' }, name: name })));
    cache().prune(2);
    expect(left()).toEqual(['middle', 'new']);
    cache().prune(2, 400);
    expect(left()).toEqual(['new']);
  });
});

it('says why a part is missing, and that the console tries again where that helps', () => {
  const fault = (name: string, httpStatusCode: number) =>
    awsFault(
      Object.assign(new Error('no'), { name, $metadata: { httpStatusCode } }),
      'states:ListExecutions',
      'eu-west-1',
    );
  expect(partProblem('list executions', fault('ThrottlingException', 400))).toBe(
    'Could not list executions: AWS throttles states:ListExecutions. The console tries again.',
  );
  expect(partProblem('list executions', fault('AccessDeniedException', 400))).toMatch(
    /^Could not list executions: Your credentials do not allow states:ListExecutions .*--policy read$/,
  );
  expect(partProblem('list executions', fault('InternalFailure', 500))).toMatch(
    /\(InternalFailure\)\. The console tries again\.$/,
  );
});

it('does one thing after the other, also after one that failed', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const slow = turns.next(async () => {
    await new Promise(setImmediate);
    order.push('slow');
    throw new Error('no');
  });
  const quick = turns.next(async () => void order.push('quick'));
  await expect(slow).rejects.toThrow('no');
  await quick;
  expect(order).toEqual(['slow', 'quick']);
});
