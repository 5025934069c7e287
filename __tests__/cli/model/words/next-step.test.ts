import type { RetryPolicy, Run, Start, Wait } from '../../../../cli/model/run';
import { nextStep } from '../../../../cli/model/words/next-step';
import { at, attempt, live, NOW, run, start } from '../told-runs';

const told = (of: Run, now = NOW) => nextStep(of, now).map((paragraph) => paragraph.map(({ text }) => text).join(''));
const policy = (differences: Partial<RetryPolicy>): Partial<Run> => ({ policy: { ...run().policy, ...differences } });
const waiting = (wait: Partial<Wait>) =>
  told(run({ outcome: 'running', waits: [{ kind: 'retry', from: at(400), before: 2, ...wait }] }));
const running = (differences: Partial<Start>, more: Partial<Run> = {}, now = NOW) =>
  told(live({ outcome: 'running', ...differences }, more), now);

const FAILURE = 'If the attempt fails, attempt 2 of 3 follows after 5s.';
const LAST = 'If the attempt fails, the run fails: it is the last attempt.';

it('a run that has ended has no next step', () => {
  expect(told(run())).toEqual([]);
});

it.each<[string, Partial<Wait>, string]>([
  ['as long as the wait is', { seconds: 25 }, 'Attempt 2 of 3 starts in 5s.'],
  ['as long as it is in fact', { seconds: 60, waited: 30 }, 'Attempt 2 of 3 starts in 10s.'],
  ['when it is over', { seconds: 20 }, 'Attempt 2 of 3 starts now.'],
  ['of unknown length', {}, 'Attempt 2 of 3 starts after the wait.'],
])('a wait before an attempt, %s', (_, wait, text) => {
  expect(waiting(wait)).toEqual([text]);
});

it('other waits', () => {
  expect(waiting({ kind: 'place' })).toEqual([
    'The first attempt starts when it is the run’s turn. The job’s limits say how many can run at the same time.',
  ]);
  expect(waiting({ kind: 'throttled' })).toEqual([
    'The state machine submits attempt 2 again, at the latest 15m after the last refusal. It gives up after about a day.',
  ]);
});

describe('if an attempt fails', () => {
  const following = (more: Partial<Run>) => told(live({ outcome: 'starting' }, more))[1];

  it('the next one follows, after its wait', () => {
    expect(following({})).toBe(FAILURE);
    expect(following(policy({ waits: [1] }))).toBe('If the attempt fails, attempt 2 of 3 follows after 1s.');
    expect(following(policy({ waits: [0] }))).toBe('If the attempt fails, attempt 2 of 3 follows at once.');
    expect(following(policy({ waits: [] }))).toBe('If the attempt fails, attempt 2 of 3 follows at once.');
  });

  it('the run fails after the last one', () => {
    expect(following({ maximum: 1 })).toBe(LAST);
    expect(following({ maximum: undefined, ...policy({ attempts: 1 }) })).toBe(LAST);
    expect(following({ maximum: 2, ...policy({ attempts: 1 }) })).toBe(
      'If the attempt fails, attempt 2 of 2 follows after 5s.',
    );
  });
});

describe('in the queue', () => {
  const queued = (more: Partial<Run> = {}, of: Partial<Start> = {}) =>
    nextStep(live({ outcome: 'queued', batchStatus: 'RUNNABLE', ...of }, more), NOW);

  it('the job waits, or is canceled', () => {
    expect(queued()[0]).toEqual([{ text: 'The job stays in the queue until an instance is available.' }]);
    const text = (seconds: number) => queued(policy({ unplaceableAfter: seconds }))[0]?.[0]?.text;
    expect(text(600)).toBe(
      'If the job cannot be placed at all, AWS Batch cancels it after 10 minutes and the run fails with the reason. Otherwise it keeps waiting.',
    );
    expect(text(630)).toContain('cancels it after 10m 30s and');
  });

  it('of Spot only, there is advice', () => {
    expect(queued()).toHaveLength(3);
    expect(queued()[2]).toEqual([
      { text: 'Set ' },
      { text: 'spotInterruption.thenOnDemand', isCode: true },
      { text: ' to move to on-demand capacity after the last free restart.' },
    ]);
    expect(queued(policy({ thenOnDemand: true }))).toHaveLength(2);
    expect(queued(policy({ isSpot: false }))).toHaveLength(2);
    expect(queued({}, { onDemand: true })).toHaveLength(2);
  });
});

describe('while the container runs', () => {
  it('its timeout comes nearer', () => {
    const timeout = (now: number) => running({}, {}, now)[0];
    expect(timeout(at(60))).toBe('The container is stopped in 20m 00s, at the timeout of 20m.');
    expect(timeout(at(1259.9))).toContain('The container is stopped in ');
    expect(timeout(at(1260))).toBe('The container is stopped now: it has reached the timeout of 20m.');
    expect(timeout(at(1300))).toBe('The container is stopped now: it has reached the timeout of 20m.');
  });

  it('nothing is said of a timeout that is not known', () => {
    expect(running({}, policy({ timeout: undefined }))[0]).toBe(FAILURE);
    expect(running({ startedAt: undefined })[0]).toBe(FAILURE);
  });

  it.each<[string, Partial<RetryPolicy>, Partial<Start>, string | undefined]>([
    ['restarts are left', { freeRestarts: 3 }, { restart: 1 }, '2 of 3 free restarts are left.'],
    ['one is left', { freeRestarts: 2 }, { restart: 1 }, '1 of 2 free restarts are left.'],
    ['the only one is left', { freeRestarts: 1 }, {}, '1 of 1 free restart is left.'],
    [
      'none is left',
      { freeRestarts: 1 },
      { restart: 1 },
      'A Spot interruption counts as a failure: no free restart is left.',
    ],
    [
      'none is left, and it moves',
      { freeRestarts: 0, thenOnDemand: true },
      {},
      'After a Spot interruption, attempt 1 continues on on-demand capacity: no free restart is left.',
    ],
    ['it is on-demand already', {}, { onDemand: true }, undefined],
    ['the job has no Spot', { isSpot: false }, {}, undefined],
  ])('a Spot interruption is told: %s', (_, differences, of, text) => {
    const [, , interruption] = running(of, policy(differences));
    expect(interruption).toEqual(text === undefined ? undefined : expect.stringContaining(text));
  });
});

describe('after SIGTERM', () => {
  const stopping = (of: Partial<Start>) => running({ signalAt: at(400), ...of });

  it.each<[string, Partial<Start>, string]>([
    ['as long as it has', { grace: 30 }, 'in 10s'],
    ['when that is over', { grace: 20 }, 'soon'],
    ['long after', { grace: 10 }, 'soon'],
    ['within the second', { grace: 21 }, 'in 1s'],
    ['if that is not known', {}, 'soon'],
  ])('the container has time, %s', (_, of, when) => {
    expect(stopping(of)[0]).toBe(`The container gets SIGKILL ${when} if it still runs.`);
  });

  it('follows what follows an interruption, if it was one, else a failure', () => {
    const free = expect.stringContaining('without using up an attempt');
    expect(stopping({ signalReason: 'Spot takes the instance' })[1]).toEqual(free);
    expect(stopping({ signalReason: 'INTERRUPTED' })[1]).toEqual(free);
    expect(stopping({ signalReason: 'timeout' })[1]).toBe(FAILURE);
    expect(stopping({})[1]).toBe(FAILURE);
  });
});

it('what is submitted and between attempts', () => {
  expect(told(live({ outcome: 'queued' }))).toEqual(['The job waits in the queue or runs.', FAILURE]);
  const between = run({ outcome: 'running', attempts: [attempt({ starts: [start()] })] });
  expect(told(between)).toEqual(['The state machine submits the job to AWS Batch, which puts it in the queue.']);
  expect(told({ ...between, place: 'local' })).toEqual([
    'The image is built or pulled if necessary, and then the container starts.',
  ]);
  expect(told({ ...between, isRedrivePending: true })).toEqual([
    'Step Functions continues with the failed state after a redrive. Without one, nothing follows.',
  ]);
});
