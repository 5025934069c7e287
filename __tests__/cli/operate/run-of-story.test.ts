import { causeLine } from '../../../cli/model/words/cause-line';
import { verdict } from '../../../cli/model/words/verdict';
import { runOfStory } from '../../../cli/operate/run-of-story';
import type { ContainerStart, RunAttempt, RunStory } from '../../../cli/operate/run-story';
import { at, run as toldRun } from '../model/told-runs';

const { policy } = toldRun();
const time = (seconds: number) => new Date(at(seconds));

function story(differences: Partial<RunStory> = {}): RunStory {
  return {
    executionArn: 'arn:aws:states:eu-west-1:123456789012:execution:reports-nightlyReport:nightlyReport-67cd5321',
    name: 'nightlyReport-67cd5321',
    status: 'FAILED',
    started: time(0),
    ended: time(600),
    event: { source: 'schedule', bytes: 2, input: '{}' },
    attempts: [],
    waits: [],
    ...differences,
  };
}

function entry(differences: Partial<RunAttempt> = {}): RunAttempt {
  return {
    number: 1,
    maximum: 3,
    onDemand: false,
    refusals: 0,
    begun: time(0),
    jobId: 'job-1',
    queueArn: 'arn:aws:batch:eu-west-1:123456789012:job-queue/reports-spot',
    submitted: time(1),
    ended: time(300),
    outcome: 'failed',
    resources: { cpu: 2, memory: 1800, gpu: 0 },
    starts: [],
    ...differences,
  };
}

function container(differences: Partial<ContainerStart> = {}): ContainerStart {
  return {
    number: 1,
    queued: time(1),
    started: time(60),
    stopped: time(300),
    exitCode: 1,
    isReclaim: false,
    ...differences,
  };
}

const converted = (told: RunStory) => runOfStory(told, { job: 'nightlyReport', policy }, at(420));

test('an attempt that went on with on-demand capacity is one with further starts, and restarts are numbered', () => {
  const reclaimed = container({ isReclaim: true, exitCode: 143, stopped: time(100) });
  const run = converted(
    story({
      attempts: [
        entry({ outcome: 'interrupted', starts: [reclaimed, { ...reclaimed, number: 2, queued: time(100) }] }),
        entry({ onDemand: true, jobId: 'job-2', begun: time(200), starts: [container({ queued: time(201) })] }),
      ],
    }),
  );
  expect(run.attempts).toHaveLength(1);
  expect(
    run.attempts[0]?.starts.map(({ number, outcome, restart, onDemand, jobId, queue }) => [
      number,
      outcome,
      restart,
      onDemand,
      jobId,
      queue,
    ]),
  ).toEqual([
    [1, 'interrupted', undefined, false, 'job-1', 'reports-spot'],
    [2, 'interrupted', 1, false, 'job-1', 'reports-spot'],
    [3, 'failed', undefined, true, 'job-2', 'reports-spot'],
  ]);
  expect(run.attempts[0]?.outcome).toBe('failed');
  expect(causeLine(run, at(600))).toBe(
    'Attempt 1 had two Spot interruptions, moved to an on-demand instance, and exited with code 1.',
  );
  expect(run.bars?.length).toBeGreaterThan(4);
});

test('a job that waits for its restart has a start in the queue', () => {
  const run = converted(
    story({
      status: 'RUNNING',
      ended: undefined,
      attempts: [
        entry({
          outcome: undefined,
          ended: undefined,
          batchStatus: 'RUNNABLE',
          starts: [container({ exitCode: 143 })],
        }),
      ],
    }),
  );
  expect(
    run.attempts[0]?.starts.map(({ outcome, restart, queuedAt, batchStatus }) => [
      outcome,
      restart,
      queuedAt,
      batchStatus,
    ]),
  ).toEqual([
    ['interrupted', undefined, at(1), undefined],
    ['queued', 1, at(300), 'RUNNABLE'],
  ]);
  expect(verdict(run).text).toBe('Waiting for Spot capacity, attempt 1 of 3');
});

test.each([
  ['SUBMITTED', [], 'queued'],
  ['STARTING', [container({ started: undefined, stopped: undefined, exitCode: undefined })], 'starting'],
  ['RUNNING', [container({ stopped: undefined, exitCode: undefined })], 'running'],
  [undefined, [], 'queued'],
] as const)('a live job in status %s', (batchStatus, starts, outcome) => {
  const run = converted(
    story({
      status: 'RUNNING',
      ended: undefined,
      attempts: [entry({ outcome: undefined, ended: undefined, batchStatus, starts })],
    }),
  );
  expect(run.outcome).toBe('running');
  expect(run.attempts[0]?.outcome).toBe(outcome);
  expect(run.attempts[0]?.starts).toHaveLength(1);
  expect(run.attempts[0]?.starts[0]?.batchStatus).toBe(batchStatus);
});

test('what AWS Batch forgot stays unknown', () => {
  const [start] =
    converted(story({ attempts: [entry({ outcome: 'stopped', resources: undefined })] })).attempts[0]?.starts ?? [];
  expect(start).toMatchObject({ outcome: 'stopped', queuedAt: undefined, jobId: 'job-1' });
  const [canceled] =
    converted(story({ attempts: [entry({ outcome: 'canceled', resources: undefined })] })).attempts[0]?.starts ?? [];
  expect(canceled?.queuedAt).toBe(at(1));
});

test('a container that could not start did not run', () => {
  const reason = 'CannotPullContainerError: manifest unknown';
  const run = converted(story({ attempts: [entry({ starts: [container({ exitCode: undefined, reason })] })] }));
  expect(run.attempts[0]?.outcome).toBe('not-started');
  expect(run.attempts[0]?.starts[0]).toMatchObject({
    outcome: 'not-started',
    startedAt: undefined,
    stoppedAt: at(300),
  });
  expect(causeLine(run, at(600))).toBe(
    'Attempt 1 could not start the container: CannotPullContainerError: manifest unknown.',
  );
});

test('refused submissions have the times at which their waits began', () => {
  const run = converted(
    story({
      attempts: [
        entry({ jobId: undefined, submitted: undefined, outcome: 'refused', refusals: 2, reason: 'Too Many Requests' }),
      ],
      waits: [{ kind: 'throttled', from: time(2), to: time(9), before: 1 }],
    }),
  );
  expect(run.attempts[0]?.refusals.map((refusal) => refusal.at)).toEqual([at(2), at(300)]);
  expect(run.attempts[0]?.starts).toEqual([]);
  expect(causeLine(run, at(600))).toBe('Attempt 1 was not submitted: AWS Batch throttled it twice.');
});

test.each([
  ['RUNNING', 'running', undefined],
  ['PENDING_REDRIVE', 'running', undefined],
  ['SUCCEEDED', 'succeeded', undefined],
  ['FAILED', 'failed', undefined],
  ['TIMED_OUT', 'timed-out', undefined],
  ['ABORTED', 'stopped', 'batch-jobs stop'],
] as const)('status %s of an execution', (status, outcome, stoppedBy) => {
  const run = converted(story({ status, error: 'Stopped', reason: 'Stopped by batch-jobs stop', cause: 'the cause' }));
  expect([run.outcome, run.stoppedBy, run.isRedrivePending]).toEqual([
    outcome,
    stoppedBy,
    status === 'PENDING_REDRIVE' || undefined,
  ]);
  expect(run.cause).toBe(outcome === 'succeeded' || outcome === 'running' ? undefined : 'the cause');
});

test('only an event that a source sent has a call of the trigger function, and only a small one has its text', () => {
  expect(converted(story()).trigger).toEqual({ at: at(0), duplicates: 0 });
  expect(converted(story({ event: { source: 'by hand', bytes: 2, input: '{}' } })).trigger).toBeUndefined();
  expect(converted(story()).event).toEqual({ source: 'schedule', bytes: 2, text: '{}', s3Uri: undefined });
  const stored = converted(story({ event: { bytes: 9_000, s3Uri: 's3://bucket/key', input: '{"stpPayload":{}}' } }));
  expect(stored.event).toEqual({ source: undefined, bytes: 9_000, text: undefined, s3Uri: 's3://bucket/key' });
  expect(stored.trigger).toBeDefined();
});

test('a wait has the length that the config gives', () => {
  const run = converted(story({ attempts: [entry()], waits: [{ kind: 'retry', from: time(300), before: 2 }] }));
  expect(run.waits).toEqual([{ kind: 'retry', from: at(300), to: undefined, before: 2, seconds: 5 }]);
});

describe('the memory of an attempt', () => {
  const memories = (attempts: RunAttempt[], memoryLevels?: number[]) =>
    runOfStory(
      story({ attempts }),
      { job: 'nightlyReport', policy: { ...policy, memoryLevels } },
      at(420),
    ).attempts.map(({ memory }) => memory);

  test('is that of its job in AWS Batch, else what its submission asked for, else that of the config', () => {
    const forgotten = entry({ resources: undefined });
    expect(memories([entry(), { ...forgotten, number: 2, memory: 3600 }], [1800, 3600])).toEqual([1800, 3600]);
    expect(memories([forgotten], [1024, 2048])).toEqual([1024]);
    expect(memories([forgotten])).toEqual([undefined]);
  });

  test('is that of its last submission', () => {
    expect(
      memories([entry({ resources: undefined, memory: 3600 }), entry({ resources: undefined, memory: 7200 })]),
    ).toEqual([7200]);
  });
});
