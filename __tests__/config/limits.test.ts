import { limits } from '../../modules/config/limits';
import { parse } from '../../modules/config/parse';
import { ConfigError } from '../../modules/problems/config-error';
import { tokens } from '../stack-config/samples';

function problems(value: unknown): string[] {
  try {
    parse(limits, value, 'limits');
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ path, found, accepted, fix }) => [path, found, accepted, fix].join(' | '));
  }
}

it('waits, if nothing else is set', () => {
  expect(parse(limits, { concurrentRuns: 5 }, 'limits')).toEqual({ concurrentRuns: 5, whenExceeded: 'wait' });
});

it('accepts each limit alone, and all together', () => {
  for (const value of [
    { concurrentRuns: 1 },
    { concurrentRuns: 1_000 },
    { runsPerHour: 180_000 },
    { runsPerDay: 4_320_000 },
    { concurrentRuns: 5, runsPerHour: 10, runsPerDay: 100, whenExceeded: 'skip' },
    { runsPerHour: 10, runsPerDay: 10 },
    { concurrentRuns: 50, countItems: true },
    { runsPerHour: 10, countItems: false },
    { runsPerHour: 10, runsPerDay: 239 },
  ])
    expect(problems(value)).toEqual([]);
});

const NONE = ' | no limit | one or more of concurrentRuns, runsPerHour, runsPerDay | add concurrentRuns, such as 5';

it.each<[string, object, string]>([
  ['no limit', {}, NONE],
  ['only what happens if one is reached', { whenExceeded: 'skip' }, NONE],
  ['no run at once', { concurrentRuns: 0 }, 'concurrentRuns | 0 | a whole number from 1 to 1,000 runs | use 1'],
  [
    'more runs at once than fit into the item',
    { concurrentRuns: 1_001 },
    'concurrentRuns | 1001 | a whole number from 1 to 1,000 runs | use 1000',
  ],
  ['half a run', { runsPerHour: 1.5 }, 'runsPerHour | 1.5 | a whole number from 1 to 180,000 runs | use 2'],
  [
    'more starts than AWS Batch accepts in a day',
    { runsPerDay: 5_000_000 },
    'runsPerDay | 5000000 | a whole number from 1 to 4,320,000 runs | use 1 to 4,320,000 runs',
  ],
  [
    'an hour with more than its day',
    { runsPerHour: 11, runsPerDay: 10 },
    'runsPerHour | runsPerHour 11, runsPerDay 10 | a runsPerHour of at most runsPerDay | remove runsPerHour: a day never has more than 10 runs',
  ],
  [
    'a day that its hours never reach',
    { runsPerHour: 10, runsPerDay: 240 },
    'runsPerDay | runsPerHour 10, runsPerDay 240 | a runsPerDay below 240 | remove runsPerDay: the limit of each hour never lets it be reached',
  ],
  [
    'items to count without a number',
    { runsPerHour: 10, countItems: true },
    'countItems | countItems without concurrentRuns | countItems with concurrentRuns | add concurrentRuns, such as 50: the most items at the same time, or remove countItems',
  ],
  [
    'another end than the two',
    { concurrentRuns: 1, whenExceeded: 'fail' },
    'whenExceeded | "fail" | wait, skip | use one of these',
  ],
  [
    'a misspelled limit',
    { concurrentRun: 5 },
    'concurrentRun | the unknown property "concurrentRun" | concurrentRuns, countItems, runsPerHour, runsPerDay, whenExceeded | did you mean "concurrentRuns"?',
  ],
  [
    'a number that only Terraform knows',
    { concurrentRuns: tokens().NUMBER },
    'concurrentRuns | a value that only Terraform knows | a whole number from 1 to 1,000 runs | write the number itself: it is needed for the state machine',
  ],
])('rejects %s', (_, value, problem) => {
  expect(problems(value)).toEqual([problem]);
});

it.each([
  [5, '5', '{ concurrentRuns: 5 }'],
  [0.5, '0.5', '{ concurrentRuns: 5 }'],
  ['5', '"5"', '{ concurrentRuns: 5 }'],
  [[5], '[5]', '{ concurrentRuns: 5 }'],
])('rejects %j instead of an object, with an example', (value, found, example) => {
  expect(problems(value)).toEqual([` | ${found} | an object such as ${example} | write an object such as ${example}`]);
});

it('rejects null, which can be removed', () => {
  const [problem = '', ...more] = problems(null);
  expect([problem, more]).toEqual([expect.stringMatching(/write an object such as .*, or remove it$/), []]);
});

it('says what is missing if an unknown property is none of the limits, misspelled', () => {
  expect(problems({ max: 5 })).toEqual([NONE, expect.stringContaining('max | the unknown property "max"')]);
});

it('says once what is wrong with a number that another limit is compared with', () => {
  expect(problems({ runsPerHour: 0, runsPerDay: 10 })).toHaveLength(1);
});
