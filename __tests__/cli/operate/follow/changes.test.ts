import { Changes } from '../../../../cli/operate/follow/changes';
import type { ContainerStart, RunAttempt, RunStory } from '../../../../cli/operate/run-story';

// Stories are made here. Those of histories that moto recorded are in the tests of the story itself.

const at = (second: number) => new Date(Date.UTC(2026, 10, 26, 14, 0, second));

const START: ContainerStart = { number: 1, queued: at(1), started: at(2), isReclaim: false, logStream: 'report/a' };
const ATTEMPT: RunAttempt = {
  number: 1,
  maximum: 2,
  onDemand: false,
  refusals: 0,
  begun: at(0),
  jobId: 'job-1',
  queueArn: 'arn:aws:batch:eu-west-1:123456789012:job-queue/shop-spot',
  submitted: at(1),
  starts: [],
};

function story(attempts: readonly RunAttempt[], more: Partial<RunStory> = {}): RunStory {
  const event = { source: 'sqs', bytes: 2, input: '{}' };
  return { executionArn: '', name: 'report-1', status: 'RUNNING', started: at(0), event, attempts, waits: [], ...more };
}

/** What a series of stories tells, in short. */
function told(...stories: readonly RunStory[]): string[] {
  const changes = new Changes();
  return stories.flatMap((one) =>
    changes.next(one).map(({ progressEvent, endOf }) => {
      const { type, attempt, status, outcome, run, of } = progressEvent as { readonly [key: string]: unknown };
      return [type, attempt, status, outcome, run, of, endOf?.stream].filter((part) => part !== undefined).join(' ');
    }),
  );
}

const RUNNING = { ...ATTEMPT, batchStatus: 'RUNNING', starts: [START] };
const FAILED = {
  ...ATTEMPT,
  outcome: 'failed',
  ended: at(9),
  starts: [{ ...START, stopped: at(9), exitCode: 1 }],
} as const;

test('each status, start and end of an attempt is told once', () =>
  expect(
    told(
      story([{ ...ATTEMPT, jobId: undefined, submitted: undefined }]),
      story([{ ...ATTEMPT, batchStatus: 'SUBMITTED' }]),
      story([{ ...ATTEMPT, batchStatus: 'RUNNABLE' }]),
      story([{ ...ATTEMPT, batchStatus: 'RUNNABLE' }]),
      story([{ ...ATTEMPT, batchStatus: 'STARTING', starts: [{ ...START, started: undefined }] }]),
      story([RUNNING]),
      story([RUNNING]),
      story([FAILED]),
      story([FAILED], { waits: [{ kind: 'retry', from: at(9), before: 2 }] }),
      story([FAILED, { ...ATTEMPT, number: 2 }], { waits: [{ kind: 'retry', from: at(9), to: at(11), before: 2 }] }),
    ),
  ).toEqual([
    'submitted 1',
    'queue 1 RUNNABLE',
    'queue 1 STARTING',
    'container 1 1',
    'exit 1 failed report/a',
    'waiting 2 attempt',
    'submitted 2',
  ]));

test('what happened between two looks is told in its order', () => {
  const second = { ...ATTEMPT, number: 2, outcome: 'succeeded', starts: [{ ...START, stopped: at(20), exitCode: 0 }] };
  const waits = [{ kind: 'retry', from: at(9), to: at(11), before: 2 }] as const;
  expect(told(story([]), story([FAILED, second as RunAttempt], { waits }))).toEqual([
    'submitted 1',
    'container 1 1',
    'exit 1 failed report/a',
    'waiting 2 attempt',
    'submitted 2',
    'container 2 1',
    'exit 2 succeeded report/a',
  ]);
});

test('a restart by AWS Batch is told when the job is in the queue again, and its second start has its own number', () => {
  const first = { ...START, stopped: at(5), isReclaim: true, reason: 'Host EC2 (instance i-1) terminated.' };
  const again = { ...START, number: 2, started: at(8), logStream: 'report/b' };
  expect(
    told(
      story([RUNNING]),
      story([{ ...ATTEMPT, batchStatus: 'RUNNING', starts: [first] }]),
      story([{ ...ATTEMPT, batchStatus: 'RUNNABLE', starts: [first] }]),
      story([{ ...ATTEMPT, batchStatus: 'RUNNING', starts: [first, again] }]),
    ),
  ).toEqual([
    'submitted 1',
    'container 1 1',
    'exit 1 interrupted report/a',
    'restart 2',
    'queue 1 RUNNABLE',
    'container 1 2',
  ]);
});

test('an answer that is older than the one before tells nothing again', () =>
  expect(told(story([FAILED]), story([RUNNING]), story([]), story([FAILED])).length).toBe(3));

test('the same attempt on on-demand capacity is an attempt of the same number', () => {
  const left = { ...FAILED, outcome: 'interrupted' } as const;
  expect(told(story([left, { ...ATTEMPT, onDemand: true, jobId: 'job-2' }]))).toEqual([
    'submitted 1',
    'container 1 1',
    'exit 1 interrupted report/a',
    'submitted 1',
  ]);
});

test.each([
  ['canceled', 'exit 1 canceled'],
  ['stopped', 'exit 1 stopped'],
  ['failed', 'exit 1 not-started'],
] as const)('a job that was %s without a start has an end, and no output to wait for', (outcome, text) =>
  expect(told(story([{ ...ATTEMPT, outcome, ended: at(3), reason: 'why' }]))).toEqual(['submitted 1', text]),
);

test('refused submissions are told one by one, and the wait after them', () => {
  const refused = { ...ATTEMPT, jobId: undefined, submitted: undefined };
  const waits = [{ kind: 'throttled', from: at(1), before: 1 }] as const;
  expect(
    told(
      story([{ ...refused, refusals: 1 }], { waits }),
      story([{ ...refused, refusals: 3 }], { waits }),
      story([{ ...refused, refusals: 3, outcome: 'refused', reason: 'AccessDenied' }], { waits }),
    ),
  ).toEqual(['refused', 'waiting 1 submission', 'refused', 'refused']);
});

test('the log is read to its end before an exit is told, and times are those of AWS', () => {
  const changes = new Changes().next(story([FAILED]));
  expect(changes.map((change) => change.at)).toEqual([at(1), at(2), at(9)]);
  expect(changes[2]).toMatchObject({
    endOf: { stream: 'report/a', at: at(9) },
    progressEvent: { type: 'exit', exitCode: 1, seconds: 7 },
  });
});
