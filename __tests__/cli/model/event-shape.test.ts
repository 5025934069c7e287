import { knownKeys } from '../../../cli/model/event-shape';
import { type EventFacts, keys } from '../../../triggers/event-facts';

const usual = keys(['id', 'string', 'Its id']);
const first = keys(['first', 'string', 'The first']);
const second = keys(['second', 'string', 'The second']);
const kinds: EventFacts['kinds'] = [{ kind: 'sqs', noun: 'messages', names: { one: 'It.' } }];
const facts: EventFacts = {
  kinds,
  keys: usual,
  variants: [
    { marks: ['a', 'b'], keys: first },
    { marks: ['c'], keys: second },
  ],
};

it.each([
  ['of a shape with one of its marks', ['x', 'b'], first],
  ['of the next shape', ['c'], second],
  ['of the first shape where marks of two are there', ['c', 'a'], first],
  ['usual without a mark', ['x'], usual],
])('keys are those %s', (_, rootKeys, expected) => {
  expect(knownKeys(facts, rootKeys)).toBe(expected);
});

it('keys of a source with one shape are always the same', () => {
  expect(knownKeys({ kinds, keys: usual }, ['a'])).toBe(usual);
});
