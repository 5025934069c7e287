import type { Run, Start } from '../../../../cli/model/run';
import { isOnSpot, ofMaximum, stopperOf, verdict } from '../../../../cli/model/words/verdict';
import { attempt, run, start } from '../told-runs';

const queued = (differences: Partial<Start>, more: Partial<Run> = {}) => {
  const waiting = start({ outcome: 'queued', startedAt: undefined, stoppedAt: undefined, ...differences });
  const last = attempt({ outcome: waiting.outcome, endedAt: undefined, starts: [waiting] });
  return verdict(run({ outcome: 'running', endedAt: undefined, attempts: [last], ...more })).text;
};

describe('a job in the queue', () => {
  it.each([
    ['RUNNABLE', 'Waiting for Spot capacity, attempt 1 of 3'],
    ['PENDING', 'In the queue, attempt 1 of 3'],
    ['SUBMITTED', 'In the queue, attempt 1 of 3'],
  ] as const)('that is %s: %s', (batchStatus, text) => {
    expect(queued({ batchStatus })).toBe(text);
  });

  it('whose status is not known was submitted, in AWS, and waits, on this machine', () => {
    expect(queued({})).toBe('Submitted attempt 1 of 3 to AWS Batch');
    expect(queued({}, { place: 'local' })).toBe('Waiting for Spot capacity, attempt 1 of 3');
  });
});

describe('Spot capacity', () => {
  it.each([
    [true, false, true],
    [true, true, false],
    [false, false, false],
  ])('is that of a start of a Spot job (%s) that did not move to on-demand (%s): %s', (isSpot, onDemand, expected) => {
    const { policy } = run();
    expect(isOnSpot(run({ policy: { ...policy, isSpot } }), start({ onDemand }))).toBe(expected);
  });
});

describe('stopperOf', () => {
  it.each<[Partial<Run>, string | undefined]>([
    [{ stoppedBy: 'Ann' }, 'Ann'],
    [{ place: 'local', reason: 'Ctrl-C' }, 'Ctrl-C'],
    [{ place: 'local', reason: 'SIGTERM' }, 'SIGTERM'],
    [{ place: 'local', reason: 'no SIGTERM' }, undefined],
    [{ place: 'local', reason: 'SIGTERM came' }, undefined],
    [{ place: 'aws', reason: 'SIGTERM' }, undefined],
    [{ place: 'local' }, undefined],
  ])('%j: %s', (differences, who) => {
    expect(stopperOf(run(differences))).toBe(who);
  });
});

describe('a container', () => {
  it.each<[Partial<Start>, string]>([
    [{ outcome: 'starting' }, 'Starting attempt 1 of 3'],
    [{ outcome: 'running' }, 'Running attempt 1 of 3'],
    [{ outcome: 'running', signalAt: 5 }, 'Running attempt 1 of 3'],
  ])('%j: %s', (of, text) => {
    expect(queued(of)).toBe(text);
  });
});

it('the number of attempts is left out if there were more than the config now allows', () => {
  expect(ofMaximum(run({ maximum: 3 }), 3)).toBe('3 of 3');
  expect(ofMaximum(run({ maximum: 3 }), 4)).toBe('4');
  expect(ofMaximum(run({ maximum: undefined }), 2)).toBe('2 of 3');
});

it('a verdict looks as the outcome does', () => {
  expect(verdict(run({ outcome: 'succeeded' }))).toEqual({ text: 'Succeeded', icon: 'check', tone: 'ok' });
  // Nothing ran.
  expect(verdict(run({ outcome: 'succeeded', isSkipped: true }))).toMatchObject({ icon: 'stopped', tone: 'muted' });
});

it('a verdict has at most 120 characters', () => {
  const reason = 'x'.repeat(200);
  expect(verdict(run({ attempts: [attempt({ outcome: 'canceled', reason })] })).text).toHaveLength(120);
});

describe('a run that ended', () => {
  const failed = (number: number) => attempt({ number });

  it.each<[Partial<Run>, string]>([
    [
      { outcome: 'succeeded', attempts: [failed(1), attempt({ number: 2, outcome: 'succeeded' })] },
      'Succeeded on attempt 2 of 3',
    ],
    [{ outcome: 'succeeded' }, 'Succeeded'],
    [{ outcome: 'succeeded', isSkipped: true }, 'Skipped: a limit of the job was reached'],
    [{ outcome: 'succeeded', attempt: 2 }, 'Succeeded on attempt 2 of 3'],
    [{ outcome: 'succeeded', attempt: 2, maximum: 5 }, 'Succeeded on attempt 2 of 5'],
    [{ outcome: 'timed-out', attempts: [failed(1)] }, 'Timed out on attempt 1 of 3'],
    [{ outcome: 'stopped', attempts: [failed(1)] }, 'Stopped on attempt 1 of 3'],
    [{ attempts: [] }, 'Failed before an attempt started'],
    [{ attempts: [attempt({ outcome: 'refused' })] }, 'Failed before an attempt started'],
    [{ attempts: [attempt({ outcome: 'running' })] }, 'Failed before an attempt started'],
    [{ attempts: [failed(1)] }, 'Failed after 1 attempt'],
    [{ attempts: [failed(1), failed(2)] }, 'Failed after 2 attempts'],
  ])('%#: %j', (differences, text) => {
    expect(verdict(run(differences)).text).toBe(text);
  });
});

describe('a run in progress', () => {
  const wait = { from: 0, before: 2, seconds: 10 };

  it.each<[Partial<Run>, string]>([
    [{ isRedrivePending: true }, 'Waiting for a redrive'],
    [{ waits: [{ ...wait, kind: 'retry' }] as Run['waits'] }, 'Waiting 10s before attempt 2 of 3'],
    [{ waits: [{ ...wait, seconds: undefined, kind: 'retry' }] as Run['waits'] }, 'Waiting before attempt 2 of 3'],
    [{ waits: [{ ...wait, kind: 'throttled' }] as Run['waits'] }, 'Waiting to submit attempt 2 of 3 again'],
    [{ waits: [{ ...wait, waited: 2, kind: 'retry' }] as Run['waits'] }, 'Waiting 2s before attempt 2 of 3'],
    [{ waits: [{ ...wait, kind: 'place' }] as Run['waits'] }, 'Waiting for a place'],
    [{}, 'Submitting attempt 1 of 3'],
    [{ place: 'local' }, 'Preparing attempt 1 of 3'],
  ])('%#: %j', (differences, text) => {
    expect(verdict(run({ outcome: 'running', endedAt: undefined, ...differences })).text).toBe(text);
  });
});
