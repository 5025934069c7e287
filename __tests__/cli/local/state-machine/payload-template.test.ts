import type { Json } from '../../../../cli/local/state-machine/json-value';
import { fillIn } from '../../../../cli/local/state-machine/payload-template';
import type { Scope } from '../../../../cli/local/state-machine/reference-path';

const SCOPE: Scope = {
  data: { name: 'a', count: 3, list: [1, 2, 3, 4, 5], text: '{"b":1}', nested: { deep: true } },
  context: { Execution: { Id: 'run' } },
  variables: { total: 9 },
  random: () => 0.5,
};
const computed = (expression: Json, scope = SCOPE) =>
  (fillIn({ 'value.$': expression }, scope) as { value: Json }).value;

it.each<Json>([null, 'text', '$.name', 1, true, [], {}, { name: '$.name' }])('%j without a path stays', (template) => {
  expect(fillIn(template, SCOPE)).toEqual(template);
});

it('paths are filled in at any depth, and the key loses its end', () => {
  const template = { fixed: 1, list: [{ 'a.$': '$.name' }, 'b'], inner: { 'c.$': '$.nested' } };
  expect(fillIn(template, SCOPE)).toEqual({ fixed: 1, list: [{ a: 'a' }, 'b'], inner: { c: { deep: true } } });
});

it.each<[string, Json]>([
  ['$', SCOPE.data],
  ['$.list[4]', 5],
  ['$$.Execution.Id', 'run'],
  ['$total', 9],
  ['States.JsonToString($.nested)', '{"deep":true}'],
  ['States.StringToJson($.text)', { b: 1 }],
  ['States.MathAdd($.count, -1)', 2],
  ['States.MathRandom(10, 20)', 15],
  ["States.Format('{} of {}', $.count, $.nested)", '3 of {"deep":true}'],
  ["States.Format('{}, {}!', $.name)", 'a, !'],
  ["States.Format('a, (b)')", 'a, (b)'],
  ["States.StringSplit('a/b', '/')", ['a', 'b']],
  ['States.ArrayGetItem($.list, 0)', 1],
  ['States.ArrayGetItem($.list, 5)', null],
  ['States.ArrayLength($.list)', 5],
  ['States.ArrayPartition($.list, 2)', [[1, 2], [3, 4], [5]]],
  ['States.ArrayPartition($.list, 5)', [[1, 2, 3, 4, 5]]],
  ['States.MathAdd(States.MathAdd($.count, 1), States.ArrayLength($.list))', 9],
])('%s', (expression, expected) => {
  expect(computed(expression)).toEqual(expected);
});

it('a random number is below the end', () => {
  expect(computed('States.MathRandom(10, 20)', { ...SCOPE, random: () => 0 })).toBe(10);
  expect(computed('States.MathRandom(10, 20)', { ...SCOPE, random: () => 0.999 })).toBe(19);
});

it('a path that is not there fails as in Step Functions', () => {
  expect(() => computed('$.missing')).toThrow(expect.objectContaining({ error: 'States.ParameterPathFailure' }));
});

it('a text that is no JSON fails as in Step Functions', () => {
  const failure = expect.objectContaining({
    error: 'States.IntrinsicFailure',
    cause: expect.stringMatching(/^States\.StringToJson\(\$\.name\): /),
  });
  expect(() => computed('States.StringToJson($.name)')).toThrow(failure);
});

it.each([
  ['States.UUID()', 'This interpreter does not know States.UUID.'],
  ['$.a-b', 'This interpreter only knows paths such as'],
])('%s is an error of the interpreter', (expression, message) => {
  expect(() => computed(expression)).toThrow(message);
});

it.each<[string, string]>([
  ['States.MathAdd($.name, 1)', 'the first of States.MathAdd'],
  ['States.MathAdd(1, $.name)', 'the second of States.MathAdd'],
  ['States.MathRandom($.name, 1)', 'the start of States.MathRandom'],
  ['States.MathRandom(1, $.name)', 'the end of States.MathRandom'],
  ['States.Format($.count)', 'the first of States.Format'],
  ['States.StringSplit($.count, $.name)', 'the first of States.StringSplit'],
  ['States.StringSplit($.name, $.count)', 'the second of States.StringSplit'],
  ['States.ArrayLength($.name)', 'the argument of States.ArrayLength'],
  ['States.ArrayGetItem($.name, 0)', 'the first of States.ArrayGetItem'],
  ['States.ArrayPartition($.list, $.name)', 'the second of States.ArrayPartition'],
])('%s names what has the wrong type', (expression, name) => {
  expect(() => computed(expression)).toThrow(name);
});

it('a path that is no text is an error that names its key', () => {
  expect(() => computed(1)).toThrow('value.$');
});
