import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { RunStory } from '../../../cli/operate/run-story';
import { jobsWithoutDetail, storyOf } from '../../../cli/operate/story';
import type { BatchJob } from '../../../cli/run-report/batch-job';
import { recorded } from './histories/recorded';

function told(name: string, jobs?: ReadonlyMap<string, BatchJob>): RunStory {
  const { execution, history } = recorded(name);
  return storyOf(execution, history, jobs);
}

const attemptsOf = ({ attempts }: RunStory) =>
  attempts.map(({ number, maximum, onDemand, outcome, refusals }) => ({
    number,
    maximum,
    onDemand,
    outcome,
    refusals,
  }));

describe('the story of a run that moto recorded', () => {
  it('is one attempt with one start for a job that succeeds', () => {
    const story = told('succeeded');
    expect(story).toMatchObject({ name: 'report-succeeded', status: 'SUCCEEDED', error: undefined, reason: undefined });
    expect(story.event).toMatchObject({ source: 'schedule', bytes: 93 });
    expect(attemptsOf(story)).toEqual([{ number: 1, maximum: 3, onDemand: false, outcome: 'succeeded', refusals: 0 }]);
    const [attempt] = story.attempts;
    expect(attempt?.jobId).toMatch(/^[0-9a-f-]{36}$/);
    expect(attempt?.queueArn).toMatch(/^arn:aws:batch:us-east-1:123456789012:job-queue\/queue-/);
    expect(attempt?.starts).toHaveLength(1);
    expect(attempt?.starts[0]).toMatchObject({ number: 1, isReclaim: false });
    expect(attempt?.starts[0]?.logStream).toContain('/default/');
  });

  it('has the waits between attempts, and the exit codes', () => {
    const story = told('retried');
    expect(attemptsOf(story).map(({ number, outcome }) => [number, outcome])).toEqual([
      [1, 'failed'],
      [2, 'succeeded'],
    ]);
    expect(story.attempts[0]).toMatchObject({ reason: 'Exit code 1', starts: [{ exitCode: 1, isReclaim: false }] });
    expect(story.waits).toHaveLength(1);
    const [wait] = story.waits;
    expect(wait).toMatchObject({ kind: 'retry', before: 2 });
    expect(Number(wait?.to) - Number(wait?.from)).toBeGreaterThan(900);
  });

  it("ends with the last job's error as text", () => {
    const story = told('failed');
    expect(story).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed', reason: 'Exit code 77' });
    expect(attemptsOf(story).map(({ number, outcome }) => [number, outcome])).toEqual([
      [1, 'failed'],
      [2, 'failed'],
    ]);
  });

  it('says that an attempt took too long', () => {
    const story = told('timed-out');
    expect(story.reason).toBe('Job attempt duration exceeded timeout (exit code 137)');
    expect(story.attempts[0]).toMatchObject({ outcome: 'timed-out', reason: story.reason });
  });

  it('counts an attempt that goes on with on-demand capacity once, with two jobs', () => {
    const story = told('on-demand');
    expect(attemptsOf(story)).toEqual([
      { number: 1, maximum: 2, onDemand: false, outcome: 'interrupted', refusals: 0 },
      { number: 1, maximum: 2, onDemand: true, outcome: 'succeeded', refusals: 0 },
    ]);
    expect(story.attempts[0]).toMatchObject({
      reason: 'Host EC2 (instance i-0a1b2c3d4e5f60718) terminated.',
      starts: [{ isReclaim: true, exitCode: undefined }],
    });
    expect(story.attempts[0]?.queueArn).not.toBe(story.attempts[1]?.queueArn);
  });

  it('takes exit code 143 before on-demand capacity for an interruption, and any code after it for a failure', () => {
    const story = told('on-demand-failed');
    expect(attemptsOf(story).map(({ number, onDemand, outcome }) => [number, onDemand, outcome])).toEqual([
      [1, false, 'interrupted'],
      [1, true, 'failed'],
      [2, false, 'succeeded'],
    ]);
    expect(story.attempts[0]?.starts[0]).toMatchObject({ exitCode: 143, isReclaim: true });
    expect(story.attempts[1]?.starts[0]).toMatchObject({ exitCode: 3, isReclaim: false });
  });

  it("has the waits of a throttled submission, those of the state's own retries too, and one attempt", () => {
    const story = told('throttled');
    expect(attemptsOf(story)).toEqual([{ number: 1, maximum: 2, onDemand: false, outcome: 'succeeded', refusals: 2 }]);
    expect(story.waits.map(({ kind, before }) => [kind, before])).toEqual([
      ['throttled', 1],
      ['throttled', 1],
    ]);
    for (const { from, to } of story.waits) expect(Number(to)).toBeGreaterThan(Number(from));
  });

  it.each([
    ['denied', 'Batch.AWSBatchException', /not authorized to perform: batch:SubmitJob/],
    ['refused', 'Batch.ClientException', /Job size must be less than 30 KiB/],
  ])('of a submission that is %s has no job', (name, error, reason) => {
    const story = told(name);
    expect(story).toMatchObject({ status: 'FAILED', error });
    expect(story.reason).toMatch(reason);
    expect(attemptsOf(story)).toEqual([{ number: 1, maximum: 2, onDemand: false, outcome: 'refused', refusals: 1 }]);
    expect(story.attempts[0]).toEqual(expect.not.objectContaining({ jobId: expect.anything() }));
  });

  it('has the size and the place of a large event, not those of the reference', () => {
    const { event } = told('large');
    expect(event).toMatchObject({ bytes: 34567, s3Uri: 's3://example-payloads/report/0a1b.json' });
    expect(event.source).toBeUndefined();
  });

  it('is open while the run waits, and closed when it is stopped', () => {
    const waiting = told('waiting');
    expect(waiting).toMatchObject({ status: 'RUNNING', ended: undefined });
    expect(waiting.waits).toEqual([{ kind: 'retry', from: expect.any(Date), before: 2 }]);
    expect(attemptsOf(waiting).map(({ outcome }) => outcome)).toEqual(['failed']);

    const aborted = told('aborted');
    expect(aborted).toMatchObject({ status: 'ABORTED', ended: expect.any(Date) });
    expect(aborted.waits).toEqual([{ kind: 'retry', from: expect.any(Date), to: aborted.ended, before: 2 }]);
  });
});

/** The first events of a recorded run, as they were at some time. */
function until(name: string, type: HistoryEvent['type'], count = 1) {
  const { execution, history } = recorded(name);
  let seen = 0;
  const end = history.findIndex((event) => event.type === type && ++seen === count);
  return {
    execution: { ...execution, status: 'RUNNING' as const, stopDate: undefined },
    events: history.slice(0, end + 1),
  };
}

describe('the story of a run in progress', () => {
  const { execution, events } = until('succeeded', 'TaskSubmitted');
  const [id = ''] = jobsWithoutDetail(events);

  it('has the job that AWS Batch can be asked about', () => {
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(storyOf(execution, events).attempts[0]).toMatchObject({ jobId: id, starts: [] });
    expect(storyOf(execution, events).attempts[0]?.outcome).toBeUndefined();
  });

  it("has the status of the queue, and the start that isn't among the ended ones", () => {
    // Made: moto's jobs end at once.
    const queued: BatchJob = { jobId: id, status: 'RUNNABLE', createdAt: 1_795_000_000_000, startedAt: 0 };
    expect(storyOf(execution, events, new Map([[id, queued]])).attempts[0]).toMatchObject({
      batchStatus: 'RUNNABLE',
      submitted: new Date(1_795_000_000_000),
      starts: [],
    });
    const running: BatchJob = {
      ...queued,
      status: 'RUNNING',
      startedAt: 1_795_000_200_000,
      attempts: [
        {
          container: { logStreamName: 'report/default/1', taskArn: 'task/1', exitCode: 143 },
          startedAt: 1_795_000_100_000,
          stoppedAt: 1_795_000_150_000,
          statusReason: 'Essential container in task exited',
        },
      ],
      container: { logStreamName: 'report/default/2', taskArn: 'task/2', containerInstanceArn: 'instance/2' },
    };
    const [attempt] = storyOf(execution, events, new Map([[id, running]])).attempts;
    expect(attempt?.outcome).toBeUndefined();
    expect(attempt?.starts).toMatchObject([
      { number: 1, exitCode: 143, isReclaim: true, logStream: 'report/default/1' },
      {
        number: 2,
        queued: new Date(1_795_000_150_000),
        started: new Date(1_795_000_200_000),
        isReclaim: false,
        logStream: 'report/default/2',
        containerInstanceArn: 'instance/2',
      },
    ]);
  });

  it('does not show the start before a restart as a further one', () => {
    const container = { logStreamName: 'report/default/1', taskArn: 'task/1' };
    const restarted: BatchJob = { jobId: id, status: 'STARTING', attempts: [{ container }], container };
    expect(storyOf(execution, events, new Map([[id, restarted]])).attempts[0]?.starts).toHaveLength(1);
  });

  it('waits for its next submission after a refusal, which is no end', () => {
    for (const type of ['TaskFailed', 'WaitStateEntered'] as const) {
      const { execution, events } = until('throttled', type);
      const story = storyOf(execution, events);
      expect(story.attempts[0]).toMatchObject({ refusals: 1 });
      expect(story.attempts[0]?.outcome).toBeUndefined();
      expect(story.waits).toEqual([{ kind: 'throttled', from: expect.any(Date), before: 1 }]);
    }
  });
});

describe('jobs that are stopped', () => {
  it('get their detail from AWS Batch, and are stopped if it has forgotten them', () => {
    const { execution, events } = until('succeeded', 'TaskSubmitted');
    const stopped = { ...execution, status: 'ABORTED' as const, stopDate: new Date('2026-11-26T12:00:00Z') };
    const [id = ''] = jobsWithoutDetail(events);
    expect(storyOf(stopped, events).attempts[0]).toMatchObject({ outcome: 'stopped', ended: stopped.stopDate });
    const job: BatchJob = {
      jobId: id,
      status: 'FAILED',
      isTerminated: true,
      statusReason: 'Step Functions execution was stopped',
      container: { exitCode: 143 },
      stoppedAt: 1_795_691_900_000,
    };
    expect(storyOf(stopped, events, new Map([[id, job]])).attempts[0]).toMatchObject({
      outcome: 'stopped',
      reason: 'Step Functions execution was stopped (exit code 143)',
      ended: new Date(1_795_691_900_000),
    });
  });
});

describe('waits for a place', () => {
  const at = (second: number) => new Date(Date.UTC(2026, 10, 26, 22, 0, second));
  const TABLE = { resourceType: 'aws-sdk:dynamodb' };
  const entered = (second: number, name: string): HistoryEvent => ({
    id: second,
    type: 'TaskStateEntered',
    timestamp: at(second),
    stateEnteredEventDetails: { name },
  });
  const ofTable = (second: number, type: HistoryEvent['type'], resource: string, more: object = {}): HistoryEvent => {
    const [first = '', ...rest] = String(type);
    const details = `${first.toLowerCase()}${rest.join('')}EventDetails`;
    return { id: second, type, timestamp: at(second), [details]: { ...TABLE, resource, ...more } };
  };
  const exited = (second: number): HistoryEvent => ({ id: second, type: 'TaskStateExited', timestamp: at(second) });
  const PUT = 'putItem.waitForTaskToken';
  const request = (second: number, resource: string): HistoryEvent[] => [
    ofTable(second, 'TaskScheduled', resource),
    ofTable(second, 'TaskStarted', resource),
  ];
  const taken = [
    entered(1, 'Take a place'),
    ...request(1, 'updateItem'),
    ofTable(2, 'TaskFailed', 'updateItem', { error: 'DynamoDb.ConditionalCheckFailedException' }),
    exited(2),
  ];
  const waiting = [...taken, entered(3, 'Wait for a place'), ...request(3, PUT), ofTable(4, 'TaskSubmitted', PUT)];
  const again = [
    ...waiting,
    ofTable(10, 'TaskTimedOut', PUT, { error: 'States.Timeout' }),
    ...request(12, PUT),
    ofTable(13, 'TaskSubmitted', PUT),
  ];
  const execution = { ...recorded('succeeded').execution, status: 'RUNNING' as const, stopDate: undefined };
  const tell = (events: readonly HistoryEvent[], more: object = {}) => storyOf({ ...execution, ...more }, events);

  it('are none of a run that only asks for its place, and its refusals are no failure', () => {
    expect(tell(taken)).toMatchObject({ waits: [], attempts: [], error: undefined, reason: undefined });
  });

  it('begin with the request that waits for a task token', () => {
    expect(tell(waiting)).toMatchObject({ waits: [{ kind: 'place', from: at(3), before: 1 }], attempts: [] });
    expect(tell(waiting).waits[0]?.to).toBeUndefined();
  });

  it('are one wait, however often the run waits with a new task token', () => {
    expect(tell(again).waits).toEqual([{ kind: 'place', from: at(3), before: 1 }]);
  });

  it('end when the run has its place, before its first attempt', () => {
    const gone = [...again, ofTable(20, 'TaskSucceeded', PUT), exited(20), entered(21, 'Attempt 1')];
    expect(tell(gone).waits).toEqual([{ kind: 'place', from: at(3), to: at(20), before: 1 }]);
  });

  it('end with the run, if it is stopped in line', () => {
    const { waits, attempts } = tell(waiting, { status: 'ABORTED', stopDate: at(30) });
    expect([waits, attempts]).toEqual([[{ kind: 'place', from: at(3), to: at(30), before: 1 }], []]);
  });
});
