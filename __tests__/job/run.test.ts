import type * as Run from '../../job/run';

/** The library as a program with these variables finds it. */
function run(variables: Readonly<Record<string, string>>): typeof Run {
  for (const name of ['STP_CURRENT_ATTEMPT', 'STP_MAXIMUM_ATTEMPTS', 'AWS_BATCH_JOB_ATTEMPT', 'STP_ITEM_COUNT'])
    delete process.env[name];
  Object.assign(process.env, variables);
  let loaded: typeof Run | undefined;
  jest.isolateModules(() => {
    loaded = require('../../job/run') as typeof Run;
  });
  if (loaded === undefined) throw new Error('not loaded');
  return loaded;
}

it('gives what the state machine and AWS Batch say', () => {
  const variables = {
    STP_CURRENT_ATTEMPT: '2',
    STP_MAXIMUM_ATTEMPTS: '10',
    AWS_BATCH_JOB_ATTEMPT: '3',
    STP_ITEM_COUNT: '12000',
  };
  expect(run(variables)).toEqual({ attempt: 2, maximumAttempts: 10, containerStart: 3, itemCount: 12_000 });
});

it('is the first start of attempt 1 of 1 outside of AWS Batch', () => {
  expect(run({})).toEqual({ attempt: 1, maximumAttempts: 1, containerStart: 1, itemCount: 1 });
});

it.each(['', '0', '-1', '1.5', '2x', ' ', '1e3'])('takes "%s" for nothing', (STP_CURRENT_ATTEMPT) => {
  expect(run({ STP_CURRENT_ATTEMPT }).attempt).toBe(1);
});
