import { acceptedOptions } from '../../modules/problems/accepted';
import { ADD_IT, type Fix, useAccepted, writeAccepted } from '../../modules/problems/fix';
import { foundName, foundText, foundValue } from '../../modules/problems/found';
import type { StatedProblem } from '../../modules/problems/problem';
import { codeOf, instructionOf, messageOf } from '../../modules/problems/problem-message';

function problem(parts: Partial<StatedProblem>): StatedProblem {
  return {
    keys: ['resources', 'job', 'memory'],
    found: foundValue(5),
    accepted: 'a string',
    fix: 'write "5", in quotes',
    ...parts,
  };
}

describe('the sentences of a problem', () => {
  it.each<[string, Partial<StatedProblem>, string]>([
    ['a value', {}, 'memory is 5. It must be a string.'],
    ['a string', { found: foundValue('a b') }, 'memory is "a b". It must be a string.'],
    [
      'a value with more about it',
      { found: foundValue('q', ', in us-east-1') },
      'memory is "q", in us-east-1. It must be a string.',
    ],
    ['a function', { found: foundValue(() => 1) }, 'memory is a function. It must be a string.'],
    ['a value as YAML has it', { found: foundText('.inf') }, 'memory is .inf. It must be a string.'],
    [
      'a number outside of its range',
      { code: 'out-of-range', found: foundValue(0), accepted: 'a whole number from 4 to 8 MiB', range: '4 to 8 MiB' },
      'memory is 0. It must be 4 to 8 MiB.',
    ],
    [
      'a number without an upper limit',
      { code: 'out-of-range', found: foundValue(0.5), accepted: 'a number, 1 or more', range: '1 or more' },
      'memory is 0.5. It must be 1 or more.',
    ],
    [
      'a fraction',
      { code: 'wrong-type', found: foundValue(4.5), accepted: 'a whole number from 4 to 8 MiB', range: '4 to 8 MiB' },
      'memory is 4.5. It must be a whole number from 4 to 8 MiB.',
    ],
    ['one of two words', acceptedOptions(['cjs', 'esm']), 'memory is 5. It must be cjs or esm.'],
    ['one of several', acceptedOptions(['1.0', 's3:Put', '*']), 'memory is 5. It must be 1.0, s3:Put or *.'],
    ['options with other characters', acceptedOptions(['a/b', 'c d']), 'memory is 5. It must be a/b or c d.'],
    ['words that are no options', { accepted: 'cjs, esm' }, 'memory is 5. It must be cjs, esm.'],
    [
      'a length',
      { found: foundValue([]), accepted: 'at least 1 entry', acceptedAs: 'content' },
      'memory is []. It must have at least 1 entry.',
    ],
    [
      'characters',
      { accepted: 'up to 8 letters', acceptedAs: 'content' },
      'memory is 5. It must have up to 8 letters.',
    ],
    [
      'what is no value',
      { accepted: 'no prefix: a queue has none', acceptedAs: 'rule' },
      'memory is 5. Expected no prefix: a queue has none.',
    ],
    ['a rule', { accepted: 'each name once', acceptedAs: 'rule' }, 'memory is 5. Expected each name once.'],
    ['a text that starts as a rule does', { accepted: 'each, none' }, 'memory is 5. It must be each, none.'],
    ['nothing', { found: foundValue(undefined), accepted: 'a list' }, 'memory is missing. It must be a list.'],
    ['something else than a value', { found: 'a and b' }, 'Found a and b. Expected a string.'],
    ['a count', { found: '51 tags', accepted: 'at most 50' }, 'Found 51 tags. Expected at most 50.'],
    [
      'a name',
      { keys: ['resources', 'a_b'], found: foundName('a_b') },
      '"a_b" is not a valid name. It must be a string.',
    ],
    [
      'a name in quotes',
      { keys: ['tags', 'a b'], found: foundName('a b') },
      '"a b" is not a valid name. It must be a string.',
    ],
    ['a value that equals its name', { keys: ['tags', 'a'], found: foundValue('a') }, 'a is "a". It must be a string.'],
    [
      'nothing, with more about it',
      { found: foundValue(undefined, ', and x') },
      'Found nothing, and x. Expected a string.',
    ],
    ['an entry of a list', { keys: ['a', 'events', 1] }, 'events[1] is 5. It must be a string.'],
    ['an entry that equals its index', { keys: ['ports', 5] }, 'ports[5] is 5. It must be a string.'],
    ['a key that is no word', { keys: ['tags', 'a b'] }, 'tags["a b"] is 5. It must be a string.'],
    ['the whole config', { keys: [], found: foundValue(null) }, 'The config is null. It must be a string.'],
    ['what the finding itself says', { message: 'It is as it is.' }, 'It is as it is.'],
  ])('%s', (_, parts, message) => {
    expect(messageOf(problem(parts))).toBe(message);
  });
});

describe('what to do', () => {
  it.each<[string, Fix, string | undefined]>([
    ['an instruction', 'write "5", in quotes', 'Write "5", in quotes.'],
    ['a question', 'did you mean "command"?', 'Did you mean "command"?'],
    ['a name first', 'inputPath goes there', 'inputPath goes there.'],
    ['code at the end', 'write cron(0 14 * * ? *)', 'Write cron(0 14 * * ? *)'],
    ['a list at the end', 'write ["a"]', 'Write ["a"]'],
    ['brackets at the end', 'remove it (or both)', 'Remove it (or both).'],
    ['what the message says already', writeAccepted('a string'), undefined],
    ['the range', useAccepted('1 to 9'), undefined],
    ['a reason after the range', useAccepted('1 to 9', 'why'), 'Why.'],
    ['to add what is missing', ADD_IT, undefined],
  ])('%s', (_, fix, instruction) => {
    expect(instructionOf(fix)).toBe(instruction);
  });
});

it.each<[Partial<StatedProblem>, string]>([
  [{}, 'invalid-value'],
  [{ found: foundValue(undefined) }, 'missing-property'],
  [{ found: 'nothing' }, 'invalid-value'],
  [{ code: 'conflict', found: foundValue(undefined) }, 'conflict'],
])('the code of %j is %s', (parts, code) => {
  expect(codeOf(problem(parts))).toBe(code);
});
