import { z } from 'zod';
import { takeTexts } from '../../modules/config/as-written';
import type { ScalarText } from '../../modules/config/plain-data';

const schema = z.object({
  environment: z.record(z.string(), z.union([z.string(), z.number().transform(String), z.boolean().transform(String)])),
  count: z.number(),
  list: z.array(z.union([z.string(), z.number().transform(String)])),
});

function taken(value: unknown, texts: ScalarText[], numbers: ScalarText[] = []) {
  const findings = takeTexts(schema, { value, findings: [], texts: [], numbers }, texts);
  return { value, findings: findings.map(({ path, finding }) => [path.join('.'), finding.found, finding.fix]) };
}

it('gives a string its notation in the file, and keeps a number where one is expected', () => {
  const value = { environment: { VERSION: 1.1, ON: true, KEPT: '1.10' }, count: 1, list: [1] };
  const texts = [
    { path: ['environment', 'VERSION'], text: '1.10' },
    { path: ['environment', 'ON'], text: 'True' },
    { path: ['environment', 'KEPT'], text: 'other' },
    { path: ['count'], text: '1.0' },
    { path: ['list', 0], text: '1e0' },
  ];
  expect(taken(value, texts)).toEqual({
    value: { environment: { VERSION: '1.10', ON: 'True', KEPT: '1.10' }, count: 1, list: ['1e0'] },
    findings: [],
  });
});

it('keeps null, which YAML can write in several ways', () => {
  const value = { environment: { A: null } };
  expect(taken(value, [{ path: ['environment', 'A'], text: '~' }])).toEqual({ value, findings: [] });
});

it('refuses the notation of a number that stays one, with quotes only where a string fits', () => {
  const texts = [{ path: ['count'], text: '007' }];
  expect(taken({ count: 7 }, texts).findings).toEqual([['count', '007', 'write 7']]);
  const unknown = taken({ other: 7 }, [{ path: ['other'], text: '007' }]);
  expect(unknown.findings).toEqual([['other', '007', 'write "007", in quotes, or 7 if the number is meant']]);
});

it('reports a number of a program once: by its notation, if a file has one', () => {
  const value = { count: 2 ** 60 };
  const numbers = [{ path: ['count'] }];
  expect(taken({ ...value }, [], numbers).findings).toEqual([
    ['count', String(2 ** 60), 'write it as a string, in quotes'],
  ]);
  expect(taken({ ...value }, [{ path: ['count'], text: '1152921504606846977' }], numbers).findings).toEqual([
    ['count', '1152921504606846977', 'write "1152921504606846977", in quotes'],
  ]);
});

it.each([
  ['of the whole value', 7, []],
  ['in something that is neither an object nor a list', { count: 'x' }, ['count', 'length']],
  ['that is not there', { environment: null }, ['environment', 'A', 'b']],
])('ignores a notation %s', (_, value, path) => {
  expect(taken(value, [{ path, text: '007' }])).toEqual({ value, findings: [] });
});
