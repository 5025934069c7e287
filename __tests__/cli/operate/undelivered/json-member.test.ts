import { jsonMember } from '../../../../cli/operate/undelivered/json-member';

it.each([
  ['{"a":1}', '1'],
  ['{ "a" : 1.0 }', '1.0'],
  ['{"b":{"a":2},"a":[1, {"a":3}] ,"c":0}', '[1, {"a":3}]'],
  ['{"a":"}\\",{"}', '"}\\",{"'],
  ['{"x":"a\\\\","a":{"s":"]}"}}', '{"s":"]}"}'],
  ['{"a":1,"a":2}', '2'],
  ['{"\\u0061":true}', 'true'],
  ['{"a":12345678901234567890}', '12345678901234567890'],
  ['\n{"a":\tnull\n}', 'null'],
  ['{"a":""}', '""'],
])('finds the member a of %s', (text, value) => {
  expect(jsonMember(text, 'a')).toBe(value);
  expect(JSON.parse(value)).toEqual(JSON.parse(text).a);
});

it.each(['{}', '[]', '"a"', '{"b":{"a":1}}', 'null', '{"b":"a"}'])('finds no member a of %s', (text) => {
  expect(jsonMember(text, 'a')).toBeUndefined();
});

it('reads a megabyte at once', () => {
  const value = JSON.stringify({ text: '{"'.repeat(500_000) });
  expect(jsonMember(`{"x":[${value}],"a":${value}}`, 'a')).toBe(value);
});
