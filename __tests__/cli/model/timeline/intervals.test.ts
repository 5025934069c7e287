import type { Attempt, Run, Start, StartOutcome } from '../../../../cli/model/run';
import { endOf, isLiveStart, startDrawing, submissionDrawing } from '../../../../cli/model/timeline/intervals';
import { at, attempt, live, NOW, run, start, T0 } from '../told-runs';

/** A drawing in seconds since the start of the run. */
const told = ({ intervals, marks }: ReturnType<typeof startDrawing>) => ({
  bars: intervals.map(({ kind, from, to, text, isLive }) =>
    [kind, (from - T0) / 1000, (to - T0) / 1000, text, isLive && 'live'].filter((part) => part !== undefined),
  ),
  marks: marks.map((mark) => [mark.kind, (mark.at - T0) / 1000]),
});

/** What a start shows that is the only one of its attempt. */
function drawn(
  differences: Partial<Start>,
  of: { readonly attempt?: Partial<Attempt>; readonly run?: Partial<Run> } = {},
) {
  const one = start(differences);
  const whole = attempt({ starts: [one], ...of.attempt });
  return told(startDrawing(run({ attempts: [whole], ...of.run }), whole, one, NOW));
}

const LIVE = { run: { outcome: 'running', endedAt: undefined }, attempt: { endedAt: undefined } } as const;
const GOES_ON = { stoppedAt: undefined, exitCode: undefined } as const;

describe('a start waits', () => {
  it('in the queue, and while its instance starts', () => {
    expect(drawn({ startingAt: at(20) }).bars).toEqual([
      ['queue', 0, 20],
      ['starting', 20, 60],
      ['failed', 60, 300, 'exit 1'],
    ]);
    expect(drawn({}).bars[0]).toEqual(['queue', 0, 60]);
    expect(drawn({ queuedAt: undefined }).bars).toEqual([['failed', 60, 300, 'exit 1']]);
  });

  it('until it stopped, without a container, else until the end of its attempt', () => {
    const late = { attempt: { endedAt: at(310) } };
    expect(drawn({ startedAt: undefined }, late).bars).toEqual([['queue', 0, 300]]);
    expect(drawn({ startedAt: undefined, startingAt: at(20) }, late).bars[1]).toEqual(['starting', 20, 300]);
    expect(drawn({ startedAt: undefined, ...GOES_ON }, late).bars).toEqual([['queue', 0, 310]]);
  });

  it('until now, in a run that goes on', () => {
    const waiting = { startedAt: undefined, ...GOES_ON };
    expect(drawn({ outcome: 'queued', batchStatus: 'RUNNABLE', ...waiting }, LIVE).bars).toEqual([
      ['queue', 0, 420, 'live'],
    ]);
    expect(drawn({ outcome: 'starting', startingAt: at(20), ...waiting }, LIVE).bars).toEqual([
      ['queue', 0, 20],
      ['starting', 20, 420, 'live'],
    ]);
    expect(drawn({ outcome: 'running', startingAt: at(20), ...GOES_ON }, LIVE).bars).toEqual([
      ['queue', 0, 20],
      ['starting', 20, 60],
      ['running', 60, 420, 'live'],
    ]);
    expect(drawn({ outcome: 'running', ...GOES_ON }, LIVE).bars[0]).toEqual(['queue', 0, 60]);
  });

  it('for an unknown reason where AWS Batch was not asked, which a machine does not ask', () => {
    const waiting = { outcome: 'queued', startedAt: undefined, ...GOES_ON } as const;
    expect(drawn(waiting, LIVE).bars).toEqual([['unknown', 0, 420, 'live']]);
    expect(drawn(waiting, { ...LIVE, run: { ...LIVE.run, place: 'local' } }).bars).toEqual([['queue', 0, 420, 'live']]);
    expect(drawn({ ...waiting, outcome: 'starting' }, LIVE).bars).toEqual([['queue', 0, 420, 'live']]);
    expect(drawn({ ...waiting, startingAt: at(5) }, LIVE).bars[0]).toEqual(['queue', 0, 5]);
    expect(drawn(waiting).bars).toEqual([['queue', 0, 300]]);
  });

  it('since its attempt began, if no time of it is known', () => {
    const untimed = { queuedAt: undefined, startedAt: undefined, ...GOES_ON };
    expect(drawn(untimed).bars).toEqual([['unknown', 0, 300]]);
    expect(drawn({ ...untimed, outcome: 'starting' }, LIVE).bars).toEqual([['starting', 0, 420, 'live']]);
  });
});

describe('the bar of a container', () => {
  it.each<[StartOutcome, string]>([
    ['succeeded', 'succeeded'],
    ['interrupted', 'interrupted'],
    ['timed-out', 'timed-out'],
    ['stopped', 'stopped'],
    ['running', 'running'],
    ['queued', 'running'],
    ['starting', 'running'],
    ['failed', 'failed'],
    ['canceled', 'failed'],
    ['not-started', 'failed'],
    ['refused', 'failed'],
  ])('%s is drawn as %s', (outcome, kind) => {
    expect(drawn({ outcome }).bars.at(-1)?.[0]).toBe(kind);
  });

  it.each<[string | undefined, Partial<Start>]>([
    ['exit 1', {}],
    ['exit 0', { outcome: 'succeeded', exitCode: 0 }],
    [undefined, { exitCode: undefined }],
    ['out of memory', { exitCode: 137, reason: 'OutOfMemoryError: Container killed' }],
    ['timeout', { outcome: 'timed-out', exitCode: 143 }],
    ['instance gone', { outcome: 'interrupted', exitCode: undefined }],
    ['instance gone', { outcome: 'interrupted', exitCode: 143, reason: 'Host EC2 (instance i-1) terminated.' }],
    ['exit 143', { outcome: 'interrupted', exitCode: 143, reason: 'Essential container in task exited' }],
    ['exit 1', { reason: 'Host EC2 (instance i-1) terminated.' }],
  ])('says %s', (text, differences) => {
    expect(drawn(differences).bars.at(-1)).toEqual([
      expect.any(String),
      60,
      300,
      ...(text === undefined ? [] : [text]),
    ]);
  });

  it('says nothing while it runs, and is unknown if its end is', () => {
    expect(drawn({ outcome: 'running', reason: 'OutOfMemoryError', stoppedAt: undefined }, LIVE).bars.at(-1)).toEqual([
      ...['running', 60, 420, 'live'],
    ]);
    expect(drawn({ stoppedAt: undefined }).bars.at(-1)).toEqual(['unknown', 60, 300]);
  });

  it('ends in a tail from SIGTERM to the exit', () => {
    expect(drawn({ signalAt: at(290) }).bars.slice(1)).toEqual([
      ['failed', 60, 290, 'exit 1'],
      ['tail', 290, 300],
    ]);
    expect(drawn({ outcome: 'running', signalAt: at(400), ...GOES_ON }, LIVE).bars.slice(1)).toEqual([
      ['running', 60, 400],
      ['tail', 400, 420, 'live'],
    ]);
    expect(drawn({ signalAt: at(60) }).bars.slice(1)).toEqual([
      ['failed', 60, 60, 'exit 1'],
      ['tail', 60, 300],
    ]);
  });

  it.each([300, 301, 59])('has no tail if SIGTERM was at %d s, which other clocks can say', (second) => {
    expect(drawn({ signalAt: at(second) }).bars.slice(1)).toEqual([['failed', 60, 300, 'exit 1']]);
  });

  it('never ends before it began', () => {
    expect(drawn({ startedAt: at(-5), stoppedAt: at(-10) }).bars).toEqual([
      ['queue', 0, 0],
      ['failed', -5, -5, 'exit 1'],
    ]);
  });
});

describe('the marks of a start', () => {
  it.each<[string, [string, number][], Partial<Start>]>([
    ['no mark', [], {}],
    ['a notice at SIGTERM', [['notice', 290]], { outcome: 'interrupted', signalAt: at(290) }],
    ['a notice at the end, as AWS keeps no time of it', [['notice', 300]], { outcome: 'interrupted' }],
    ['a notice at the end of the attempt', [['notice', 310]], { outcome: 'interrupted', stoppedAt: undefined }],
    ['its limit at SIGTERM', [['limit', 290]], { outcome: 'timed-out', signalAt: at(290) }],
    ['its limit at its end', [['limit', 300]], { outcome: 'timed-out' }],
    ['its limit at the end of the attempt', [['limit', 310]], { outcome: 'timed-out', stoppedAt: undefined }],
    ['its limit after its timeout', [['limit', 1260]], { outcome: 'timed-out', stoppedAt: at(1270) }],
    ['its limit at its end, without a start', [['limit', 300]], { outcome: 'timed-out', startedAt: undefined }],
    ['its end without a container', [['end', 300]], { startedAt: undefined }],
    ['its end with the attempt', [['end', 310]], { outcome: 'canceled', startedAt: undefined, stoppedAt: undefined }],
    ['no end, if it succeeded', [], { outcome: 'succeeded', startedAt: undefined }],
  ])('%s', (_, marks, differences) => {
    expect(drawn(differences, { attempt: { endedAt: at(310) } }).marks).toEqual(marks);
  });

  it.each<StartOutcome>(['canceled', 'not-started', 'refused', 'failed', 'stopped'])(
    'the end of one that is %s without a container',
    (outcome) => {
      expect(drawn({ outcome, startedAt: undefined }).marks).toEqual([['end', 300]]);
      expect(drawn({ outcome }).marks).toEqual([]);
    },
  );

  it('need a time', () => {
    const unknown = { stoppedAt: undefined };
    for (const outcome of ['interrupted', 'timed-out'] as const) {
      expect(drawn({ outcome, ...unknown }, { attempt: { endedAt: undefined } }).marks).toEqual([]);
    }
    expect(drawn({ startedAt: undefined, ...unknown }, { attempt: { endedAt: undefined } }).marks).toEqual([]);
  });

  it('have the limit at the end, if the config has no timeout', () => {
    const policy = { ...run().policy, timeout: undefined };
    expect(drawn({ outcome: 'timed-out', stoppedAt: at(1270) }, { run: { policy } }).marks).toEqual([['limit', 1270]]);
  });

  it.each([
    ['Spot interruption', [['notice', 400]]],
    ['INTERRUPTED', [['notice', 400]]],
    ['the timeout', []],
    [undefined, []],
  ])('a container that goes on was signalled because of %s', (signalReason, marks) => {
    expect(drawn({ outcome: 'running', signalAt: at(400), signalReason, ...GOES_ON }, LIVE).marks).toEqual(marks);
    expect(drawn({ outcome: 'running', signalReason, ...GOES_ON }, LIVE).marks).toEqual([]);
    expect(drawn({ signalAt: at(290), signalReason }).marks).toEqual([]);
  });
});

describe('before its first start, an attempt', () => {
  const submitted = (differences: Partial<Attempt>, of: Partial<Run> = {}) =>
    told(submissionDrawing(run(of), attempt(differences), NOW));
  const REFUSED = { refusals: [{ at: at(1) }, { error: 'no time' }, { at: at(3) }] };

  it('shows nothing, unless AWS Batch refused it', () => {
    expect(submitted({ starts: [start({ queuedAt: at(5) })] })).toEqual({ bars: [], marks: [] });
    expect(submitted({ ...REFUSED, starts: [start({ queuedAt: at(5) })] })).toEqual({
      bars: [['queue', 0, 5]],
      marks: [
        ['refusal', 1],
        ['refusal', 3],
      ],
    });
  });

  it.each<[number, Partial<Start>]>([
    [5, { queuedAt: at(5), startingAt: at(6) }],
    [6, { startingAt: at(6) }],
    [60, {}],
  ])('waited until %d s, the first time of its start', (second, differences) => {
    const starts = [start({ queuedAt: undefined, ...differences })];
    expect(submitted({ ...REFUSED, starts }).bars).toEqual([['queue', 0, second]]);
  });

  it('waited for one refusal too, the time of which is not known', () => {
    expect(submitted({ refusals: [{}], starts: [start({ queuedAt: at(5) })] })).toEqual({
      bars: [['queue', 0, 5]],
      marks: [],
    });
  });

  it('has no queue without length', () => {
    expect(submitted(REFUSED).bars).toEqual([]);
    expect(submitted({ ...REFUSED, starts: [start({ queuedAt: undefined, startedAt: undefined })] }).bars).toEqual([]);
    expect(submitted({ ...REFUSED, starts: [start({ queuedAt: at(-1) })] }).bars).toEqual([]);
  });

  it.each<[StartOutcome, string, [string, number][]]>([
    ['canceled', 'queue', [['end', 300]]],
    ['refused', 'queue', [['end', 300]]],
    ['failed', 'unknown', [['end', 300]]],
    ['not-started', 'unknown', [['end', 300]]],
    ['stopped', 'unknown', [['end', 300]]],
    ['succeeded', 'unknown', []],
    ['queued', 'unknown', []],
  ])('that ended as %s without a start shows %s', (outcome, kind, marks) => {
    expect(submitted({ outcome, starts: [] })).toEqual({ bars: [[kind, 0, 300]], marks });
  });

  it('without a start lasts until now, in a run that goes on', () => {
    const open = { outcome: 'queued', endedAt: undefined, starts: [] } as const;
    const marks = [
      ['refusal', 1],
      ['refusal', 3],
    ];
    expect(submitted({ ...open, ...REFUSED }, LIVE.run)).toEqual({ bars: [['queue', 0, 420, 'live']], marks });
    expect(submitted({ ...open, outcome: 'failed' }, LIVE.run).bars).toEqual([['unknown', 0, 420]]);
    expect(submitted(open).bars).toEqual([['unknown', 0, 600]]);
  });

  it('never ends before it began', () => {
    expect(submitted({ endedAt: at(-3), starts: [] }).bars).toEqual([['unknown', 0, 0]]);
  });
});

it.each<[boolean, StartOutcome, Partial<Start>]>([
  [true, 'queued', {}],
  [true, 'starting', {}],
  [true, 'running', {}],
  [false, 'failed', {}],
  [false, 'running', { stoppedAt: at(5) }],
])('that a start goes on is %s if it is %s', (expected, outcome, differences) => {
  const told = live({ outcome, ...differences });
  const [first] = told.attempts[0]?.starts ?? [];
  if (first === undefined) throw new Error('no start');
  expect(isLiveStart(told, first)).toBe(expected);
  expect(isLiveStart({ ...told, outcome: 'stopped' }, first)).toBe(false);
});

it('the end of an attempt is its own, that of the run, or now', () => {
  const open = attempt({ begunAt: at(7), endedAt: undefined });
  expect(endOf(run(), attempt(), NOW)).toBe(at(300));
  expect(endOf(run(), open, NOW)).toBe(at(600));
  expect(endOf(run({ endedAt: undefined, outcome: 'running' }), open, NOW)).toBe(NOW);
  expect(endOf(run({ endedAt: undefined }), open, NOW)).toBe(at(7));
});
