import { ConfigError } from '../../modules/problems/config-error';
import { formatFound, formatPath, isFoundValue, propertyName } from '../../modules/problems/problem';

describe('formatPath', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b', 1, 'c'], 'a.b[1].c'],
    [[0, 'a'], '[0].a'],
    [['eventPattern', 'detail-type'], 'eventPattern.detail-type'],
    [['tags', 'aws:x'], 'tags["aws:x"]'],
    [['tags', ''], 'tags[""]'],
    [['environment', 'a"b'], 'environment["a\\"b"]'],
    [['$schema'], '$schema'],
  ])('%j is %s', (path, text) => {
    expect(formatPath(path)).toBe(text);
  });
});

describe('the end of a path', () => {
  it.each<[path: readonly PropertyKey[], name: string | undefined]>([
    [['a', 'b'], 'b'],
    [['a', 'events', 1], 'events[1]'],
    [['a', 'events', 1, 0], 'events[1][0]'],
    [['tags', 'a "b"'], 'tags["a \\"b\\""]'],
    [['tags', 'a b', 0], 'tags["a b"][0]'],
    [['a b'], undefined],
    [[0], undefined],
    [[], undefined],
  ])('of %j', (path, name) => {
    expect(propertyName(path)).toBe(name);
  });
});

describe('formatFound', () => {
  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    ['text', '"text"'],
    ['a "b"\n', '"a \\"b\\"\\n"'],
    [Number.NaN, 'NaN'],
    [-0.5, '-0.5'],
    [10n, '10'],
    [true, 'true'],
    [() => 1, 'a function'],
    [Symbol('x'), 'Symbol(x)'],
    [{ a: [1] }, '{"a":[1]}'],
  ])('%p is %s', (value, text) => {
    expect(formatFound(value)).toBe(text);
  });

  it.each([null, 'a b', 5, true, [1], { a: 1 }, () => 1])('%p is recognized as a value', (value) => {
    expect(isFoundValue(formatFound(value))).toBe(true);
    expect(isFoundValue('a and b')).toBe(false);
  });

  it('cuts what is long to 120 characters', () => {
    expect(formatFound('x'.repeat(118))).toBe(`"${'x'.repeat(118)}"`);
    expect(formatFound('x'.repeat(119))).toBe(`"${'x'.repeat(116)}...`);
    expect(formatFound('x'.repeat(10_000))).toHaveLength(120);
  });

  it('bears values that have no JSON', () => {
    const round: { self?: object } = {};
    round.self = round;
    expect(formatFound(round)).toBe('[object Object]');
    expect(formatFound({ size: 10n })).toBe('[object Object]');
  });
});

describe('ConfigError', () => {
  const problem = { path: 'a.b', found: '1', accepted: 'a string', fix: 'write "1", in quotes' };

  it('keeps the problems as data, each with its code and its sentence', () => {
    const error = new ConfigError([problem, { ...problem, code: 'wrong-type', message: 'No.' }], 'jobs.json');
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'ConfigError', source: 'jobs.json' });
    expect(error.problems).toEqual([
      { ...problem, code: 'invalid-value', message: 'b is 1. It must be a string.' },
      { ...problem, code: 'wrong-type', message: 'No.' },
    ]);
  });

  it('has the report as its message', () => {
    expect(new ConfigError([problem], 'jobs.json').message).toBe(
      ['jobs.json: 1 problem', '', ' 1  b is 1. It must be a string.', '    Write "1", in quotes.', '    a.b'].join(
        '\n',
      ),
    );
  });
});
