import { asOneArray, type Round, roundsOf, sum } from '../../../../cli/operate/items/rounds';
import type { RunAttempt } from '../../../../cli/operate/run-story';
import { attempt, minutesAgo } from '../why/sample-facts';
import { uri } from './array-history';

const counts = (waiting: number, running: number, succeeded: number, failed: number) => ({
  waiting,
  running,
  succeeded,
  failed,
});

/** An array of an attempt. Its number in the attempt is in the name of its index. */
const array = (number: number, place: number, more: Partial<RunAttempt> = {}, size = 2): RunAttempt =>
  attempt({ number, array: { size, indexUri: uri(number, place) }, jobId: `${number}-${place}`, ...more });

const ids = (rounds: readonly Round[]) => rounds.map((round) => round.map(({ jobId }) => jobId));

describe('the rounds of a run with items', () => {
  it('are the arrays of an attempt, in the order of their items', () => {
    const rounds = roundsOf([array(1, 10), array(2, 0), array(1, 9), array(1, 0)]);
    expect(ids(rounds)).toEqual([['1-0', '1-9', '1-10'], ['2-0']]);
  });

  it('are others on demand', () => {
    expect(ids(roundsOf([array(1, 0), array(1, 1, { onDemand: true })]))).toEqual([['1-0'], ['1-1']]);
  });

  it('are one for each attempt without items', () => {
    expect(ids(roundsOf([attempt({ jobId: 'a' }), attempt({ jobId: 'b' })]))).toEqual([['a'], ['b']]);
  });

  it('keep the order of arrays whose number is unknown, before the others', () => {
    const unknown = (jobId: string) => attempt({ jobId, array: { size: 2, indexUri: 's3://events/other' } });
    expect(ids(roundsOf([array(1, 1), unknown('a'), unknown('b')]))).toEqual([['a', 'b', '1-1']]);
  });
});

describe('the arrays of a round together', () => {
  it('are the array itself if there is one', () => {
    const only = array(1, 0);
    expect(asOneArray([only])).toBe(only);
  });

  it('go from the first begin to the last end', () => {
    const [early, late] = [minutesAgo(9), minutesAgo(1)];
    const round: Round = [
      array(1, 0, { begun: minutesAgo(5), ended: late, outcome: 'succeeded', refusals: 1 }),
      array(1, 1, { begun: early, ended: minutesAgo(2), outcome: 'succeeded', refusals: 2 }, 5),
    ];
    expect(asOneArray(round)).toMatchObject({
      jobId: '1-0',
      begun: early,
      ended: late,
      outcome: 'succeeded',
      refusals: 3,
      array: { size: 7, indexUri: uri(1, 0) },
    });
  });

  it('go on while one does, in the status of the first that has one', () => {
    const round: Round = [
      array(1, 0, { ended: minutesAgo(1), outcome: 'failed', reason: 'x', batchStatus: undefined }),
      array(1, 1, { batchStatus: 'RUNNABLE', reason: 'y' }),
      array(1, 2, { batchStatus: 'RUNNING' }),
    ];
    expect(asOneArray(round)).toMatchObject({
      ended: undefined,
      outcome: undefined,
      batchStatus: 'RUNNABLE',
      reason: 'y',
    });
  });

  it('ended as the first that did not succeed, for its reason, and have no status any more', () => {
    const ended = minutesAgo(1);
    const round: Round = [
      array(1, 0, { ended, outcome: 'succeeded', reason: 'a', batchStatus: 'RUNNING' }),
      array(1, 1, { ended, outcome: 'interrupted', reason: 'b' }),
      array(1, 2, { ended, outcome: 'failed', reason: 'c' }),
    ];
    expect(asOneArray(round)).toMatchObject({ outcome: 'interrupted', reason: 'b', batchStatus: undefined });
  });

  it('count the children of all, those that AWS Batch has not accepted as waiting', () => {
    const counted = (one: ReturnType<typeof counts> | undefined, jobId?: string): RunAttempt =>
      attempt({ jobId, array: { size: 3, indexUri: uri(1, 0), counts: one } });
    expect(asOneArray([counted(counts(1, 2, 3, 4)), counted(undefined)]).array?.counts).toEqual(counts(4, 2, 3, 4));
    const [first, plain] = [counted(counts(1, 1, 1, 1)), attempt()];
    expect(asOneArray([first, plain]).array).toMatchObject({ size: 3, counts: undefined });
    expect(asOneArray([plain, first]).array).toBeUndefined();
  });
});

it('two counts together', () => {
  expect(sum(counts(1, 2, 3, 4), counts(10, 20, 30, 40))).toEqual(counts(11, 22, 33, 44));
});
