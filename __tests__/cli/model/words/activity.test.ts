import type { Run, Start, Wait } from '../../../../cli/model/run';
import { activityOf, isEnded } from '../../../../cli/model/words/activity';
import { at, attempt, live, run, start, T0 } from '../told-runs';

const going = (differences: Partial<Run>) =>
  activityOf(run({ outcome: 'running', endedAt: undefined, ...differences }));

it('a run that has ended does nothing', () => {
  for (const outcome of ['succeeded', 'failed', 'timed-out', 'stopped'] as const) {
    expect(activityOf(run({ outcome, attempts: [attempt({ outcome: 'running' })] }))).toBeUndefined();
  }
});

it.each<[Wait['kind'], string]>([
  ['retry', 'waiting'],
  ['throttled', 'throttled'],
  ['place', 'in-line'],
])('a wait that lasts, of the kind %s: %s', (kind, activity) => {
  const wait: Wait = { kind, from: T0, before: 2 };
  expect(going({ attempts: [attempt()], waits: [{ ...wait, to: at(1) }, wait] })).toEqual({ kind: activity, wait });
});

it('a wait that is over is none', () => {
  expect(going({ waits: [{ kind: 'retry', from: T0, to: at(5), before: 2 }] })).toMatchObject({ kind: 'submitting' });
});

it('a redrive goes before everything else', () => {
  const waits: Wait[] = [{ kind: 'retry', from: T0, before: 2 }];
  expect(going({ isRedrivePending: true, waits })).toEqual({ kind: 'redrive' });
});

describe('a run submits', () => {
  it('its first attempt', () => {
    expect(going({})).toEqual({ kind: 'submitting', attempt: 1, since: T0 });
  });

  it('the next attempt, since the end of the last one', () => {
    expect(going({ attempts: [attempt()] })).toEqual({ kind: 'submitting', attempt: 2, since: at(300) });
    const unknown = attempt({ begunAt: at(9), endedAt: undefined });
    expect(going({ attempts: [unknown] })).toEqual({ kind: 'submitting', attempt: 2, since: at(9) });
  });

  it('an attempt without a start', () => {
    const empty = attempt({ number: 2, outcome: 'queued', begunAt: at(7), starts: [] });
    expect(going({ attempts: [attempt(), empty] })).toEqual({ kind: 'submitting', attempt: 2, since: at(7) });
  });

  it.each([
    ['the same attempt, while free restarts are left', 3, 1],
    ['the next attempt, after the last free restart', 4, 2],
  ])('after Spot interruptions, %s', (_, count, number) => {
    const starts = Array.from({ length: count }, () => start({ outcome: 'interrupted' }));
    expect(going({ attempts: [attempt({ outcome: 'interrupted', starts })] })).toMatchObject({ attempt: number });
  });
});

describe('a start', () => {
  const of = (differences: Partial<Start>, more: Partial<Run> = {}) => activityOf(live(differences, more));

  it.each<[string, Partial<Start>, Partial<Run>, object]>([
    ['is submitted, if AWS has no status of it', { outcome: 'queued' }, {}, { kind: 'submitted', since: T0 }],
    ['is queued with a status', { outcome: 'queued', batchStatus: 'RUNNABLE' }, {}, { kind: 'queued', since: T0 }],
    ['is queued on this machine', { outcome: 'queued' }, { place: 'local' }, { kind: 'queued', since: T0 }],
    ['starts', { outcome: 'starting', startingAt: at(30) }, {}, { kind: 'starting', since: at(30) }],
    ['runs', { outcome: 'running' }, {}, { kind: 'running', since: at(60) }],
    ['stops', { outcome: 'running', signalAt: at(90) }, {}, { kind: 'stopping', since: at(90) }],
  ])('%s', (_, differences, more, activity) => {
    expect(of(differences, more)).toMatchObject({ ...activity, attempt: 1, start: { number: 1 } });
  });
});

it('an attempt is over unless it waits or runs', () => {
  expect((['queued', 'starting', 'running'] as const).map((outcome) => isEnded({ outcome }))).toEqual([
    false,
    false,
    false,
  ]);
  expect((['succeeded', 'failed', 'interrupted', 'refused'] as const).every((outcome) => isEnded({ outcome }))).toBe(
    true,
  );
});
