import type { AttributeShape, AttributeShapes } from '../../modules/config/overrides/attribute-shapes';
import { shaped, shapeProblems, unknownAttribute } from '../../modules/overrides/shaped';

const STRING: AttributeShape = { kind: 'string' };
const RULE: AttributeShapes = new Map([
  ['days', { kind: 'number' }],
  ['enabled', { kind: 'boolean' }],
  ['policy', STRING],
  ['tags', { kind: 'stringMap' }],
  ['zones', { kind: 'stringList' }],
]);
const BLOCK: AttributeShape = {
  kind: 'Rule',
  attributes: new Map([...RULE, ['rule', { kind: 'Inner', attributes: RULE }]]),
};

const problems = (value: unknown, shape = BLOCK) => shapeProblems(value, shape, ['override'], 'aws_thing');

describe('a value in the form of Terraform', () => {
  it.each<[string, unknown, unknown]>([
    ['an object', { Version: '1' }, '{"Version":"1"}'],
    ['a list', [1, 'a'], '[1,"a"]'],
    ['a text', 'as it is', 'as it is'],
    ['null', null, null],
  ])('is JSON where a string is expected: %s', (_, value, expected) => {
    expect(shaped(value, STRING)).toEqual(expected);
  });

  it('keeps an object that no string is expected for', () => {
    expect(shaped({ a: { b: 1 } }, { kind: 'stringMap' })).toEqual({ a: { b: 1 } });
  });

  it('is found in blocks within blocks and in lists of them, and unknown attributes stay', () => {
    const value = { rule: [{ policy: { a: 1 }, days: 3 }], policy: ['x'], other: { b: 2 } };
    expect(shaped(value, BLOCK)).toEqual({ rule: [{ policy: '{"a":1}', days: 3 }], policy: '["x"]', other: { b: 2 } });
  });

  it('stays what it is if a block is expected and it is none', () => {
    expect(shaped('text', BLOCK)).toBe('text');
  });
});

describe('the problems of a value', () => {
  it('are none if each has its type, or null', () => {
    expect(problems({ days: 1, enabled: false, policy: {}, zones: ['a'], tags: { a: 'b' }, rule: null })).toEqual([]);
  });

  it.each<[object, string, string]>([
    [{ days: { a: 1 } }, 'a number', 'write a number'],
    [{ days: [1] }, 'a number', 'write a number'],
    [{ enabled: [true] }, 'true or false', 'write true or false'],
    [{ zones: { a: 'b' } }, 'a list', 'write a list'],
    [{ zones: 'a' }, 'a list', 'write ["a"]'],
    [{ zones: 3 }, 'a list', 'write [3]'],
    [{ rule: 'a' }, 'an object of days, enabled, policy, tags, zones', 'write an object'],
  ])('%j: %s', (value, accepted, fix) => {
    expect(problems(value)).toEqual([
      expect.objectContaining({ keys: ['override', ...Object.keys(value)], accepted, fix }),
    ]);
  });

  it('have the index of the block, and all are reported', () => {
    const found = problems({ rule: [{ days: 1 }, { days: [] }, { zones: true }] });
    expect(found.map(({ keys }) => keys)).toEqual([
      ['override', 'rule', 1, 'days'],
      ['override', 'rule', 2, 'zones'],
    ]);
  });

  it('name an attribute that there is not', () => {
    expect(problems({ rule: { day: 1 } }).map(({ keys, fix }) => [keys, fix])).toEqual([
      [['override', 'rule', 'day'], 'did you mean "days"?'],
    ]);
  });
});

it.each([
  [
    'ContainerProperties.LinuxParameters.SwapSize',
    'write container_properties: { linuxParameters: { swapSize: <value> } }',
  ],
  ['AssumePolicy.Version', 'write assume_policy: { Version: <value> }'],
  ['TracingConfiguration.AllEnabled', 'write tracing_configuration: { all_enabled: <value> }'],
  ['Other.Enabled', 'remove it'],
])('a path as in CloudFormation, %s, is written in the form of Terraform', (name, fix) => {
  const tracing: AttributeShape = { kind: 'Tracing', attributes: RULE };
  const known = new Map([
    ['container_properties', STRING],
    ['assume_policy', STRING],
    ['tracing_configuration', tracing],
  ]);
  expect(unknownAttribute(name, known, [], 'aws_thing').fix).toBe(fix);
});

it.each<[unknown, string]>([
  [
    { Privileged: true, LinuxParameters: { MaxSwap: 64 } },
    'write container_properties: {"privileged":true,"linuxParameters":{"maxSwap":64}}',
  ],
  [{ privileged: true }, 'did you mean "container_properties"?'],
  ['{}', 'did you mean "container_properties"?'],
])('a document as in CloudFormation, %j, is written in the form of AWS Batch', (value, fix) => {
  const known = new Map([['container_properties', STRING]]);
  expect(unknownAttribute('ContainerProperties', known, [], 'aws_thing', value).fix).toBe(fix);
});

it('names of CloudFormation in a document of AWS Batch are refused, and in other documents they are not', () => {
  const given = { Privileged: true };
  const [problem] = shapeProblems(given, STRING, ['JobDefinition', 'container_properties'], 'aws_batch_job_definition');
  expect(problem?.fix).toBe('did you mean "privileged"?');
  expect(shapeProblems(given, STRING, ['JobRolePolicy', 'policy'], 'aws_iam_role_policy')).toEqual([]);
});

it('an unknown attribute that is like no other is to be removed', () => {
  expect(unknownAttribute('completely_different', new Map([['days', STRING]]), ['a'], 'aws_thing')).toEqual({
    keys: ['a', 'completely_different'],
    found: 'the unknown attribute "completely_different"',
    accepted: 'an attribute of aws_thing: days',
    fix: 'remove it',
  });
});

it('a name of CloudFormation is longer than the attribute', () => {
  const known = new Map([
    ['assume_role_policy', STRING],
    ['role', STRING],
  ]);
  expect(unknownAttribute('AssumeRolePolicyDocument', known, [], 'aws_iam_role').fix).toBe(
    'did you mean "assume_role_policy"?',
  );
  expect(unknownAttribute('RolePermissionsAndMore', known, [], 'aws_iam_role').fix).toBe('remove it');
});
