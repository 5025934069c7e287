import fc from 'fast-check';
import {
  cfResourceParam,
  isDirective,
  parameter,
  parseCfResourceParam,
  parseDirective,
  parseResourceParam,
  partDirective,
  secret,
} from '../../modules/config/directive';
import { parseParameter, parseSecret } from '../../modules/config/secret-directive';
import { resourceParam } from '../../modules/resources/resource-param';

it.each([
  ["$Name('a')", true],
  ['$Name(', true],
  ['$Name2()', true],
  ['$my_name()', true],
  ['$HOME', false],
  ['$(date)', false],
  ["see $Name('a')", false],
  ['', false],
])('%j is meant as a directive: %s', (text, meant) => {
  expect(isDirective(text)).toBe(meant);
});

it.each([
  ['$Name()', []],
  ["$Name('a')", ['a']],
  ['$Name("a", \'b\')', ['a', 'b']],
  ["$Name( 'a' , 2, -1.5, true, false, null )", ['a', 2, -1.5, true, false, null]],
  [String.raw`$Name('it\'s', "a\\b")`, ["it's", 'a\\b']],
  [" $Name('a, b)') ", ['a, b)']],
])('%s has the arguments %j', (text, args) => {
  expect(parseDirective(text)).toEqual({ name: 'Name', args });
});

it.each([
  "$Name('a'",
  '$Name(012)',
  '$Name(12345678901234567890)',
  '$Name(a)',
  "$Name('a' 'b')",
  "$Name('a',)",
  "$Name('a').",
  "$Name('a').x y",
  "$Name('a')[x]",
  "x $Name('a')",
  '$Name(1e3)',
])('%s is none', (text) => {
  expect(parseDirective(text)).toBeUndefined();
});

it.each([
  ["$Name('a').x", ['x']],
  ["$Name('a').x[0].y-z", ['x', '0', 'y-z']],
  ["$my_name('a').0.x", ['0', 'x']],
])('%s means a part', (text, part) => {
  expect(parseDirective(text)).toEqual({ name: expect.stringMatching(/^(Name|my_name)$/), args: ['a'], part });
});

it.each(["$ResourceParam('a', 'arn').x", "$CfResourceParam('a', 'Arn')[0]"])('%s has no part', (text) => {
  expect(parseResourceParam(text)).toBeUndefined();
  expect(parseCfResourceParam(text)).toBeUndefined();
});

const ARN = resourceParam('bucket', 'arn');

it.each([
  ['a template literal', `${ARN}/*`],
  ['a template literal with a beginning', `s3:${ARN}`],
  ['a concatenation', 'arn: '.concat(ARN)],
  ['JSON.stringify', JSON.stringify({ bucket: ARN })],
  ['JSON.stringify of other quotes', JSON.stringify([ARN.replaceAll("'", '"')])],
  ['the join of a list', ['a', ARN].join()],
  ['the join of two', [ARN, ARN].join(' ')],
  ['an encoding for URLs', `https://x/?q=${encodeURIComponent(ARN)}`],
  ['another case', ARN.toLowerCase()],
  ['two lines', `${ARN}\n${ARN}`],
])('finds the directive that %s has made a part of a text', (_, text) => {
  expect(partDirective(text, ['ResourceParam', 'Secret'])).toBe('ResourceParam');
});

it.each([
  ARN,
  ` ${ARN} `,
  '$ResourceParam(',
  "$ResourceParam('a' 'b')",
  '$(ResourceParam)',
  'ResourceParam(1)',
  '$Other(1) x',
  'x $HOME',
])('finds none in %s', (text) => {
  expect(partDirective(text, ['ResourceParam', 'Secret'])).toBeUndefined();
});

it('accepts each string that can be written as an argument', () => {
  const quoted = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (args) => {
      expect(parseDirective(`$Name(${args.map(quoted).join(', ')})`)).toEqual({ name: 'Name', args });
    }),
  );
});

it('is written by functions whose result is read back', () => {
  expect(parseResourceParam(resourceParam('bucket', 'arn'))).toEqual({ resource: 'bucket', param: 'arn' });
  expect(parseSecret(secret('my.db'))).toEqual({ id: 'my.db' });
  const part = { key: 'user', stage: 'AWSPREVIOUS' };
  expect(parseSecret(secret('my.db', part))).toEqual({ id: 'my.db', ...part });
  expect(parseSecret(secret(SECRET_ARN, { key: 'user' }))).toEqual({ id: SECRET_ARN, key: 'user' });
  expect(parseParameter(parameter('/a/b'))).toEqual({ id: '/a/b' });
  expect(parseCfResourceParam(cfResourceParam('stream', 'Arn'))).toEqual({ logicalId: 'stream', attribute: 'Arn' });
});

it.each(["$ResourceParam('a')", "$ResourceParam('a', 1)", "$ResourceParam('a', 'b', 'c')", "$Other('a', 'b')", 'text'])(
  '%s is no parameter of a resource',
  (text) => {
    expect(parseResourceParam(text)).toBeUndefined();
    expect(parseCfResourceParam(text)).toBeUndefined();
  },
);

const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!cluster-1234-AbCdEf';

it('writes a directive so that what is read is what was given, quotes and backslashes included', () => {
  for (const name of ["o'brien", 'a\\b', "\\'", '"', "x', 'arn"]) {
    expect(parseCfResourceParam(cfResourceParam(name, 'Arn'))).toEqual({ logicalId: name, attribute: 'Arn' });
    expect(parseResourceParam(resourceParam(name, 'arn'))).toEqual({ resource: name, param: 'arn' });
  }
});
