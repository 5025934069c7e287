import fc from 'fast-check';
import { acceptsFilterPolicy } from '../../../triggers/sns/filter-policy';
import { snsSettings } from '../../../triggers/sns/schema';
import { problemsWith, tokens } from '../../stack-config/samples';

const problems = (filterPolicy: unknown, more: object = {}) =>
  problemsWith(snsSettings, { filterPolicy, ...more }).map(({ path, ...problem }) => ({
    ...problem,
    path: path.replace(/^filterPolicy\.?/, ''),
  }));
const fixes = (policy: unknown) => problems(policy).map(({ path, fix }) => `${path}: ${fix}`);

describe('a filter policy that SNS takes', () => {
  it.each([
    { kind: ['paid'] },
    { kind: ['paid', 'shipped', null, true, false, 5, -1.00001] },
    { kind: [{ prefix: 'order-' }, { suffix: '-eu' }, { 'equals-ignore-case': 'PAID' }] },
    { kind: [{ exists: false }] },
    { ip: [{ cidr: '10.0.0.0/24' }, { cidr: '2001:db8::/32' }] },
    { kind: [{ 'anything-but': 'test' }, { 'anything-but': ['test', 100] }, { 'anything-but': { prefix: 'x' } }] },
    { price: [{ numeric: ['=', 5] }, { numeric: ['>', 0, '<=', 150] }, { numeric: ['<', -1e9] }] },
    { source: ['a'], $or: [{ kind: ['paid'] }, { price: [{ numeric: ['>=', 100] }] }] },
    { $or: ['an attribute like any other'] },
    { a: ['1'], b: ['1'], c: ['1'], d: ['1'], e: ['1'] },
    { a: Array(15).fill('x'), b: Array(10).fill('y') },
  ])('%j', (policy) => {
    expect(problems(policy)).toEqual([]);
  });

  it('with values that only Terraform knows', () => {
    const { TEXT, NUMBER } = tokens();
    const policy = { kind: [TEXT, NUMBER, { prefix: TEXT }, { numeric: ['>', NUMBER, '<', 5] }], ip: [{ cidr: TEXT }] };
    expect(problems(policy)).toEqual([]);
  });

  it('of up to five lists of strings and numbers, with any content', () => {
    const value = fc.oneof(fc.string(), fc.integer({ min: -1e9, max: 1e9 }), fc.boolean(), fc.constant(null));
    const key = fc.string({ minLength: 1 }).filter((name) => name !== '$or' && name !== '__proto__');
    const policy = fc.dictionary(key, fc.array(value, { minLength: 1, maxLength: 2 }), { minKeys: 1, maxKeys: 5 });
    fc.assert(fc.property(policy, (given) => expect(problems(given)).toEqual([])));
  });
});

describe('a filter policy that SNS refuses', () => {
  it.each([
    [{}, ': add an attribute, or remove filterPolicy'],
    [{ kind: 'paid' }, 'kind: write ["paid"]'],
    [{ kind: 5 }, 'kind: write [5]'],
    [{ kind: { prefix: 'a' } }, 'kind: write [{"prefix":"a"}]'],
    [
      { kind: { detail: ['a'] } },
      'kind: attributes have no parts: name the attribute itself, or add filterPolicyScope: MessageBody to filter by the body',
    ],
    [{ kind: [] }, 'kind: add a value, or remove the attribute'],
    [{ kind: [['a']] }, 'kind[0]: put its entries into this list'],
    [{ price: [1e9 + 1] }, 'price[0]: compare as a string, in quotes'],
    [{ price: [1.123456] }, 'price[0]: use 1.12346'],
    [{ kind: [{ prefix: 'a', suffix: 'b' }] }, 'kind[0]: write each condition as a separate object'],
    [{ kind: [{}] }, 'kind[0]: write each condition as a separate object'],
    [{ kind: [{ prefx: 'a' }] }, 'kind[0]: did you mean "prefix"?'],
    [{ kind: [{ wildcard: 'a*' }] }, 'kind[0]: use one of these'],
    [{ kind: [{ prefix: '' }] }, 'kind[0]: write a value such as { "prefix": "order-" }'],
    [{ kind: [{ suffix: 5 }] }, 'kind[0]: write {"suffix":"5"}'],
    [{ kind: [{ prefix: ['a', 'b'] }] }, 'kind[0]: write {"prefix":"a"}, {"prefix":"b"}'],
    [{ kind: [{ exists: 'false' }] }, 'kind[0]: write { "exists": false }, without quotes'],
    [{ price: [{ numeric: ['>', '0'] }] }, 'price[0]: write {"numeric":[">",0]}'],
    [{ price: [{ numeric: ['>', 2e9] }] }, 'price[0]: compare as a string, in quotes'],
    [{ kind: [{ prefix: { 'equals-ignore-case': 'a' } }] }, 'kind[0]: write a value such as { "prefix": "order-" }'],
    [{ kind: [{ constructor: 'a' }] }, 'kind[0]: use one of these'],
    [{ kind: [{ 'equals-ignore-case': [] }] }, 'kind[0]: write a value such as { "equals-ignore-case": "paid" }'],
    [{ kind: [{ exists: 'yes' }] }, 'kind[0]: write a value such as { "exists": true }'],
    [{ ip: [{ cidr: '10.0.0.0' }] }, 'ip[0]: write a value such as { "cidr": "10.0.0.0/24" }'],
    [{ ip: [{ cidr: '10.0.0.0/33' }] }, 'ip[0]: write a value such as { "cidr": "10.0.0.0/24" }'],
    [{ ip: [{ cidr: 5 }] }, 'ip[0]: write a value such as { "cidr": "10.0.0.0/24" }'],
    [{ kind: [{ 'anything-but': [] }] }, 'kind[0]: write a value such as { "anything-but": ["test", "trial"] }'],
    [
      { kind: [{ 'anything-but': { exists: true } }] },
      'kind[0]: write a value such as { "anything-but": ["test", "trial"] }',
    ],
    [{ price: [{ numeric: 5 }] }, 'price[0]: write a value such as { "numeric": [">", 0, "<=", 150] }'],
    [{ price: [{ numeric: ['>'] }] }, 'price[0]: write a value such as { "numeric": [">", 0, "<=", 150] }'],
    [{ price: [{ numeric: ['==', 5] }] }, 'price[0]: write {"numeric":["=",5]}'],
    [{ price: [{ numeric: ['>', 5, '<', 5] }] }, 'price[0]: write a value such as { "numeric": [">", 0, "<=", 150] }'],
    [{ price: [{ numeric: ['<', 5, '>', 1] }] }, 'price[0]: write {"numeric":[">",1,"<",5]}'],
    [{ price: [{ numeric: ['>', 5, '<'] }] }, 'price[0]: write a value such as { "numeric": [">", 0, "<=", 150] }'],
    [{ price: [{ numeric: ['>', 5, '<', '9'] }] }, 'price[0]: write {"numeric":[">",5,"<",9]}'],
    [{ a: ['1'], b: ['1'], c: ['1'], d: ['1'], e: ['1'], f: ['1'] }, ': filter by fewer attributes'],
    [
      {
        $or: [
          { a: ['1'], b: ['1'], c: ['1'] },
          { d: ['1'], e: ['1'], f: ['1'] },
        ],
      },
      ': filter by fewer attributes',
    ],
    [{ $or: [{ a: '1' }, { b: ['1'] }] }, '$or[0].a: write ["1"]'],
    [{ a: Array(16).fill('x'), b: Array(10).fill('y') }, ': list fewer values, or match several by a prefix'],
    [{ a: ['x'.repeat(256 * 1024)] }, ': list fewer values'],
  ])('%j', (policy, fix) => {
    expect(fixes(policy)).toEqual([fix]);
  });

  it('says how many combinations there are', () => {
    const [problem] = problems({ a: Array(20).fill('x'), b: Array(10).fill('y') });
    expect(problem?.found).toBe('200 combinations of values');
  });
});

describe('a filter policy on the body', () => {
  const BODY = { filterPolicyScope: 'MessageBody' };

  it.each([
    { kind: ['paid'] },
    { order: { kind: ['paid', { prefix: 'a' }], total: [{ numeric: ['>', 5] }] } },
    { order: { prefix: ['a field with the name of an operator'], more: { exists: [true] } } },
    { order: { $or: [{ kind: ['a'] }, { total: { net: [1] } }] } },
    { a: { b: { c: ['1', '2', '3', '4'] } }, d: { e: ['1', '2', '3'] }, f: ['1', '2'] },
    { a: { b: Array(75).fill('x') } },
  ])('is taken: %j', (policy) => {
    expect(problems(policy, BODY)).toEqual([]);
    expect(acceptsFilterPolicy(policy, 'MessageBody')).toBe(true);
  });

  it.each<[object, string]>([
    [{}, ': add a property, or remove filterPolicy'],
    [{ order: { kind: 'paid' } }, 'order.kind: write ["paid"]'],
    [{ order: { kind: { prefix: 'a' } } }, 'order.kind: write [{"prefix":"a"}]'],
    [{ order: {} }, 'order: add a list of values, or remove it'],
    [{ order: { kind: [] } }, 'order.kind: add a value, or remove the property'],
    [{ order: { kind: [{ prefx: 'a' }] } }, 'order.kind[0]: did you mean "prefix"?'],
    [{ order: { $or: [{ kind: 'a' }, { b: [1] }] } }, 'order.$or[0].kind: write ["a"]'],
    [{ o: { a: [1], b: [1], c: [1], d: [1], e: [1], f: [1] } }, ': filter by fewer properties'],
    // 4 x 3 levels, 3 x 2 and 3 x 1.
    [
      { a: { b: { c: ['1', '2', '3', '4'] } }, d: { e: ['1', '2', '3'] }, f: ['1', '2', '3'] },
      ': list fewer values, or match several by a prefix',
    ],
    [{ a: { b: Array(76).fill('x') } }, ': list fewer values, or match several by a prefix'],
  ])('is refused: %j', (policy, fix) => {
    expect(problems(policy, BODY).map((problem) => `${problem.path}: ${problem.fix}`)).toEqual([fix]);
    expect(acceptsFilterPolicy(policy as never, 'MessageBody')).toBe(false);
  });
});

it('the scope belongs to a policy, and is one of two', () => {
  const of = (settings: object) => problemsWith(snsSettings, settings).map(({ path, fix }) => `${path}: ${fix}`);
  expect(of({ filterPolicyScope: 'MessageBody' })).toEqual([
    'filterPolicyScope: add filterPolicy, or remove filterPolicyScope',
  ]);
  expect(of({ filterPolicy: { a: ['b'] }, filterPolicyScope: 'MessageAttributes' })).toEqual([]);
  expect(of({ filterPolicy: { a: ['b'] }, filterPolicyScope: 'Body' })).toEqual([
    expect.stringMatching(/^filterPolicyScope: (use one of these|did you mean "MessageBody"\?)$/),
  ]);
});
