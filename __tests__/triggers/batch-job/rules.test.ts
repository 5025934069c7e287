import { configProblems } from '../../stack-config/samples';
import { at, config, own, param } from './following-jobs';

it('a pipeline is accepted, in any order, and with a job of another stack', () => {
  const jobs = {
    report: [{ jobName: 'load' }, { jobName: 'load', on: ['failed'], input: { failed: true } }],
    load: [{ stateMachineArn: own('other-import') }, { jobName: 'fetch' }],
    fetch: [{ stateMachineArn: "$ResourceParam('checkout', 'arn')", on: ['stopped'] }],
  };
  const checkout = { type: 'state-machine', existing: { arn: own('checkout') } };
  expect(configProblems(config(jobs, { checkout }))).toEqual([]);
});

describe('two events for the same job', () => {
  it('are one event with more ends', () => {
    expect(configProblems(config({ a: [{ jobName: 'b' }, { jobName: 'b', on: ['failed'] }], b: [] }))).toEqual([
      {
        path: at('a', 1),
        found: 'the same job and input as in events[0]',
        accepted: 'another job, or the same one with another input',
        fix: "remove this event, and write on: ['succeeded', 'failed'] in events[0]",
      },
    ]);
  });

  it.each([
    [{ jobName: 'b' }, { stateMachineArn: own('b') }],
    [{ jobName: 'b' }, { stateMachineArn: param('b') }],
    [
      { stateMachineArn: param('b'), input: 1 },
      { stateMachineArn: own('b'), input: 1 },
    ],
  ])('%j and %j', (first, second) => {
    expect(configProblems(config({ a: [first, second], b: [] }))).toEqual([
      {
        path: `${at('a', 1)}.properties.stateMachineArn`,
        found: `${JSON.stringify(second.stateMachineArn)}, which is the same job as in events[0]`,
        accepted: 'another job, or the same one with another input',
        fix: 'remove this event: events[0] starts the job at these ends too',
      },
    ]);
  });

  it('can start two runs with different inputs', () => {
    const events = [{ jobName: 'b', input: 1 }, { jobName: 'b', input: 2 }, { jobName: 'b' }];
    expect(configProblems(config({ a: events, b: [] }))).toEqual([]);
  });
});

describe('stateMachineArn', () => {
  const found = (text: string, type: string) => `"$ResourceParam(${text})" of ${type}`;

  it.each([
    ["'b', 'logGroupArn'", 'a batch-job', "write $ResourceParam('b', 'stateMachineArn')"],
    ["'q', 'arn'", 'an sqs-queue', "write $ResourceParam('b', 'stateMachineArn') or $ResourceParam('m', 'arn')"],
    ["'m', 'name'", 'a state-machine', "write $ResourceParam('m', 'arn')"],
  ])('is not $ResourceParam(%s)', (text, type, fix) => {
    const others = { q: { type: 'sqs-queue' }, m: { type: 'state-machine', existing: { arn: own('m') } } };
    expect(configProblems(config({ a: [{ stateMachineArn: `$ResourceParam(${text})` }], b: [] }, others))).toEqual([
      {
        path: `${at('a', 0)}.properties.stateMachineArn`,
        found: found(text, type),
        accepted: 'the stateMachineArn of a batch-job or the arn of a state-machine',
        fix,
      },
    ]);
  });

  it.each([
    [
      'another partition',
      own('x').replace('arn:aws:', 'arn:aws-cn:'),
      'an ARN of the partition aws, the partition of eu-west-1',
    ],
    ['another region', own('x', { region: 'us-east-1' }), "an ARN of eu-west-1, the stack's region"],
  ])('is not of %s', (_, stateMachineArn, accepted) => {
    expect(configProblems(config({ a: [{ stateMachineArn }] }))).toMatchObject([
      { path: `${at('a', 0)}.properties.stateMachineArn`, accepted },
    ]);
  });

  it('is not of two accounts', () => {
    const events = [{ stateMachineArn: own('x') }, { stateMachineArn: own('y', { account: '210987654321' }) }];
    expect(configProblems(config({ a: events }))).toMatchObject([
      { fix: 'use resources of the account that the stack is deployed to' },
    ]);
  });
});

it('jobName is the name of a job', () => {
  expect(configProblems(config({ report: [{ jobName: 'laod' }], load: [] }))).toEqual([
    {
      path: `${at('report', 0)}.properties.jobName`,
      found: '"laod"',
      accepted: 'the name of a batch-job: load',
      fix: 'did you mean "load"?',
    },
  ]);
});
