import { type InterpretOptions, interpret, type TaskOutcome } from '../../../../cli/local/state-machine/interpreter';
import type { Json } from '../../../../cli/local/state-machine/json-value';

type States = { readonly [name: string]: Json };

/** Runs these states, starting with the first. */
const run = (states: States, task: InterpretOptions['task'] = () => ({ output: 'done' }), input: Json = {}) =>
  interpret({ StartAt: Object.keys(states)[0] ?? '', States: states }, { task, input, random: () => 0.5 });

const fails = (error: string, cause = 'because'): TaskOutcome => ({ error, cause });
const TASK = { Type: 'Task', Resource: 'arn', End: true };
const DONE = { Type: 'Succeed' };

describe('a failure', () => {
  test('that nothing catches ends the execution with its error and cause', async () => {
    expect(await run({ A: TASK }, () => fails('Own.Error'))).toEqual({
      status: 'FAILED',
      error: 'Own.Error',
      cause: 'because',
      visited: ['A'],
      delays: [],
    });
  });

  test('goes to the first catcher that names it, as the error and cause', async () => {
    const task = {
      ...TASK,
      Catch: [
        { ErrorEquals: ['Other'], Next: 'B' },
        { ErrorEquals: ['States.ALL'], Next: 'C' },
      ],
    };
    const result = await run({ A: task, B: DONE, C: DONE }, () => fails('Own.Error'));
    expect(result).toMatchObject({ visited: ['A', 'C'], output: { Error: 'Own.Error', Cause: 'because' } });
  });

  test('takes one property of the input where the catcher says so, if the input can have one', async () => {
    const task = { ...TASK, Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.Why', Next: 'B' }] };
    const failing = () => fails('Own.Error');
    expect(await run({ A: task, B: DONE }, failing, { kept: 1, Why: 'old' })).toMatchObject({
      output: { kept: 1, Why: { Error: 'Own.Error', Cause: 'because' } },
    });
    expect(await run({ A: task, B: DONE }, failing, [])).toMatchObject({ error: 'States.ResultPathMatchFailure' });
  });

  test.each([
    ['States.ALL', 'States.DataLimitExceeded', false],
    ['States.ALL', 'States.Runtime', false],
    ['States.ALL', 'States.Timeout', true],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.TaskFailed', 'Own.Error', true],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', true],
  ])('%s catches %s: %s', async (name, error, caught) => {
    const task = { ...TASK, Catch: [{ ErrorEquals: [name], Next: 'B' }] };
    expect((await run({ A: task, B: DONE }, () => fails(error))).status).toBe(caught ? 'SUCCEEDED' : 'FAILED');
  });

  test('is retried as often as its retrier says, with growing, capped delays', async () => {
    const retrier = {
      ErrorEquals: ['Own.Error'],
      IntervalSeconds: 2,
      BackoffRate: 3,
      MaxDelaySeconds: 10,
      MaxAttempts: 3,
    };
    const counts: number[] = [];
    const task = (call: { readonly retryCount: number }) => {
      counts.push(call.retryCount);
      return fails('Own.Error');
    };
    const exact = await run({ A: { ...TASK, Retry: [retrier] } }, task);
    expect(exact).toMatchObject({ status: 'FAILED', visited: ['A'] });
    expect(exact.delays.map(({ seconds }) => seconds)).toEqual([2, 6, 10]);
    expect(counts).toEqual([0, 1, 2, 3]);
    const jittered = await run({ A: { ...TASK, Retry: [{ ...retrier, JitterStrategy: 'FULL' }] } }, task);
    expect(jittered.delays.map(({ seconds }) => seconds)).toEqual([1, 3, 5]);
  });

  test('of a retrier without numbers is retried three times after 1, 2 and 4 seconds', async () => {
    const task = { ...TASK, Retry: [{ ErrorEquals: ['States.ALL'] }] };
    const { delays } = await run({ A: task }, () => fails('Own.Error'));
    expect(delays.map(({ seconds }) => seconds)).toEqual([1, 2, 4]);
  });
});

describe('an error of the document itself', () => {
  test.each<[string, States, Json, string, string]>([
    ['no choice matches', { A: { Type: 'Choice', Choices: [] } }, {}, 'States.NoChoiceMatched', 'A'],
    [
      'a compared value is missing',
      { A: { Type: 'Choice', Choices: [{ Variable: '$.x', StringMatches: '*', Next: 'A' }], Default: 'A' } },
      {},
      'States.Runtime',
      '$.x',
    ],
    ['a wait is no number', { A: { Type: 'Wait', SecondsPath: '$.x', End: true } }, { x: '5' }, 'States.Runtime', '5'],
    ['a wait is negative', { A: { Type: 'Wait', SecondsPath: '$.x', End: true } }, { x: -1 }, 'States.Runtime', '-1'],
    [
      'text is no JSON',
      { A: { Type: 'Pass', Parameters: { 'x.$': 'States.StringToJson($.x)' }, End: true } },
      { x: '{' },
      'States.IntrinsicFailure',
      'StringToJson',
    ],
    [
      'a parameter is missing',
      { A: { ...TASK, Parameters: { 'x.$': '$.x' } } },
      {},
      'States.ParameterPathFailure',
      '$.x',
    ],
    ['a result is too large', { A: TASK }, {}, 'States.DataLimitExceeded', '262144'],
  ])('%s', async (_, states, input, error, cause) => {
    const result = await run(states, () => ({ output: 'x'.repeat(262_144) }), input);
    expect(result).toMatchObject({ status: 'FAILED', error, cause: expect.stringContaining(cause) });
  });
});

test('States.MathAdd adds, and a choice compares what came of it', async () => {
  const states = {
    A: { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, 1)' }, Next: 'B' },
    B: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericGreaterThanEquals: 3, Next: 'C' }], Default: 'A' },
    C: DONE,
  };
  expect(await run(states, undefined, { n: 1 })).toMatchObject({
    output: { n: 3 },
    visited: ['A', 'B', 'A', 'B', 'C'],
  });
  const B = { ...states.B, Default: 'C' };
  expect(await run({ B, C: DONE }, undefined, { n: 'many' })).toMatchObject({ visited: ['B', 'C'] });
});

describe('what this interpreter does not know it refuses', () => {
  test.each<[string, States]>([
    ['a Parallel state', { A: { Type: 'Parallel' } }],
    ['OutputPath in A', { A: { ...TASK, OutputPath: '$.x' } }],
    [
      'a ResultPath such as $.a, got $.',
      { A: { ...TASK, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'A', ResultPath: '$' }] } },
    ],
    ['Wrong in a retrier', { A: { ...TASK, Retry: [{ ErrorEquals: ['States.ALL'], Wrong: 1 }] } }],
    ['the comparison IsNull', { A: { Type: 'Choice', Choices: [{ Variable: '$', IsNull: true, Next: 'A' }] } }],
    ['has one operator', { A: { Type: 'Choice', Choices: [{ Variable: '$', Next: 'A' }] } }],
    ['States.UUID', { A: { Type: 'Pass', Parameters: { 'x.$': 'States.UUID()' }, End: true } }],
    ['only knows paths such as $.a.b', { A: { Type: 'Pass', Parameters: { 'x.$': '$.a[-1]' }, End: true } }],
    ['the state B to be an object', { A: { Type: 'Pass', Next: 'B' } }],
    ['Next to be text', { A: { Type: 'Pass' } }],
  ])('%s', async (message, states) => {
    await expect(run(states, () => fails('Own.Error'))).rejects.toThrow(message);
  });

  test('a definition that is not an object, or holds more than states', async () => {
    const task = () => ({ output: null });
    await expect(interpret([] as never, { task })).rejects.toThrow('the definition to be an object');
    await expect(interpret({ QueryLanguage: 'JSONata' }, { task })).rejects.toThrow('QueryLanguage');
  });

  test('an execution without end', async () => {
    await expect(run({ A: { Type: 'Pass', Next: 'A' } })).rejects.toThrow('has not ended');
  });

  test('a fault of the task itself, which is no outcome', async () => {
    const task = { ...TASK, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }] };
    const broken = () => Promise.reject(new Error('the test is broken'));
    await expect(run({ A: task, B: DONE }, broken)).rejects.toThrow('the test is broken');
  });
});

test('a clock that is given is waited on, for waits and retries alike, and each state is told of once', async () => {
  const slept: number[] = [];
  const entered: string[] = [];
  const states = {
    A: { Type: 'Wait', Seconds: 7, Next: 'B' },
    B: { ...TASK, Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 3, MaxAttempts: 1 }] },
  };
  await interpret(
    { StartAt: 'A', States: states },
    {
      task: () => fails('Own.Error'),
      sleep: async ({ seconds }) => {
        slept.push(seconds);
      },
      onState: (name, type) => entered.push(`${name} ${type}`),
    },
  );
  expect(slept).toEqual([7, 3]);
  expect(entered).toEqual(['A Wait', 'B Task']);
});

test('a Fail state says what it was given', async () => {
  expect(await run({ A: { Type: 'Fail', Error: 'E', Cause: 'C' } })).toMatchObject({ error: 'E', cause: 'C' });
  const silent = await run({ A: { Type: 'Fail' } });
  expect(silent).toMatchObject({ status: 'FAILED', error: undefined, cause: undefined });
});

describe('variables', () => {
  const End = { Type: 'Pass', Parameters: { 'a.$': '$a', 'b.$': 'States.MathAdd($b, 1)' }, End: true };

  test('outlive a caught error, and are computed from what they were before', async () => {
    const next = { 'a.$': 'States.ArrayGetItem($a, $b)', 'b.$': 'States.MathAdd($b, 1)' };
    const states = {
      Begin: { Type: 'Pass', Assign: { a: ['x', 'y'], b: 1 }, Next: 'Task' },
      Task: { ...TASK, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Again' }] },
      Again: { Type: 'Pass', Assign: next, Next: 'End' },
      End,
    };
    expect(await run(states, () => fails('Own.Error'))).toMatchObject({ output: { a: 'y', b: 3 } });
  });

  test('leave the data between states as they are', async () => {
    const Begin = { Type: 'Pass', Assign: { a: 1 }, End: true };
    expect(await run({ Begin }, undefined, { x: 1 })).toMatchObject({ output: { x: 1 } });
  });

  test('that nothing set end the execution', async () => {
    expect(await run({ End })).toMatchObject({ status: 'FAILED', error: 'States.ParameterPathFailure' });
  });
});
