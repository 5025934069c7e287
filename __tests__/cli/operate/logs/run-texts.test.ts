import {
  attemptTitle,
  endOfAttempt,
  endOfStart,
  hasStopped,
  waitingText,
} from '../../../../cli/operate/logs/run-texts';
import type { AttemptOutcome, ContainerStart } from '../../../../cli/operate/run-story';
import { attempt, minutesAgo, story } from '../why/sample-facts';

const start = (number: number, more: Partial<ContainerStart> = {}): ContainerStart => ({
  number,
  isReclaim: false,
  ...more,
});

it.each([
  [{}, undefined, 'Attempt 1 of 3'],
  [{ number: 4 }, undefined, 'Attempt 4 of 4'],
  [{ onDemand: true }, undefined, 'Attempt 1 of 3, on demand'],
  [{}, start(1), 'Attempt 1 of 3'],
  [{ number: 2, onDemand: true }, start(2), 'Attempt 2 of 3, on demand, start 2'],
])('the title of %j, %j: %s', (more, of, text) => {
  expect(attemptTitle(attempt(more), of)).toBe(text);
});

it.each<[AttemptOutcome, string]>([
  ['succeeded', 'Attempt 2 succeeded'],
  ['failed', 'Attempt 2 failed: x'],
  ['timed-out', 'Attempt 2 timed out: x'],
  ['canceled', 'Attempt 2 was canceled: x'],
  ['interrupted', 'Attempt 2 was interrupted: x'],
  ['refused', 'Attempt 2 was refused by AWS Batch: x'],
  ['stopped', 'Attempt 2 was stopped: x'],
])('the end of an attempt that %s: %s', (outcome, text) => {
  expect(endOfAttempt(attempt({ number: 2, outcome, reason: 'x' }))).toBe(text);
});

it('the end of an attempt can have no reason, and has no text while it goes on', () => {
  expect(endOfAttempt(attempt({ outcome: 'failed' }))).toBe('Attempt 1 failed');
  expect(endOfAttempt(attempt({ reason: 'x' }))).toBeUndefined();
});

describe('the end of a container that was interrupted', () => {
  const one = start(1, { isReclaim: true });

  it('is told if another one follows, with its reason', () => {
    const two = attempt({ starts: [one, start(2)], outcome: 'succeeded' });
    expect(endOfStart(two, one)).toBe('Spot interruption of start 1');
    expect(endOfStart(two, { ...one, reason: 'Host EC2 terminated.' })).toBe(
      'Spot interruption of start 1: Host EC2 terminated.',
    );
  });

  it('is told if its attempt has not ended yet, and not if it is that of the attempt', () => {
    expect(endOfStart(attempt({ starts: [one] }), one)).toBe('Spot interruption of start 1');
    expect(endOfStart(attempt({ starts: [one], outcome: 'interrupted' }), one)).toBeUndefined();
  });

  it('is none of a container that ended otherwise', () => {
    expect(endOfStart(attempt({ starts: [start(1), start(2)] }), start(1))).toBeUndefined();
  });
});

it.each([
  ['runs', { starts: [start(1)] }, start(1), false],
  ['has a time of its end', { starts: [start(1)] }, start(1, { stopped: minutesAgo(1) }), true],
  ['is followed by another one', { starts: [start(1), start(2)] }, start(1), true],
  ['is of an attempt that ended', { starts: [start(1)], outcome: 'failed' as const }, start(1), true],
])('a container that %s', (_, more, of, expected) => {
  expect(hasStopped(attempt(more), of)).toBe(expected);
});

describe('what a run waits for', () => {
  const from = minutesAgo(2);

  it.each([
    ['place', 'waiting for a place'],
    ['retry', 'waiting for attempt 2'],
    ['throttled', 'waiting to submit attempt 2 again, which AWS Batch throttled'],
  ] as const)('%s: %s', (kind, text) => {
    expect(waitingText(story({ waits: [{ kind, from, before: 2 }] }))).toBe(text);
  });

  it.each([
    ['SUBMITTED', 'in the queue, not yet examined'],
    ['PENDING', 'in the queue, not yet examined'],
    ['RUNNABLE', 'in the queue, waiting for an instance'],
    ['STARTING', 'starting, the instance pulls the image'],
    ['RUNNING', undefined],
    [undefined, undefined],
  ])('%s: %s', (batchStatus, text) => {
    const ended = [{ kind: 'retry', from, to: from, before: 2 } as const];
    expect(waitingText(story({ waits: ended, attempts: [attempt(), attempt({ batchStatus })] }))).toBe(text);
  });

  it('is nothing before the first attempt', () => {
    expect(waitingText(story({ attempts: [] }))).toBeUndefined();
  });
});
