import fc from 'fast-check';
import { environment, environmentPairs, RUN_VARIABLES } from '../../modules/config/environment';
import { problemsWith, tokens } from '../stack-config/samples';

describe('a list of variables', () => {
  it('accepts strings, numbers and booleans', () => {
    const list = [
      { name: 'B', value: 'x' },
      { name: 'A', value: 1.5 },
      { name: 'C', value: false },
    ];
    expect(problemsWith(environment, list)).toEqual([]);
    expect(environmentPairs(list)).toEqual([
      ['A', '1.5'],
      ['B', 'x'],
      ['C', 'false'],
    ]);
  });

  it('reports each entry that is wrong', () => {
    const list = [
      { name: 'A', value: 1 },
      { name: 'A', value: null },
      { name: 'AWS_BATCH_X', value: 'x', extra: 1 },
      { name: 'a b' },
      { name: '', value: '' },
      { value: 'x' },
      3,
      { name: 'STP_CURRENT_ATTEMPT', value: 1 },
    ];
    expect(problemsWith(environment, list)).toEqual([
      { path: '[1].name', found: '"A"', accepted: 'each name once', fix: 'remove one of them' },
      {
        path: '[1].value',
        found: 'null',
        accepted: 'a string, a number or true or false',
        fix: 'write "null", in quotes, if the string is meant, or remove it',
      },
      {
        path: '[2].name',
        found: '"AWS_BATCH_X"',
        accepted: 'a name that does not start with AWS_BATCH',
        fix: 'rename it, such as to APP_BATCH_X: AWS Batch rejects variables that start with AWS_BATCH',
      },
      { path: '[2].extra', found: 'the unknown property "extra"', accepted: 'name, value', fix: 'remove it' },
      {
        path: '[3].name',
        found: '"a b"',
        accepted: 'a name without spaces and "="',
        fix: 'use letters, digits and underscores, such as REPORT_BUCKET',
      },
      {
        path: '[3].value',
        found: 'nothing',
        accepted: 'a string, a number or true or false',
        fix: 'add it: it is required',
      },
      {
        path: '[4].name',
        found: '""',
        accepted: 'a name without spaces and "="',
        fix: 'use letters, digits and underscores, such as REPORT_BUCKET',
      },
      {
        path: '[5].name',
        found: 'nothing',
        accepted: 'a name without spaces and "="',
        fix: 'add it: it is required',
      },
      {
        path: '[6]',
        found: '3',
        accepted: 'an object such as { name: "NAME", value: "value" }',
        fix: 'write an object such as { name: "NAME", value: "value" }',
      },
      {
        path: '[7].name',
        found: '"STP_CURRENT_ATTEMPT"',
        accepted: 'a name other than STP_TRIGGER_EVENT_DATA, STP_MAXIMUM_ATTEMPTS, STP_CURRENT_ATTEMPT',
        fix: 'rename or remove it: each run sets this variable',
      },
    ]);
  });
});

it.each(['A=b', 'URL=https://x/?a=b'])('says how the variable %s is written', (text) => {
  const [name, ...value] = text.split('=');
  const entry = `an object such as { name: "${name}", value: "${value.join('=')}" }`;
  expect(problemsWith(environment, [text])).toEqual([
    { path: '[0]', found: `"${text}"`, accepted: entry, fix: `write ${entry}` },
  ]);
});

describe('a map of variables', () => {
  it('accepts strings, numbers and booleans', () => {
    const map = { B: 'x', A: 1.5, C: false };
    expect(problemsWith(environment, map)).toEqual([]);
    expect(environmentPairs(map)).toEqual([
      ['A', '1.5'],
      ['B', 'x'],
      ['C', 'false'],
    ]);
  });

  it('reports each variable that is wrong', () => {
    const map = { AWS_BATCH_JOB_ID: 'x', STP_TRIGGER_EVENT_DATA: '{}', 'a=b': 'c', X: null, Y: {}, Z: undefined };
    expect(problemsWith(environment, map).map(({ path, fix }) => [path, fix])).toEqual([
      [
        'AWS_BATCH_JOB_ID',
        'rename it, such as to APP_BATCH_JOB_ID: AWS Batch rejects variables that start with AWS_BATCH',
      ],
      ['STP_TRIGGER_EVENT_DATA', 'rename or remove it: each run sets this variable'],
      ['["a=b"]', 'use letters, digits and underscores, such as REPORT_BUCKET'],
      ['X', 'write "null", in quotes, if the string is meant, or remove it'],
      ['Y', 'write a string, a number or true or false'],
      ['Z', 'add it: it is required'],
    ]);
  });
});

it.each(RUN_VARIABLES)('refuses %s in a map and in a list', (name) => {
  expect(problemsWith(environment, { [name]: '1' })).toEqual([expect.objectContaining({ path: name })]);
  expect(problemsWith(environment, [{ name, value: '1' }])).toEqual([expect.objectContaining({ path: '[0].name' })]);
});

it.each(['AWS_BATCHES', 'AWS_BATCH'])('refuses %s, as AWS Batch does', (name) => {
  expect(problemsWith(environment, { [name]: '1' })).toEqual([expect.objectContaining({ path: name })]);
});

it.each(['AWS_REGION', 'aws_batch_x', 'MY_AWS_BATCH', 'STP_BUCKET', 'NODE_OPTIONS', 'a.b-c'])('takes %s', (name) => {
  expect(problemsWith(environment, { [name]: '1' })).toEqual([]);
});

it.each([
  ['A=1', '"A=1"'],
  [5, '5'],
  [null, 'null', ', or remove it'],
])('is a list or a map and not %p', (value, found, more = '') => {
  const finding = { found, accepted: 'a list or an object', fix: `write a list or an object${more}` };
  expect(problemsWith(environment, value)).toEqual([{ path: '', ...finding }]);
});

describe('environmentPairs', () => {
  it('leaves out what is empty, and keeps what only looks so', () => {
    expect(environmentPairs({ EMPTY: '', ZERO: 0, NO: false, SPACE: ' ' })).toEqual([
      ['NO', 'false'],
      ['SPACE', ' '],
      ['ZERO', '0'],
    ]);
  });

  it('writes a value that only Terraform knows as its reference, and not as the number of its token', () => {
    const { NUMBER, TEXT } = tokens();
    expect(problemsWith(environment, { NUMBER, TEXT })).toEqual([]);
    const [[, number], [, text]] = environmentPairs({ NUMBER, TEXT }) as [[string, string], [string, string]];
    expect(number).toContain('TfToken[');
    expect(text).toBe(TEXT);
  });

  it('is the same for a map and a list, in any order', () => {
    const variables = fc.dictionary(
      fc.string({ unit: 'grapheme-ascii', minLength: 1 }),
      fc.oneof(fc.string(), fc.integer(), fc.boolean()),
    );
    fc.assert(
      fc.property(variables, (map) => {
        const list = Object.entries(map).map(([name, value]) => ({ name, value }));
        const pairs = environmentPairs(map);
        expect(environmentPairs(list.reverse())).toEqual(pairs);
        expect(pairs.map(([name]) => name)).toEqual(pairs.map(([name]) => name).sort());
        expect(pairs).toHaveLength(list.filter(({ value }) => value !== '').length);
      }),
    );
  });
});
