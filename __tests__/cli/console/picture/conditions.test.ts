import { conditionText } from '../../../../cli/console/picture/conditions';

const text = (conditions: unknown) => conditionText(conditions, (value) => value);

it.each<[object, string]>([
  [{ Bool: { 'aws:SecureTransport': false } }, 'if aws:SecureTransport is false'],
  [{ StringEquals: { a: ['x', 'y'] } }, 'if a is x or y'],
  [{ StringNotEquals: { a: ['x', 'y'] } }, 'if a is not x and not y'],
  [{ NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '::/0'] } }, 'if aws:SourceIp is not in 10.0.0.0/8 and not ::/0'],
  [{ StringLikeIfExists: { a: 'x*' } }, 'if a matches x* or is missing'],
  [{ Null: { a: 'true' } }, 'if a is missing'],
  [{ Null: { a: 'false' } }, 'if a is present'],
  [{ Null: { a: true } }, 'if a is missing'],
  [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': 'x' } }, 'if every value of aws:TagKeys is x'],
  [{ 'ForAnyValue:StringLike': { 'aws:TagKeys': 'x' } }, 'if a value of aws:TagKeys matches x'],
  [{ NumericLessThanEquals: { a: 5 }, DateGreaterThan: { b: '2026' } }, 'if a is at most 5 and b is after 2026'],
  [{ StringEquals: { a: 'x', b: 'y' } }, 'if a is x and b is y'],
  // An operator of a later version of IAM, and one that objects have by themselves.
  [{ SomethingNew: { a: 'x' } }, 'if a SomethingNew x'],
  [{ toString: { a: 'x' } }, 'if a toString x'],
  [{ StringEquals: undefined }, ''],
  [{}, ''],
])('%j: %s', (conditions, expected) => {
  expect(text(conditions)).toBe(expected);
});

it.each([undefined, null, 'x'])('nothing of %j', (conditions) => {
  expect(text(conditions)).toBe('');
});

it('makes keys and values readable', () => {
  expect(conditionText({ StringEquals: { a: 'x' } }, (value) => `<${value}>`)).toBe('if <a> is <x>');
});
