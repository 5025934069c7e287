import { z } from 'zod';
import { across, mapOf, refuse, strict, text } from '../../modules/config/checked';
import { parse } from '../../modules/config/parse';
import { ConfigError } from '../../modules/problems/config-error';
import { foundValue } from '../../modules/problems/found';
import { found } from '../found';
import { problemsWith } from '../stack-config/samples';

it('gives back a value with its defaults filled in, and leaves the one given alone', () => {
  const given = { name: 'a' };
  expect(parse(strict({ name: z.string(), size: z.number().default(3) }), given, 'test')).toEqual({
    name: 'a',
    size: 3,
  });
  expect(given).toEqual({ name: 'a' });
});

it('says of a part that is no data only that, and not that the list around it has the wrong type', () => {
  const schema = strict({ size: strict({ width: z.number() }), name: z.string() });
  const problems = (size: unknown) => problemsWith(schema, { size, name: 5 }).map(({ path }) => path);
  expect(problems([() => 1])).toEqual(['size[0]', 'name']);
  expect(problems([{ width: [new Date(0)] }])).toEqual(['size[0].width[0]', 'name']);
  expect(problems([1])).toEqual(['size', 'name']);
  const paired = across(schema, (_, context) =>
    refuse(context, { code: 'conflict', found: 'both', accepted: 'one', fix: 'remove one' }),
  );
  expect(problemsWith(paired, { size: [() => 1], name: 'a' }).map(({ found }) => found)).toContain('both');
  // What else is wrong around it remains.
  expect(problems({ width: () => 1, height: 2 })).toEqual(['size.width', 'size.height', 'name']);
});

it('names the source of what it refuses', () => {
  expect(() => parse(z.string(), 1, 'jobs.json')).toThrow(ConfigError);
  expect(() => parse(z.string(), 1, 'jobs.json')).toThrow(
    /^jobs\.json: 1 problem\n\n 1 {2}The config is 1\. It must be a string\.\n/,
  );
});

it('says of a wrong name what is wrong with it, and shows the value below it as the file has it', () => {
  const name = text({ pattern: /^[a-z]+$/, accepted: 'small letters', fix: 'rename it' });
  const texts = [{ path: ['A'], text: '0x10' }];
  expect(() => parse(mapOf(name, z.boolean()), { A: 16 }, 'jobs.yml', { texts })).toThrow(
    /A is 0x10\. It must be true or false\.\n[\s\S]*"A" is not a valid name\. It must be small letters\.\n/,
  );
  expect(() => parse(z.record(name, z.boolean()), { A: true }, 'jobs.yml', { texts })).toThrow(
    /"A" is not a valid name\. It must be small letters\.\n/,
  );
});

it('shows a value as the file has it, unless a check says more about it', () => {
  const refused = (more: string) =>
    z.number().check((context) => {
      refuse(context, { found: foundValue(context.value, more), accepted: 'less', fix: 'lower it' });
    });
  const texts = [
    { path: ['a'], text: '0x10' },
    { path: ['b'], text: '0x11' },
  ];
  expect(() => parse(strict({ a: refused(''), b: refused(', too') }), { a: 16, b: 17 }, 'jobs.yml', { texts })).toThrow(
    /a is 0x10\. It must be less\.\n[\s\S]*b is 17, too\. It must be less\.\n/,
  );
});

it('does not take a value for a name that equals it', () => {
  const value = text({ pattern: /^[a-z]+$/, accepted: 'small letters', fix: 'change it' });
  expect(() => parse(z.record(z.string(), value), { A: 'A' }, 'jobs.yml')).toThrow(
    /A is "A"\. It must be small letters\./,
  );
});

describe('the order of the report', () => {
  const schema = strict({
    first: strict({ a: z.string(), b: z.string() }),
    second: z.array(z.string()),
    third: z.string(),
  });

  it('is that of the file, not that of the schema', () => {
    const value = { third: 1, second: ['x', 2, 'x', 3], unknown: 4, first: { b: 5, c: 6, a: 7 } };
    expect(problemsWith(schema, value).map(({ path }) => path)).toEqual([
      'third',
      'second[1]',
      'second[3]',
      'unknown',
      'first.b',
      'first.c',
      'first.a',
    ]);
  });

  it('puts what is missing at the end of what it is missing from', () => {
    const value = { first: { b: 1 }, third: 2 };
    expect(problemsWith(schema, value).map(({ path }) => path)).toEqual(['first.b', 'first.a', 'third', 'second']);
  });
});

describe('a value of the wrong type', () => {
  it.each([
    [z.string(), undefined, 'nothing', 'a string', 'add it: it is required'],
    [z.string(), 5, '5', 'a string', 'write "5", in quotes'],
    [z.string(), {}, '{}', 'a string', 'write a string'],
    [z.number(), '5', '"5"', 'a number', 'write 5 without quotes'],
    [z.number(), ' 5 ', '" 5 "', 'a number', 'write 5 without quotes'],
    [z.number(), 'five', '"five"', 'a number', 'write a number'],
    [z.number(), '', '""', 'a number', 'write a number'],
    [z.boolean(), 'true', '"true"', 'true or false', 'write true without quotes'],
    [z.boolean(), 'yes', '"yes"', 'true or false', 'write true without quotes'],
    [z.boolean(), 'Off', '"Off"', 'true or false', 'write false without quotes'],
    [z.number(), '1_000', '"1_000"', 'a number', 'write 1000 without quotes'],
    [z.boolean(), 1, '1', 'true or false', 'write true or false'],
    [z.array(z.string()), 'x', '"x"', 'a list', 'write ["x"]'],
    [z.array(z.string()), {}, '{}', 'a list', 'write a list'],
    [z.array(z.string(), { error: () => 'a list of words' }), 'x', '"x"', 'a list of words', 'write a list of words'],
    [z.record(z.string(), z.string()), [], '[]', 'an object', 'write an object'],
    [z.object({}), null, 'null', 'an object', 'write an object, or remove it'],
    [z.string(), null, 'null', 'a string', 'write "null", in quotes, if the string is meant, or remove it'],
    [z.array(z.string()).min(1), [], '[]', 'at least 1 entry', 'add an entry'],
    [z.array(z.string()).min(1), '', '""', 'a list', 'write [""]'],
    [z.array(z.string()).min(2), ['x'], '["x"]', 'at least 2 entries', 'add an entry'],
    [z.literal('uv'), 'pip', '"pip"', 'uv', 'use "uv"'],
    [z.literal('uv'), undefined, 'nothing', 'uv', 'add it: it is required'],
    [z.enum(['arm64', 'x86_64']), 'arm', '"arm"', 'arm64, x86_64', 'did you mean "arm64"?'],
    [z.enum(['arm64', 'x86_64']), 'power', '"power"', 'arm64, x86_64', 'use one of these'],
    [z.json(), undefined, 'nothing', 'a JSON value', 'add it: it is required'],
    [z.union([z.string(), z.number()]), true, 'true', 'a string or a number', 'write "true", in quotes'],
    [z.string().max(2, 'at most 2 characters'), 'abc', '"abc"', 'at most 2 characters', 'change it as accepted'],
  ])('%#: %p', (schema, value, found, accepted, fix) => {
    expect(problemsWith(schema, value)).toEqual([{ path: '', found, accepted, fix }]);
  });
});

describe('a choice by type', () => {
  const shape = z.discriminatedUnion('type', [
    strict({ type: z.literal('circle'), radius: z.number() }),
    strict({ type: z.literal('square'), side: z.number() }),
  ]);
  const schema = z.array(shape);

  it.each([
    [{ radius: 1 }, '[0].type', 'nothing', 'add it: it is required'],
    [{ type: 'cirle', radius: 1 }, '[0].type', '"cirle"', 'did you mean "circle"?'],
    [{ type: 'triangle' }, '[0].type', '"triangle"', 'use one of these'],
    [{ type: 5 }, '[0].type', '5', 'use one of these'],
    [{ type: null }, '[0].type', 'null', 'use one of these'],
  ])('%j', (value, path, found, fix) => {
    expect(problemsWith(schema, [value])).toEqual([{ path, found, accepted: 'circle, square', fix }]);
  });

  it('names what is wrong with the type chosen only', () => {
    expect(problemsWith(schema, [{ type: 'circle', side: 1 }]).map(({ path, fix }) => [path, fix])).toEqual([
      ['[0].side', 'remove it: it belongs to type square'],
      ['[0].radius', 'add it: it is required'],
    ]);
  });
});

describe('a choice by form', () => {
  const schema = z.union([z.array(strict({ name: z.string(), value: z.string() })), z.record(z.string(), z.string())]);

  it('reports what is wrong with the form that the value comes nearest to', () => {
    expect(problemsWith(schema, [{ name: 'A', value: 1 }]).map(({ path }) => path)).toEqual(['[0].value']);
    expect(problemsWith(schema, { A: 1, B: 'x', C: 2 }).map(({ path }) => path)).toEqual(['A', 'C']);
  });

  it('finds the place in a JSON value', () => {
    const json = z.object({ input: z.json() });
    expect(problemsWith(json, { input: { a: [1, { b: undefined }] } })).toEqual([
      { path: 'input.a[1].b', found: 'nothing', accepted: 'a JSON value', fix: 'add it: it is required' },
    ]);
  });
});

describe('what was found before', () => {
  const schema = strict({ size: z.number(), name: z.string() });
  const known = [
    {
      path: ['size'],
      finding: { found: '"$Size()"', accepted: 'a directive that works', fix: 'correct its function' },
    },
  ];

  function problemsAfter(value: unknown, locate?: () => { line: number; column: number }) {
    try {
      return parse(schema, value, 'jobs.yml', { known, locate });
    } catch (error) {
      return error instanceof ConfigError ? found(error) : error;
    }
  }

  it('is reported with the findings of the schema, which do not repeat the same value', () => {
    expect(problemsAfter({ name: 5, size: '$Size()' })).toMatchObject([
      { path: 'name', accepted: 'a string' },
      { path: 'size', fix: 'correct its function' },
    ]);
  });

  it('is reported although the schema finds nothing', () => {
    expect(problemsAfter({ name: 'a', size: 1 })).toHaveLength(1);
  });

  it('gets its place in the file, as everything does', () => {
    expect(problemsAfter({ name: 5, size: 1 }, () => ({ line: 3, column: 7 }))).toMatchObject([
      { path: 'name', place: { line: 3, column: 7 } },
      { path: 'size', place: { line: 3, column: 7 } },
    ]);
  });
});
