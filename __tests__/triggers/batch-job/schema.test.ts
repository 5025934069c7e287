import { batchJob, runEndPattern } from '../../../triggers/batch-job/schema';
import { problemsWith, tokens } from '../../stack-config/samples';

const ARN = 'arn:aws:states:eu-west-1:123456789012:stateMachine:shop-load';

function event(properties: object) {
  return { type: 'batch-job', properties };
}

describe('a batch-job event', () => {
  it.each([
    { jobName: 'load' },
    { jobName: 'load', on: ['failed', 'stopped', 'succeeded'] },
    { stateMachineArn: ARN },
    { stateMachineArn: "$ResourceParam('load', 'stateMachineArn')" },
    { stateMachineArn: tokens().TEXT, on: ['stopped'] },
    { jobName: 'load', input: { full: true } },
    { jobName: 'load', inputPath: '$.detail.name' },
    { jobName: 'load', inputTransformer: { inputPathsMap: { run: '$.detail.name' }, inputTemplate: { run: '<run>' } } },
  ])('may have %j', (properties) => {
    expect(problemsWith(batchJob, event(properties))).toEqual([]);
  });

  it('waits for success unless it says otherwise', () => {
    expect(batchJob.parse(event({ jobName: 'load' })).properties.on).toEqual(['succeeded']);
  });

  it.each([
    [{}, 'none of them', 'add jobName or stateMachineArn'],
    [
      { jobName: 'load', stateMachineArn: ARN },
      'jobName and stateMachineArn',
      'keep jobName and remove stateMachineArn',
    ],
  ])('names exactly one job, not %j', (properties, found, fix) => {
    expect(problemsWith(batchJob, event(properties))).toEqual([
      { path: 'properties', found, accepted: 'exactly one of jobName, stateMachineArn', fix },
    ]);
  });

  const ONCE = 'a list of succeeded, failed, stopped, each at most once';
  it.each([
    [[], '', '[]', ONCE, 'add an end, or remove the property: its default is succeeded'],
    [['failed', 'failed'], '[1]', '"failed" again', ONCE, 'remove it'],
    [['done'], '[0]', '"done"', 'succeeded, failed, stopped', 'use one of these'],
    ['failed', '', '"failed"', 'a list', 'write ["failed"]'],
  ])('has ends that exist, each once, not %j', (on, path, found, accepted, fix) => {
    expect(problemsWith(batchJob, event({ jobName: 'load', on }))).toEqual([
      { path: `properties.on${path}`, found, accepted, fix },
    ]);
  });

  it.each([
    [`${ARN}:PROD`, ARN],
    [`${ARN}:7`, ARN],
    [`${ARN.replace('stateMachine', 'execution')}:load-1`, ARN],
    ['shop-load', 'an ARN such as arn:aws:states:eu-west-1:123456789012:stateMachine:shop-import'],
    [
      ARN.replace('states', 'sqs'),
      'an ARN of states, and not of sqs, as in arn:aws:states:eu-west-1:123456789012:stateMachine:shop-import',
    ],
  ])('has the ARN of a state machine, not %s', (stateMachineArn, meant) => {
    expect(problemsWith(batchJob, event({ stateMachineArn }))).toEqual([
      {
        path: 'properties.stateMachineArn',
        found: JSON.stringify(stateMachineArn),
        accepted: 'the ARN of a state machine, without a version or an alias',
        fix: `write ${meant}`,
      },
    ]);
  });

  it('has one property that changes what the job receives', () => {
    expect(problemsWith(batchJob, event({ jobName: 'load', input: 1, inputPath: '$.id' }))).toEqual([
      expect.objectContaining({ fix: 'keep input and remove inputPath' }),
    ]);
  });
});

describe('runEndPattern', () => {
  // A run that the job's limits skipped has succeeded, but no job ran. An event without its output is too large for one of these.
  const done = { status: ['SUCCEEDED'], output: [null, { 'anything-but': { prefix: '{"skipped":' } }] };

  it.each([
    [['succeeded'], done],
    [['failed'], { status: ['FAILED', 'TIMED_OUT'] }],
    [['stopped'], { status: ['ABORTED'] }],
    [['stopped', 'failed'], { status: ['FAILED', 'TIMED_OUT', 'ABORTED'] }],
    [['stopped', 'succeeded', 'failed'], { $or: [done, { status: ['FAILED', 'TIMED_OUT', 'ABORTED'] }] }],
  ] as const)('%j are %j, in one order', (on, ends) => {
    expect(runEndPattern(ARN, on)).toEqual({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: [ARN], ...ends },
    });
  });
});
