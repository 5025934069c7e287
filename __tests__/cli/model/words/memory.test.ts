import type { Attempt, Run } from '../../../../cli/model/run';
import { memoryFact, nextMemory, withMoreMemory } from '../../../../cli/model/words/memory';
import { nextStep } from '../../../../cli/model/words/next-step';
import { at, attempt, live, NOW, run, start } from '../told-runs';

const policy = { ...run().policy, memoryLevels: [1800, 3600, 6000] };
const killed: Partial<Attempt> = {
  memory: 1800,
  starts: [start({ exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' })],
};
const told = (of: Run) => nextStep(of, NOW).map((paragraph) => paragraph.map(({ text }) => text).join(''));

it('the next memory is the next level, and none after the last one', () => {
  expect(nextMemory(policy, 1800)).toBe(3600);
  // Of a run that began with an earlier config.
  expect(nextMemory(policy, 2000)).toBe(3600);
  expect(nextMemory(policy, 6000)).toBeUndefined();
  expect(nextMemory(policy, undefined)).toBeUndefined();
  expect(nextMemory(run().policy, 1800)).toBeUndefined();
});

it('the details of an attempt say what it had, and what the next one gets if it was killed for it', () => {
  expect(memoryFact(run({ policy }), attempt(killed))).toBe('1,800 MiB, 3,600 MiB in the next attempt');
  expect(memoryFact(run({ policy }), attempt({ memory: 1800 }))).toBe('1,800 MiB');
  expect(memoryFact(run({ policy }), attempt({ ...killed, memory: 6000 }))).toBe('6,000 MiB');
  expect(memoryFact(run({ policy }), attempt())).toBeUndefined();
  expect(memoryFact(run(), attempt(killed))).toBeUndefined();
});

it('only an attempt that was killed for memory is followed by one with more', () => {
  expect(withMoreMemory(policy, { memory: 1800, reason: 'OutOfMemoryError: x' })).toBe(' with 3,600 MiB');
  expect(withMoreMemory(policy, { memory: 1800, reason: 'Exit code 137' })).toBe('');
  expect(withMoreMemory(policy, { memory: 6000, reason: 'OutOfMemoryError: x' })).toBe('');
  expect(withMoreMemory(run().policy, { memory: 1800, reason: 'OutOfMemoryError: x' })).toBe('');
});

it('a run that waits after such an attempt says what the next one has', () => {
  const waiting = (of: Partial<Attempt>) =>
    told(
      run({
        outcome: 'running',
        policy,
        attempts: [attempt(of)],
        waits: [{ kind: 'retry', from: at(400), before: 2, seconds: 25 }],
      }),
    );
  expect(waiting(killed)).toEqual(['Attempt 2 of 3 starts in 5s with 3,600 MiB.']);
  expect(waiting({ memory: 1800 })).toEqual(['Attempt 2 of 3 starts in 5s.']);
});

it('a run that goes on says what would follow', () => {
  const going = live({ outcome: 'starting' }, { policy });
  const [open] = going.attempts;
  const withMemory = (memory: number) => told({ ...going, attempts: [{ ...attempt(open), memory }] })[1];
  expect(withMemory(1800)).toBe(
    'If the attempt fails, attempt 2 of 3 follows after 5s. If it runs out of its 1,800 MiB of memory, that attempt gets 3,600 MiB.',
  );
  expect(withMemory(6000)).toBe('If the attempt fails, attempt 2 of 3 follows after 5s.');
});
