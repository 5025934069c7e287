import { ADD_IT, useAccepted, writeAccepted } from '../../modules/problems/fix';

it.each([
  [writeAccepted('a string'), 'write a string'],
  [useAccepted('1 to 9'), 'use 1 to 9'],
  [useAccepted('1 to 9', 'a day has no more'), 'use 1 to 9: a day has no more'],
  [ADD_IT, 'add it: it is required'],
])('a program gets a fix that repeats what is accepted in full: %s', (fix, text) => {
  expect(String(fix)).toBe(text);
  expect(JSON.stringify({ fix })).toBe(JSON.stringify({ fix: text }));
});
