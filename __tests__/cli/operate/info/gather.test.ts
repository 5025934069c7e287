import type { Deployment } from '../../../../cli/operate/deployment';
import { gather } from '../../../../cli/operate/info/gather';
import { Optional } from '../../../../cli/operate/optional';
import { answers, batchJob, deploymentOf, fault, type Given } from '../fake-aws';

const QUEUE = 'arn:aws:batch:eu-west-1:123456789012:job-queue/spot';
const MACHINE = JSON.stringify({ StartAt: 'Job', States: { Job: { Parameters: { JobQueue: QUEUE } } } });
const DEFINITION = {
  jobDefinitionArn: 'arn:aws:batch:eu-west-1:123456789012:job-definition/shop-report:7',
  revision: 7,
  containerProperties: { image: 'busybox', linuxParameters: { sharedMemorySize: 64 } },
};
const ALL = {
  DescribeStateMachine: { definition: MACHINE },
  DescribeJobDefinitions: { jobDefinitions: [DEFINITION] },
  ListRuleNamesByTarget: { RuleNames: ['nightly'] },
  DescribeRule: { ScheduleExpression: 'cron(0 14 * * ? *)' },
  DescribeJobQueues: { jobQueues: [{ jobQueueName: 'spot' }] },
};
const NO_MACHINE = { DescribeStateMachine: fault('StateMachineDoesNotExist') };
const NO_DEFINITION = { DescribeJobDefinitions: {} };
const NOW = new Date('2026-11-27T12:00:00Z');

/** A deployment whose config cannot be synthesized: a synthesis would take a second. */
function deploymentWith(aws: object, given?: Given) {
  const answer = answers({ ...ALL, ...aws });
  const deployment = deploymentOf(answer, given);
  Object.defineProperty(deployment, 'file', {
    get: () => {
      throw new Error('The image of report is missing.\n    at a line');
    },
  });
  return { deployment, requests: answer.requests };
}

function gathered(deployment: Deployment, now?: Date) {
  return gather(deployment, [...deployment.jobs.values()], { optional: new Optional(), now });
}

const COMPARISON = {
  result: 'not-compared',
  differences: [],
  reason: 'the config cannot be synthesized: The image of report is missing.',
};

it('has all that is deployed of a job', async () => {
  const { deployment, requests } = deploymentWith({});
  const { jobs, ...stack } = await gathered(deployment, NOW);
  expect(stack).toEqual({
    stack: 'shop',
    account: '123456789012',
    region: 'eu-west-1',
    queues: [expect.objectContaining({ name: 'spot' })],
    environments: [],
  });
  expect(jobs).toEqual([
    {
      name: 'report',
      missing: [],
      definition: {
        arn: DEFINITION.jobDefinitionArn,
        revision: 7,
        image: 'busybox',
        volumes: [{ path: '/dev/shm', type: 'shared memory', sizeMb: 64 }],
      },
      stateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:shop-report',
      queueArns: [QUEUE],
      limits: undefined,
      starts: [expect.objectContaining({ next: expect.arrayContaining(['2026-11-27T14:00:00.000Z']) })],
      logGroup: '/batch-jobs/shop/report',
      comparison: COMPARISON,
      links: {
        stateMachine: expect.stringContaining('/statemachines/view/arn:aws:states:'),
        jobDefinition: expect.stringContaining('job-definition/shop-report:7'),
        triggerFunction: expect.stringContaining('/functions/shop-report-trigger'),
        logs: expect.stringContaining('log-groups'),
      },
    },
  ]);
  expect(requests.find(({ name }) => name === 'DescribeJobQueues')?.input).toEqual({ jobQueues: [QUEUE] });
});

it('has the limits of the deployed state machine', async () => {
  const Parameters = { ExpressionAttributeValues: { ':places': { N: '3' } } };
  const States = { 'Take a place': { Parameters } };
  const { deployment } = deploymentWith({ DescribeStateMachine: { definition: JSON.stringify({ States }) } });
  const { jobs } = await gathered(deployment);
  expect(jobs[0]?.limits).toMatchObject({ concurrentRuns: 3, whenExceeded: 'skip' });
});

it('asks once for the queue that jobs share', async () => {
  const { deployment, requests } = deploymentWith({}, { resources: { load: batchJob() } });
  expect((await gathered(deployment)).jobs.map(({ name }) => name)).toEqual(['report', 'load']);
  expect(requests.filter(({ name }) => name === 'DescribeJobQueues').map(({ input }) => input)).toEqual([
    { jobQueues: [QUEUE] },
  ]);
});

describe('a job of which a part is missing', () => {
  it('can have no state machine', async () => {
    const { jobs } = await gathered(deploymentWith(NO_MACHINE).deployment);
    expect(jobs[0]).toMatchObject({
      missing: ['state machine'],
      stateMachineArn: undefined,
      queueArns: [],
      limits: undefined,
      comparison: undefined,
      definition: { revision: 7 },
    });
    expect(Object.keys(jobs[0]?.links ?? {})).toEqual(['jobDefinition', 'logs']);
    expect(jobs[0]?.starts).toHaveLength(1);
  });

  it('can have no job definition', async () => {
    const { jobs } = await gathered(deploymentWith(NO_DEFINITION).deployment);
    expect(jobs[0]).toMatchObject({ missing: ['job definition'], definition: undefined, comparison: undefined });
    expect(Object.keys(jobs[0]?.links ?? {})).toEqual(['stateMachine', 'triggerFunction', 'logs']);
    expect(jobs[0]?.starts).toHaveLength(1);
  });

  it('can have a definition of which AWS tells little', async () => {
    const aws = { DescribeJobDefinitions: { jobDefinitions: [{ revision: 1 }] } };
    const { jobs } = await gathered(deploymentWith(aws).deployment);
    expect(jobs[0]?.definition).toEqual({ arn: '', revision: 1, image: '', volumes: [] });
  });

  it('has no starts if nothing of it is there, next to one that is deployed', async () => {
    const { deployment } = deploymentWith(
      {
        DescribeStateMachine: (input: { stateMachineArn?: string }) =>
          input.stateMachineArn?.endsWith('shop-report') ? ALL.DescribeStateMachine : fault('StateMachineDoesNotExist'),
        DescribeJobDefinitions: (input: { jobDefinitionName?: string }) =>
          input.jobDefinitionName === 'shop-report' ? ALL.DescribeJobDefinitions : {},
      },
      { resources: { load: batchJob() } },
    );
    const { jobs } = await gathered(deployment);
    expect(jobs[1]).toMatchObject({ name: 'load', missing: ['state machine', 'job definition'], starts: [] });
    expect(jobs[0]?.starts).toHaveLength(1);
  });
});

it('has no links where the console is not public, and none to a log that is disabled', async () => {
  const isolated = await gathered(deploymentWith({}, { region: 'us-iso-east-1' }).deployment);
  expect(isolated.jobs[0]?.links).toEqual({});
  const silent = await gathered(deploymentWith({}, { properties: { logging: { disabled: true } } }).deployment);
  expect(silent.jobs[0]).toMatchObject({ logGroup: undefined });
  expect(Object.keys(silent.jobs[0]?.links ?? {})).toEqual(['stateMachine', 'jobDefinition', 'triggerFunction']);
});

describe('a stack of which nothing is deployed', () => {
  const aws = { ...NO_MACHINE, ...NO_DEFINITION };

  it('is no stack, or no job if only one is asked for', async () => {
    const one = deploymentWith(aws).deployment;
    await expect(gathered(one)).rejects.toThrow(
      'Job report of stack shop is not deployed in account 123456789012 in eu-west-1.',
    );
    const two = deploymentWith(aws, { resources: { load: batchJob() } }).deployment;
    await expect(gathered(two)).rejects.toThrow(
      'Nothing of stack shop is deployed in account 123456789012 in eu-west-1.',
    );
  });
});
