import fc from 'fast-check';
import { z } from 'zod';
import {
  across,
  exactlyOne,
  isToken,
  mapOf,
  nonEmpty,
  numberIn,
  numberOf,
  refuse,
  strict,
  text,
} from '../../modules/config/checked';
import { parse } from '../../modules/config/parse';
import { problemsWith, tokens } from '../stack-config/samples';

const { NUMBER, TEXT, LIST_ITEM, MAP_KEY } = tokens();

/** Problems of one value, without the path that it has not. */
function findings(schema: z.ZodType, value: unknown) {
  return problemsWith(schema, value).map(({ path, ...finding }) => finding);
}

describe('numberIn', () => {
  const cpu = numberIn({ unit: 'vCPUs', min: 1, max: 1000, why: 'jobs take whole vCPUs' });

  it.each([1, 2, 1000])('takes %d', (value) => {
    expect(findings(cpu, value)).toEqual([]);
  });

  it.each([
    [0, '0', 'use 1'],
    [-5, '-5', 'use 1 to 1,000 vCPUs'],
    [0.25, '0.25', 'use 1'],
    [1.5, '1.5', 'use 2'],
    [1001, '1001', 'use 1000'],
    [1e21, '1e+21', 'use 1 to 1,000 vCPUs'],
    [1100, '1100', 'use 1000'],
    [1101, '1101', 'use 1 to 1,000 vCPUs'],
    [1e9 + 0.5, '1000000000.5', 'use a whole number from 1 to 1,000 vCPUs'],
  ])('refuses %d, with the reason and a number that it takes if that is near, else the range', (value, found, fix) => {
    expect(findings(cpu, value)).toEqual([
      { found, accepted: 'a whole number from 1 to 1,000 vCPUs', fix: `${fix}: jobs take whole vCPUs` },
    ]);
  });

  it.each([
    [undefined, 'nothing', 'add it: it is required'],
    [null, 'null', 'write a whole number from 1 to 1,000 vCPUs, or remove it'],
    ['2', '"2"', 'write 2 without quotes'],
    ['2000', '"2000"', 'write a whole number from 1 to 1,000 vCPUs'],
    ['0', '"0"', 'write a whole number from 1 to 1,000 vCPUs'],
    ['1.5', '"1.5"', 'write a whole number from 1 to 1,000 vCPUs'],
    ['two', '"two"', 'write a whole number from 1 to 1,000 vCPUs'],
    [Number.NaN, 'NaN', 'write a whole number from 1 to 1,000 vCPUs'],
    [Number.POSITIVE_INFINITY, 'Infinity', 'write a whole number from 1 to 1,000 vCPUs'],
    [[2], '[2]', 'write a whole number from 1 to 1,000 vCPUs'],
  ])('says range and unit to %p, which is no number', (value, found, fix) => {
    expect(findings(cpu, value)).toEqual([{ found, accepted: 'a whole number from 1 to 1,000 vCPUs', fix }]);
  });

  it.each([
    ['0.5', 'write 0.5 without quotes'],
    ['0.1', 'write a number from 0.25 to 10 vCPUs'],
    ['-1', 'write a number from 0.25 to 10 vCPUs'],
  ])('knows a range with fractions: %s', (value, fix) => {
    const accepted = 'a number from 0.25 to 10 vCPUs';
    const fraction = numberIn({ unit: 'vCPUs', min: 0.25, max: 10, fraction: true });
    expect(findings(fraction, value)).toEqual([expect.objectContaining({ accepted, fix })]);
  });

  it('may have no upper limit and no reason', () => {
    const schema = numberIn({ min: 1, fraction: true });
    expect(findings(schema, 1e300)).toEqual([]);
    expect(findings(schema, 1.5)).toEqual([]);
    expect(findings(schema, 0.5)).toEqual([{ found: '0.5', accepted: 'a number, 1 or more', fix: 'use 1' }]);
  });

  it('takes exactly the whole numbers of its range, and what its fix names', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.nat(),
        fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()),
        (min, width, value) => {
          fc.pre(!isToken(value));
          const schema = numberIn({ unit: 'things', min, max: min + width });
          const [finding] = findings(schema, value);
          expect(finding === undefined).toBe(Number.isInteger(value) && value >= min && value <= min + width);
          const named = Number(finding?.fix.replace('use ', ''));
          if (!Number.isNaN(named)) expect(findings(schema, named)).toEqual([]);
        },
      ),
    );
  });

  it('takes a number token, whose value only Terraform knows', () => {
    expect(NUMBER).toBeLessThan(0);
    expect(findings(cpu, NUMBER)).toEqual([]);
  });

  it('refuses a number token where the number shapes what is synthesized', () => {
    const attempts = numberIn({ unit: 'attempts', min: 1, max: 100, shapes: 'the state machine' });
    expect(findings(attempts, 3)).toEqual([]);
    expect(findings(attempts, NUMBER)).toEqual([
      {
        found: 'a value that only Terraform knows',
        accepted: 'a whole number from 1 to 100 attempts',
        fix: 'write the number itself: it is needed for the state machine',
      },
    ]);
  });
});

describe('numberOf', () => {
  const days = numberOf([1, 7, 30], 'days');

  it.each([1, 7, 30, NUMBER])('takes %d', (value) => {
    expect(findings(days, value)).toEqual([]);
  });

  it.each([
    [0, 'use 1'],
    [8, 'use 7 or 30'],
    [7.5, 'use 7 or 30'],
    [365, 'use 30'],
    ['7', 'write 7 without quotes'],
    [undefined, 'add it: it is required'],
  ])('refuses %p: %s', (value, fix) => {
    expect(findings(days, value)).toEqual([expect.objectContaining({ accepted: '1, 7 or 30 days', fix })]);
  });
});

describe('text', () => {
  const name = text({ pattern: /^[a-z]+$/, accepted: 'small letters', fix: 'use a name such as reports' });

  it('accepts strings of its form and strings with tokens', () => {
    expect(findings(name, 'reports')).toEqual([]);
    for (const token of [TEXT, `arn:${TEXT}:x`, LIST_ITEM, MAP_KEY]) expect(findings(name, token)).toEqual([]);
  });

  it.each([
    ['Reports', '"Reports"', 'use a name such as reports'],
    ['', '""', 'use a name such as reports'],
    // In quotes it would not have the form either.
    [7, '7', 'write small letters'],
    [true, 'true', 'write "true", in quotes'],
    [null, 'null', 'write "null", in quotes, if the string is meant, or remove it'],
    [undefined, 'nothing', 'add it: it is required'],
  ])('refuses %p', (value, found, fix) => {
    expect(findings(name, value)).toEqual([{ found, accepted: 'small letters', fix }]);
  });

  it.each([
    [5, 'name is 5. It must have small letters.'],
    ['A', 'name is "A". It must have small letters.'],
    [undefined, 'name is missing. It must have small letters.'],
  ])('says what %j does not have', (value, message) => {
    const rule = { pattern: /^[a-z]+$/, accepted: 'small letters', acceptedAs: 'content', fix: 'use some' } as const;
    expect(() => parse(strict({ name: text(rule) }), { name: value }, 'jobs.yml')).toThrow(message);
  });

  it('may make the fix from what it found', () => {
    const upper = text({ pattern: /^[A-Z]+$/, accepted: 'capitals', fix: (found) => `write ${found.toUpperCase()}` });
    expect(findings(upper, 'abc')).toEqual([{ found: '"abc"', accepted: 'capitals', fix: 'write ABC' }]);
  });

  it('accepts a directive only where one is allowed', () => {
    const arn = text({ pattern: /^arn:/, accepted: 'an ARN', fix: 'write an ARN', orDirective: true });
    const directive = "$ResourceParam('reports', 'arn')";
    expect(findings(arn, directive)).toEqual([]);
    expect(findings(arn, 'arn:aws:s3:::x')).toEqual([]);
    expect(findings(arn, '$HOME')).toHaveLength(1);
    expect(findings(name, directive)).toHaveLength(1);
  });

  it('shows its form to editors', () => {
    expect(z.toJSONSchema(name)).toMatchObject({ type: 'string', pattern: '^[a-z]+$' });
    expect(z.toJSONSchema(numberOf([1, 7], 'days'))).toMatchObject({ type: 'number', enum: [1, 7] });
    expect(z.toJSONSchema(numberIn({ unit: 's', min: 1, max: 2 }))).toMatchObject({
      type: 'integer',
      minimum: 1,
      maximum: 2,
    });
    expect(z.toJSONSchema(numberIn({ unit: 's', min: 1, fraction: true }))).toMatchObject({
      type: 'number',
      minimum: 1,
    });
  });
});

describe('nonEmpty', () => {
  it.each(['', ' ', '\n\t'])('refuses %j', (value) => {
    const finding = { found: JSON.stringify(value), accepted: 'a path', fix: 'write a path' };
    expect(findings(nonEmpty('a path'), value)).toEqual([finding]);
  });

  it.each(['x', ' x ', TEXT])('takes %j', (value) => {
    expect(findings(nonEmpty('a path'), value)).toEqual([]);
  });
});

describe('isToken', () => {
  it.each([NUMBER, TEXT, LIST_ITEM, MAP_KEY])('knows %s', (value) => {
    expect(isToken(value)).toBe(true);
  });

  it.each([0, -1, 60, 1e100, '', 'x', '#{x}', '&{x}'])('takes %p for what it is', (value) => {
    expect(isToken(value)).toBe(false);
  });
});

describe('strict', () => {
  it('names all it knows, and what was probably meant', () => {
    const schema = strict({ image: z.string(), command: z.string().optional() });
    expect(problemsWith(schema, { imgae: 'x', comand: 'y', zzz: 1 })).toEqual([
      {
        path: 'imgae',
        found: 'the unknown property "imgae"',
        accepted: 'image, command',
        fix: 'did you mean "image"?',
      },
      {
        path: 'comand',
        found: 'the unknown property "comand"',
        accepted: 'image, command',
        fix: 'did you mean "command"?',
      },
      { path: 'zzz', found: 'the unknown property "zzz"', accepted: 'image, command', fix: 'remove it' },
    ]);
  });
});

describe('across', () => {
  const schema = across(
    strict({ a: z.number().optional(), b: z.number().optional(), c: z.string() }),
    ({ a, b }, context) => {
      if (a !== undefined && b !== undefined) {
        refuse(context, { found: 'a and b', accepted: 'one of them', fix: 'remove b' }, ['b']);
      }
    },
  );

  it('checks several properties, although others are wrong', () => {
    expect(problemsWith(schema, { a: 1, b: 'x', d: 1 }).map(({ path, fix }) => [path, fix])).toEqual([
      ['b', 'write a number'],
      ['b', 'remove b'],
      ['d', 'remove it'],
      ['c', 'add it: it is required'],
    ]);
  });

  it.each([null, 'x', 5, undefined])('leaves %p alone, which has no properties', (value) => {
    expect(problemsWith(schema, value)).toEqual([expect.objectContaining({ accepted: 'an object' })]);
  });
});

describe('exactlyOne', () => {
  const schema = across(
    strict({ name: z.string().optional(), arn: z.string().optional(), url: z.string().optional() }),
    (value, context) => exactlyOne(value, ['name', 'arn', 'url'], context),
  );

  it.each([
    [{}, 'none of them', 'add name, arn or url'],
    [{ name: 'a', arn: 'b' }, 'name and arn', 'keep name and remove arn'],
    [{ name: 'a', arn: 'b', url: 'c' }, 'name and arn and url', 'keep name and remove arn and url'],
  ])('refuses %j', (value, found, fix) => {
    expect(findings(schema, value)).toEqual([{ found, accepted: 'exactly one of name, arn, url', fix }]);
  });

  it('takes one', () => {
    expect(findings(schema, { arn: 'b' })).toEqual([]);
  });

  it('leaves a misspelled one to the report of unknown properties, and no other one', () => {
    expect(problemsWith(schema, { nam: 'a' })).toEqual([expect.objectContaining({ path: 'nam' })]);
    expect(problemsWith(schema, { other: 'a' }).map(({ path }) => path)).toEqual(['', 'other']);
  });
});

describe('mapOf', () => {
  const key = text({ pattern: /^[a-z]+$/, accepted: 'small letters', fix: 'use small letters' });
  const schema = mapOf(key, z.number());

  it('checks keys and values, the value of a wrong key included', () => {
    expect(problemsWith(schema, { a: 1 })).toEqual([]);
    expect(problemsWith(schema, { A: 'x', b: 2, C: 3, [MAP_KEY]: 4 })).toEqual([
      { path: 'A', found: '"x"', accepted: 'a number', fix: 'write a number' },
      { path: 'A', found: '"A"', accepted: 'small letters', fix: 'use small letters' },
      { path: 'C', found: '"C"', accepted: 'small letters', fix: 'use small letters' },
    ]);
  });

  it.each([[[1]], [null], ['a'], [undefined]])('refuses %j', (value) => {
    expect(problemsWith(schema, value)).toEqual([expect.objectContaining({ path: '', accepted: 'an object' })]);
  });

  it('shows the form of its keys to editors', () => {
    expect(z.toJSONSchema(schema)).toMatchObject({ propertyNames: { type: 'string', pattern: '^[a-z]+$' } });
    expect(z.toJSONSchema(schema).propertyNames).not.toHaveProperty('$schema');
  });
});
