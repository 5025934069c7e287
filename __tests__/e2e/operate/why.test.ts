import { join } from 'node:path';
import { BatchClient, DescribeJobQueuesCommand } from '@aws-sdk/client-batch';
import { DisableRuleCommand, EnableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GetScheduleCommand, SchedulerClient, UpdateScheduleCommand } from '@aws-sdk/client-scheduler';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Deployment } from '../../../cli/operate/deployment';
import { operatorPolicy } from '../../../cli/operate/info/policy';
import { document, factsOf } from '../../../cli/operate/why/command';
import { why } from '../../../cli/operate/why/reasons';
import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import { unavailable } from '../engines/moto';
import { type OperatedStack, operatedStack } from '../engines/operated-stack';
import type { PolicyDocument } from '../engines/policy-document';
import { describeWith, terraformAvailable } from '../engines/terraform';

const job = (more: object = {}) => ({
  type: 'batch-job' as const,
  properties: {
    container: { packaging: { type: 'prebuilt-image' as const, properties: { image: 'busybox' } } },
    resources: { cpu: 2, memory: 3800 },
    useSpotInstances: true,
    ...more,
  },
});

const config: BatchJobsConfig = {
  stackName: 'explained',
  region: 'eu-west-1',
  resources: {
    report: job({
      events: [
        { type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } },
        { type: 'schedule', properties: { scheduleRate: 'cron(0 9 * * ? *)', timezone: 'Asia/Tokyo' } },
      ],
    }),
    missing: job(),
  },
};

const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

/*
 * The state machine, its executions, jobs, queue, environment, rule, functions and logs are moto's. The status and the reasons of the queue,
 * the environment and of jobs that wait are made: AWS's words, told to moto. moto has no Auto Scaling groups of AWS Batch.
 */
describeWith([terraformAvailable(), moto], 'why nothing runs', () => {
  const environmentOfTests = process.env;
  let stack: OperatedStack;
  let queue: string;
  let environment: string;

  beforeAll(async () => {
    stack = await operatedStack(config, {
      without: ({ type, name }) => type === 'aws_sfn_state_machine' && name.startsWith('missing_'),
    });
    queue = String(stack.resources.find(({ type }) => type === 'aws_batch_job_queue')?.values.arn);
    const { jobQueues } = await client(BatchClient).send(new DescribeJobQueuesCommand({ jobQueues: [queue] }));
    environment = jobQueues?.[0]?.computeEnvironmentOrder?.[0]?.computeEnvironment ?? '';
    process.env = { ...stack.env, BATCH_JOBS_CONFIG: join(stack.folder, 'batch-jobs.config.json') };
  });
  afterEach(() => stack.front.reset());
  afterAll(async () => {
    process.env = environmentOfTests;
    await stack?.stop();
  });

  /** A client of moto itself, which the front does not see. */
  function client<T>(Client: new (settings: object) => T): T {
    const credentials = { accessKeyId: 'emulated', secretAccessKey: 'emulated' };
    return new Client({ endpoint: stack.moto.endpoint, region: 'eu-west-1', credentials });
  }

  const opened = () => Deployment.open({});

  /** The JSON document of the command, made in this process, because a process for each would take minutes. */
  async function explained(subject: string) {
    const deployment = await opened();
    try {
      const facts = await factsOf(deployment, subject, true);
      return document(facts, why(facts));
    } finally {
      deployment.clients.close();
    }
  }

  it('says that no event has arrived, that a rule or a schedule is disabled, and that events wait', async () => {
    stack.front.enforce(operatorPolicy(await opened(), 'read') as PolicyDocument);
    const idle = await explained('report');
    stack.front.reset();
    expect(idle).toMatchObject({ code: 'never-started', run: null });
    // The emulator of functions has no concurrency.
    expect(idle.notes.filter((note) => !note.includes('lambda:GetFunctionConcurrency'))).toEqual([]);
    const events = client(EventBridgeClient);
    const rule = String(stack.resource('aws_cloudwatch_event_rule', 'report_').values.name);
    await events.send(new DisableRuleCommand({ Name: rule }));
    expect(await explained('report')).toMatchObject({
      code: 'rule-disabled',
      sentence: `Nothing starts report on its schedule, because the EventBridge rule ${rule} is disabled.`,
    });
    await events.send(new EnableRuleCommand({ Name: rule }));
    const scheduler = client(SchedulerClient);
    const schedule = await scheduler.send(
      new GetScheduleCommand({ Name: String(stack.resource('aws_scheduler_schedule', 'report_').values.name) }),
    );
    const as = (State: 'DISABLED' | 'ENABLED') => {
      const { Name, ScheduleExpression, ScheduleExpressionTimezone, FlexibleTimeWindow, Target } = schedule;
      return new UpdateScheduleCommand({
        Name,
        ScheduleExpression,
        ScheduleExpressionTimezone,
        FlexibleTimeWindow,
        Target,
        State,
      });
    };
    await scheduler.send(as('DISABLED'));
    expect(await explained('report')).toMatchObject({
      code: 'schedule-disabled',
      sentence: `Nothing starts report on its schedule cron(0 9 * * ? *) Asia/Tokyo, because ${schedule.Name} is disabled in EventBridge Scheduler.`,
    });
    await scheduler.send(as('ENABLED'));
    const QueueUrl = `${stack.moto.endpoint}/123456789012/explained-undelivered-events`;
    await client(SQSClient).send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
    expect(await explained('report')).toMatchObject({ code: 'undelivered', command: 'batch-jobs undelivered' });
  });

  it('explains the oldest run that waits, and the one behind it by the first', async () => {
    await stack.script('report', { ends: ['runnable'] });
    const first = await stack.start('report', 'report-first');
    await stack.tell('report-first', {
      statusReason:
        'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE - CE(s) associated with the job queue cannot meet the CPU requirement of the job.',
    });
    const second = await stack.start('report', 'report-second');
    await stack.tell('report-second', {});
    expect(await explained('report')).toMatchObject({ run: 'report-first', code: 'blocked-max-vcpus' });
    expect(await explained('report-sec')).toMatchObject({
      run: 'report-second',
      code: 'blocked-max-vcpus',
      sentence:
        'Run report-second waits behind report-first, which needs more vCPUs than the compute environment can have (256).',
    });

    // The first one begins to run.
    await stack.tell('report-first', { statusReason: '' });
    await stack.describe(environment, { status: 'INVALID', statusReason: 'CLIENT_ERROR - Clusters can not be blank.' });
    const { stdout, code } = await stack.command(['why', 'report-first']);
    expect(code).toBe(0);
    const { stdout: json } = await stack.command(['why', 'report-first', '--json']);
    expect(JSON.parse(json)).toMatchObject({ run: 'report-first', status: 'RUNNING', code: 'environment-cluster' });
    expect(stdout).toMatch(
      /^Compute environment explained-spot-cpu-x86-64\S* is invalid: the ECS cluster .* was deleted\.\n\nFix\n/,
    );
    expect(stdout).toContain('CLIENT_ERROR - Clusters can not be blank.');
    // In a pipe: no colours, no wrapped lines.
    expect(stdout).not.toContain('\u001B');
    await stack.describe(environment, { status: 'VALID', statusReason: 'ComputeEnvironment Healthy' });

    await stack.describe(queue, { state: 'DISABLED' });
    expect((await explained('report-first')).code).not.toBe('waits-for-retry');
    await stack.describe(queue, { state: 'ENABLED' });

    await stack.tell('report-second', { status: 'STARTING' });
    expect((await explained('report-second')).code).toBe('starting');
    await stack.tell('report-second', { status: 'RUNNABLE' });
    await stack.tell('report-first', { end: '0' });
    await stack.tell('report-second', { end: '0' });
    await Promise.all([first, second].map((arn) => stack.ended(arn)));
  });

  it.each([
    ['exit 3', '3', 'exit-code'],
    ['out of memory', 'oom', 'out-of-memory'],
    ['an image that cannot be pulled', 'pull', /^image-/],
    ['a job that was canceled as unplaceable', 'unplaceable', /^canceled-/],
    ['a timeout', 'timeout', 'timeout'],
  ])('says why a run has failed: %s', async (_name, end, expected) => {
    const name = `report-${end}`;
    await stack.script('report', { ends: [end] });
    await stack.run('report', name);
    const { code, run } = await explained(name);
    expect(run).toBe(name);
    expect(code).toMatch(expected);
    // The job's newest run is this one.
    expect(await explained('report')).toMatchObject({ run: name, code });
  });

  it('asks as little with 2,000 runs, and goes on without permissions for details', async () => {
    await stack.script('report', { ends: ['runnable'] });
    const waiting = await stack.start('report', 'report-waiting');
    await stack.tell('report-waiting', {});
    await explained('report');
    const few = stack.front.calls.length;
    const ended = `${waiting.slice(0, waiting.lastIndexOf(':'))}:report-3`;
    await stack.manyRuns(ended, 2_000);
    stack.front.reset();
    await explained('report');
    expect(stack.front.calls.length).toBeLessThanOrEqual(few);
    expect(few).toBeLessThanOrEqual(30);

    // The policy that info prints is enough for all of it.
    stack.front.reset();
    // moto names the cluster of an environment in another way than AWS Batch.
    const ecsClusterArn = `arn:aws:ecs:eu-west-1:123456789012:cluster/AWSBatch-${environment.split('/').at(-1)}-1`;
    await stack.describe(environment, { ecsClusterArn });
    stack.front.enforce(operatorPolicy(await opened(), 'read') as PolicyDocument);
    expect((await explained('report')).notes).toEqual([]);
    stack.front.reset();
    stack.front.deny('autoscaling:*');
    stack.front.deny('servicequotas:*');
    stack.front.deny('ecs:*');
    stack.front.deny('batch:GetJobQueueSnapshot');
    const { run, notes } = await explained('report');
    expect(run).toBe('report-waiting');
    expect(notes.join('\n')).toMatch(/do not allow autoscaling:DescribeAutoScalingGroups in eu-west-1/);
    stack.front.reset();
    stack.front.throttle('batch:DescribeJobs', 2);
    expect(await explained('report-waiting')).toMatchObject({ run: 'report-waiting' });
    stack.front.reset();
    stack.front.deny('states:GetExecutionHistory');
    const denied = await stack.command(['why', 'report-waiting']);
    expect(denied).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^[^\n]*states:GetExecutionHistory[^\n]*\n$/),
    });
    await stack.tell('report-waiting', { end: '0' });
    await stack.ended(waiting);
  });

  it('ends with 2 for an unknown name, and with 1 for what is not deployed', async () => {
    const unknown = await stack.command(['why', 'reprot']);
    expect(unknown).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Did you mean report?') });
    await expect(explained('something-else')).rejects.toThrow('Stack explained has no run "something-else"');
    expect(await stack.command(['why', 'missing'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        'Job missing of stack explained is not deployed in account 123456789012 in eu-west-1.',
      ),
    });
    expect(await stack.command(['why', 'report', '--region', 'us-east-2'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Nothing of stack explained is deployed in account 123456789012 in us-east-2.'),
    });
  });
});
