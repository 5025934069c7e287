import { Replacement } from '../../modules/config/replacement';

it.each<[value: unknown, text: string]>([
  [
    { type: 'dockerfile', properties: { buildContextPath: '.' } },
    '{ type: "dockerfile", properties: { buildContextPath: "." } }',
  ],
  [['a', 'b'], '["a", "b"]'],
  [{ 'a-b': [{ c: 1 }, null, true] }, '{ "a-b": [{ c: 1 }, null, true] }'],
  [{}, '{}'],
  [[], '[]'],
  ['it\'s "so"', '"it\'s \\"so\\""'],
  [undefined, 'null'],
])('writes %j as people do', (value, text) => {
  expect(new Replacement('packaging', value).text).toBe(`write packaging: ${text}`);
});

it('says what else to do after the value', () => {
  expect(new Replacement('connectTo', [], ', and more').text).toBe('write connectTo: [], and more');
});
