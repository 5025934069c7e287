import { z } from 'zod';
import { mapOf, text } from '../../modules/config/checked';
import { checkNames, nameValue } from '../../modules/config/name-values';
import { problemsWith } from '../stack-config/samples';

const name = text({ pattern: /^[a-z]+$/, accepted: 'letters', fix: 'use letters' });
const short = (given: string) => (given.length > 3 ? [{ accepted: 'at most 3 letters', fix: 'shorten it' }] : []);
const values = z
  .union([z.array(nameValue({ name, value: z.string() })), mapOf(name, z.string())])
  .superRefine((given, context) => checkNames(given, context, short), { when: () => true });

const problems = (given: unknown) =>
  problemsWith(values, given).map(({ path, found, accepted }) => `${path}: ${found}, not ${accepted}`);

it.each([
  ['a list', [{ name: 'a', value: '1' }]],
  ['a map', { a: '1', b: '2' }],
  ['nothing in it', []],
])('accepts %s', (_, given) => {
  expect(problems(given)).toEqual([]);
});

it('says each name that occurs twice or has a problem of the caller, in either form', () => {
  const twice = ['long', 'a', 'long', 'a'].map((each) => ({ name: each, value: '' }));
  expect(problems(twice).sort()).toEqual([
    '[0].name: "long", not at most 3 letters',
    '[2].name: "long", not at most 3 letters',
    '[2].name: "long", not each name once',
    '[3].name: "a", not each name once',
  ]);
  expect(problems({ long: '' })).toEqual(['long: "long", not at most 3 letters']);
});

it('leaves names that are no strings, and what is no list or map, to the schema', () => {
  const given = [{ name: 1, value: '' }, { name: 1, value: '' }, null];
  expect(problems(given).filter((each) => each.includes('once'))).toEqual([]);
  expect(problems(null)).toHaveLength(1);
});

it.each([
  ['team=desk', 'team', 'desk'],
  ['team=a=b\nc', 'team', 'a=b\\nc'],
  ['team', 'NAME', 'value'],
  ['a b=c', 'NAME', 'value'],
])('explains the form to those who wrote %j', (given, expected, value) => {
  expect(problemsWith(values, [given])[0]?.accepted).toBe(
    `an object such as { name: "${expected}", value: "${value}" }`,
  );
});
