import { Token } from 'cdktf';
import { plainData } from '../../modules/config/plain-data';
import { formatPath } from '../../modules/problems/problem';
import { tokens } from '../stack-config/samples';

class Report {
  rows = 1;
}

class Bucket {
  readonly _type = 'bucket';
  readonly _properties = {};
}

/** As each class of Stacktape's package that is no resource. */
class Marked {
  constructor(mark: string) {
    Object.assign(this, { [Symbol.for(`stacktape:${mark}`)]: true });
  }
  /** Names that are not set yet have it, and so are no tokens of CDKTF. */
  resolve() {
    throw new Error('Resource name not set');
  }
}

const OF_DEFINE_CONFIG =
  "export the config by Stacktape's function: export default defineConfig(() => ({ resources }))";

const TO_OVERRIDES = 'remove it, and set attributes of Terraform in overrides';
const TRANSFORMS = 'functions that change a template of CloudFormation';

const CYCLE: { a: unknown[] } = { a: [] };
CYCLE.a.push({ b: CYCLE.a });

const REVOKED = Proxy.revocable({}, {});
REVOKED.revoke();

function nested(levels: number): unknown {
  return Array.from({ length: levels }).reduce<unknown>((inner) => [inner], 1);
}

/** Each level refers twice to the next one: 2 to the power of the levels values in a few objects. */
function doubled(levels: number, innermost: unknown): unknown {
  return Array.from({ length: levels }).reduce<unknown>((inner) => [inner, inner], innermost);
}

it('copies data of any depth, what the copy shares included', () => {
  const shared = { text: 'x', none: null, missing: undefined };
  const value = { list: [1, 'a', true, shared, shared], bare: Object.assign(Object.create(null), { x: 1 }) };
  const { value: copy, findings } = plainData(value);
  expect(copy).toEqual(value);
  expect(findings).toEqual([]);
  expect((copy as typeof value).list[3]).not.toBe(shared);
});

it('leaves what only Terraform knows', () => {
  const { NUMBER, TEXT } = tokens();
  const resolvable = Token.asAny({ resolve: () => 1, creationStack: [], toString: () => 'x' });
  const value = { NUMBER, TEXT, resolvable };
  expect(plainData(value)).toMatchObject({ value, findings: [], numbers: [] });
});

it('reads each getter once', () => {
  let reads = 0;
  const value = {
    get next() {
      reads += 1;
      return reads;
    },
  };
  expect(plainData(value).value).toEqual({ next: 1 });
});

it.each<[string, unknown, string, string, string]>([
  ['a function', { a: () => 1 }, 'a', 'a function', 'call it, and use the result'],
  ['a class', [Report], '[0]', 'a class', 'write an object with the same properties'],
  [
    'an instance',
    [new Report()],
    '[0]',
    'an instance of Report',
    'write a plain object: { ...instance } has the same properties',
  ],
  [
    "an instance of a class of Stacktape's package, whose parts have other names",
    [new Bucket()],
    '[0]',
    'an instance of Bucket',
    OF_DEFINE_CONFIG,
  ],
  ...['isBaseTypeProperties', 'isAlarm', 'isResourceParamRef', 'isDeferredResourceName'].map(
    (mark): [string, unknown, string, string, string] => [
      `what Stacktape's package marks with ${mark}`,
      { a: new Marked(mark) },
      'a',
      'an instance of Marked',
      OF_DEFINE_CONFIG,
    ],
  ),
  [
    'functions that change one resource, as one problem',
    { resources: { inbox: { transforms: { Bucket: () => 1, Policy: () => 1 } } } },
    'resources.inbox.transforms',
    TRANSFORMS,
    TO_OVERRIDES,
  ],
  ['a function that changes the template', { finalTransform: () => 1 }, 'finalTransform', TRANSFORMS, TO_OVERRIDES],
  ['a promise', { a: Promise.resolve(1) }, 'a', 'a promise', expect.stringContaining('await it')],
  ['a symbol', { a: Symbol('x') }, 'a', 'Symbol(x)', 'write a string instead of the symbol'],
  ['a big integer', { a: 12n }, 'a', '12n', 'write "12", in quotes'],
  [
    'a date',
    { a: new Date(0) },
    'a',
    'the Date 1970-01-01T00:00:00.000Z',
    expect.stringContaining('"1970-01-01T00:00:00.000Z"'),
  ],
  ['a date that is none', { a: new Date('x') }, 'a', 'the Date Invalid Date', expect.anything()],
  ['a map', { a: new Map() }, 'a', 'a Map', 'write Object.fromEntries(map)'],
  ['a set', { a: new Set() }, 'a', 'a Set', 'write [...set]'],
  ['a text in an object', { a: new String('x') }, 'a', 'a value in an object', 'remove new, or call valueOf()'],
  ['bytes', { a: Buffer.from('x') }, 'a', 'an instance of Buffer', expect.anything()],
  ['a cycle', CYCLE, 'a[0].b', 'a, which contains it', 'remove it, or write a copy of the parts that you need from a'],
  [
    'a proxy that is gone',
    { a: REVOKED.proxy },
    'a',
    "a value that cannot be read: Cannot perform 'getPrototypeOf' on a proxy that has been revoked",
    expect.anything(),
  ],
  [
    'what was inherited',
    { a: Object.create({ b: 1 }) },
    'a',
    'an object that inherits ["b"]',
    expect.stringContaining('{ ...base, ...own }'),
  ],
  [
    'a name that JavaScript keeps',
    { a: JSON.parse('{ "__proto__": 1 }') },
    'a.__proto__',
    '"__proto__"',
    expect.stringContaining('rename it'),
  ],
  ['a symbol as a name', { a: { [Symbol('s')]: 1 } }, 'a["Symbol(s)"]', 'a symbol as a name', 'write a string'],
])('refuses %s', (_, value, path, found, fix) => {
  const [finding, ...more] = plainData(value).findings;
  expect(more).toEqual([]);
  expect(formatPath(finding?.path ?? [])).toBe(path);
  expect(finding?.finding).toEqual({ found, accepted: expect.stringMatching(/./), fix });
});

it('refuses more levels and values than a config has', () => {
  expect(plainData(nested(199)).findings).toEqual([]);
  expect(plainData(nested(100_000)).findings).toMatchObject([{ finding: { found: 'more levels' } }]);
  expect(plainData(doubled(40, Array(1000).fill('x'))).findings).toMatchObject([
    { finding: { found: 'more than 1,000,000 values' } },
  ]);
});

it('points out numbers that do not arrive as they are', () => {
  const numbers = {
    a: Number.NaN,
    b: [2 ** 53, -0, 1.5, 2 ** 53 - 1],
    c: 1e21,
    d: -(2 ** 53),
    e: Number.POSITIVE_INFINITY,
  };
  const paths = plainData(numbers).numbers.map(({ path }) => formatPath(path));
  expect(paths).toEqual(['a', 'b[0]', 'b[1]', 'c', 'd', 'e']);
});
