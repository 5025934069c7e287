import type { Attempt, Run, Start } from '../../../../cli/model/run';
import {
  endPhrase,
  interruptions,
  leftText,
  lengthText,
  movedToOnDemand,
  passedText,
  timesText,
} from '../../../../cli/model/words/attempt-end';
import { at, attempt, run, start } from '../told-runs';

const { policy } = run();
const phrase = (differences: Partial<Attempt>, last: Partial<Start> = {}, more: Partial<Run> = {}) =>
  endPhrase(attempt({ starts: [start(last)], ...differences }), run(more));

describe('the timeout', () => {
  const timedOut = (seconds: number) =>
    phrase(
      { outcome: 'timed-out' },
      { startedAt: at(0), stoppedAt: at(seconds) },
      { policy: { ...policy, timeout: 1200 } },
    );

  it.each([1300, 1200, 1199.5, 1199])('is that of the config after %s of 1,200 seconds', (seconds) => {
    expect(timedOut(seconds)).toBe('reached the timeout of 20m');
  });

  it.each([1198.9, 600])('is another one after %s seconds, more than a second too early', (seconds) => {
    expect(timedOut(seconds)).toBe('reached its timeout');
  });

  it('is reached with the signal', () => {
    const times = { startedAt: at(0), signalAt: at(1100), stoppedAt: at(1300) };
    expect(phrase({ outcome: 'timed-out' }, times)).toBe('reached its timeout');
  });

  it('is that of the config if nobody knows how long the container ran, and has no length without a config', () => {
    expect(phrase({ outcome: 'timed-out' }, { startedAt: undefined })).toBe('reached the timeout of 20m');
    expect(phrase({ outcome: 'timed-out' }, {}, { policy: { ...policy, timeout: undefined } })).toBe(
      'reached its timeout',
    );
  });
});

describe('a failure', () => {
  it.each<[Partial<Start>, string]>([
    [{ exitCode: 1 }, 'exited with code 1'],
    [{ exitCode: 134 }, 'exited with code 134 (SIGABRT)'],
    [{ exitCode: 137 }, 'exited with code 137 (SIGKILL)'],
    [{ exitCode: 139 }, 'exited with code 139 (SIGSEGV)'],
    [{ exitCode: 143 }, 'exited with code 143 (SIGTERM)'],
    [{ exitCode: 1, isMadeToFail: true }, 'failed because of --fail-attempts'],
    [{ exitCode: 137, reason: 'OutOfMemoryError: killed' }, 'ran out of memory (exit code 137)'],
    [{ exitCode: undefined, reason: 'OutOfMemoryError' }, 'ran out of memory'],
    [{ exitCode: undefined, startedAt: undefined, reason: 'no image.' }, 'could not start the container: no image'],
    [{ exitCode: undefined, reason: 'Host EC2 (instance i-1) terminated' }, 'lost the instance'],
    [{ exitCode: undefined }, 'failed, for an unknown reason'],
    [{ exitCode: undefined, reason: 'odd' }, 'failed: odd'],
  ])('%j: %s', (last, text) => {
    expect(phrase({}, last)).toBe(text);
  });

  it('for want of memory says how much there was', () => {
    const reason = 'OutOfMemoryError: killed';
    expect(phrase({ memory: 1800 }, { exitCode: 137, reason })).toBe('ran out of memory (1,800 MiB, exit code 137)');
    expect(phrase({ memory: 1800 }, { exitCode: undefined, reason })).toBe('ran out of memory (1,800 MiB)');
    expect(phrase({ memory: 1800 }, { exitCode: 1 })).toBe('exited with code 1');
  });

  it('has at most 90 characters of its reason', () => {
    expect(phrase({}, { exitCode: 1, reason: 'x'.repeat(90) })).toBe(`exited with code 1: ${'x'.repeat(90)}`);
    expect(phrase({}, { exitCode: 1, reason: 'x'.repeat(91) })).toBe(`exited with code 1: ${'x'.repeat(89)}…`);
  });
});

describe('an interruption', () => {
  const interrupted = (count: number, last: Partial<Start>, freeRestarts: number) =>
    endPhrase(
      attempt({
        outcome: 'interrupted',
        starts: Array.from({ length: count }, (_, index) =>
          start({ number: index + 1, outcome: 'interrupted', ...last }),
        ),
      }),
      run({ policy: { ...policy, freeRestarts } }),
    );

  it.each<[number, Partial<Start>, number, string]>([
    [1, { exitCode: 143 }, 3, 'was interrupted by Spot once'],
    [3, { exitCode: 143 }, 3, 'was interrupted by Spot 3 times'],
    [2, { exitCode: 143 }, 1, 'was interrupted by Spot twice, and no free restart was left'],
    [1, { exitCode: 143 }, 0, 'was interrupted by Spot once, and the job has no free restarts'],
    [1, { exitCode: undefined }, 3, 'was interrupted by Spot once, without time to exit'],
    [1, { exitCode: 1, reason: 'Host EC2 gone' }, 3, 'was interrupted by Spot once, without time to exit'],
  ])('%i times, with %j and %i free restarts: %s', (count, last, freeRestarts, text) => {
    expect(interrupted(count, last, freeRestarts)).toBe(text);
  });
});

it.each<[Partial<Attempt>, string | undefined]>([
  [{ outcome: 'succeeded' }, 'succeeded'],
  [{ outcome: 'running' }, undefined],
  [{ outcome: 'stopped', reason: 'by hand' }, 'was terminated in AWS Batch: by hand'],
  [{ outcome: 'not-started', reason: 'Task failed to start: no image' }, 'could not start the container: no image'],
  [
    { outcome: 'canceled', reason: 'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY' },
    'could not be placed: AWS had no capacity for it',
  ],
  [{ outcome: 'refused', reason: 'not authorized' }, 'was not submitted, permission denied: not authorized'],
  [
    { outcome: 'refused', refusals: [{ error: 'TooManyRequests' }, {}] },
    'was not submitted: AWS Batch throttled it twice',
  ],
  [{ outcome: 'refused', reason: 'bad' }, 'was not accepted by AWS Batch: bad'],
])('%j: %s', (differences, text) => {
  expect(phrase(differences)).toBe(text);
});

it('on this machine, an attempt is stopped', () => {
  expect(phrase({ outcome: 'stopped' }, {}, { place: 'local' })).toBe('was stopped');
});

it('counts interruptions, and sees a move to on-demand capacity', () => {
  const spot = start({ outcome: 'interrupted' });
  const onDemand = start({ number: 2, onDemand: true });
  expect(interruptions(attempt({ starts: [spot, spot, onDemand] }))).toBe(2);
  expect(movedToOnDemand(attempt({ starts: [spot, onDemand] }))).toBe(true);
  expect(movedToOnDemand(attempt({ starts: [onDemand, onDemand] }))).toBe(false);
  expect(movedToOnDemand(attempt({ starts: [spot, spot] }))).toBe(false);
});

it('a time that passes is in whole seconds, and so is one that is left', () => {
  expect([passedText(5_900), passedText(-1), leftText(5_100)]).toEqual(['5s', '0s', '6s']);
  expect([lengthText(1200), lengthText(90), lengthText(3600)]).toEqual(['20m', '1m 30s', '1h']);
});

it.each<[Partial<Attempt>, string]>([
  [{ outcome: 'interrupted', starts: [start({ exitCode: 143 })] }, 'were interrupted by Spot once'],
  [
    {
      outcome: 'refused',
      refusals: [
        { at: 0, error: 'TooManyRequestsException' },
        { at: 1, error: 'x' },
      ],
    },
    'were not submitted: AWS Batch throttled them twice',
  ],
  [{ outcome: 'refused', reason: 'Access denied' }, 'were not submitted, permission denied: Access denied'],
  [{ outcome: 'refused', reason: 'odd' }, 'were not accepted by AWS Batch: odd'],
  [{ outcome: 'timed-out' }, 'reached their timeout'],
  [{ outcome: 'stopped', reason: 'odd' }, 'were terminated in AWS Batch: odd'],
  [{ outcome: 'failed' }, 'exited with code 1'],
])('of several attempts, %j: %s', (differences, text) => {
  const several = attempt({ starts: [start({ exitCode: 1 })], ...differences });
  const one = text.replace('were', 'was').replace('them', 'it').replace('their', 'its');
  const times = run({ policy: { ...policy, timeout: undefined } });
  expect(endPhrase(several, times, true)).toBe(text);
  expect(endPhrase(several, times)).toBe(one);
});

it('counts in words as far as there are some', () => {
  expect([1, 2, 3].map(timesText)).toEqual(['once', 'twice', '3 times']);
});
