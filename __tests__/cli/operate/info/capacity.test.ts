import { capacityOf } from '../../../../cli/operate/info/capacity';
import { answers, deploymentOf } from '../fake-aws';

const QUEUE = {
  jobQueueName: 'spot',
  jobQueueArn: 'arn:queue/spot',
  state: 'ENABLED',
  status: 'VALID',
  statusReason: 'JobQueue Healthy',
  computeEnvironmentOrder: [
    { order: 2, computeEnvironment: 'arn:second' },
    { computeEnvironment: 'arn:first' },
    { order: 3 },
  ],
};
const ENVIRONMENT = {
  computeEnvironmentName: 'first',
  computeEnvironmentArn: 'arn:first',
  state: 'ENABLED',
  status: 'VALID',
  statusReason: 'ComputeEnvironment Healthy',
  computeResources: { type: 'SPOT', desiredvCpus: 4, maxvCpus: 256 },
};

async function asked(jobQueues: unknown, computeEnvironments?: unknown, arns = ['arn:queue/spot']) {
  const answer = answers({
    DescribeJobQueues: { jobQueues },
    DescribeComputeEnvironments: { computeEnvironments },
  });
  return { ...(await capacityOf(deploymentOf(answer), arns)), requests: answer.requests };
}

it('has the queues, and their environments in the order of their use', async () => {
  const { queues, environments, requests } = await asked([QUEUE], [ENVIRONMENT]);
  expect(queues).toEqual([
    {
      name: 'spot',
      arn: 'arn:queue/spot',
      state: 'ENABLED',
      status: 'VALID',
      statusReason: 'JobQueue Healthy',
      environments: ['arn:first', 'arn:second'],
    },
  ]);
  expect(environments).toEqual([
    {
      name: 'first',
      arn: 'arn:first',
      state: 'ENABLED',
      status: 'VALID',
      statusReason: 'ComputeEnvironment Healthy',
      isSpot: true,
      desiredVcpus: 4,
      maxVcpus: 256,
    },
  ]);
  expect(requests.map(({ input }) => input)).toEqual([
    { jobQueues: ['arn:queue/spot'] },
    { computeEnvironments: ['arn:first', 'arn:second'] },
  ]);
});

it('asks once for an environment that queues share', async () => {
  const { requests } = await asked([QUEUE, { ...QUEUE, jobQueueName: 'other' }], []);
  expect(requests[1]?.input).toEqual({ computeEnvironments: ['arn:first', 'arn:second'] });
});

it('asks for nothing without a queue, and for no environment if the queues have none', async () => {
  expect(await asked([QUEUE], [], [])).toEqual({ queues: [], environments: [], requests: [] });
  const { queues, environments, requests } = await asked([{ ...QUEUE, computeEnvironmentOrder: undefined }]);
  expect(queues).toEqual([expect.objectContaining({ name: 'spot', environments: [] })]);
  expect(environments).toEqual([]);
  expect(requests).toHaveLength(1);
  expect(await asked(undefined)).toMatchObject({ queues: [], environments: [] });
});

it('tells what AWS leaves out as empty or undefined', async () => {
  const { queues, environments } = await asked(
    [{ computeEnvironmentOrder: QUEUE.computeEnvironmentOrder }],
    [{ statusReason: '' }],
  );
  const empty = { name: '', arn: '', state: '', status: '', statusReason: undefined };
  expect(queues).toEqual([{ ...empty, environments: ['arn:first', 'arn:second'] }]);
  expect(environments).toEqual([{ ...empty, isSpot: false, desiredVcpus: undefined, maxVcpus: undefined }]);
  expect((await asked([{ ...QUEUE, statusReason: '' }], undefined)).environments).toEqual([]);
  expect((await asked([{ ...QUEUE, statusReason: '' }], [])).queues[0]?.statusReason).toBeUndefined();
});
