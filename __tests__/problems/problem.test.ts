import { ConfigError } from '../../modules/problems/config-error';
import { formatPath, propertyName } from '../../modules/problems/problem';

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

describe('ConfigError', () => {
  const problem = { path: 'a.b', found: '1', accepted: 'a string', fix: 'write "1", in quotes' };

  it('keeps the problems as data, each with its code and its sentence', () => {
    const error = new ConfigError([problem, { ...problem, code: 'wrong-type', message: 'No.' }], 'jobs.json');
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'ConfigError', source: 'jobs.json' });
    expect(error.problems).toEqual([
      { ...problem, code: 'invalid-value', message: 'Found 1. Expected a string.' },
      { ...problem, code: 'wrong-type', message: 'No.' },
    ]);
  });

  it('has the report as its message', () => {
    expect(new ConfigError([problem], 'jobs.json').message).toBe(
      ['jobs.json: 1 problem', '', ' 1  Found 1. Expected a string.', '    Write "1", in quotes.', '    a.b'].join(
        '\n',
      ),
    );
  });
});
