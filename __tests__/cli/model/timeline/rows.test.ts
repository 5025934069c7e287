import type { Run, Start, Wait } from '../../../../cli/model/run';
import { logStartOf } from '../../../../cli/model/timeline/row';
import { timelineRows } from '../../../../cli/model/timeline/rows';
import { at, attempt, live, NOW, run, SPOT_STORY, start, T0 } from '../told-runs';

const rowOf = (told: Run, id: string, toggled?: ReadonlySet<string>) =>
  timelineRows(told, NOW, toggled).find((row) => row.id === id);

describe('the rows of a timeline', () => {
  const rows = timelineRows(SPOT_STORY, NOW);

  it('are the trigger function, attempts, the starts of an attempt with several, and the waits', () => {
    expect(rows.map(({ id, kind, level, label, detail }) => [id, kind, level, label, detail])).toEqual([
      ['trigger', 'trigger', 1, 'Trigger function', 'schedule, started this run'],
      ['a1', 'attempt', 1, 'Attempt 1', 'Spot c6i.large, exit code 1'],
      ['w2', 'wait', 1, 'Wait before attempt 2', ''],
      ['a2', 'attempt', 1, 'Attempt 2', '3 starts, exit code 1'],
      ['a2.1', 'start', 2, 'Start 1', 'Spot c6i.large, exit code 143'],
      ['a2.2', 'start', 2, 'Start 2', 'Spot c7i.large, free restart 1 of 1'],
      ['a2.3', 'start', 2, 'Start 3', 'c6i.large, exit 1'],
      ['w3', 'wait', 1, 'Wait before attempt 3', ''],
      ['a3', 'attempt', 1, 'Attempt 3', 'Spot c7i.large, exit code 0'],
    ]);
    expect(rows.map(logStartOf)).toEqual([undefined, '1', undefined, '2', '2.1', '2.2', '2.3', undefined, '3']);
  });

  it('have names that say what their bars show', () => {
    expect(rows.map(({ name }) => name)).toEqual([
      'Trigger function, schedule, started this run, 0.4 seconds',
      'Attempt 1, failed, exit code 1, 5 minutes 22 seconds',
      'Wait before attempt 2, 5 seconds',
      'Attempt 2, 3 starts, failed, exit code 1, 16 minutes 35 seconds',
      'Attempt 2, start 1, interrupted, exit code 143, 6 minutes 15 seconds',
      'Attempt 2, start 2, free restart 1, interrupted, exit code 143, 5 minutes 17 seconds',
      'Attempt 2, start 3, on-demand, failed, exit code 1, 5 minutes 3 seconds',
      'Wait before attempt 3, 10 seconds',
      'Attempt 3, succeeded, exit code 0, 5 minutes 29 seconds',
    ]);
  });

  it('have times and outcomes', () => {
    expect(rows.map(({ from, to, isLive }) => [(from - T0) / 1000, to && (to - T0) / 1000, isLive])).toEqual([
      ...[
        [0, 0.4, false],
        [0, 322, false],
        [322, 327, false],
        [327, 1322, false],
        [327, 702, false],
      ],
      ...[
        [702, 1019, false],
        [1019, 1322, false],
        [1322, 1332, false],
        [1332, 1661, false],
      ],
    ]);
    expect(rows.map(({ outcome, exitCode, onDemand }) => [outcome, exitCode, onDemand])).toEqual([
      ...[
        [undefined, undefined, false],
        ['failed', 1, false],
        [undefined, undefined, false],
        ['failed', 1, false],
      ],
      ...[
        ['interrupted', 143, false],
        ['interrupted', 143, false],
        ['failed', 1, true],
      ],
      ...[
        [undefined, undefined, false],
        ['succeeded', 0, false],
      ],
    ]);
  });

  it('connect a start with the one before it, and are below their attempt', () => {
    expect(rows.flatMap(({ id, connector }) => (connector ? [[id, connector.kind, connector.at - T0]] : []))).toEqual([
      ['a2.2', 'restart', 702_000],
      ['a2.3', 'on-demand', 1_019_000],
    ]);
    expect(rows.map(({ parent }) => parent)).toEqual([
      ...[undefined, undefined, undefined, undefined, 'a2', 'a2', 'a2', undefined, undefined],
    ]);
  });

  it('of an attempt with several starts have their bars, and a bracket over them', () => {
    const bars = ({ intervals }: (typeof rows)[number]) => intervals.map(({ kind }) => kind);
    expect(rows.map(bars)).toEqual([
      [],
      ['queue', 'starting', 'failed'],
      ['wait'],
      ['bracket'],
      ['queue', 'starting', 'interrupted'],
      ['queue', 'starting', 'interrupted'],
      ['queue', 'starting', 'failed'],
      ['wait'],
      ['queue', 'starting', 'succeeded'],
    ]);
    expect(rows.map(({ isOpen }) => isOpen)).toEqual([
      ...[undefined, undefined, undefined, true, undefined, undefined, undefined, undefined, undefined],
    ]);
    const closed = rowOf(SPOT_STORY, 'a2', new Set(['a2']));
    expect(closed?.isOpen).toBe(false);
    expect(closed && bars(closed)).toEqual(rows.slice(4, 7).flatMap(bars));
    expect(closed?.marks).toEqual(rows.slice(4, 7).flatMap(({ marks }) => marks));
    expect(closed?.marks).toHaveLength(2);
    expect(rowOf(SPOT_STORY, 'a2')?.marks).toEqual([]);
    expect(rowOf(SPOT_STORY, 'a2.1', new Set(['a2']))).toBeUndefined();
  });

  it('in the middle are folded if there are many', () => {
    const many = run({ attempts: Array.from({ length: 21 }, (_, index) => attempt({ number: index + 1 })) });
    expect(timelineRows(many, NOW)).toHaveLength(7);
    expect(timelineRows(many, NOW, new Set(['f4']))).toHaveLength(22);
    const starts = Array.from({ length: 13 }, (_, index) => start({ number: index + 1 }));
    const restarted = run({ attempts: [attempt({ starts })] });
    expect(timelineRows(restarted, NOW)).toHaveLength(1 + 7);
    expect(timelineRows(restarted, NOW, new Set(['a1f']))).toHaveLength(1 + 14);
    expect(rowOf(restarted, 'a1f')?.parent).toBe('a1');
  });
});

describe('the row of the trigger function', () => {
  it.each<[Partial<Run>, string, string]>([
    [{}, 'schedule, started this run', 'schedule, started this run'],
    [{ event: { source: 'sqs', bytes: 2 } }, 'schedule, started this run', 'schedule, started this run'],
    [{ source: undefined, event: { source: 'sqs', bytes: 2 } }, 'sqs, started this run', 'sqs, started this run'],
    [{ source: undefined, event: { bytes: 2 } }, 'event, started this run', 'event, started this run'],
    [{ trigger: { at: T0, duplicates: 1 } }, 'schedule, 1 duplicate', 'schedule, 1 duplicate, which started nothing'],
    [
      { trigger: { at: T0, endedAt: at(1), duplicates: 2 } },
      'schedule, 2 duplicates',
      'schedule, 2 duplicates, which started nothing, 1 second',
    ],
  ])('of %j', (differences, detail, name) => {
    const row = rowOf(run({ trigger: { at: T0, duplicates: 0 }, ...differences }), 'trigger');
    expect(row).toMatchObject({ detail, name: `Trigger function, ${name}`, intervals: [], marks: [], isLive: false });
    expect(row?.from).toBe(T0);
  });

  it('is absent if it is not known', () => {
    expect(rowOf(run(), 'trigger')).toBeUndefined();
  });
});

describe('the row of a wait', () => {
  const waits = (wait: Partial<Wait>, differences: Partial<Run> = {}) =>
    timelineRows(
      run({ waits: [{ kind: 'retry', from: at(300), to: at(305), before: 2, ...wait }], ...differences }),
      NOW,
    );
  const LIVE = { outcome: 'running', endedAt: undefined } as const;

  it('is before its attempt, or at the end if that has not begun', () => {
    const attempts = [attempt(), attempt({ number: 2 }), attempt({ number: 3 })];
    expect(waits({}, { attempts }).map(({ id }) => id)).toEqual(['a1', 'w2', 'a2', 'a3']);
    expect(waits({ before: 4 }, { attempts }).map(({ id }) => id)).toEqual(['a1', 'a2', 'a3', 'w4']);
    expect(waits({ before: 1 }).map(({ id }) => id)).toEqual(['w1']);
    // It is part of the queue of its attempt.
    expect(waits({ kind: 'throttled' }, { attempts })).toHaveLength(3);
    expect(waits({ kind: 'throttled', before: 4 }, { attempts })).toHaveLength(3);
  });

  it('says how long it was, or is so far', () => {
    expect(waits({})[0]).toEqual({
      id: 'w2',
      kind: 'wait',
      level: 1,
      label: 'Wait before attempt 2',
      detail: '',
      onDemand: false,
      from: at(300),
      to: at(305),
      isLive: false,
      intervals: [{ kind: 'wait', from: at(300), to: at(305) }],
      marks: [],
      name: 'Wait before attempt 2, 5 seconds',
    });
    expect(waits({ to: undefined }, LIVE)[0]).toMatchObject({
      to: NOW,
      isLive: true,
      intervals: [{ kind: 'wait', from: at(300), to: NOW, isLive: true }],
      name: 'Wait before attempt 2, 2 minutes so far',
    });
    expect(waits({}, LIVE)[0]).toMatchObject({ to: at(305), isLive: false });
  });

  it('ends with the run if it has no end, and never before it began', () => {
    expect(waits({ to: undefined })[0]).toMatchObject({ to: at(600), isLive: false });
    expect(waits({ to: undefined }, { endedAt: undefined })[0]).toMatchObject({ to: at(300) });
    expect(waits({ to: at(200) })[0]).toMatchObject({ to: at(300), name: 'Wait before attempt 2, 0 seconds' });
  });

  it('says that this machine shortened it', () => {
    expect(waits({ seconds: 300, waited: 5 })[0]?.label).toBe('Wait 5m 00s, shortened to 5s');
    expect(waits({ seconds: 5, waited: 5 })[0]?.label).toBe('Wait before attempt 2');
    expect(waits({ seconds: 5 })[0]?.label).toBe('Wait before attempt 2');
    expect(waits({ waited: 5 })[0]?.label).toBe('Wait before attempt 2');
  });

  it('for a place says where in line the run is, while it waits', () => {
    const place = { kind: 'place', before: 1 } as const;
    expect(waits(place)[0]).toMatchObject({ id: 'place', label: 'Wait for a place' });
    expect(waits({ ...place, ahead: 4 })[0]?.label).toBe('Wait for a place');
    expect(waits({ ...place, to: undefined, ahead: 4 }, LIVE)[0]?.label).toBe('Wait for a place, number 5 in line');
    expect(waits({ ...place, to: undefined }, LIVE)[0]?.label).toBe('Wait for a place');
  });
});

describe('the row of an attempt', () => {
  it('without a start says why', () => {
    const detail = (outcome: Start['outcome'], of: Partial<Run> = {}) =>
      rowOf(run({ attempts: [attempt({ outcome, endedAt: undefined, starts: [] })], ...of }), 'a1')?.detail;
    expect(detail('refused')).toBe('not submitted');
    expect(detail('canceled')).toBe('canceled in the queue');
    expect(detail('failed')).toBe('no start recorded');
    expect(detail('queued', { outcome: 'running', endedAt: undefined })).toBe('not yet submitted');
    expect(detail('queued')).toBe('no start recorded');
  });

  it('has the marks and the bar of its submission, whether or not it has a start', () => {
    const unstarted = run({ attempts: [attempt({ outcome: 'refused', refusals: [{ at: at(1) }], starts: [] })] });
    expect(rowOf(unstarted, 'a1')).toMatchObject({
      detail: '1 submission refused, not submitted',
      outcome: 'refused',
      onDemand: false,
      intervals: [{ kind: 'queue', from: T0, to: at(300) }],
      marks: [
        { kind: 'refusal', at: at(1) },
        { kind: 'end', at: at(300) },
      ],
      name: 'Attempt 1, refused, 5 minutes',
    });
    const refusals = [{ at: at(1) }, { at: at(2) }];
    const local = run({
      place: 'local',
      by: 'docker',
      attempts: [
        attempt({
          outcome: 'interrupted',
          refusals,
          starts: [
            start({
              outcome: 'interrupted',
              exitCode: 143,
              queuedAt: undefined,
              startedAt: at(3),
              signalAt: at(6),
              stoppedAt: at(7),
            }),
          ],
        }),
      ],
    });
    const row = rowOf(local, 'a1');
    expect(row?.detail).toBe('2 submissions throttled, Docker, exit code 143');
    expect(row?.intervals.map(({ kind }) => kind)).toEqual(['queue', 'interrupted', 'tail']);
    expect(row?.marks.map(({ kind }) => kind)).toEqual(['refusal', 'refusal', 'notice']);
  });

  it('with several starts shows refusals at the first of them, or closed', () => {
    const starts = [
      start({ queuedAt: at(5), outcome: 'interrupted' }),
      start({ number: 2, queuedAt: at(300), startedAt: at(310), stoppedAt: at(320) }),
    ];
    const told = run({ attempts: [attempt({ refusals: [{ at: at(1) }], starts })] });
    expect(rowOf(told, 'a1')).toMatchObject({ detail: '1 submission throttled, 2 starts, exit code 1', marks: [] });
    expect(rowOf(told, 'a1.1')?.intervals[0]).toEqual({ kind: 'queue', from: T0, to: at(5) });
    expect(rowOf(told, 'a1.1')?.marks.map(({ kind }) => kind)).toEqual(['refusal', 'notice']);
    expect(rowOf(told, 'a1.2')?.intervals[0]).toEqual({ kind: 'queue', from: at(300), to: at(310) });
    expect(rowOf(told, 'a1.2')?.marks).toEqual([]);
    const closed = rowOf(told, 'a1', new Set(['a1']));
    expect(closed?.intervals[0]).toEqual({ kind: 'queue', from: T0, to: at(5) });
    expect(closed?.marks[0]).toEqual({ kind: 'refusal', at: at(1) });
  });

  it('with one start says whether that left Spot capacity', () => {
    const onDemand = (some: Partial<Start>) =>
      rowOf(run({ attempts: [attempt({ starts: [start(some)] })] }), 'a1')?.onDemand;
    expect([onDemand({ onDemand: true }), onDemand({})]).toEqual([true, false]);
  });

  it('that goes on lasts until now', () => {
    expect(rowOf(live({ outcome: 'running' }), 'a1')).toMatchObject({
      to: NOW,
      isLive: true,
      outcome: 'running',
      detail: 'Spot',
      name: 'Attempt 1, running, 7 minutes so far',
    });
    const starts = [
      start({ outcome: 'interrupted', exitCode: 143 }),
      start({ number: 2, outcome: 'running', startedAt: at(400), stoppedAt: undefined, exitCode: undefined }),
    ];
    const open = run({
      outcome: 'running',
      endedAt: undefined,
      attempts: [attempt({ outcome: 'running', endedAt: undefined, starts })],
    });
    expect(rowOf(open, 'a1')).toMatchObject({
      detail: '2 starts so far',
      to: NOW,
      isLive: true,
      intervals: [{ kind: 'bracket', from: T0, to: NOW, isLive: true }],
      name: 'Attempt 1, 2 starts, running, 7 minutes so far',
    });
    expect(rowOf(open, 'a1.2')).toMatchObject({ to: NOW, isLive: true, name: expect.stringMatching(/so far$/) });
    // It ended; the next one has not begun.
    const between = run({ outcome: 'running', endedAt: undefined, attempts: [attempt()] });
    expect(rowOf(between, 'a1')).toMatchObject({ to: at(300), isLive: false });
  });

  it('never ends before it began', () => {
    expect(rowOf(run({ attempts: [attempt({ endedAt: at(-5) })] }), 'a1')).toMatchObject({ from: T0, to: T0 });
  });
});

describe('the row of a start', () => {
  const detail = (differences: Partial<Start>, of: Partial<Run> = {}) =>
    rowOf(run({ attempts: [attempt({ starts: [start(differences)] })], ...of }), 'a1')?.detail;

  it('says where it ran, what it was, and how it exited', () => {
    expect(detail({})).toBe('Spot, exit code 1');
    expect(detail({ onDemand: true })).toBe('exit 1');
    expect(detail({ instanceType: 'c6i.large', onDemand: true })).toBe('c6i.large, exit 1');
    expect(detail({ exitCode: undefined })).toBe('Spot');
    expect(detail({}, { policy: { ...run().policy, isSpot: false } })).toBe('exit code 1');
    expect(detail({ restart: 2 })).toBe('Spot, free restart 2 of 3');
    // The config was changed since.
    expect(detail({ restart: 5 })).toBe('Spot, free restart 5 of 5');
    expect(detail({}, { place: 'local', by: 'podman' })).toBe('Podman, exit code 1');
    expect(detail({ instanceType: 'c6i.large' }, { place: 'local' })).toBe('exit code 1');
    expect(rowOf(live({ outcome: 'running' }, { place: 'local' }), 'a1')?.detail).toBe('');
    expect(detail({ isMadeToFail: true }, { place: 'local', by: 'plain process' })).toBe(
      'Plain process, --fail-attempts, exit code 1',
    );
  });

  it('that AWS Batch was not asked about was submitted', () => {
    const first = (differences: Partial<Start>, of?: Partial<Run>) => rowOf(live(differences, of), 'a1');
    const waiting = { outcome: 'queued', startedAt: undefined } as const;
    expect(first(waiting)).toMatchObject({ outcomeWord: 'Submitted', name: 'Attempt 1, submitted, 7 minutes so far' });
    expect(first({ ...waiting, batchStatus: 'RUNNABLE' })).toMatchObject({ name: expect.stringContaining('in queue') });
    expect(first({ ...waiting, batchStatus: 'RUNNABLE' })?.outcomeWord).toBeUndefined();
    expect(first(waiting, { place: 'local' })?.outcomeWord).toBeUndefined();
    expect(first({ ...waiting, outcome: 'starting' })?.outcomeWord).toBeUndefined();
    const two = live(undefined, {
      attempts: [
        attempt({ outcome: 'queued', endedAt: undefined, starts: [start(), start({ ...waiting, number: 2 })] }),
      ],
    });
    expect(rowOf(two, 'a1')?.outcomeWord).toBe('Submitted');
    expect(rowOf(two, 'a1.1')?.outcomeWord).toBeUndefined();
    expect(rowOf(two, 'a1.2')?.outcomeWord).toBe('Submitted');
  });

  it('begins with the first time that is known of it', () => {
    const from = (differences: Partial<Start>) =>
      rowOf(
        run({ attempts: [attempt({ begunAt: at(1), starts: [start(differences), start({ number: 2 })] })] }),
        'a1.1',
      );
    expect(from({ queuedAt: at(2), startedAt: at(3) })?.from).toBe(at(2));
    expect(from({ queuedAt: undefined, startedAt: at(3) })?.from).toBe(at(3));
    expect(from({ queuedAt: undefined, startedAt: undefined })?.from).toBe(at(1));
  });

  it('has no end, and no length in its name, if AWS forgot it', () => {
    const starts = [start({ stoppedAt: undefined }), start({ number: 2 })];
    const row = rowOf(run({ attempts: [attempt({ starts })] }), 'a1.1');
    expect(row?.to).toBeUndefined();
    expect(row?.name).toBe('Attempt 1, start 1, failed, exit code 1');
    expect(row?.intervals.map(({ kind }) => kind)).toEqual(['queue', 'unknown']);
    // What followed began when this one did, as far as is known.
    expect(rowOf(run({ attempts: [attempt({ starts })] }), 'a1.2')?.connector).toEqual({ kind: 'restart', at: T0 });
  });

  it('follows the end of the one before it, after which it may have waited', () => {
    const starts = [start({ stoppedAt: at(290) }), start({ number: 2, queuedAt: at(300) })];
    expect(rowOf(run({ attempts: [attempt({ starts })] }), 'a1.2')?.connector).toEqual({
      kind: 'restart',
      at: at(290),
    });
  });

  it('never ends before it began', () => {
    const starts = [start({ stoppedAt: at(-9) }), start({ number: 2 })];
    expect(rowOf(run({ attempts: [attempt({ starts })] }), 'a1.1')).toMatchObject({ from: T0, to: T0 });
  });

  it('left Spot capacity only if the one before it was there', () => {
    const starts = [1, 2, 3].map((number) => start({ number, onDemand: number > 1 }));
    const told = run({ attempts: [attempt({ starts })] });
    expect(['a1.1', 'a1.2', 'a1.3'].map((id) => rowOf(told, id)?.connector?.kind)).toEqual([
      ...[undefined, 'on-demand', 'restart'],
    ]);
    expect(rowOf(told, 'a1')?.name).toBe('Attempt 1, 3 starts, failed, exit code 1, 5 minutes');
  });
});
