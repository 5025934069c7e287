import fc from 'fast-check';
import { stringify } from 'yaml';
import { readYaml } from '../../modules/config/yaml';
import { ConfigError } from '../../modules/problems/config-error';
import type { Problem } from '../../modules/problems/problem';
import { found } from '../found';

function problemsOf(text: string): readonly Problem[] {
  try {
    readYaml(text, 'jobs.yml');
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return found(error);
    throw error;
  }
}

describe('the value', () => {
  it.each<[string, string, unknown]>([
    ['directives as plain text', "arn: $ResourceParam('reports', 'arn')", { arn: "$ResourceParam('reports', 'arn')" }],
    ['directives in a quoted list entry', `a: ["$Secret('db.password')"]`, { a: ["$Secret('db.password')"] }],
    ['a cron expression with a comment', 'rate: cron(0 14 * * ? *) # each day', { rate: 'cron(0 14 * * ? *)' }],
    ['words that YAML 1.1 took for booleans', 'a: [yes, no, on]', { a: ['yes', 'no', 'on'] }],
    ['dates of policies as text', 'Version: 2012-10-17', { Version: '2012-10-17' }],
    ['anchors and merge keys', 'x: &x {q: 1}\na:\n  <<: *x\n  b: *x', { x: { q: 1 }, a: { q: 1, b: { q: 1 } } }],
    ['a byte order mark', '\uFEFFa: 1', { a: 1 }],
    ['nothing', '', null],
  ])('%s', (_, text, value) => {
    expect(readYaml(text, 'jobs.yml').value).toEqual(value);
  });

  it('is the one that was written, whatever it is', () => {
    const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)));
    fc.assert(
      fc.property(json, (value) => {
        expect(readYaml(stringify(value), 'jobs.yml').value).toEqual(value);
      }),
    );
  });
});

describe('the place', () => {
  const text = ['a:', '  b:', '    - x', '    - c: 1', '      d: 2', 'e: *anchor', 'f: {g: [1, 2]}'].join('\n');
  const { locate } = readYaml(`anchor: &anchor\n  k: 1\n${text}`, 'jobs.yml');

  it.each<[string, (string | number)[], number, number]>([
    ['of a property is that of its name', ['a', 'b'], 4, 3],
    ['of a list entry is that of its beginning', ['a', 'b', 0], 5, 7],
    ['of a property of an entry', ['a', 'b', 1, 'd'], 7, 7],
    ['of what is missing is that of what it is missing from', ['a', 'zz'], 3, 1],
    ['of an entry beyond the end is that of the list', ['a', 'b', 9], 4, 3],
    ['of what an alias stands for is that of the anchor', ['e', 'k'], 2, 3],
    ['in a flow', ['f', 'g', 1], 9, 12],
    ['of the whole is its beginning', [], 1, 1],
    ['of a property missing at the top is the beginning', ['zz'], 1, 1],
  ])('%s', (_, path, line, column) => {
    expect(locate(path)).toEqual({ line, column });
  });

  it('is not known in an empty file', () => {
    expect(readYaml('# nothing\n', 'jobs.yml').locate(['a'])).toBeUndefined();
  });

  it('points, for each path of any document, at a line that names its last key', () => {
    const key = fc.string({ unit: fc.constantFrom(...'abcdef'), minLength: 1, maxLength: 3 });
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, fc.integer(), fc.dictionary(key, tie('tree'), { minKeys: 1, maxKeys: 3 })),
    }));
    fc.assert(
      fc.property(fc.dictionary(key, tree, { minKeys: 1 }), (value) => {
        const written = stringify(value);
        const file = readYaml(written, 'jobs.yml');
        const wrong = paths(value).filter((path) => {
          const place = file.locate(path);
          const line = written.split('\n')[(place?.line ?? 0) - 1] ?? '';
          return !line.slice((place?.column ?? 0) - 1).startsWith(`${path.at(-1)}:`);
        });
        expect(wrong).toEqual([]);
      }),
    );
  });
});

function paths(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [[key], ...paths(item).map((path) => [key, ...path])]);
}

describe('a mistake', () => {
  it.each<[string, string, string, string, number, number]>([
    ['a tab', 'a:\n\tb: 1', 'Tabs are not allowed as indentation: b: 1', 'indent with spaces', 2, 1],
    ['two documents', 'a: 1\n---\nb: 2', 'a second document: ---', 'keep one document: remove the line ---', 2, 1],
    [
      'a text with a colon',
      'a: b: c',
      'Nested mappings are not allowed in compact mappings: a: b: c',
      'put a string that contains ": " in quotes, or start a new line after the key',
      1,
      4,
    ],
    [
      'a star without quotes',
      'Action: *',
      'a * without quotes, which begins an alias in YAML: Action: *',
      'put it in quotes: "*"',
      1,
      9,
    ],
    [
      'an at sign',
      'a: @b',
      'Plain value cannot start with reserved character @: a: @b',
      'put the string in quotes',
      1,
      4,
    ],
    [
      'a directive in brackets without quotes',
      "a: [$ResourceParam('x', 'arn')]",
      "Missing , or : between flow sequence items: a: [$ResourceParam('x', 'arn')]",
      'add it; in [ ] and { } a directive such as $ResourceParam(...) must stand in double quotes',
      1,
      30,
    ],
    [
      'a tag of no meaning',
      'a: !Nope 1',
      'Unresolved tag: !Nope: a: !Nope 1',
      'write the value without the tag, or in quotes if it begins with !',
      1,
      4,
    ],
    [
      'a key that is no text',
      '? [a]\n: 1',
      'With stringKeys, all keys must be strings: ? [a]',
      'write a string before the colon; put a string that starts with { or [ in quotes',
      1,
      3,
    ],
  ])('%s', (_, text, found, fix, line, column) => {
    expect(problemsOf(text)).toEqual([{ path: '', found, accepted: 'YAML', fix, place: { line, column } }]);
  });

  it('is a property twice, at its path', () => {
    expect(problemsOf('b: [{a: 1, "a": 2}]')).toEqual([
      {
        path: 'b[0].a',
        place: { line: 1, column: 12 },
        found: 'the key "a" a second time, after line 1 column 6',
        accepted: 'each key once',
        fix: 'remove or rename one of them',
      },
    ]);
  });

  it('is a version of YAML in which the same characters mean something else', () => {
    expect(problemsOf('# jobs\n%YAML 1.1\n---\na: yes')).toMatchObject([
      { found: '%YAML 1.1, in which yes is true and 012 is ten', place: { line: 2, column: 1 } },
    ]);
    expect(problemsOf('%YAML 1.2\n---\na: yes')).toEqual([]);
  });

  it('is more levels than can be read', () => {
    const text = `a: ${'['.repeat(3000)}${']'.repeat(3000)}`;
    expect(problemsOf(text)).toMatchObject([{ path: '', found: 'too many levels' }]);
  });

  it.each(['  masterUserPassword: @hunter2', '  "defaultUserPassword": "hunter2', 'PASSWORD: `hunter2'])(
    'does not show the password on its line: %s',
    (line) => {
      const problems = problemsOf(`a:\n${line}`);
      expect(problems).not.toEqual([]);
      expect(JSON.stringify(problems)).not.toContain('hunter2');
    },
  );

  it('does not hide another one', () => {
    expect(problemsOf('a: 1\na: 2\nb: !Nope 1').map(({ place }) => place?.line)).toEqual([2, 3]);
  });

  it.each([
    ['an alias without an anchor', 'a: *nope', /nope/],
    [
      'aliases that expand beyond measure',
      `a: &a [x, x, x, x, x, x, x, x, x, x]\n${[...'bcdefg'].map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdef'[index]}`).join(', ')}]`).join('\n')}`,
      /alias/i,
    ],
  ])('%s', (_, text, found) => {
    expect(problemsOf(text)).toEqual([
      {
        path: '',
        found: expect.stringMatching(found),
        accepted: 'aliases of anchors that stand above them, at most 100 values of each',
        fix: 'set the anchor before it, or write the value out; put a string that starts with * in quotes',
      },
    ]);
  });
});
