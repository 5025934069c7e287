import { gather } from '../../../../cli/operate/why/gather';
import { why } from '../../../../cli/operate/why/reasons';
import { type Answers, FakeAws } from './fake-aws';

/*
 * All responses here are made, in the shapes of the API's models: moto has no snapshot of a queue, no Auto Scaling groups of AWS Batch,
 * and no job that waits. What moto has is tested with it, in __tests__/e2e/operate/why.test.ts.
 */
const QUEUE = 'arn:aws:batch:eu-west-1:123456789012:job-queue/reports-spot-cpu-x86-64';

const ENVIRONMENT = 'arn:aws:batch:eu-west-1:123456789012:compute-environment/reports-spot-cpu-x86-64-1';

export const GROUP = 'AWSBatch-reports-spot-cpu-x86-64-1-asg-640012bd-4e90-3f19-9dd2-c09a23dc923d';

export const executionArn = (name: string) => `arn:aws:states:eu-west-1:123456789012:execution:reports-report:${name}`;

export const jobArn = (id: string) => `arn:aws:batch:eu-west-1:123456789012:job/${id}`;

export const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

/** A job in AWS Batch. */
export const batchJob = (id: string, name: string, more: object = {}) => ({
  jobId: id,
  jobName: name,
  jobArn: jobArn(id),
  jobQueue: QUEUE,
  status: 'RUNNABLE',
  createdAt: minutesAgo(20).getTime(),
  jobDefinition: 'arn:aws:batch:eu-west-1:123456789012:job-definition/reports-report:3',
  ...more,
});

/** A run whose job waits in a queue. */
export function waiting(more: Answers = {}): Answers {
  return {
    DescribeStateMachine: { status: 'ACTIVE', definition: `{"States":{"a":{"Parameters":{"JobQueue":"${QUEUE}"}}}}` },
    ListExecutions: { executions: [] },
    DescribeExecution: ({ executionArn: arn }: { executionArn: string }) => ({
      executionArn: arn,
      name: arn.split(':').at(-1),
      status: 'RUNNING',
      startDate: minutesAgo(21),
      input: '{}',
    }),
    GetExecutionHistory: {
      events: [
        { id: 1, type: 'TaskStateEntered', timestamp: minutesAgo(21), stateEnteredEventDetails: { name: 'Attempt 1' } },
        {
          id: 2,
          type: 'TaskScheduled',
          timestamp: minutesAgo(21),
          taskScheduledEventDetails: { parameters: `{"JobQueue":"${QUEUE}"}` },
        },
        {
          id: 3,
          type: 'TaskSubmitted',
          timestamp: minutesAgo(20),
          taskSubmittedEventDetails: { output: '{"JobId":"job-1"}' },
        },
      ],
    },
    DescribeJobs: ({ jobs }: { jobs: string[] }) => ({
      jobs: jobs.map((id) => batchJob(id, id === 'job-1' ? 'report-1' : `import-${id}`)),
    }),
    DescribeJobQueues: {
      jobQueues: [
        {
          jobQueueName: 'reports-spot-cpu-x86-64',
          state: 'ENABLED',
          status: 'VALID',
          computeEnvironmentOrder: [{ order: 1, computeEnvironment: ENVIRONMENT }],
          jobStateTimeLimitActions: [{ reason: 'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT', maxTimeSeconds: 600 }],
        },
      ],
    },
    GetJobQueueSnapshot: { frontOfQueue: { jobs: [{ jobArn: jobArn('job-1') }] } },
    ListJobs: { jobSummaryList: [] },
    DescribeComputeEnvironments: {
      computeEnvironments: [
        {
          computeEnvironmentArn: ENVIRONMENT,
          computeEnvironmentName: 'reports-spot-cpu-x86-64-1',
          state: 'ENABLED',
          status: 'VALID',
          ecsClusterArn: 'arn:aws:ecs:eu-west-1:123456789012:cluster/AWSBatch-reports',
          computeResources: { type: 'SPOT', maxvCpus: 256, desiredvCpus: 2, instanceTypes: ['default_x86_64'] },
        },
      ],
    },
    DescribeClusters: { clusters: [{ registeredContainerInstancesCount: 0 }] },
    DescribeAutoScalingGroups: {
      AutoScalingGroups: [{ AutoScalingGroupName: GROUP }, { AutoScalingGroupName: 'other' }],
    },
    DescribeScalingActivities: { Activities: [] },
    GetServiceQuota: { Quota: { Value: 640 } },
    ...more,
  };
}

/** What is found out about the job `report`, or about a run of it, and what is said. */
export async function explained(answers: Answers, named = true, events?: readonly object[]) {
  const aws = new FakeAws(answers, events);
  const deployment = aws.deployment();
  const job = deployment.jobs.get('report');
  if (job === undefined) throw new Error('the fake stack has the job');
  const run = named ? { name: 'report-1', executionArn: executionArn('report-1') } : undefined;
  const facts = await gather(deployment, job, run, true);
  return { facts, answer: why(facts), requests: aws.requests };
}
