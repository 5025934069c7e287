import { currentAttempt } from '../../../cli/operate/activity';
import type { RunStory } from '../../../cli/operate/run-story';

const story = (attempts: readonly object[], waits: readonly object[]) => ({ attempts, waits }) as unknown as RunStory;

it('the attempt of a run is its last one', () => {
  const attempts = [
    { number: 1, maximum: 3 },
    { number: 2, maximum: 3 },
  ];
  expect(currentAttempt(story(attempts, [{ kind: 'retry', before: 2 }]), 5)).toEqual({ number: 2, maximum: 3 });
});

it.each([
  ['retry', 3, 2],
  ['retry', 2, 1],
  ['throttled', 1, 1],
])('before a wait (%s) whose attempts are not known, it is the one before attempt %i', (kind, before, number) => {
  expect(currentAttempt(story([], [{ kind, before }]), 5)).toEqual({ number, maximum: 5 });
});

it('a run that waits for a place has none yet, nor has one that only began', () => {
  expect(currentAttempt(story([], [{ kind: 'place', before: 1 }]), 5)).toBeUndefined();
  expect(currentAttempt(story([], []), 5)).toBeUndefined();
});
