import timers from 'node:timers/promises';
import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { Follower, type FollowOptions } from '../../../../cli/operate/follow/follower';
import { answers, deploymentOf, fault } from '../fake-aws';

const START = Date.parse('2026-11-27T06:00:00.000Z');
const at = (seconds: number) => new Date(START + seconds * 1_000);
const BATCH = { resourceType: 'batch', resource: 'submitJob.sync' };
const ARN = 'arn:aws:states:eu-west-1:123456789012:execution:shop-report:report-1';

const job = (more: object = {}) => ({ JobId: 'job-1', CreatedAt: START + 1_000, ...more });
const SCHEDULED: Partial<HistoryEvent> = {
  type: 'TaskScheduled',
  taskScheduledEventDetails: {
    ...BATCH,
    region: 'eu-west-1',
    parameters: JSON.stringify({ JobQueue: 'arn:queue/spot' }),
  },
};
const SUBMITTED: Partial<HistoryEvent> = {
  type: 'TaskSubmitted',
  taskSubmittedEventDetails: { ...BATCH, output: JSON.stringify(job()) },
};
const ended = (Status: 'SUCCEEDED' | 'FAILED', seconds: number): Partial<HistoryEvent> => {
  const text = JSON.stringify(
    job({
      Status,
      StartedAt: START + 2_000,
      StoppedAt: START + seconds * 1_000,
      Container: { ExitCode: Status === 'FAILED' ? 3 : 0, LogStreamName: 'stream-1' },
      Attempts: [
        {
          StartedAt: START + 2_000,
          StoppedAt: START + seconds * 1_000,
          Container: { ExitCode: Status === 'FAILED' ? 3 : 0, LogStreamName: 'stream-1' },
        },
      ],
    }),
  );
  return Status === 'SUCCEEDED'
    ? { type: 'TaskSucceeded', taskSucceededEventDetails: { ...BATCH, output: text } }
    : { type: 'TaskFailed', taskFailedEventDetails: { ...BATCH, error: 'States.TaskFailed', cause: text } };
};

/** What AWS says at one look. */
interface Look {
  readonly events?: readonly Partial<HistoryEvent>[];
  readonly execution?: object;
  /** Jobs in AWS Batch, or why it does not tell. */
  readonly jobs?: readonly object[] | Error;
  readonly lines?: readonly string[];
}

let now: number;
let pauses: number[];
let written: string;
let errors: string[];

beforeEach(() => {
  [now, pauses, written, errors] = [at(3).getTime(), [], '', []];
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  jest.spyOn(console, 'error').mockImplementation((line) => void errors.push(line));
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written += text;
    return true;
  });
});
afterEach(() => jest.restoreAllMocks());

/** Follows a run through looks: the last one is repeated. A pause is followed by the next look. */
async function follow(looks: readonly Look[], options: Partial<FollowOptions> = {}, isTerminal = false) {
  let place = 0;
  const look = () => looks[Math.min(place, looks.length - 1)] ?? {};
  const shown = new Set<string>();
  const answer = answers({
    DescribeExecution: () => ({
      name: 'report-1',
      executionArn: ARN,
      status: 'RUNNING',
      startDate: at(0),
      input: '{}',
      ...look().execution,
    }),
    GetExecutionHistory: ({ reverseOrder }: { reverseOrder?: boolean }) => {
      const events = (look().events ?? []).map((event, index) => ({
        id: index + 1,
        previousEventId: index,
        timestamp: at(index),
        ...event,
      }));
      return { events: reverseOrder ? events.reverse() : events };
    },
    DescribeJobs: () => {
      const { jobs = [] } = look();
      return jobs instanceof Error ? jobs : { jobs };
    },
    FilterLogEvents: () => {
      const fresh = (look().lines ?? []).filter((line) => !shown.has(line));
      for (const line of fresh) shown.add(line);
      return { events: fresh.map((message) => ({ eventId: message, timestamp: now, message })) };
    },
  });
  jest.spyOn(timers, 'setTimeout').mockImplementation(async (milliseconds = 0) => {
    pauses.push(milliseconds);
    now += milliseconds;
    place += 1;
    if (place > 200) throw new Error('the run has no end');
  });
  const deployment = deploymentOf(answer);
  const { stdout } = process;
  const { isTTY } = stdout;
  Object.assign(stdout, { isTTY: isTerminal });
  try {
    const run = { job: deployment.jobNamed('report'), name: 'report-1', executionArn: ARN };
    const code = await new Follower(deployment, run, { json: true, ...options }).toTheEnd();
    const documents =
      options.json === false
        ? []
        : written
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line));
    return { code, documents, requests: answer.requests };
  } finally {
    Object.assign(stdout, { isTTY });
  }
}

const types = (documents: readonly { readonly type: string }[]) => documents.map(({ type }) => type);
const SUCCEEDED: Look = {
  events: [SCHEDULED, SUBMITTED, ended('SUCCEEDED', 60)],
  execution: { status: 'SUCCEEDED', stopDate: at(61), output: '{}' },
};

describe('a run that is followed to its end', () => {
  it('is told from its event to its result', async () => {
    now = at(120).getTime();
    const odd = { ...SUCCEEDED, execution: { ...SUCCEEDED.execution, cause: 'odd' }, lines: ['bye'] };
    const { code, documents } = await follow([odd]);
    expect(code).toBe(0);
    expect(types(documents)).toEqual(['event', 'started', 'submitted', 'container', 'output', 'exit', 'result']);
    expect(documents[0]).toMatchObject({ source: 'by hand', bytes: 2 });
    expect(documents[1]).toMatchObject({ executionName: 'report-1', claimCheck: false });
    expect(documents[6]).toMatchObject({ executionName: 'report-1', status: 'SUCCEEDED', attempts: 1, seconds: 61 });
    expect(documents[6]).not.toHaveProperty('cause');
    expect(pauses).toEqual([]);
  });

  it('fails with its error and its cause', async () => {
    now = at(120).getTime();
    const events = [SCHEDULED, SUBMITTED, ended('FAILED', 60)];
    const execution = {
      status: 'FAILED',
      stopDate: at(61),
      error: 'States.TaskFailed',
      cause: JSON.stringify(job({ Container: { ExitCode: 3 } })),
    };
    const { code, documents } = await follow([{ events, execution }]);
    expect(code).toBe(1);
    expect(documents.at(-1)).toMatchObject({
      type: 'result',
      status: 'FAILED',
      error: 'States.TaskFailed',
      cause: 'Exit code 3',
    });
  });

  it('is told in order, though the clocks of services differ', async () => {
    now = at(120).getTime();
    const { documents } = await follow([{ ...SUCCEEDED, execution: { status: 'SUCCEEDED', stopDate: at(59) } }]);
    expect(documents.slice(-2)).toMatchObject([
      { type: 'exit', time: at(60).toISOString() },
      { type: 'result', time: at(60).toISOString(), seconds: 59 },
    ]);
  });

  it('counts attempts that were submitted, each once', async () => {
    const { documents } = await follow([{ events: [SCHEDULED], execution: { status: 'ABORTED', stopDate: at(5) } }]);
    expect(documents.at(-1)).toMatchObject({ status: 'ABORTED', attempts: 0 });
  });

  it('is a defect if it has ended and runs', async () => {
    await expect(follow([{ execution: { stopDate: at(5) } }])).rejects.toThrow('an ended run is RUNNING');
    await expect(follow([{ execution: { status: 'PENDING_REDRIVE', stopDate: at(5) } }])).rejects.toThrow(
      'PENDING_REDRIVE',
    );
  });
});

describe('the beginning', () => {
  const end = { execution: { status: 'SUCCEEDED', stopDate: at(5) } };

  it('has the source that the command knows', async () => {
    expect((await follow([end], { source: 'event.json' })).documents[0]).toMatchObject({ source: 'event.json' });
  });

  it('tells a run that was started before', async () => {
    const { documents } = await follow([end], { isDuplicate: true });
    expect(documents[1]).toMatchObject({ type: 'duplicate', executionName: 'report-1' });
    expect(types(documents)).not.toContain('started');
  });

  it('tells a stored event', async () => {
    const reference = { stpPayload: { s3Uri: 's3://events/report/a', sha256: 'a'.repeat(64), bytes: 9_999 } };
    const { documents } = await follow([{ execution: { ...end.execution, input: JSON.stringify(reference) } }]);
    expect(documents[0]).toMatchObject({ source: 'stored event', bytes: 9_999 });
    expect(documents[1]).toMatchObject({ claimCheck: true });
  });

  it('is told once, whatever follows', async () => {
    const { documents } = await follow([{ events: [SCHEDULED] }, SUCCEEDED]);
    expect(types(documents).filter((type) => type === 'event' || type === 'started')).toHaveLength(2);
  });
});

describe('the pauses between two looks', () => {
  it('grow to five seconds while nothing happens, and are short again after something', async () => {
    const waiting = { events: [SCHEDULED] };
    const submitted = { events: [SCHEDULED, SUBMITTED], jobs: [{ jobId: 'job-1', status: 'RUNNABLE' }] };
    await follow([
      waiting,
      waiting,
      waiting,
      waiting,
      waiting,
      waiting,
      submitted,
      submitted,
      { execution: { status: 'ABORTED', stopDate: at(9) } },
    ]);
    expect(pauses.slice(0, 8)).toEqual([1_500, 2_250, 3_375, 5_000, 5_000, 5_000, 1_000, 1_500]);
  });

  it('are short while a container writes', async () => {
    const running = (...lines: string[]): Look => ({
      events: [SCHEDULED, SUBMITTED],
      jobs: [
        { jobId: 'job-1', status: 'RUNNING', startedAt: START, container: { logStreamName: 'stream-1' }, attempts: [] },
      ],
      lines,
    });
    const { documents } = await follow([running(), running(), running('hello'), running('hello'), SUCCEEDED]);
    expect(pauses.slice(0, 4)).toEqual([1_000, 1_500, 1_000, 1_500]);
    expect(documents.filter(({ type }) => type === 'output')).toEqual([expect.objectContaining({ text: 'hello' })]);
  });
});

describe('a run that was stopped', () => {
  const stopped = (status: string): Look => ({
    events: [SCHEDULED, SUBMITTED],
    execution: { status: 'ABORTED', stopDate: at(10) },
    jobs: [{ jobId: 'job-1', status, startedAt: START, container: { logStreamName: 'stream-1' }, attempts: [] }],
    lines: ['last words'],
  });

  it.each(['FAILED', 'SUCCEEDED'])(
    'is followed until its container has ended (%s), whose output is shown',
    async (status) => {
      now = at(11).getTime();
      const { code, documents } = await follow([stopped('RUNNING'), stopped('RUNNING'), stopped(status)]);
      expect(code).toBe(1);
      expect(pauses).toEqual([1_000, 1_500]);
      // In this order also if it is followed only after the stop.
      const end = ['event', 'started', 'submitted', 'container', 'output', 'exit', 'result'];
      expect(types(documents)).toEqual(end);
      expect(documents[4]).toMatchObject({ text: 'last words' });
    },
  );

  it('is not waited for any longer than 150 seconds', async () => {
    now = at(159).getTime();
    await follow([stopped('RUNNING')]);
    expect(pauses[0]).toBe(1_000);
    pauses.length = 0;
    now = at(160).getTime();
    const { code } = await follow([stopped('RUNNING')]);
    expect(code).toBe(1);
    expect(pauses).toEqual([]);
  });
});

describe('without the permission to ask AWS Batch', () => {
  it('tells so once, and goes on with the history alone', async () => {
    const look = { events: [SCHEDULED, SUBMITTED], jobs: fault('AccessDenied') };
    const { code, documents, requests } = await follow([look, look, SUCCEEDED]);
    expect(code).toBe(0);
    const notes = documents.filter(({ type }) => type === 'note');
    expect(notes).toEqual([
      expect.objectContaining({
        text: 'The log of each attempt comes at its end, without its time in the queue: It failed (AccessDenied).',
      }),
    ]);
    expect(requests.filter(({ name }) => name === 'DescribeJobs')).toHaveLength(1);
  });

  it('ends at any other error', async () => {
    await expect(follow([{ events: [SCHEDULED, SUBMITTED], jobs: fault('ClientException') }])).rejects.toThrow(
      'ClientException',
    );
    await expect(follow([{ events: [SCHEDULED, SUBMITTED], jobs: new Error('a defect') }])).rejects.toThrow('a defect');
  });
});

describe('what a run waits for, on a terminal,', () => {
  const bar = async (look: Look, seconds: number) => {
    now = at(seconds).getTime();
    await follow([look, { execution: { status: 'ABORTED', stopDate: at(seconds) } }], { json: false }, true);
    return written;
  };
  const inBatch = (more: object): Look => ({
    events: [SCHEDULED, SUBMITTED],
    jobs: [{ jobId: 'job-1', createdAt: START + 1_000, ...more }],
  });

  it.each<[string, Look, string]>([
    ['the queue', inBatch({ status: 'RUNNABLE' }), 'in the queue for 1 min'],
    ['its start', inBatch({ status: 'STARTING' }), 'starting, 1 min since the submission'],
    [
      'its next start, since the end of the one before',
      inBatch({
        status: 'RUNNABLE',
        attempts: [{ startedAt: START, stoppedAt: START + 31_000, container: { logStreamName: 'stream-1' } }],
      }),
      'in the queue for 30 s',
    ],
  ])('is %s', async (_, look, text) => {
    expect(await bar(look, 61)).toContain(text);
  });

  it('is nothing while it runs or is being submitted', async () => {
    expect(await bar(inBatch({ status: 'RUNNING' }), 61)).not.toMatch(/queue for|since the submission/);
    written = '';
    expect(await bar({ events: [SCHEDULED] }, 61)).not.toMatch(/queue for|since the submission/);
  });

  it('is a wait of the state machine', async () => {
    const entered: Partial<HistoryEvent> = {
      type: 'WaitStateEntered',
      stateEnteredEventDetails: { name: 'Wait before attempt 2' },
    };
    expect(await bar({ events: [SCHEDULED, SUBMITTED, ended('FAILED', 2), entered] }, 63)).toContain(
      'waiting for 1 min',
    );
  });
});

it('can be left, with a reason', async () => {
  const deployment = deploymentOf(answers({}));
  const run = { job: deployment.jobNamed('report'), name: 'report-1', executionArn: ARN };
  new Follower(deployment, run, { json: true }).leave('The run goes on.');
  expect(errors).toEqual(['The run goes on.']);
});
