import type { LocalArguments } from '../../../cli/local/arguments';
import { type EndedJob, nextArguments, nextRuns, withoutGivenVariables } from '../../../cli/local/chain';
import type { LocalJob } from '../../../cli/local/local-job';
import { parse } from '../../../modules/config/parse';
import { identity } from '../../../modules/orchestration/trigger/identity';
import { batchJobsConfig } from '../../../modules/stack-config/config';
import { job } from '../../synthesis';

const ARN = 'arn:aws:states:eu-west-1:000000000000:stateMachine:shop-load';

function configOf(events: { readonly [job: string]: readonly object[] }) {
  const resources = Object.entries(events).map(([name, list]) => [
    name,
    {
      type: 'batch-job',
      properties: { ...job(), events: list.map((properties) => ({ type: 'batch-job', properties })) },
    },
  ]);
  return parse(batchJobsConfig, { stackName: 'shop', resources: Object.fromEntries(resources) }, 'test');
}

const ENDED: EndedJob = {
  job: 'load',
  stateMachineArn: ARN,
  ...{ name: 'load-1', status: 'SUCCEEDED', startedAt: 1, endedAt: 2, input: '{"day":1}', output: '{"Status":"x"}' },
};

const started = (ended: Partial<EndedJob>, events: Parameters<typeof configOf>[0]) =>
  nextRuns({ ...ENDED, ...ended }, configOf(events));

describe('the runs that the end of a run starts', () => {
  it.each([
    ['its name', { jobName: 'load' }],
    ['a directive', { stateMachineArn: "$ResourceParam('load', 'stateMachineArn')" }],
    ['its ARN in any account', { stateMachineArn: ARN.replace('000000000000', '123456789012') }],
  ])('by %s', (_, other) => {
    const runs = started({}, { load: [], report: [other], other: [{ jobName: 'report' }] });
    expect(runs.map(({ job, after }) => [job, after.name])).toEqual([['report', 'load-1']]);
  });

  it.each([
    ['SUCCEEDED', ['a', 'd']],
    ['FAILED', ['b', 'd']],
    ['TIMED_OUT', ['b', 'd']],
    ['ABORTED', ['c', 'd']],
  ] as const)('%s: those that wait for it: %j', (status, jobs) => {
    const events = {
      a: [{ jobName: 'load' }],
      b: [{ jobName: 'load', on: ['failed'] }],
      c: [{ jobName: 'load', on: ['stopped'] }],
      d: [{ jobName: 'load', on: ['stopped', 'failed', 'succeeded'] }],
    };
    expect(started({ status }, { load: [], ...events }).map((run) => run.job)).toEqual(jobs);
  });

  it('get one event, which names one run of each', () => {
    const [a, b] = started({}, { load: [], a: [{ jobName: 'load' }], b: [{ jobName: 'load' }] });
    expect(a?.event.event).toEqual(b?.event.event);
    expect(identity(a?.event.event, { awsRequestId: '' })).toEqual({
      kind: 'eventbridge',
      parts: [expect.any(String)],
    });
    const { detail } = JSON.parse(String(a?.event.text));
    expect(detail).toMatchObject({ name: 'load-1', status: 'SUCCEEDED', input: '{"day":1}', stateMachineArn: ARN });
  });

  it('get what the event of the job makes of it, each in a run of its own', () => {
    const events = [
      { jobName: 'load', input: { n: 1 } },
      { jobName: 'load', inputPath: '$.detail.name' },
    ];
    expect(started({}, { load: [], a: events }).map(({ event }) => event.text)).toEqual(['{"n":1}', '"load-1"']);
  });

  it('are none if the run was skipped by the limits of its job', () => {
    expect(started({ output: '{"skipped":{}}' }, { load: [], a: [{ jobName: 'load' }] })).toEqual([]);
  });
});

const container = { environment: { MODE: 'full', STP_A: 'a' }, secrets: { TOKEN: 'x' } };
const next = { name: 'report', container } as unknown as LocalJob;

it('the next run has no faults and only the variables that its job has', () => {
  const options = {
    ...{ job: 'load', eventFile: 'event.json', printEvent: false, fast: true, json: true, verbose: false, plain: true },
    ...{ aws: false, create: false, deliverTwice: true, chain: true },
    faults: { failAttempts: [1], throttle: 3, interruptAfter: 1 },
    variables: {
      env: [
        { name: 'LEVEL', value: '1' },
        { name: 'STP_A', value: '2' },
        { name: 'STP_B', value: '3' },
      ],
      envFiles: ['.env'],
      secrets: [
        { name: 'TOKEN', value: 't' },
        { name: 'OTHER', value: 'o' },
      ],
    },
  } as unknown as LocalArguments;
  expect(nextArguments(options, next)).toMatchObject({
    ...{ job: 'report', eventFile: '', fast: true, json: true, plain: true, deliverTwice: false, chain: true },
    faults: { failAttempts: [], throttle: 0 },
    variables: {
      env: [{ name: 'LEVEL' }, { name: 'STP_A' }],
      envFiles: ['.env'],
      secrets: [{ name: 'TOKEN' }],
    },
  });
});

describe('what the event says of the job that ran', () => {
  const detail = (Environment: unknown) => JSON.stringify({ JobId: '1', Container: { Image: 'x', Environment } });

  it('has the variables of AWS alone: no secret and no credentials', () => {
    const given = ['MODE', 'TOKEN', 'AWS_SECRET_ACCESS_KEY', 'STP_CURRENT_ATTEMPT'].map((Name) => ({
      Name,
      Value: 'given',
    }));
    expect(withoutGivenVariables(detail(given), next)).toBe(
      detail([
        { Name: 'MODE', Value: 'full' },
        { Name: 'STP_CURRENT_ATTEMPT', Value: 'given' },
      ]),
    );
  });

  it.each([undefined, 'a sentence', '{"Environment" is no JSON', '{"Environment":1}'])('%s stays', (text) => {
    expect(withoutGivenVariables(text, next)).toBe(text);
  });
});
