import { configProblems, SMALLEST_JOB } from '../../stack-config/samples';
import { fixesFor, functionOf, jobOf } from '../../stack-config/with-resources';

/** A config of jobs by name, each with the log groups that it listens to. */
function config(jobs: { readonly [job: string]: readonly string[] }, more: object = {}): unknown {
  const entries = Object.entries(jobs).map(([name, arns]) => {
    const events = arns.map((logGroupArn) => ({ type: 'cloudwatch-log', properties: { logGroupArn } }));
    return [name, { type: 'batch-job', properties: { ...SMALLEST_JOB, events } }];
  });
  return { stackName: 'reports', resources: { ...Object.fromEntries(entries), ...more } };
}

function path(job: string, index = 0): string {
  return `resources.${job}.properties.events[${index}].properties.logGroupArn`;
}

function logOf(name: string): string {
  return `$ResourceParam('${name}', 'logGroupArn')`;
}

const ARN = 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/orders';
const QUEUE = { type: 'sqs-queue' };

describe('subscriptions of log groups', () => {
  it.each<Parameters<typeof config>[0]>([
    { first: [ARN], second: [`${ARN}:*`] },
    { first: [ARN, `${ARN}2`], second: [ARN, `${ARN}2`] },
    { first: [logOf('second')], second: [] },
    { first: [logOf('third')], second: [logOf('third')], third: [ARN] },
  ])('may be %j', (jobs) => {
    expect(configProblems(config(jobs))).toEqual([]);
  });

  it('are at most two, whoever declares them and however the group is written', () => {
    const jobs = { first: [ARN], second: [`${ARN}:*`], third: [ARN] };
    expect(configProblems(config(jobs))).toEqual([
      {
        path: path('third'),
        found: `another subscription, in addition to ${path('first').replace('.logGroupArn', '')} and ${path('second').replace('.logGroupArn', '')}`,
        accepted: 'at most 2 subscriptions for a log group',
        fix: 'remove one, or start one job or function from the other',
      },
    ]);
    const references = {
      first: [logOf('quiet')],
      second: ['$ResourceParam("quiet","logGroupArn")'],
      third: [logOf('quiet')],
      quiet: [],
    };
    expect(configProblems(config(references))).toMatchObject([{ path: path('third') }]);
  });

  it('of its own output would start a job indefinitely', () => {
    expect(configProblems(config({ first: [logOf('first')] }))).toEqual([
      {
        path: path('first'),
        found: 'the log group of "first" itself',
        accepted: 'a log group that "first" does not write to',
        fix: 'listen to another log group: each run would start the next one indefinitely',
      },
    ]);
  });

  it('may not go in a circle', () => {
    const jobs = {
      first: [logOf('second')],
      second: [logOf('third')],
      third: [ARN, logOf('first')],
      fourth: [logOf('third')],
    };
    expect(configProblems(config(jobs))).toMatchObject([
      { path: path('first'), found: 'the log group of "second", which the logs of "first" start in turn' },
      { path: path('second'), found: 'the log group of "third", which the logs of "second" start in turn' },
      { path: path('third', 1), found: 'the log group of "first", which the logs of "third" start in turn' },
    ]);
  });

  it.each([
    ["$ResourceParam('other', 'stateMachineArn')", 'a batch-job'],
    ["$ResourceParam('queue', 'arn')", 'an sqs-queue'],
  ])('are not of %s', (logGroupArn, type) => {
    const jobs = { first: [logGroupArn], other: [] };
    expect(configProblems(config(jobs, { queue: QUEUE }))).toEqual([
      {
        path: path('first'),
        found: `"${logGroupArn}" of ${type}`,
        accepted: 'the logGroupArn of a function or the logGroupArn of a batch-job',
        fix: "write $ResourceParam('other', 'logGroupArn')",
      },
    ]);
  });

  it('are not of a function itself, but of its log group', () => {
    const functions = { orders: { type: 'function', properties: { entryfilePath: 'orders.ts' } } };
    const problems = configProblems(config({ first: ["$ResourceParam('orders', 'arn')"] }, functions));
    expect(problems.filter(({ path: at }) => at === path('first'))).toMatchObject([
      { fix: "write $ResourceParam('orders', 'logGroupArn')" },
    ]);
  });
});

describe('logs of functions', () => {
  const reads = (name: string) => ({ logGroupArn: logOf(name) });
  const loop = 'listen to another log group: each run would start the next one indefinitely';
  const at = (name: string) => `${name}.properties.events[0].properties.logGroupArn: ${loop}`;

  it('invoke no function that wrote them, directly or through others', () => {
    expect(fixesFor({ fn: functionOf('cloudwatch-log', reads('fn')) })).toEqual([at('fn')]);
    const ring = { fn: functionOf('cloudwatch-log', reads('job')), job: jobOf('cloudwatch-log', reads('fn')) };
    expect(fixesFor(ring)).toEqual([at('fn'), at('job')]);
  });

  it('invoke another function, and count with those of jobs', () => {
    const fn = functionOf('cloudwatch-log');
    const resources = { fn, one: functionOf('cloudwatch-log', reads('fn')), two: jobOf('cloudwatch-log', reads('fn')) };
    expect(fixesFor(resources)).toEqual([]);
    expect(fixesFor({ ...resources, three: functionOf('cloudwatch-log', reads('fn')) })).toEqual([
      'three.properties.events[0].properties.logGroupArn: remove one, or start one job or function from the other',
    ]);
  });
});
