import { BatchClient, DescribeComputeEnvironmentsCommand, DescribeJobQueuesCommand } from '@aws-sdk/client-batch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeContainerInstancesCommand, ECSClient } from '@aws-sdk/client-ecs';
import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import { unavailable } from './moto';
import { type OperatedStack, operatedStack } from './operated-stack';
import { describeWith, terraformAvailable } from './terraform';

const config: BatchJobsConfig = {
  stackName: 'operated',
  region: 'eu-west-1',
  resources: {
    inbox: { type: 'sqs-queue' },
    report: {
      type: 'batch-job',
      properties: {
        container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
        resources: { cpu: 1, memory: 512 },
        useSpotInstances: true,
        retryConfig: { attempts: 2, spotInterruption: { freeRestarts: 2, thenOnDemand: true } },
        events: [
          { type: 'sqs', properties: { sqsQueueName: 'inbox' } },
          { type: 'schedule', properties: { scheduleRate: 'rate(1 hour)' } },
        ],
      },
    },
  },
};

const FUNCTION = 'operated-report-trigger';
const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

describeWith([terraformAvailable(), moto], 'a stack that commands operate', () => {
  let stack: OperatedStack;
  let sfn: SFNClient;
  let client: {
    endpoint: string;
    region: string;
    credentials: object & { accessKeyId: string; secretAccessKey: string };
  };

  beforeAll(async () => {
    stack = await operatedStack(config);
    const credentials = { accessKeyId: 'emulated', secretAccessKey: 'emulated' };
    client = { endpoint: stack.front.endpoint, region: 'eu-west-1', credentials };
    sfn = new SFNClient({ ...client, maxAttempts: 1 });
  });
  afterEach(() => stack.front.reset());
  afterAll(() => stack?.stop());

  it('is started by its trigger function, and a run has a history, jobs, instances and logs', async () => {
    await stack.script('report', { ends: ['reclaim>0'], lines: ['{name}, start {start}'] });
    const lambda = new LambdaClient(client);
    const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: FUNCTION }));
    expect(Environment?.Variables).toMatchObject({
      STATE_MACHINE_ARN: 'arn:aws:states:eu-west-1:123456789012:stateMachine:operated-report',
      PAYLOAD_BUCKET: expect.stringMatching(/^operated-events-/),
    });
    const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: FUNCTION, Payload: '{"id":1}' }));
    const { executionArn } = JSON.parse(Buffer.from(Payload ?? []).toString());
    const { status, name = '' } = await stack.ended(executionArn);
    expect(status).toBe('SUCCEEDED');

    const [detail] = await stack.jobs(name);
    expect(detail?.attempts).toMatchObject([
      {
        statusReason: expect.stringMatching(/^Host EC2/),
        container: { containerInstanceArn: expect.stringContaining('/AWSBatch-operated-spot-cpu-x86-64-') },
      },
      { statusReason: 'Essential container in task exited', container: { exitCode: 0 } },
    ]);
    const containerInstances = detail?.attempts?.map(({ container }) => container?.containerInstanceArn ?? '') ?? [];
    const described = await new ECSClient(client).send(new DescribeContainerInstancesCommand({ containerInstances }));
    expect(described.containerInstances?.[1]?.attributes).toContainEqual({
      name: 'ecs.instance-type',
      value: 'c7i.large',
    });
    const logGroupName = '/batch-jobs/operated/report';
    const { events = [] } = await new CloudWatchLogsClient(client).send(new FilterLogEventsCommand({ logGroupName }));
    expect(events.map(({ message }) => message)).toEqual([`${name}, start 1`, `${name}, start 2`]);
    expect(stack.front.actions).toEqual([
      'ecs:DescribeContainerInstances',
      'lambda:GetFunctionConfiguration',
      'lambda:InvokeFunction',
      'logs:FilterLogEvents',
    ]);

    await stack.manyRuns(executionArn, 2_000);
    const stateMachineArn = stack.stateMachineArn('report');
    const { executions } = await sfn.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 3 }));
    expect(executions?.map((one) => one.name)).toEqual([name, 'copied-1', 'copied-2']);
    const copied = { executionArn: executions?.[2]?.executionArn };
    const history = await sfn.send(new GetExecutionHistoryCommand({ ...copied, reverseOrder: true, maxResults: 2 }));
    expect(history.events?.map(({ type }) => type)).toEqual(['ExecutionSucceeded', 'TaskStateExited']);
    expect(history.nextToken).toBeDefined();
    // AWS Batch forgets the job, and Step Functions does not.
    await stack.forget();
    expect(await stack.jobs(name)).toEqual([]);
  });

  it('has jobs that wait until a test tells them more, and end when their execution is stopped', async () => {
    await stack.script('report', { ends: ['runnable'] });
    const executionArn = await stack.start('report', 'waiting');
    await stack.tell('waiting', { statusReason: 'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - too large' });
    const job = await stack.job('waiting', 'RUNNABLE');
    expect(job).toMatchObject({ statusReason: expect.stringMatching(/^MISCONFIGURATION/) });
    expect(job.startedAt).toBeUndefined();
    await stack.sfn.send(new StopExecutionCommand({ executionArn }));
    expect((await stack.ended(executionArn)).status).toBe('ABORTED');
    const reason = 'Step Functions execution was stopped';
    expect(await stack.job('waiting', 'FAILED')).toMatchObject({ isTerminated: true, statusReason: reason });
    expect(await stack.jobs('waiting')).toHaveLength(1);
    const going = await stack.start('report', 'going');
    await stack.tell('going', { end: '0' });
    expect((await stack.ended(going)).status).toBe('SUCCEEDED');
  });

  it('describes its queues and environments as a test says', async () => {
    const batch = new BatchClient(client);
    const { jobQueues = [] } = await batch.send(
      new DescribeJobQueuesCommand({ jobQueues: ['operated-spot-cpu-x86-64'] }),
    );
    const environment = jobQueues[0]?.computeEnvironmentOrder?.[0]?.computeEnvironment ?? '';
    await stack.describe(environment, { status: 'INVALID', statusReason: 'CLIENT_ERROR - no role' });
    const command = new DescribeComputeEnvironmentsCommand({ computeEnvironments: [environment] });
    const { computeEnvironments } = await batch.send(command);
    expect(computeEnvironments).toMatchObject([
      { type: 'MANAGED', status: 'INVALID', computeResources: { type: 'SPOT', maxvCpus: 256 } },
    ]);
  });

  it('refuses, throttles and disconnects as AWS does, in the form of each service', async () => {
    const list = () => sfn.send(new ListExecutionsCommand({ stateMachineArn: stack.stateMachineArn('report') }));
    stack.front.deny('states:ListExecutions', 1);
    await expect(list()).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('is not authorized to perform: states:ListExecutions on resource: arn:aws:'),
    });
    stack.front.throttle('states:*', 1);
    await expect(list()).rejects.toMatchObject({ name: 'ThrottlingException' });
    stack.front.disconnect('states:*', 1);
    await expect(list()).rejects.toThrow('ECONNRESET');
    await list();

    stack.front.enforce({
      Statement: [{ Effect: 'Allow', Action: 'states:List*', Resource: stack.stateMachineArn('report') }],
    });
    await list();
    const queue = new GetQueueUrlCommand({ QueueName: 'operated-undelivered-events' });
    const object = new GetObjectCommand({ Bucket: 'any', Key: 'any' });
    const configuration = new GetFunctionConfigurationCommand({ FunctionName: FUNCTION });
    await expect(new SQSClient(client).send(queue)).rejects.toMatchObject({
      name: expect.stringMatching(/^AccessDenied/),
    });
    await expect(new S3Client({ ...client, forcePathStyle: true }).send(object)).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    await expect(new LambdaClient(client).send(configuration)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await new STSClient(client).send(new GetCallerIdentityCommand({}));
  });

  it("answers for another account, in which there is nothing, and runs commands in the config's folder", async () => {
    stack.front.answerAs('210987654321');
    const { Account } = await new STSClient(client).send(new GetCallerIdentityCommand({}));
    expect(Account).toBe('210987654321');
    const executionArn = 'arn:aws:states:eu-west-1:210987654321:execution:operated-report:any';
    await expect(sfn.send(new DescribeExecutionCommand({ executionArn }))).rejects.toThrow();
    expect((await stack.command(['schema', '--help'])).code).toBe(0);
  });
});
