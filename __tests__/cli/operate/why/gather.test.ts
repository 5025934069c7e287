import { type Answers, fault } from './fake-aws';
import { batchJob, executionArn, explained, jobArn, minutesAgo, waiting } from './waiting-run';

test('only the history and the job in AWS Batch are required: each missing permission is one line', async () => {
  const all = waiting();
  const required = ['DescribeStateMachine', 'DescribeExecution', 'GetExecutionHistory', 'DescribeJobs'];
  const { answer, facts } = await explained(Object.fromEntries(required.map((name) => [name, all[name] ?? {}])));
  expect(answer.code).toBe('queue-unknown');
  expect(facts.notes).toEqual([
    'The queue left out: Your credentials do not allow batch:DescribeJobQueues in eu-west-1. Add it.',
  ]);
  for (const name of required) {
    const { [name]: _, ...others } = all;
    await expect(explained(others)).rejects.toThrow(/do not allow/);
  }
});

test('throttled details are a line as well', async () => {
  const { answer, facts } = await explained(waiting({ GetServiceQuota: () => fault('TooManyRequestsException') }));
  expect(answer.code).toBe('waits-for-long');
  expect(facts.notes).toEqual(['Quotas left out: It failed (TooManyRequestsException). Try again.']);
});

test("a job's name: its oldest run that waits, among those of other jobs", async () => {
  const other = 'arn:aws:batch:eu-west-1:123456789012:job-definition/reports-report-weekly:1';
  const { facts, requests } = await explained(
    waiting({
      GetJobQueueSnapshot: {
        frontOfQueue: { jobs: ['job-0', 'job-1', 'job-2'].map((id) => ({ jobArn: jobArn(id) })) },
      },
      DescribeJobs: ({ jobs }: { jobs: string[] }) => ({
        jobs: jobs.map((id) => batchJob(id, `report-${id.at(-1)}`, id === 'job-0' ? { jobDefinition: other } : {})),
      }),
    }),
    false,
  );
  expect(facts.run?.name).toBe('report-1');
  expect(requests).not.toContain('ListExecutions');
});

test("a job's name: else the oldest run that has not ended, of one page", async () => {
  const executions = Array.from({ length: 100 }, (_, index) => ({
    name: `report-${100 - index}`,
    executionArn: executionArn(`report-${100 - index}`),
    status: 'RUNNING',
    startDate: minutesAgo(index),
  }));
  const { facts, requests } = await explained(
    waiting({ GetJobQueueSnapshot: {}, ListExecutions: { executions, nextToken: 'more' } }),
    false,
  );
  expect(facts.run?.name).toBe('report-1');
  expect(requests.filter((name) => name === 'ListExecutions')).toHaveLength(1);
});

describe('a job without an unfinished run', () => {
  const idle = (more: Answers = {}, events?: readonly object[]) =>
    explained(
      waiting({
        GetJobQueueSnapshot: {},
        GetFunctionConfiguration: { State: 'Active' },
        GetFunctionConcurrency: {},
        ListRuleNamesByTarget: { RuleNames: ['reports-report-event1'] },
        DescribeRule: { State: 'ENABLED', ScheduleExpression: 'rate(1 day)' },
        ListEventSourceMappings: { EventSourceMappings: [] },
        GetQueueUrl: { QueueUrl: 'https://sqs/reports-undelivered-events' },
        GetQueueAttributes: { Attributes: { ApproximateNumberOfMessages: '0' } },
        DescribeLogStreams: { logStreams: [] },
        ...more,
      }),
      false,
      events,
    );
  const code = async (more: Answers) => (await idle(more)).answer.code;

  test('no event has arrived', async () => {
    const { answer, facts, requests } = await idle();
    expect(answer.code).toBe('never-started');
    expect(facts.notes).toEqual([]);
    expect(requests.length).toBeLessThanOrEqual(20);
  });

  test('its rule is disabled', async () => {
    expect(await code({ DescribeRule: { State: 'DISABLED', ScheduleExpression: 'rate(1 day)' } })).toBe(
      'rule-disabled',
    );
  });

  describe('with a schedule of EventBridge Scheduler', () => {
    const events = [
      { type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } },
      { type: 'schedule', properties: { scheduleRate: 'cron(0 9 * * ? *)', timezone: 'Asia/Tokyo' } },
    ];
    const Target = { Arn: 'arn:aws:lambda:eu-west-1:123456789012:function:reports-report-trigger' };
    const scheduler = (State: string, Arn = Target.Arn): Answers => ({
      ListSchedules: { Schedules: [{ Name: 'reports-report-event2', Target: { Arn } }] },
      GetSchedule: { ScheduleExpression: 'cron(0 9 * * ? *)', ScheduleExpressionTimezone: 'Asia/Tokyo', State },
    });

    test('that is disabled', async () => {
      const { answer } = await idle(scheduler('DISABLED'), events);
      expect(answer).toMatchObject({
        code: 'schedule-disabled',
        sentence:
          'Nothing starts report on its schedule cron(0 9 * * ? *) Asia/Tokyo, because reports-report-event2 is disabled in ' +
          'EventBridge Scheduler.',
      });
    });

    test('that is enabled', async () => {
      expect((await idle(scheduler('ENABLED'), events)).answer.code).toBe('never-started');
    });

    test('that only another job has', async () => {
      const other = `${Target.Arn.replace('report-trigger', 'import-trigger')}`;
      const { answer, requests } = await idle(scheduler('ENABLED', other), events);
      expect(answer.code).toBe('schedule-missing');
      expect(requests).not.toContain('GetSchedule');
    });

    test('that nobody may read, which is a line', async () => {
      const { answer, facts } = await idle({}, events);
      expect(answer.code).toBe('never-started');
      expect(facts.notes).toEqual([expect.stringMatching(/^Schedules left out: .*scheduler:ListSchedules/)]);
    });

    test('or without one, for which Scheduler is not asked', async () => {
      expect((await idle()).requests).not.toContain('ListSchedules');
    });
  });

  test('events wait undelivered', async () => {
    const attributes = { Attributes: { ApproximateNumberOfMessages: '2' } };
    expect(await code({ GetQueueAttributes: attributes })).toBe('undelivered');
  });

  test('a queue that may not be looked into is a line', async () => {
    const { facts } = await idle({ GetQueueUrl: () => fault('AccessDenied') });
    expect(facts.notes).toEqual([
      'Undelivered events left out: reports-undelivered-events could not be looked into: It failed (AccessDenied). Try again.',
    ]);
  });

  test('the function may not run', async () => {
    expect(await code({ GetFunctionConcurrency: { ReservedConcurrentExecutions: 0 } })).toBe('function-stopped');
    expect(await code({ GetFunctionConfiguration: { State: 'Failed', StateReason: 'gone' } })).toBe('function-failed');
  });

  test('what the config has is missing', async () => {
    expect(await code({ ListRuleNamesByTarget: { RuleNames: [] } })).toBe('rule-missing');
    expect(await code({ GetFunctionConfiguration: () => fault('ResourceNotFoundException') })).toBe('function-missing');
    // What is not allowed to be read is not missing.
    expect(await code({ DescribeRule: () => fault('AccessDenied') })).toBe('never-started');
  });

  test('its source is disabled, or fails', async () => {
    const mapping = { UUID: '1', EventSourceArn: 'arn:aws:sqs:eu-west-1:123456789012:orders' };
    const mappings = (more: object) => ({
      ListEventSourceMappings: { EventSourceMappings: [{ ...mapping, ...more }] },
    });
    expect((await idle(mappings({ State: 'Disabled' }))).answer.sentence).toContain('from queue orders');
    expect(await code(mappings({ State: 'Enabled', LastProcessingResult: 'PROBLEM: gone' }))).toBe('source-failing');
  });

  test('its last event was ignored', async () => {
    const message = JSON.stringify({ timestamp: '2026-11-26T11:00:00Z', level: 'INFO', ignored: 's3-test-event' });
    const { answer } = await idle({
      DescribeLogStreams: { logStreams: [{ logStreamName: 'a' }] },
      GetLogEvents: { events: [{ message: 'START RequestId: 1' }, { message }, { message: 'END RequestId: 1' }] },
    });
    expect(answer.code).toBe('event-ignored');
  });

  test('its queue is disabled', async () => {
    expect(
      await code({ DescribeJobQueues: { jobQueues: [{ jobQueueName: 'q', state: 'DISABLED', status: 'VALID' }] } }),
    ).toBe('queue-disabled');
  });

  test('what does not exist is not a missing permission', async () => {
    const gone = () => fault('ResourceNotFoundException');
    const { facts } = await idle({
      DescribeLogStreams: gone,
      ListRuleNamesByTarget: gone,
      GetQueueUrl: () => fault('QueueDoesNotExist'),
    });
    expect(facts.notes).toEqual([]);
  });
});

test('a job that is not deployed, and a stack of which nothing is', async () => {
  const gone = () => fault('StateMachineDoesNotExist');
  await expect(explained({ DescribeStateMachine: gone })).rejects.toThrow('Nothing is not deployed');
  const half = ({ stateMachineArn }: { stateMachineArn: string }) => (stateMachineArn.endsWith('import') ? {} : gone());
  await expect(explained({ DescribeStateMachine: half })).rejects.toThrow('Job report is not deployed');
});

test('a container that starts: since when it pulls its image', async () => {
  const taskArn = 'arn:aws:ecs:eu-west-1:123456789012:task/AWSBatch-reports/0a1b';
  const starting = (more: Answers) =>
    explained(
      waiting({
        DescribeJobs: { jobs: [batchJob('job-1', 'report-1', { status: 'STARTING', container: { taskArn } })] },
        ...more,
      }),
    );
  const { answer, requests } = await starting({
    DescribeTasks: ({ cluster, tasks }: { cluster: string; tasks: string[] }) => {
      expect({ cluster, tasks }).toEqual({ cluster: 'AWSBatch-reports', tasks: [taskArn] });
      return { tasks: [{ createdAt: minutesAgo(15), pullStartedAt: minutesAgo(14) }] };
    },
  });
  expect(answer.code).toBe('image-pulled-slowly');
  expect(requests).not.toContain('DescribeJobQueues');
  // Without the task, how long it has been starting is unknown.
  expect((await starting({})).answer.code).toBe('starting');
  expect((await starting({ DescribeTasks: { tasks: [] } })).answer.code).toBe('starting');
});

test('a wait begins at the end of the start before', async () => {
  const attempts = [{ stoppedAt: minutesAgo(3).getTime(), statusReason: 'Host EC2 (instance i-1) terminated.' }];
  const { facts } = await explained(waiting({ DescribeJobs: { jobs: [batchJob('job-1', 'report-1', { attempts })] } }));
  expect(facts.batchJob?.queued.getTime()).toBe(attempts[0]?.stoppedAt);
});

test('the last lines of a failed run are read', async () => {
  const job = {
    JobId: 'job-1',
    Status: 'FAILED',
    Attempts: [{ Container: { ExitCode: 1, LogStreamName: 'batch/1' } }],
  };
  const answers = waiting({
    DescribeExecution: {
      name: 'report-1',
      status: 'FAILED',
      startDate: minutesAgo(9),
      stopDate: minutesAgo(1),
      error: 'States.TaskFailed',
    },
    GetExecutionHistory: {
      events: [
        { id: 1, type: 'TaskScheduled', timestamp: minutesAgo(9), taskScheduledEventDetails: { parameters: '{}' } },
        {
          id: 2,
          type: 'TaskSubmitted',
          timestamp: minutesAgo(9),
          taskSubmittedEventDetails: { output: '{"JobId":"job-1"}' },
        },
        { id: 3, type: 'TaskFailed', timestamp: minutesAgo(1), taskFailedEventDetails: { cause: JSON.stringify(job) } },
      ],
    },
    GetLogEvents: { events: [{ message: 'exec /app/report: exec format error\n' }] },
  });
  const { answer, facts } = await explained(answers);
  expect(facts.run?.lastLines).toEqual(['exec /app/report: exec format error']);
  expect(answer.code).toBe('architecture-mismatch');
});
