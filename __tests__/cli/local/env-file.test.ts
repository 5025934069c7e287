import util from 'node:util';
import { UsageError } from '../../../cli/command/usage-error';
import { envFile, fileVariables } from '../../../cli/local/env-file';

const valuesOf = (text: string) =>
  Object.fromEntries(fileVariables(text, '.env').map(({ name, value }) => [name, value]));

const CASES: readonly (readonly [text: string, values: object])[] = [
  ['', {}],
  ['# comment\n\nA=1\n', { A: '1' }],
  ['A=1\r\nB=2\r\n', { A: '1', B: '2' }],
  ['export A=1', { A: '1' }],
  ['  A = 1  ', { A: '1' }],
  ['A=', { A: '' }],
  ['A=""', { A: '' }],
  ['A=b=c', { A: 'b=c' }],
  ['A=b # comment', { A: 'b' }],
  ['A="b # no comment" # comment', { A: 'b # no comment' }],
  ["A='b\\nc'", { A: 'b\\nc' }],
  ['A="b\\nc"', { A: 'b\nc' }],
  ['A="two\nlines"\nB=1', { A: 'two\nlines', B: '1' }],
  ['A=\'{"a": "b"}\'', { A: '{"a": "b"}' }],
  ['A=`it\'s "both"`', { A: 'it\'s "both"' }],
  ['A=$HOME/${B}', { A: '$HOME/${B}' }],
  ['A=it"s', { A: 'it"s' }],
];

test.each(CASES)('%j', (text, values) => expect(valuesOf(text)).toEqual(values));

// Of which Node.js 20 makes a variable.
test('a comment that is indented', () => expect(valuesOf('A=1\n   # B=2\n')).toEqual({ A: '1' }));

// Since 20.12 and 21.7.
const parseEnv = (util as { parseEnv?: (text: string) => object }).parseEnv;
(parseEnv === undefined ? test.skip : test).each(CASES)('Node.js reads the same: %j', (text, values) => {
  expect({ ...parseEnv?.(text) }).toEqual(values);
});

test.each([
  ['A=1\nnonsense', '.env:2 is not NAME=value. Found "nonsense".'],
  ['1A=x', '.env:1 is not NAME=value. Found "1A=x".'],
  ['A B=x', '.env:1 is not NAME=value. Found "A B=x".'],
  ['-----BEGIN PRIVATE KEY-----', '.env:1 is not NAME=value. Found "-----BEGIN P…".'],
  ['A=1\n\nA=2', '.env:3 sets A again, after .env:1. Remove one.'],
  ['A="open\n\n', '.env:1: the value of A has no closing ".'],
  ['A="a" b', '.env:1: text follows the closing " of A: "b".'],
  ['A="a\\"b"', '.env:1: text follows the closing " of A: "b"".'],
  ['A=b#c', '.env:1: the value of A has a "#". Put the value in quotes.'],
])('%j is refused', (text, message) => {
  expect(() => valuesOf(text)).toThrow(UsageError);
  expect(() => valuesOf(text)).toThrow(message);
});

test('a file that is not there', () =>
  expect(() => envFile('/nowhere/.env')).toThrow(/^--env-file cannot be read: ENOENT/));
