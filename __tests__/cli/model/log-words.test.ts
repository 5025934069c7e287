import { chosenStart, logNote, startChoices } from '../../../cli/model/log-words';
import type { Attempt, Run, StartOutcome } from '../../../cli/model/run';

describe('the filter by start', () => {
  const attempts = [attempt(1, 'failed'), attempt(2, 'interrupted', 'failed'), attempt(3, 'succeeded')];
  const choices = startChoices({ attempts });

  test('has all, each attempt, and the starts of those with several', () => {
    expect(choices.map(({ value, label }) => `${value}: ${label}`)).toEqual([
      ': All attempts',
      '1: Attempt 1',
      '2: Attempt 2',
      '2.1: Attempt 2, start 1',
      '2.2: Attempt 2, start 2',
      '3: Attempt 3',
    ]);
  });

  test.each([
    [undefined, ''],
    ['2.2', '2.2'],
    ['', ''],
    ['2', '2'],
    ['2.3', '2'],
    ['1.1', '1'],
    ['9', ''],
  ])('%s selects "%s"', (selected, value) => expect(chosenStart(choices, selected)).toBe(value));
});

describe('the note below the lines', () => {
  const ended = { outcome: 'failed', attempts: [attempt(1, 'failed', 'failed')] } as const;
  const empty = { written: 0, isComplete: true };
  const waiting = { outcome: 'running', attempts: [{ ...attempt(1), outcome: 'queued' }] } as const;
  const eleventh = { outcome: 'failed', attempts: [attempt(1, 'failed'), attempt(11, 'failed', 'failed')] } as const;
  const live = (outcome: StartOutcome) =>
    ({ outcome: 'running', attempts: [attempt(1, 'failed'), attempt(2, outcome)] }) as const;

  type Told = Pick<Run, 'attempts' | 'outcome'> & Partial<Pick<Run, 'waits'>>;

  test.each<[string, Told, string, Parameters<typeof logNote>[2], string | undefined]>([
    ['an ended run', ended, '', empty, 'This run wrote no output.'],
    ['a run that goes on', live('succeeded'), '', empty, undefined],
    ['an attempt that is over', live('running'), '1', empty, 'This start wrote no output.'],
    ['a container that starts', live('starting'), '2', empty, 'No output while the instance and the container start.'],
    [
      'a job that AWS Batch has not got yet',
      { outcome: 'running', attempts: [] },
      '',
      empty,
      'No output while the job is in the queue.',
    ],
    [
      'a run in line',
      { outcome: 'running', attempts: [], waits: [{ kind: 'place', from: 0, before: 1 }] },
      '',
      empty,
      'No output while the run waits for a place.',
    ],
    [
      'a run that has its place, and no job yet',
      { outcome: 'running', attempts: [], waits: [{ kind: 'place', from: 0, to: 1, before: 1 }] },
      '',
      empty,
      'No output while the job is in the queue.',
    ],
    [
      'an attempt that begins',
      { outcome: 'running', attempts: [{ ...attempt(1), outcome: 'starting' }] },
      '',
      empty,
      'No output while the instance and the container start.',
    ],
    ['an attempt that waits', waiting, '1', empty, 'No output while the job is in the queue.'],
    ['a container that wrote', live('running'), '2', { written: 1, isComplete: false }, undefined],
    [
      'a stream of a container that is silent',
      live('running'),
      '2',
      { ...empty, stream: 'stderr' },
      'Nothing was written to stderr.',
    ],
    ['an attempt with another number that begins alike', eleventh, '1', empty, 'This start wrote no output.'],
    [
      'an earlier attempt that is in the queue no more',
      live('queued'),
      '1',
      { written: 3, isComplete: false },
      undefined,
    ],
    [
      'all attempts, of which one was empty',
      { outcome: 'failed', attempts: [{ ...attempt(1), outcome: 'failed' }] },
      '1',
      empty,
      'This start wrote no output.',
    ],
    ['what has no attempt of this number', ended, '7', empty, 'This start wrote no output.'],
    ['an attempt', ended, '1', empty, 'This attempt wrote no output.'],
    ['a start', ended, '1.2', empty, 'This start wrote no output.'],
    ['a stream', ended, '', { ...empty, stream: 'stderr' }, 'Nothing was written to stderr.'],
    ['what is still being read', ended, '', { written: 0, isComplete: false }, undefined],
    ['what was written', ended, '', { written: 3, isComplete: true }, undefined],
    [
      'a job in the queue',
      live('queued'),
      '',
      { written: 3, isComplete: false },
      'No output while the job is in the queue.',
    ],
    ['an earlier start', live('queued'), '1', { written: 3, isComplete: false }, undefined],
    ['a container that is silent', live('running'), '2', { written: 0, isComplete: false }, 'No output yet.'],
    [
      'an earlier start that was',
      live('running'),
      '1',
      { written: 0, isComplete: false },
      'This start wrote no output.',
    ],
  ])('of %s', (_, run, chosen, log, text) => expect(logNote({ waits: [], ...run }, chosen, log)).toBe(text));
});

function attempt(number: number, ...outcomes: StartOutcome[]): Attempt {
  const starts = outcomes.map((outcome, index) => ({ number: index + 1, outcome, onDemand: false }));
  return { number, outcome: outcomes.at(-1) as StartOutcome, begunAt: 0, refusals: [], starts };
}
