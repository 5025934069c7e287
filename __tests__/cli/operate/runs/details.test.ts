import type { ListedRun } from '../../../../cli/operate/execution-list';
import { Optional } from '../../../../cli/operate/optional';
import { withDetails } from '../../../../cli/operate/runs/details';
import { answers, batchJob, deploymentOf, fault, type Given } from '../fake-aws';
import { ArrayHistory } from '../items/array-history';

const STARTED = new Date('2026-11-27T06:00:00Z');
const STOPPED = new Date('2026-11-27T06:05:00Z');
const BATCH = { resourceType: 'batch', resource: 'submitJob.sync' };

/** The newest events of a run whose job was submitted, as Step Functions lists them: the newest first. */
const submitted = (JobId: string) => [
  {
    id: 3,
    previousEventId: 2,
    type: 'TaskSubmitted',
    taskSubmittedEventDetails: { ...BATCH, output: JSON.stringify({ JobId }) },
  },
  {
    id: 2,
    previousEventId: 1,
    type: 'TaskScheduled',
    taskScheduledEventDetails: { ...BATCH, parameters: JSON.stringify({ JobQueue: 'queue' }) },
  },
  { id: 1, type: 'ExecutionStarted' },
];

/** A job as it is in the output or the cause of an execution. */
const ended = (more: object = {}, environment: object = { STP_CURRENT_ATTEMPT: '2', STP_MAXIMUM_ATTEMPTS: '3' }) =>
  JSON.stringify({
    JobId: 'job-1',
    Status: 'FAILED',
    StatusReason: 'Essential container in task exited',
    Container: {
      ExitCode: 3,
      Environment: Object.entries(environment).map(([Name, Value]) => ({ Name, Value })),
    },
    ...more,
  });

interface Setting {
  readonly given?: Given;
  /** Jobs of the runs. @default report */
  readonly jobs?: readonly string[];
  /** Answers to queries of the table of places. */
  readonly line?: () => object;
}

/** The details of runs, one for each name. */
async function detailed(names: readonly string[], aws: object, { given, jobs = [], line }: Setting = {}) {
  const answer = answers({ GetExecutionHistory: {}, DescribeJobs: {}, ...aws });
  const deployment = deploymentOf(answer, given);
  const queries: string[] = [];
  const tables = {
    query: async ({ ExpressionAttributeValues: values }: { ExpressionAttributeValues: { ':job': { S: string } } }) => {
      queries.push(values[':job'].S);
      const result = line?.() ?? {};
      if (result instanceof Error) throw result;
      return result;
    },
  };
  Object.assign(deployment.clients, { tables });
  const runs = names.map(
    (name, index): ListedRun => ({
      job: deployment.jobNamed(jobs[index] ?? 'report'),
      name,
      executionArn: `arn:${name}`,
      status: 'RUNNING',
      started: STARTED,
    }),
  );
  const told: string[] = [];
  const rows = await withDetails(deployment, runs, new Optional((text) => told.push(text)));
  const inputs = (name: string) => answer.requests.flatMap((request) => (request.name === name ? [request.input] : []));
  return { rows, row: rows[0], runs, told, queries, inputs };
}

describe('a run whose end has its job', () => {
  it('has its attempt, its end and its reason without asking for events', async () => {
    const execution = { status: 'FAILED', stopDate: STOPPED, error: 'States.TaskFailed', cause: ended(), input: '{}' };
    const { row, inputs } = await detailed(['report-1'], { DescribeExecution: execution });
    expect(row).toMatchObject({
      name: 'report-1',
      status: 'FAILED',
      started: STARTED,
      ended: STOPPED,
      attempt: { number: 2, maximum: 3 },
      error: 'States.TaskFailed',
      reason: 'Exit code 3',
      event: { source: 'by hand', bytes: 2 },
    });
    expect(inputs('GetExecutionHistory')).toEqual([]);
    expect(inputs('DescribeJobs')).toEqual([]);
  });

  it('has no reason if it succeeded', async () => {
    const execution = { status: 'SUCCEEDED', stopDate: STOPPED, output: ended({ Status: 'SUCCEEDED' }), cause: 'x' };
    const { row } = await detailed(['report-1'], { DescribeExecution: execution });
    expect(row).toMatchObject({ status: 'SUCCEEDED', attempt: { number: 2, maximum: 3 } });
    expect(row?.reason).toBeUndefined();
  });

  it.each([
    [{ STP_CURRENT_ATTEMPT: '0', STP_MAXIMUM_ATTEMPTS: '3' }],
    [{ STP_CURRENT_ATTEMPT: '1', STP_MAXIMUM_ATTEMPTS: '0' }],
    [{ STP_CURRENT_ATTEMPT: '1' }],
    [{}],
  ])('has no attempt without its variables: %j', async (variables) => {
    const { row } = await detailed(['report-1'], {
      DescribeExecution: { status: 'FAILED', cause: ended({}, variables) },
    });
    expect(row?.attempt).toBeUndefined();
  });
});

describe('a run in progress', () => {
  it('has what its job does, of which AWS Batch is asked once for all runs', async () => {
    const { rows, inputs } = await detailed(['a', 'b', 'c'], {
      DescribeExecution: ({ executionArn }: { executionArn: string }) =>
        executionArn === 'arn:c'
          ? { status: 'ABORTED', stopDate: STOPPED }
          : { status: 'RUNNING', name: executionArn.slice(4) },
      GetExecutionHistory: ({ executionArn }: { executionArn: string }) => ({
        events: submitted(`job-${executionArn}`),
      }),
      DescribeJobs: {
        jobs: [
          { jobId: 'job-arn:a', status: 'RUNNABLE' },
          { jobId: 'job-arn:b', status: 'RUNNING' },
        ],
      },
    });
    expect(rows.map(({ activity }) => activity)).toEqual(['in the queue', 'running', undefined]);
    expect(rows[0]?.attempt).toMatchObject({ number: 1 });
    expect(rows[2]).toMatchObject({ status: 'ABORTED', ended: STOPPED });
    expect(inputs('DescribeJobs')).toEqual([{ jobs: ['job-arn:a', 'job-arn:b'] }]);
    expect(inputs('GetExecutionHistory')[0]).toEqual({
      executionArn: 'arn:a',
      reverseOrder: true,
      maxResults: 10,
      includeExecutionData: true,
    });
  });

  it('has its status of the list if AWS does not tell another one', async () => {
    const { row } = await detailed(['a'], { DescribeExecution: {} });
    expect(row).toMatchObject({ status: 'RUNNING', ended: undefined, activity: 'between two attempts' });
  });

  it('is known without its events, or without AWS Batch', async () => {
    const DescribeExecution = { status: 'RUNNING' };
    const noEvents = await detailed(['a'], { DescribeExecution, GetExecutionHistory: fault('AccessDenied') });
    expect(noEvents.told).toEqual(['What runs do left out: It failed (AccessDenied).']);
    expect(noEvents.row).toMatchObject({ activity: 'between two attempts' });
    const noBatch = await detailed(['a'], {
      DescribeExecution,
      GetExecutionHistory: { events: submitted('job-1') },
      DescribeJobs: fault('AccessDenied'),
    });
    expect(noBatch.told).toEqual(['What jobs do in AWS Batch left out: It failed (AccessDenied).']);
    expect(noBatch.row).toMatchObject({ activity: 'submitted' });
  });
});

it('a run of which AWS tells nothing is as in the list, with a note', async () => {
  const { rows, runs, told } = await detailed(['a'], { DescribeExecution: fault('AccessDenied') });
  expect(rows).toEqual(runs);
  expect(told).toEqual(['Events, attempts and reasons left out: It failed (AccessDenied).']);
});

describe('a run that ended without a job', () => {
  it.each([
    [{ status: 'SUCCEEDED', output: '{"skipped":true}' }, 'skipped, because a limit of the job was reached'],
    [{ status: 'FAILED', error: 'States.Runtime', cause: 'It is\nodd.' }, 'It is odd.'],
    [{ status: 'FAILED', error: 'States.Runtime' }, 'States.Runtime'],
    [{ status: 'ABORTED' }, undefined],
  ])('%j: %s', async (execution, reason) => {
    const { row } = await detailed(['a'], { DescribeExecution: { stopDate: STOPPED, ...execution } });
    expect(row?.reason).toBe(reason);
    expect(row?.activity).toBeUndefined();
  });
});

describe('the newest events', () => {
  const history = (events: readonly object[]) => ({ events: [...events].reverse() });
  const A = { attempt: 1, array: 0, size: 3, jobId: 'job-a' };
  const items = new ArrayHistory().function('plan').function('collect').map(1, [3]).submit(A).events;
  const cut = (events: readonly object[]) => (input: { maxResults?: number }) =>
    history(events.slice(-(input.maxResults ?? 0)));
  const asked = async (GetExecutionHistory: unknown) =>
    (await detailed(['a'], { DescribeExecution: { status: 'RUNNING' }, GetExecutionHistory }))
      .inputs('GetExecutionHistory')
      .map(({ maxResults }) => maxResults);

  it('are more of a run with items whose first event is not among ten', async () => {
    expect(await asked(cut(items))).toEqual([10, 1_000]);
    const arrayProperties = { size: 3, statusSummary: { RUNNING: 1, RUNNABLE: 2 } };
    const { row } = await detailed(['a'], {
      DescribeExecution: { status: 'RUNNING' },
      GetExecutionHistory: cut(items),
      DescribeJobs: { jobs: [{ jobId: 'job-a', status: 'PENDING', arrayProperties }] },
    });
    expect(row?.items).toMatchObject({ count: 3 });
  });

  it.each([
    ['its Map', { type: 'MapStateEntered' }],
    [
      'a submission',
      {
        type: 'TaskScheduled',
        taskScheduledEventDetails: {
          parameters: JSON.stringify({
            ContainerOverrides: { Environment: [{ Name: 'STP_ITEMS', Value: 's3://a/b' }] },
          }),
        },
      },
    ],
    ['its function', { type: 'TaskScheduled', taskScheduledEventDetails: { resourceType: 'lambda' } }],
  ])('are more if one is of %s', async (_, event) => {
    expect(await asked(history([{ type: 'TaskStateExited' }, event]))).toEqual([10, 1_000]);
    expect(await asked(history([{ type: 'ExecutionStarted' }, event]))).toEqual([10]);
  });

  it('are ten of other runs', async () => {
    expect(
      await asked(history([{ type: 'TaskStateExited' }, { type: 'TaskScheduled', taskScheduledEventDetails: BATCH }])),
    ).toEqual([10]);
  });
});

describe('a run that waits for a place', () => {
  const waits = [
    {
      id: 2,
      previousEventId: 1,
      type: 'TaskScheduled',
      taskScheduledEventDetails: { resourceType: 'aws-sdk:dynamodb', resource: 'updateItem.waitForTaskToken' },
    },
    { id: 1, type: 'ExecutionStarted' },
  ];
  const aws = {
    DescribeExecution: ({ executionArn }: { executionArn: string }) => ({
      status: 'RUNNING',
      name: executionArn.slice(4),
    }),
    GetExecutionHistory: { events: waits },
  };

  it('has its number in line, which is read once for each job', async () => {
    const line = () => ({ Items: [{ Run: { S: 'a' } }, { Run: { S: 'c' } }, { Run: { S: 'b' } }] });
    const given = { resources: { load: batchJob() } };
    const { rows, queries } = await detailed(['a', 'b', 'c'], aws, { given, jobs: ['report', 'report', 'load'], line });
    expect(rows.map(({ activity }) => activity)).toEqual([
      'waiting for a place, number 1 in line',
      'waiting for a place, number 3 in line',
      'waiting for a place, number 2 in line',
    ]);
    expect(rows[0]?.attempt).toBeUndefined();
    expect(queries).toEqual(['report', 'load']);
  });

  it('is told without it if the table does not exist, or AWS does not tell', async () => {
    const missing = await detailed(['a'], aws, { line: () => fault('ResourceNotFoundException') });
    expect(missing).toMatchObject({ row: { activity: 'waiting for a place' }, told: [] });
    const denied = await detailed(['a'], aws, { line: () => fault('AccessDenied') });
    expect(denied.row?.activity).toBe('waiting for a place');
    expect(denied.told).toEqual(['Places in line left out: It failed (AccessDenied).']);
  });

  it('is the only one whose line is read', async () => {
    expect((await detailed(['a'], { DescribeExecution: { status: 'RUNNING' } })).queries).toEqual([]);
  });
});

describe('the event of a run', () => {
  const stored = (bucket = 'events') => ({
    stpPayload: { s3Uri: `s3://${bucket}/report/a/event.json`, sha256: 'a'.repeat(64), bytes: 9_999 },
  });
  const after = {
    resources: { load: batchJob() },
    properties: { events: [{ type: 'batch-job', properties: { jobName: 'load', on: ['succeeded'] } }] },
  };
  const end =
    '{"source":"aws.states","resources":["arn:aws:states:eu-west-1:123456789012:execution:shop-load:load-1"],"detail":{';
  const asked = (input: object, aws: object = {}, given: Given = after) =>
    detailed(
      ['a'],
      {
        DescribeExecution: { status: 'RUNNING', input: JSON.stringify(input) },
        GetFunctionConfiguration: { Environment: { Variables: { JOB_NAME: 'report', PAYLOAD_BUCKET: 'events' } } },
        GetObject: { Body: { transformToString: async () => end } },
        ...aws,
      },
      { given },
    );

  it('is read as far as it says whose end it is, if it is stored', async () => {
    const { row, inputs } = await asked(stored());
    expect(row?.event).toMatchObject({
      source: 'batch-job',
      earlier: { run: 'load-1', job: 'shop-load' },
      bytes: 9_999,
    });
    expect(inputs('GetObject')).toEqual([{ Bucket: 'events', Key: 'report/a/event.json', Range: 'bytes=0-2047' }]);
  });

  it('is not read if the job starts at no end of runs, or if it is not stored', async () => {
    const other = await asked(stored(), {}, {});
    expect(other.row?.event).toMatchObject({ bytes: 9_999 });
    expect(other.row?.event).not.toHaveProperty('earlier');
    expect(other.inputs('GetFunctionConfiguration')).toEqual([]);
    const own = await asked({ a: 1 });
    expect(own.row?.event).toMatchObject({ source: 'by hand' });
    expect(own.inputs('GetFunctionConfiguration')).toEqual([]);
  });

  it('is not read from another bucket', async () => {
    const { row, inputs } = await asked(stored('other'));
    expect(row?.event?.earlier).toBeUndefined();
    expect(inputs('GetObject')).toEqual([]);
  });

  it('stays large if its head tells no run, or AWS does not give it', async () => {
    const Body = { transformToString: async () => '{}' };
    expect((await asked(stored(), { GetObject: { Body } })).row?.event?.source).toBeUndefined();
    const denied = await asked(stored(), { GetObject: fault('AccessDenied') });
    expect(denied.row?.event).toMatchObject({ bytes: 9_999 });
    expect(denied.told).toEqual(['What started runs left out: It failed (AccessDenied).']);
  });
});
