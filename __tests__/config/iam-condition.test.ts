import { conditions } from '../../modules/config/iam-condition';
import { problemsWith, tokens } from '../stack-config/samples';

function problems(value: unknown): string[] {
  return problemsWith(conditions, value).map(({ path, found, fix }) => `${path}: ${found}: ${fix}`);
}

it.each<[string, unknown]>([
  ['StringEquals', 'a'],
  ['StringEquals', 7],
  ['NumericLessThan', '3.5'],
  ['DateGreaterThan', '2026-01-31T00:00:00Z'],
  ['DateGreaterThan', '2026-01-31'],
  ['DateGreaterThan', 1769817600],
  ['Bool', true],
  ['Bool', 'False'],
  ['BinaryEquals', 'QQ=='],
  ['IpAddress', '203.0.113.0/24'],
  ['NotIpAddress', '2001:db8::1'],
  ['ArnLike', 'arn:aws:s3:::*'],
  ['ArnEquals', '*'],
  ['Null', 'true'],
  ['ForAnyValue:StringLike', ['a', 'b']],
  ['StringEqualsIfExists', 'a'],
  ['ForAllValues:StringEqualsIfExists', 'a'],
  // The value of a policy variable, directive or token is not known.
  ['NumericEquals', '${aws:PrincipalTag/level}'],
  ['Bool', "$Secret('a.b')"],
])('%s accepts %j', (operator, value) => {
  expect(problems({ [operator]: { 'aws:key': value } })).toEqual([]);
});

it('a value that only Terraform knows is accepted in each of its forms', () => {
  const { NUMBER, TEXT, LIST_ITEM } = tokens();
  for (const operator of ['NumericEquals', 'DateGreaterThan', 'Bool', 'IpAddress', 'ArnLike']) {
    expect(problems({ [operator]: { 'aws:key': [NUMBER, TEXT, LIST_ITEM] } })).toEqual([]);
  }
});

it('a key that only Terraform knows is accepted', () => {
  expect(problems({ Bool: { [tokens().MAP_KEY]: true } })).toEqual([]);
});

it('each problem says what is accepted', () => {
  const accepted = (value: unknown) => problemsWith(conditions, value);
  const operators = expect.stringMatching(
    /^an operator of IAM: StringEquals, .*, with ForAnyValue: or ForAllValues: before it or IfExists after it$/,
  );
  expect(accepted({ Contains: { 'aws:key': 'a' } })).toMatchObject([{ path: 'Contains', accepted: operators }]);
  expect(accepted({ NullIfExists: { 'aws:key': 'true' } })).toMatchObject([
    { path: 'NullIfExists', accepted: operators },
  ]);
  const keys = 'an object of condition keys such as { "aws:SourceVpc": "vpc-1" }';
  expect(accepted({ Bool: 'x' })).toEqual([{ path: 'Bool', found: '"x"', accepted: keys, fix: `write ${keys}` }]);
  expect(accepted({ Bool: { SourceVpc: 'a' } })).toEqual([
    {
      path: 'Bool.SourceVpc',
      found: '"SourceVpc"',
      accepted: 'a condition key such as aws:SourceAccount or s3:prefix',
      fix: 'write the service, a colon and the name of the key',
    },
  ]);
  const list = 'true or false, or a list of them';
  expect(accepted({ Bool: { 'aws:key': [] } })).toMatchObject([{ path: 'Bool["aws:key"]', accepted: list }]);
  expect(accepted({ Bool: { 'aws:key': 'no' } })).toMatchObject([{ path: 'Bool["aws:key"]', accepted: list }]);
});

it.each<[string, unknown, string]>([
  ['StringEquals', null, 'write a string'],
  ['StringEquals', { a: 1 }, 'write a string'],
  ['NumericLessThan', ' ', 'write a number'],
  ['NumericLessThan', 'Infinity', 'write a number'],
  ['DateGreaterThan', 'on 2026-01-31', 'write a date'],
  ['DateGreaterThan', '2026-01-31 12:00', 'write a date'],
  ['DateGreaterThan', '-5', 'write a date'],
  ['DateGreaterThan', '5 s', 'write a date'],
  ['Bool', 'untrue', 'write true or false'],
  ['Bool', 'falsely', 'write true or false'],
  ['ArnLike', '*arn', 'write an ARN'],
  ['DateGreaterThan', 'tomorrow', 'write a date such as 2026-01-31T00:00:00Z, or seconds since 1970'],
  ['Bool', 'yes', 'write true or false'],
  ['Null', 1, 'write true or false'],
  ['BinaryEquals', 'a-b', 'write a string in Base64'],
  ['IpAddress', '203.0.113.0/33', 'write a range such as 203.0.113.0/24'],
  ['ArnLike', 's3:*', 'write an ARN, with * and ? for what may differ'],
])('%s refuses %j', (operator, value, fix) => {
  expect(problems({ [operator]: { 'aws:key': value } })).toEqual([expect.stringContaining(`: ${fix}`)]);
});

it('names the entry of a list that is wrong, and refuses an empty list', () => {
  expect(problems({ Bool: { 'aws:key': [true, 'no', 'off'] } })).toEqual([
    'Bool["aws:key"][1]: "no": write true or false',
    'Bool["aws:key"][2]: "off": write true or false',
  ]);
  expect(problems({ Bool: { 'aws:key': [] } })).toEqual(['Bool["aws:key"]: []: add a value, or remove the condition']);
});

it.each([
  ['StringEqual', 'did you mean "StringEquals"?'],
  ['ForAnyValue:StringEqual', 'did you mean "ForAnyValue:StringEquals"?'],
  ['ForAnyValueStringEquals', 'write ForAnyValue: with a colon'],
  ['forallvaluesStringEquals', 'write ForAllValues: with a colon'],
  ['forAnyValue:StringEquals', 'write ForAnyValue: with a colon'],
  ['NotForAnyValueAtAll', 'use one of these'],
  ['Contains', 'use one of these'],
  ['NullIfExists', 'write Null alone: it asks whether the key is there'],
  ['constructor', 'use one of these'],
])('%s is no operator', (operator, fix) => {
  expect(problems({ [operator]: { 'aws:key': 'true' } })).toEqual([
    `${operator.includes(':') ? `["${operator}"]` : operator}: "${operator}": ${fix}`,
  ]);
});

it.each([
  ['a string', 'x'],
  ['a list', ['aws:key']],
  ['nothing', {}],
  ['null', null],
])('an operator with %s is refused', (_, keys) => {
  expect(problems({ Bool: keys })).toEqual([
    expect.stringContaining('write an object of condition keys such as { "aws:SourceVpc": "vpc-1" }'),
  ]);
});

it.each(['aws:SourceVpc', 's3:prefix', 'cognito-identity.amazonaws.com:aud', 'aws:RequestTag/a b', 'saml/x:aud'])(
  'the key %s is accepted',
  (key) => {
    expect(problems({ StringEquals: { [key]: 'a' } })).toEqual([]);
  },
);

it.each(['SourceVpc', 'aws:', ':a', 'a b:c'])('the key "%s" is refused', (key) => {
  expect(problems({ StringEquals: { [key]: 'a' } })).toEqual([
    expect.stringContaining('write the service, a colon and the name of the key'),
  ]);
});
