import { Token } from 'cdktf';
import type { Finding } from '../../../modules/problems/problem';
import type { Dialect } from '../../../triggers/patterns/match-expression';
import { checkPattern, type Grammar } from '../../../triggers/patterns/pattern';

const DIALECT: Dialect = {
  service: 'EventBridge',
  operators: ['prefix', 'exists'],
  negatable: [],
  largest: 5e9,
  digits: 6,
  boundsValues: false,
  nested: true,
  mixed: true,
  rangesOnly: false,
};
const GRAMMAR: Grammar = {
  dialect: DIALECT,
  top: { source: 'list', detail: 'object', body: 'any' },
  isTopChecked: false,
  example: "{ source: ['a'] }",
};

/** The problems of a pattern, by their paths, and the number of its combinations. */
function checked(pattern: { readonly [key: string]: unknown }, more: Partial<Grammar> = {}) {
  const problems: [path: string, finding: Finding][] = [];
  const combinations = checkPattern(pattern, { ...GRAMMAR, ...more }, (finding, path) =>
    problems.push([path.join('.'), finding]),
  );
  return { problems, combinations };
}
const problems = (pattern: { readonly [key: string]: unknown }, more?: Partial<Grammar>) =>
  checked(pattern, more).problems;

const VALUES = "a list of values or filters, such as ['orders'] or [{ prefix: 'ord' }]";

it.each([
  [{}],
  [{ source: ['a', { prefix: 'b' }], detail: { state: ['done'], inner: { deep: [1] } } }],
  [{ body: ['text'] }],
  [{ body: { kind: ['a'] } }],
  // Fields of the event can have the names of operators.
  [{ detail: { prefix: ['a'], exists: { a: ['b'] } } }],
])('%j is right', (pattern) => {
  expect(checked(pattern)).toEqual({ problems: [], combinations: 1 });
});

describe('a property at the top', () => {
  const unknown = (key: string, fix: string) => ({
    found: `the unknown property "${key}"`,
    accepted: 'source, detail, body',
    fix,
  });

  it.each([
    ['sorce', 'did you mean "source"?'],
    ['zzz', 'remove it'],
    ['toString', 'remove it'],
  ])('that is unknown is refused: %s', (key, fix) => {
    expect(problems({ [key]: ['a'] })).toEqual([[key, expect.objectContaining(unknown(key, fix))]]);
  });

  it('that is unknown has the fix of the source, if it knows one', () => {
    const fixUnknown = (key: string) => (key === 'state' ? 'put it into detail' : undefined);
    expect(problems({ state: ['a'], sorce: ['a'] }, { fixUnknown }).map(([, { fix }]) => fix)).toEqual([
      'put it into detail',
      'did you mean "source"?',
    ]);
  });

  it('that is unknown is for the schema, but not in $or', () => {
    const pattern = { zzz: ['a'], $or: [{ yyy: ['a'] }, { source: ['a'] }] };
    expect(problems(pattern, { isTopChecked: true }).map(([path]) => path)).toEqual(['$or.0.yyy']);
    expect(problems(pattern).map(([path]) => path)).toEqual(['zzz', '$or.0.yyy']);
  });

  it('takes what the grammar says', () => {
    expect(problems({ source: { a: ['b'] }, detail: ['done'], body: 'a' })).toEqual([
      ['source', { found: '{"a":["b"]}', accepted: VALUES, fix: 'write [{"a":["b"]}]' }],
      [
        'detail',
        {
          found: '["done"]',
          accepted: 'an object with the structure of the detail',
          fix: 'use a property of detail, such as detail: { state: [...] }',
        },
      ],
      ['body', { found: '"a"', accepted: `${VALUES}, or an object of them`, fix: 'write ["a"]' }],
    ]);
  });
});

describe('a list', () => {
  it('has entries, each right', () => {
    expect(problems({ source: [], body: ['a', [], { prefx: 'a' }] })).toEqual([
      ['source', { found: '[]', accepted: VALUES, fix: 'add a value, or remove the property to match any' }],
      ['body.1', expect.objectContaining({ fix: 'put its entries into this list' })],
      ['body.2', expect.objectContaining({ fix: 'did you mean "prefix"?' })],
    ]);
  });

  it('is needed around a value that only Terraform knows', () => {
    const [text, number] = [Token.asString({ ref: 'x' }), Token.asNumber({ ref: 'x' })];
    const fixes = problems({ body: text, detail: { a: number, b: 1, c: null } }).map(([, { fix }]) => fix);
    expect(fixes).toEqual(['put it into a list', 'put it into a list', 'write [1]', 'write [null]']);
  });
});

describe('an object', () => {
  it('is no condition', () => {
    expect(problems({ detail: { name: { prefix: 'a' } } })).toEqual([
      ['detail.name', { found: '{"prefix":"a"}', accepted: VALUES, fix: 'write [{"prefix":"a"}]' }],
    ]);
  });

  it('has a property', () => {
    expect(problems({ detail: {} })).toEqual([
      ['detail', { found: '{}', accepted: VALUES, fix: 'add a property, or remove it to match any' }],
    ]);
  });
});

describe('$or', () => {
  it('multiplies with what is beside it, and adds its patterns', () => {
    const two = [{ a: ['1'] }, { b: ['1'] }];
    expect(checked({ $or: [{ source: ['a'] }, { detail: { $or: two } }] })).toEqual({ problems: [], combinations: 3 });
    expect(checked({ body: { $or: two }, detail: { $or: [...two, { c: ['1'] }] } }).combinations).toBe(6);
  });

  it.each([
    ['no list', { source: ['a'] }, 'write a list of patterns'],
    ['one pattern', [{ source: ['a'] }], 'add a pattern, or write this one without $or'],
  ])('is refused with %s', (_, $or, fix) => {
    expect(checked({ $or })).toMatchObject({
      problems: [['$or', { accepted: 'a list of two or more patterns, each an object', fix }]],
      combinations: 1,
    });
  });

  it.each([['a'], [{}], [['a']], [null]])('has patterns: %j is none', (branch) => {
    const { problems: found, combinations } = checked({ $or: [{ source: ['a'] }, branch] });
    expect(found).toMatchObject([
      ['$or.1', { accepted: 'a pattern: an object of properties', fix: "write an object such as { source: ['a'] }" }],
    ]);
    expect(combinations).toBe(2);
  });

  it('reserves names, of operators and of some for later, at all levels', () => {
    const refused = (key: string) => problems({ $or: [{ detail: { a: { [key]: ['1'] } } }, { source: ['a'] }] });
    expect(refused('prefix')).toEqual([
      [
        '$or.0.detail.a.prefix',
        {
          found: '"prefix"',
          accepted: 'a name that EventBridge does not reserve in $or',
          fix: 'put it into the list of a property',
        },
      ],
    ]);
    expect(refused('in-date-range')).toMatchObject([[expect.anything(), { fix: 'select by another property' }]]);
    expect(checked({ $or: [{ prefix: ['a'] }, { source: ['a'] }] }).combinations).toBe(2);
    const names =
      'prefix suffix equals-ignore-case wildcard anything-but numeric exists cidr exactly = < <= > >= regex not-wildcard ' +
      'not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ip-address-in-range ' +
      'ip-address-not-in-range';
    expect(names.split(' ').filter((name) => refused(name).length !== 1)).toEqual([]);
    expect(refused('name')).toEqual([]);
  });

  it('selects by nothing that is beside it too', () => {
    const pattern = {
      detail: { state: ['a'], other: ['b'] },
      source: ['a'],
      $or: [{ detail: { state: ['b'] } }, { source: ['b'], body: ['a'] }],
    };
    const hidden = (leaf: string) => ({
      found: `${leaf}, which is also next to $or`,
      accepted: 'properties that are not next to $or',
      fix: 'select by it in one place: EventBridge ignores one of them',
    });
    expect(problems(pattern)).toEqual([
      ['$or.0.detail.state', hidden('detail.state')],
      ['$or.1.source', hidden('source')],
    ]);
    expect(problems({ detail: { a: ['1'], $or: [{ a: ['2'] }, { b: ['1'] }] } })).toMatchObject([
      ['detail.$or.0.a', hidden('a')],
    ]);
  });

  it('selects by nothing that is in another $or beside it too', () => {
    const two = (key: string) => [{ [key]: ['1'] }, { x: ['1'] }];
    const pattern = { body: { $or: two('a') }, $or: [{ body: { a: ['2'] } }, { body: { b: { $or: two('a') } } }] };
    expect(problems(pattern).map(([path]) => path)).toEqual(['$or.0.body.a']);
    expect(problems({ body: { $or: 'none' }, $or: [{ source: ['a'] }, { body: ['a'] }] })).toMatchObject([
      ['body.$or', {}],
    ]);
  });
});
