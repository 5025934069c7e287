import { z } from 'zod';
import { mapOf, numberIn, strict, text } from '../../modules/config/checked';
import { type IssueContext, issueFindings, wordsOf } from '../../modules/config/issues';
import { vocabularyOf } from '../../modules/config/vocabulary';

const VOCABULARY = vocabularyOf(z.unknown());

/** What is found in a value: path, what was found, what is accepted, the fix. */
function told(schema: z.ZodType, root: unknown, around: Partial<IssueContext> = {}): string[] {
  const { error } = schema.safeParse(root, { reportInput: true, error: wordsOf });
  const context = { schema, root, spelled: new Map(), more: [], vocabulary: VOCABULARY, ...around };
  return issueFindings(error?.issues ?? [], context).map(({ path, finding: { found, accepted, fix } }) =>
    [path.join('.'), found, accepted, fix].map(String).join(' | '),
  );
}

const spelled = (path: string, notation: string) => ({ spelled: new Map([[path, notation]]) });

describe('a value of the wrong type', () => {
  it.each<[z.ZodType, unknown, string]>([
    [z.string(), undefined, ' | nothing | a string | add it: it is required'],
    [z.string(), 5, ' | 5 | a string | write "5", in quotes'],
    [z.string(), true, ' | true | a string | write "true", in quotes'],
    [z.string(), [], ' | [] | a string | write a string'],
    [z.string(), null, ' | null | a string | write "null", in quotes, if the string is meant, or remove it'],
    [strict({ enabled: z.boolean() }), true, ' | true | an object | write { enabled: true }'],
    [strict({ enabled: z.boolean() }), false, ' | false | an object | write { enabled: false }'],
    [strict({ disabled: z.boolean() }), false, ' | false | an object | write { disabled: true }'],
    [strict({ other: z.boolean() }), true, ' | true | an object | write an object'],
    [z.number(), null, ' | null | a number | write a number, or remove it'],
    [z.number(), '5', ' | "5" | a number | write 5 without quotes'],
    [z.number(), '1_000', ' | "1_000" | a number | write 1000 without quotes'],
    [z.number(), 'five', ' | "five" | a number | write a number'],
    [z.number(), ' ', ' | " " | a number | write a number'],
    [z.boolean(), 'Yes', ' | "Yes" | true or false | write true without quotes'],
    [z.boolean(), 'off', ' | "off" | true or false | write false without quotes'],
    [z.boolean(), 'maybe', ' | "maybe" | true or false | write true or false'],
    [z.array(z.string()), 'a', ' | "a" | a list | write ["a"]'],
    [z.array(z.string()), {}, ' | {} | a list | write a list'],
    [strict({}), 'a', ' | "a" | an object | write an object'],
    [z.record(z.string(), z.string()), 'a', ' | "a" | an object | write an object'],
    [
      text({ pattern: /^a/, accepted: 'a word with a', fix: 'write it' }),
      5,
      ' | 5 | a word with a | write a word with a',
    ],
    [z.number({ error: () => 'a port' }), [], ' | [] | a port | write a port'],
  ])('%#: %j', (schema, value, expected) => {
    expect(told(schema, value)).toEqual([expected]);
  });

  it('is no number to write if that would be refused as well', () => {
    expect(told(numberIn({ min: 1, max: 9 }), '5')).toEqual([
      ' | "5" | a whole number from 1 to 9 | write 5 without quotes',
    ]);
    expect(told(numberIn({ min: 1, max: 9 }), '50')[0]).not.toContain('without quotes');
  });

  it('is shown as the file has it', () => {
    expect(told(z.string(), 16, spelled('', '0x10'))).toEqual([' | 0x10 | a string | write "0x10", in quotes']);
    expect(told(z.string(), null, spelled('', ''))).toEqual([
      ' | nothing after the colon | a string | write a string, or remove it',
    ]);
    expect(told(z.number(), null, spelled('', '~'))).toEqual([
      ' | ~ | a number | write "~", in quotes, if the string is meant, or remove it',
    ]);
  });
});

describe('one of several types', () => {
  it.each<[z.ZodType, unknown, string]>([
    [z.union([z.string(), z.number()]), [], ' | [] | a string or a number | write a string or a number'],
    [z.union([z.boolean(), z.array(z.string())]), 5, ' | 5 | true or false or a list | write true or false or a list'],
    [z.json(), () => 1, ' | a function | a JSON value | write a JSON value'],
    [z.union([z.string(), z.number()], { error: () => 'a size' }), [], ' | [] | a size | write a size'],
  ])('%#: is all of them', (schema, value, expected) => {
    expect(told(schema, value)).toEqual([expected]);
  });

  it('is the one that the value fits best', () => {
    const one = strict({ size: z.number() });
    expect(told(z.union([z.array(one), one]), { size: 'a' })).toEqual(['size | "a" | a number | write a number']);
    expect(told(z.union([z.array(one), one]), {})).toEqual(['size | nothing | a number | add it: it is required']);
    const deep = z.union([strict({ a: strict({ b: z.number(), d: z.string() }) }), strict({ c: z.number() })]);
    expect(told(deep, { a: { b: [], d: 1 } })).toEqual([
      'a.b | [] | a number | write a number',
      'a.d | 1 | a string | write "1", in quotes',
    ]);
    // What is wrong with a word is the problem, not that it is no list.
    expect(told(z.union([z.array(z.string()), z.enum(['day', 'week'])]), 'dai')).toEqual([
      ' | "dai" | day, week | did you mean "day"?',
    ]);
    // What is wrong with the whole object is the problem, not that it is no list.
    const whole = z.union([z.array(one), strict({ size: z.number().optional() })]);
    expect(told(whole, { siz: 1 })).toEqual([expect.stringMatching(/^siz \|.*did you mean "size"\?$/)]);
    expect(told(z.union([z.string(), z.array(one)]), [{ size: [] }])).toEqual([
      '0.size | [] | a number | write a number',
    ]);
  });

  it('is told by its discriminant, with what is nearest', () => {
    const schema = z.discriminatedUnion('type', [
      z.object({ type: z.literal('bucket') }),
      z.object({ type: z.literal('sqs-queue') }),
    ]);
    expect(told(schema, { type: 'buket' })).toEqual(['type | "buket" | bucket, sqs-queue | did you mean "bucket"?']);
    expect(told(schema, {})).toEqual(['type | nothing | bucket, sqs-queue | add it: it is required']);
    expect(told(schema, 5)[0]).toContain(' | 5 | ');
  });

  it('is told of an event what starts with it elsewhere', () => {
    const event = z.discriminatedUnion('type', [z.object({ type: z.literal('sqs') })]);
    const schema = z.object({ events: z.array(event) });
    const job = z.object({ job: schema });
    const vocabulary = { ...VOCABULARY, elsewhere: (type: unknown) => `no ${String(type)} here` };
    expect(told(job, { job: { events: [{ type: 'alarm' }] } }, { vocabulary })).toEqual([
      'job.events.0.type | "alarm" | sqs | no alarm here',
    ]);
  });
});

describe('names and values in the other form', () => {
  const map = z.record(z.string(), z.string());

  it.each<[z.ZodType, unknown, string]>([
    [map, [{ name: 'a', value: 'x' }], 'write {"a":"x"}'],
    [map, [{ key: 'a', value: 'x' }], 'write {"a":"x"}'],
    [
      map,
      [
        { Key: 'a', Value: 'x' },
        { Key: 'b', Value: 'y' },
      ],
      'write {"a":"x","b":"y"}',
    ],
    [map, [{ name: 'a', value: 'x'.repeat(200) }], 'write an object of names and values, such as { a: <value> }'],
    [z.array(strict({ name: z.string(), value: z.string() })), { a: 'x' }, 'write [{"name":"a","value":"x"}]'],
    [map, [{ name: 'a', value: 5 }], 'write an object'],
    [
      map,
      [
        { name: 'a', value: 'x' },
        { name: 'a', value: 'y' },
      ],
      'write an object',
    ],
    [map, ['a'], 'write an object'],
    [z.array(z.string()), { a: 'x' }, 'write a list'],
  ])('%#: the fix is what is meant, if that is accepted', (schema, value, fix) => {
    expect(told(schema, value)).toEqual([expect.stringMatching(/\| (a list|an object) \| /)]);
    expect(told(schema, value)[0]?.split(' | ')[3]).toBe(fix);
  });
});

describe('a list', () => {
  it('has too few or too many entries', () => {
    expect(told(z.array(z.string()).min(1), [])).toEqual([' | [] | at least 1 entry | add an entry']);
    expect(told(z.array(z.string()).max(1), ['a', 'b'])).toEqual([
      ' | 2 entries | at most 1 entry | remove entries, or merge some',
    ]);
    expect(told(z.array(z.string()).max(1200), Array(1201).fill('a'))[0]).toContain('at most 1,200 entries');
  });

  it('that is none has no number of entries', () => {
    expect(told(z.array(z.string()).min(1), '')).toEqual([' | "" | a list | write [""]']);
  });
});

it('names each property that is unknown, with those of the whole value', () => {
  const schema = strict({ size: z.number().optional(), inner: strict({ a: z.string() }).optional() });
  expect(told(schema, { siz: 1, b: 2 })).toEqual([
    expect.stringMatching(/^siz \|.*did you mean "size"\?$/),
    expect.stringMatching(/^b \|/),
  ]);
  expect(told(schema, { scope: 1 }, { more: ['scopes'] })[0]).toMatch(/did you mean "scopes"\?$/);
  expect(told(schema, { inner: { a: 'x', scope: 1 } }, { more: ['scopes'] })[0]).not.toMatch(/"scopes"\?$/);
});

it('names a key of a map that is wrong as a name, and not by its value in the file', () => {
  const name = text({ pattern: /^[a-z]+$/, accepted: 'small letters', fix: 'rename it' });
  expect(told(mapOf(name, z.number()), { A: 1 }, spelled('A', '0x1'))).toEqual(['A | "A" | small letters | rename it']);
});

it('says what a text of a form should be', () => {
  const id = text({ pattern: /^a/, accepted: 'a word with a', fix: (found) => `write a${found}` });
  expect(told(id, 'x')).toEqual([' | "x" | a word with a | write ax']);
});

it.each(['ANY', 'all'])('%s means all where * is an option', (method) => {
  const schema = z.object({ method: z.enum(['GET', '*']) });
  expect(told(schema, { method })[0]).toMatch(/did you mean "\*"\?$/);
  expect(told(z.object({ method: z.enum(['GET', 'PUT']) }), { method })[0]).not.toContain('*');
});
