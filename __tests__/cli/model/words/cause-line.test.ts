import type { Attempt, Run, Start } from '../../../../cli/model/run';
import { causeLine } from '../../../../cli/model/words/cause-line';
import { at, attempt, live, NOW, run, start } from '../told-runs';

const told = (differences: Partial<Run>) => causeLine(run(differences), NOW);

/** Attempts that exited with these codes, one after another. */
const exits = (...codes: number[]): Attempt[] =>
  codes.map((exitCode, index) =>
    attempt({
      number: index + 1,
      outcome: exitCode === 0 ? 'succeeded' : 'failed',
      starts: [start({ exitCode, outcome: exitCode === 0 ? 'succeeded' : 'failed' })],
    }),
  );

/** An attempt that Spot interrupted `count` times before it ended. */
const interrupted = (count: number, last: Partial<Start> = {}, differences: Partial<Attempt> = {}): Attempt => {
  const cut = Array.from({ length: count }, (_, index) => start({ number: index + 1, outcome: 'interrupted' }));
  return attempt({ starts: [...cut, start({ number: count + 1, ...last })], ...differences });
};

describe('attempts that ended alike', () => {
  it.each<[string, number[], string]>([
    ['one', [1], 'Attempt 1 exited with code 1.'],
    ['both', [1, 1], 'Both attempts exited with code 1.'],
    ['all', [1, 1, 1], 'All 3 attempts exited with code 1.'],
    ['two of more', [1, 1, 2], 'Attempt 3 exited with code 2. Attempts 1 and 2 exited with code 1.'],
    ['several in a row', [1, 1, 1, 2], 'Attempt 4 exited with code 2. Attempts 1 to 3 exited with code 1.'],
    [
      'several with a gap',
      [1, 2, 1, 1, 3],
      'Attempt 5 exited with code 3. Attempts 1, 3 and 4 exited with code 1. Attempt 2 exited with code 2.',
    ],
    [
      'four with a gap',
      [1, 2, 1, 1, 1, 3],
      'Attempt 6 exited with code 3. Attempts 1, 3, 4 and 5 exited with code 1. Attempt 2 exited with code 2.',
    ],
    [
      'more than four with a gap',
      [1, 2, 1, 1, 1, 1, 3],
      'Attempt 7 exited with code 3. 5 attempts exited with code 1. Attempt 2 exited with code 2.',
    ],
    [
      'the last one is the first of its kind',
      [2, 1, 1],
      'Attempts 2 and 3 exited with code 1. Attempt 1 exited with code 2.',
    ],
  ])('are told together: %s', (_, codes, line) => {
    expect(told({ attempts: exits(...codes) })).toBe(line);
  });

  it('are told in their order if the run did not fail with them', () => {
    expect(told({ outcome: 'succeeded', attempts: exits(1, 2, 0) })).toBe(
      'Attempt 1 exited with code 1. Attempt 2 exited with code 2.',
    );
    expect(told({ outcome: 'running', attempts: exits(1, 2) })).toBe(
      'Attempt 1 exited with code 1. Attempt 2 exited with code 2.',
    );
    expect(told({ outcome: 'running', attempts: exits(1, 1) })).toBe('Attempts 1 and 2 exited with code 1.');
  });
});

it('attempts that ended as the last one did are told before the others', () => {
  expect(told({ attempts: exits(1, 2, 3, 2) })).toBe(
    'Attempts 2 and 4 exited with code 2. Attempt 1 exited with code 1. Attempt 3 exited with code 3.',
  );
});

it('an attempt that was stopped is told if the run failed then, or went on', () => {
  const stopped = attempt({ outcome: 'stopped' });
  expect(told({ attempts: [stopped] })).toBe('Attempt 1 was terminated in AWS Batch.');
  expect(told({ outcome: 'succeeded', attempts: [stopped, { ...(exits(0)[0] as Attempt), number: 2 }] })).toBe(
    'Attempt 1 was terminated in AWS Batch.',
  );
});

describe('Spot interruptions', () => {
  it.each([
    [1, 'one Spot interruption'],
    [2, 'two Spot interruptions'],
    [3, 'three Spot interruptions'],
    [4, 'four Spot interruptions'],
    [5, 'five Spot interruptions'],
    [6, 'six Spot interruptions'],
    [7, 'seven Spot interruptions'],
    [8, 'eight Spot interruptions'],
    [9, 'nine Spot interruptions'],
    [10, '10 Spot interruptions'],
  ])('%d are %s', (count, text) => {
    expect(told({ attempts: [interrupted(count)] })).toBe(`Attempt 1 had ${text}, restarted, and exited with code 1.`);
  });

  it('led to on-demand capacity', () => {
    expect(told({ attempts: [interrupted(1, { onDemand: true })] })).toBe(
      'Attempt 1 had one Spot interruption, moved to an on-demand instance, and exited with code 1.',
    );
  });

  it('are told after attempts that ended alike', () => {
    const first = interrupted(1);
    const second = interrupted(2, { onDemand: true }, { number: 2 });
    expect(told({ attempts: [first, second] })).toBe(
      'Both attempts exited with code 1. Attempt 1 had one Spot interruption. Attempt 2 had two Spot interruptions and then moved to an on-demand instance.',
    );
    const ended = attempt({ outcome: 'interrupted', starts: [start({ outcome: 'interrupted' })] });
    expect(told({ attempts: [ended, { ...ended, number: 2 }] })).not.toContain('Attempt 2 had');
  });

  it('of an attempt that succeeded are told', () => {
    const last = interrupted(1, { outcome: 'succeeded', exitCode: 0 }, { outcome: 'succeeded' });
    expect(told({ outcome: 'succeeded', attempts: [last] })).toBe(
      'Attempt 1 had one Spot interruption, restarted, and succeeded.',
    );
  });
});

describe('a success', () => {
  it('is told by its container', () => {
    const of = (differences: Partial<Start>) =>
      told({
        outcome: 'succeeded',
        attempts: [attempt({ outcome: 'succeeded', starts: [start({ exitCode: 0, ...differences })] })],
      });
    expect(of({})).toBe('The container ran for 4m 00s and exited with code 0.');
    expect(of({ startedAt: undefined })).toBe('');
    expect(of({ stoppedAt: undefined })).toBe('');
  });
});

describe('submissions that were throttled', () => {
  const refusals = (count: number) => Array.from({ length: count }, () => ({ at: at(1) }));
  const success = (count: number) => ({ ...(exits(0)[0] as Attempt), refusals: refusals(count) });

  it('are counted', () => {
    expect(told({ outcome: 'succeeded', attempts: [success(1)] })).toBe('AWS Batch throttled 1 submission.');
    expect(told({ outcome: 'succeeded', attempts: [success(2)] })).toBe('AWS Batch throttled 2 submissions.');
    expect(told({ attempts: [{ ...(exits(1)[0] as Attempt), refusals: refusals(3) }] })).toBe(
      'Attempt 1 exited with code 1. AWS Batch throttled 3 submissions.',
    );
  });

  it('are told of each ending', () => {
    const last = attempt({ outcome: 'timed-out', refusals: refusals(1) });
    for (const outcome of ['timed-out', 'stopped', 'failed'] as const) {
      expect(told({ outcome, attempts: [last] })).toMatch(/AWS Batch throttled 1 submission\.$/);
    }
  });

  it('are not those that AWS Batch refused for good', () => {
    expect(told({ attempts: [attempt({ outcome: 'refused', refusals: refusals(2), starts: [] })] })).not.toContain(
      'throttled 2',
    );
  });

  it('are no further sentence where the last one still waits', () => {
    const waiting = attempt({ outcome: 'queued', endedAt: undefined, starts: [], refusals: refusals(2) });
    const waits: Run['waits'] = [{ kind: 'throttled', from: at(9), before: 1 }];
    expect(told({ outcome: 'running', attempts: [waiting], waits })).toBe(
      'AWS Batch has refused the submission twice so far.',
    );
    expect(told({ outcome: 'running', attempts: [], waits })).toBe('AWS Batch has refused the submission so far.');
    expect(told({ outcome: 'running', attempts: [success(1)] })).toContain('AWS Batch throttled 1 submission.');
  });
});

describe('a failure without an attempt', () => {
  it.each<[Partial<Run>, string]>([
    [{ reason: 'no such queue' }, 'no such queue.'],
    [{ error: 'States.Runtime' }, 'States.Runtime.'],
    [{ reason: 'Really?', error: 'States.Runtime' }, 'Really?'],
    [{ reason: 'a. b' }, 'a. b.'],
    [{}, 'No reason is known.'],
  ])('%j: %s', (differences, line) => {
    expect(told(differences)).toBe(line);
  });
});

it('a job that was canceled in its queue', () => {
  const canceled = attempt({ number: 2, outcome: 'canceled', starts: [], reason: 'no capacity' });
  expect(told({ attempts: [...exits(1), canceled] })).toBe(
    'AWS Batch canceled attempt 2 in its queue. Attempt 1 exited with code 1.',
  );
});

describe('a timeout', () => {
  it('of the run is told, with its length', () => {
    expect(told({ outcome: 'timed-out', attempts: exits(1) })).toBe(
      'Step Functions ended the run after 10m 00s. Attempt 1 exited with code 1.',
    );
    expect(told({ outcome: 'timed-out', endedAt: undefined })).toBe('Step Functions ended the run.');
  });

  it('of an attempt is told by the attempt', () => {
    const last = attempt({ outcome: 'timed-out', starts: [start({ stoppedAt: at(1260) })] });
    expect(told({ outcome: 'timed-out', attempts: [last] })).toBe('Attempt 1 reached the timeout of 20m.');
  });
});

describe('a stop', () => {
  const stopped = (differences: Partial<Run>, of: Partial<Attempt> = {}) =>
    told({ outcome: 'stopped', attempts: [attempt({ outcome: 'stopped', ...of })], ...differences });

  it('has its reason, unless the verdict names it', () => {
    expect(stopped({})).toBe('Attempt 1 had been running for 4m 00s.');
    expect(stopped({ reason: 'too expensive' })).toBe('Reason: too expensive. Attempt 1 had been running for 4m 00s.');
    expect(stopped({ reason: 'too expensive', place: 'local' })).toMatch(/^Too expensive\. /);
    expect(stopped({ reason: 'Stopped by Ann', stoppedBy: 'Ann' })).toBe('Attempt 1 had been running for 4m 00s.');
    expect(stopped({ reason: 'too expensive', stoppedBy: 'Ann' })).toMatch(/^Reason: too expensive\. /);
    expect(stopped({ reason: 'Annual report is wrong', stoppedBy: 'Ann' })).toMatch(
      /^Reason: Annual report is wrong\. /,
    );
    expect(stopped({ reason: 'SIGTERM', place: 'local' })).toBe('Attempt 1 had been running for 4m 00s.');
  });

  it('came before a container ran', () => {
    const waiting = { starts: [start({ startedAt: undefined })] };
    expect(stopped({}, waiting)).toBe('Its container was not running.');
    expect(stopped({ reason: 'too expensive' }, waiting)).toBe('Reason: too expensive. Its container was not running.');
    expect(stopped({ attempts: [] })).toBe('Its container was not running.');
  });

  it('came as late as is known', () => {
    const unknown = [start({ stoppedAt: undefined })];
    expect(stopped({}, { starts: unknown })).toBe('Attempt 1 had been running for 4m 00s.');
    expect(stopped({}, { starts: unknown, endedAt: undefined })).toBe('Attempt 1 had been running for 9m 00s.');
    expect(stopped({ endedAt: undefined }, { starts: unknown, endedAt: undefined })).toBe(
      'Attempt 1 had been running.',
    );
    expect(stopped({}, { starts: [start({ stoppedAt: at(100) })] })).toBe('Attempt 1 had been running for 40s.');
  });

  it('came after an attempt', () => {
    expect(stopped({ attempts: exits(1) })).toBe('Attempt 1 exited with code 1.');
    expect(stopped({ attempts: [...exits(1), attempt({ number: 2, outcome: 'stopped' })] })).toBe(
      'Attempt 2 had been running for 4m 00s. Attempt 1 exited with code 1.',
    );
  });
});

describe('a run in progress', () => {
  const now = (of: Partial<Start>, more: Partial<Run> = {}) => causeLine(live(of, more), NOW);

  it.each<[Partial<Start>, Partial<Run>, string]>([
    [{ outcome: 'queued' }, {}, 'AWS Batch accepted the job 7m 00s ago. What it does now is not known.'],
    [{ outcome: 'queued', queuedAt: undefined }, {}, 'AWS Batch accepted the job. What it does now is not known.'],
    [
      { outcome: 'queued', batchStatus: 'RUNNABLE' },
      {},
      'Start 1 has been in the queue for 7m 00s (status RUNNABLE). AWS Batch starts it when a Spot instance is available.',
    ],
    [
      { outcome: 'queued', queuedAt: undefined, onDemand: true },
      { place: 'local' },
      'Start 1 has been in the queue. AWS Batch starts it when an instance is available.',
    ],
    [
      { outcome: 'starting', startingAt: at(400) },
      {},
      'The instance has been pulling the image and starting the container for 20s.',
    ],
    [{ outcome: 'starting' }, { place: 'local' }, 'The container is starting.'],
    [{ outcome: 'running' }, {}, 'The container has been running for 6m 00s.'],
    [{ outcome: 'running', startedAt: undefined }, {}, ''],
    [
      { outcome: 'running', signalAt: at(400), signalReason: 'Spot', grace: 30 },
      {},
      'The container got SIGTERM 20s ago (Spot). It has 10s to exit.',
    ],
    [{ outcome: 'running', signalAt: at(400), grace: 20 }, {}, 'The container got SIGTERM 20s ago (somebody).'],
    [{ outcome: 'running', signalAt: at(400), grace: 10 }, {}, 'The container got SIGTERM 20s ago (somebody).'],
    [{ outcome: 'running', signalAt: at(400) }, {}, 'The container got SIGTERM 20s ago (somebody).'],
  ])('%#: %j', (of, more, line) => {
    expect(now(of, more)).toBe(line);
  });

  it('waits for its turn', () => {
    expect(told({ outcome: 'running', waits: [{ kind: 'place', from: at(120), before: 1 }] })).toBe(
      'A limit of the job is reached. The run has waited for 5m 00s for its turn.',
    );
  });

  it('waits for a redrive', () => {
    expect(told({ outcome: 'running', isRedrivePending: true })).toBe(
      'The run failed and waits in Step Functions until it is started again from the failed state.',
    );
  });
});

it('a line has at most 160 characters: sentences that do not fit are left out, and the first one is cut', () => {
  const reason = (length: number) => 'x'.repeat(length - 'Reason: .'.length);
  const line = (length: number) =>
    told({ outcome: 'stopped', reason: reason(length), attempts: [attempt({ starts: [] })] });
  const next = 'Its container was not running.'.length;
  expect(line(159 - next)).toHaveLength(160);
  expect(line(160 - next)).toHaveLength(160 - next);
  expect(line(160)).toHaveLength(160);
  expect(line(161)).toHaveLength(160);
  expect(line(161)).not.toBe(line(160));
});
