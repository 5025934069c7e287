import { batchJob, explained, GROUP, jobArn, minutesAgo, waiting } from './waiting-run';

test('a failed launch is found by the name of the Auto Scaling group', async () => {
  const StatusMessage =
    'Could not launch Spot Instances. MaxSpotInstanceCountExceeded - Max spot instance count exceeded';
  const { answer } = await explained(
    waiting({
      DescribeScalingActivities: ({ AutoScalingGroupName }: { AutoScalingGroupName: string }) => {
        expect(AutoScalingGroupName).toBe(GROUP);
        return { Activities: [{ StartTime: minutesAgo(2), StatusCode: 'Failed', StatusMessage }] };
      },
    }),
  );
  expect(answer.code).toBe('launch-spot-quota');
  expect(answer.sentence).toContain('(640 vCPUs)');
});

test('the group is looked for in five pages at most', async () => {
  const { requests, facts } = await explained(
    waiting({
      DescribeAutoScalingGroups: { AutoScalingGroups: [{ AutoScalingGroupName: 'other' }], NextToken: 'more' },
    }),
  );
  expect(requests.filter((name) => name === 'DescribeAutoScalingGroups')).toHaveLength(5);
  expect(facts.environments[0]?.launchFailure).toBeUndefined();
});

test('instances that have not registered', async () => {
  const Activities = [
    { StartTime: minutesAgo(15), StatusCode: 'Successful', Description: 'Launching a new EC2 instance: i-1' },
  ];
  const { answer } = await explained(waiting({ DescribeScalingActivities: { Activities } }));
  expect(answer.code).toBe('instances-not-registered');
});

test('instances whose agents are not connected', async () => {
  const { answer } = await explained(
    waiting({
      DescribeClusters: { clusters: [{ registeredContainerInstancesCount: 2 }] },
      ListContainerInstances: { containerInstanceArns: ['one', 'two'] },
      DescribeContainerInstances: { containerInstances: [{ agentConnected: false }, { agentConnected: false }] },
    }),
  );
  expect(answer.code).toBe('agents-disconnected');
});

test('a job behind a blocked one, with thousands that wait', async () => {
  const ids = Array.from({ length: 100 }, (_, index) => `job-${index + 1000}`);
  const summary = (jobId: string) => ({ jobId, jobName: `import-${jobId}`, createdAt: 1 });
  const { answer, requests, facts } = await explained(
    waiting({
      GetJobQueueSnapshot: { frontOfQueue: { jobs: ids.map((id) => ({ jobArn: jobArn(id) })) } },
      DescribeJobs: ({ jobs }: { jobs: string[] }) => ({
        jobs: jobs.map((id) =>
          batchJob(id, id === 'job-1' ? 'report-1' : 'import-first', {
            statusReason: id === 'job-1' ? undefined : 'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE - CE(s)',
          }),
        ),
      }),
      // The newest thousands, not the first in the queue.
      ListJobs: {
        jobSummaryList: Array.from({ length: 100 }, (_, index) => summary(`job-${index + 5000}`)),
        nextToken: 'more',
      },
    }),
  );
  expect(answer).toMatchObject({
    code: 'blocked-max-vcpus',
    sentence:
      'Run report-1 waits behind import-first, which needs more vCPUs than the compute environment can have (256).',
  });
  expect(facts.queue).toMatchObject({ waiting: { number: 100, isMore: true }, head: { name: 'import-first' } });
  expect(facts.queue?.position).toBeUndefined();
  expect(requests.length).toBeLessThanOrEqual(25);
});

test('without a snapshot, the order is that of the submissions', async () => {
  const { GetJobQueueSnapshot: _, ...answers } = waiting();
  const jobs = [batchJob('job-1', 'report-1'), batchJob('job-0', 'import-0', { createdAt: 1 })];
  const { facts, answer } = await explained({
    ...answers,
    ListJobs: ({ jobStatus }: { jobStatus: string }) => ({ jobSummaryList: jobStatus === 'RUNNABLE' ? jobs : [] }),
  });
  expect(answer).toMatchObject({
    code: 'behind-other-jobs',
    sentence: expect.stringContaining('is number 2 in queue'),
  });
  expect(facts.notes).toEqual([
    'The order of the queue left out: Your credentials do not allow batch:GetJobQueueSnapshot in eu-west-1. Add it.',
  ]);
});

test('an environment, and a queue, that were deleted', async () => {
  expect((await explained(waiting({ DescribeComputeEnvironments: { computeEnvironments: [] } }))).answer).toMatchObject(
    {
      code: 'environment-deleted',
      sentence: 'Compute environment reports-spot-cpu-x86-64-1 does not exist, so AWS Batch starts no job in it.',
    },
  );
  const { answer } = await explained(waiting({ GetJobQueueSnapshot: {}, DescribeJobQueues: { jobQueues: [] } }), false);
  expect(answer).toMatchObject({ code: 'queue-invalid', sentence: expect.stringContaining('has status DELETED') });
});
