import { choose } from '../../../../cli/local/state-machine/choice-rule';
import type { Fields, Json } from '../../../../cli/local/state-machine/json-value';
import { find, resolve, type Scope } from '../../../../cli/local/state-machine/reference-path';

function scope(data: Json): Scope {
  return { data, context: { Execution: { Name: 'run' } }, variables: { job: { id: 7 } }, random: () => 0 };
}

const INPUT = {
  n: 5,
  text: 'a.b',
  yes: true,
  none: null,
  other: 'axb',
  lines: 'a\nb',
  list: [10, [20]],
  map: { x: { v: 1 }, y: { v: 2 }, z: {} },
};

describe('a path', () => {
  it.each<[string, Json | undefined]>([
    ['$', INPUT],
    ['$.n', 5],
    ['$.none', null],
    ['$.list[0]', 10],
    ['$.list[1][0]', 20],
    ['$.list[2]', undefined],
    ['$.n.x', undefined],
    ['$.none.x', undefined],
    ['$.none.*', undefined],
    ['$.text.length', undefined],
    ['$.toString', undefined],
    ['$.map.*.v', [1, 2]],
    ['$.n.*', undefined],
    ['$$.Execution.Name', 'run'],
    ['$job.id', 7],
    ['$other.id', undefined],
  ])('%s', (path, value) => {
    expect(find(path, scope(INPUT))).toEqual(value);
  });

  it.each(['n', '$.a-b', '$..n', "$['n']", '$.n extra', 'a$.n'])('%s is not known here', (path) => {
    expect(() => find(path, scope(INPUT))).toThrow(`got ${path}.`);
  });

  it('that leads nowhere is an error with the name that the state says', () => {
    expect(() => resolve('$.gone', scope({}))).toThrow(expect.objectContaining({ error: 'States.Runtime' }));
    expect(() => resolve('$.gone', scope({}), 'States.ParameterPathFailure')).toThrow(
      expect.objectContaining({ error: 'States.ParameterPathFailure' }),
    );
    expect(resolve('$.none', scope(INPUT))).toBeNull();
  });
});

describe('a choice', () => {
  const holds = (condition: Fields) =>
    choose({ Choices: [{ ...condition, Next: 'Then' }], Default: 'Else' }, scope(INPUT), 'Which') === 'Then';

  it.each<[Fields, boolean]>([
    [{ Variable: '$.n', NumericEquals: 5 }, true],
    [{ Variable: '$.n', NumericEquals: 6 }, false],
    [{ Variable: '$.yes', BooleanEquals: true }, true],
    [{ Variable: '$.text', StringEquals: 'a' }, false],
    [{ Variable: '$.n', NumericGreaterThanEquals: 5 }, true],
    [{ Variable: '$.n', NumericGreaterThanEquals: 6 }, false],
    [{ Variable: '$.text', NumericGreaterThanEquals: 0 }, false],
    [{ Variable: '$.n', NumericGreaterThanEqualsPath: '$.list[0]' }, false],
    [{ Variable: '$.list[0]', NumericGreaterThanEqualsPath: '$.n' }, true],
    [{ Variable: '$.n', NumericGreaterThanEqualsPath: '$.text' }, false],
    [{ Variable: '$.text', NumericGreaterThanEqualsPath: '$.n' }, false],
    [{ Variable: '$.text', StringMatches: 'a*' }, true],
    [{ Variable: '$.text', StringMatches: 'a.b' }, true],
    [{ Variable: '$.text', StringMatches: 'a?b' }, false],
    [{ Variable: '$.other', StringMatches: 'a.b' }, false],
    [{ Variable: '$.lines', StringMatches: 'a*b' }, true],
    [{ Variable: '$.text', NumericGreaterThanEqualsPath: '$.text' }, false],
    [{ Variable: '$.n', NumericGreaterThanEqualsPath: '$.n' }, true],
    [{ Variable: '$.n', NumericGreaterThanEqualsPath: '$.none' }, false],
    [{ Variable: '$.none', NumericGreaterThanEqualsPath: '$.n' }, false],
    [{ Variable: '$.none', NumericGreaterThanEquals: 0 }, false],
    [{ Variable: '$.text', StringMatches: 'b*' }, false],
    [{ Variable: '$.n', StringMatches: '*' }, false],
    [{ Variable: '$.gone', IsPresent: false }, true],
    [{ Variable: '$.gone', IsPresent: true }, false],
    [{ Variable: '$.none', IsPresent: true }, true],
    [{ Not: { Variable: '$.n', NumericEquals: 5 } }, false],
    [
      {
        And: [
          { Variable: '$.n', NumericEquals: 5 },
          { Variable: '$.yes', BooleanEquals: false },
        ],
      },
      false,
    ],
    [
      {
        And: [
          { Variable: '$.n', NumericEquals: 5 },
          { Variable: '$.yes', BooleanEquals: true },
        ],
      },
      true,
    ],
    [
      {
        Or: [
          { Variable: '$.n', NumericEquals: 0 },
          { Variable: '$.yes', BooleanEquals: true },
        ],
      },
      true,
    ],
    [{ Or: [{ Variable: '$.n', NumericEquals: 0 }] }, false],
  ])('%j: %s', (condition, expected) => {
    expect(holds(condition)).toBe(expected);
  });

  it('takes the first that holds', () => {
    const Choices: Fields[] = [
      { Variable: '$.n', NumericEquals: 4, Next: 'First' },
      { Variable: '$.n', NumericEquals: 5, Next: 'Second' },
      { Variable: '$.n', IsPresent: true, Next: 'Third' },
    ];
    expect(choose({ Choices }, scope(INPUT), 'Which')).toBe('Second');
  });

  it('without a default fails as Step Functions does', () => {
    expect(() => choose({ Choices: [] }, scope(INPUT), 'Which')).toThrow(
      expect.objectContaining({ error: 'States.NoChoiceMatched', cause: 'No choice of Which matched.' }),
    );
  });

  it.each<[Fields, string]>([
    [{ Variable: '$.n' }, 'A condition has one operator'],
    [{ Variable: '$.n', NumericEquals: 5, StringEquals: 'a' }, 'A condition has one operator'],
    [{ Variable: '$.n', NumericLessThan: 5 }, 'does not know the comparison NumericLessThan'],
  ])('%j is not known here', (condition, message) => {
    expect(() => holds(condition)).toThrow(message);
  });
});
