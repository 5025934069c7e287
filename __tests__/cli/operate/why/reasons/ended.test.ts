import { ENDED_REASONS, SKIPPED_REASON, SUCCEEDED_REASON } from '../../../../../cli/operate/why/reasons/ended';
import { found } from '../found';
import { attempt, failed, idle, minutesAgo, RUN, running, story } from '../sample-facts';

const ended = (facts: Parameters<typeof found>[1]) => found(ENDED_REASONS, facts);
const codeOf = (error: string, reason?: string) => ended(failed({}, { attempts: [], error, reason }))?.code;

describe('a run that has not ended', () => {
  it('has no reason for its end, whatever its last attempt ended with', () => {
    const attempts = [
      attempt({
        outcome: 'stopped',
        reason: 'OutOfMemoryError',
        starts: [{ number: 1, exitCode: 1, isReclaim: false }],
      }),
    ];
    expect(ended(running({ attempts, error: 'Batch.ClientException', reason: 'x' }))).toBeUndefined();
    expect(ended(idle({}))).toBeUndefined();
  });
});

describe('what AWS says of a failure', () => {
  const OOM = 'OutOfMemoryError: Container killed due to memory usage';

  it.each([
    ['the last container', failed({ container: OOM })],
    ['the last attempt', failed({ reason: OOM })],
    ['the execution', failed({}, { reason: OOM })],
    ['the execution, without an attempt', failed({}, { reason: OOM, attempts: [] })],
  ])('can be of %s', (_, facts) => {
    expect(ended(facts)?.code).toBe('out-of-memory');
  });

  it('is not of a container before the last one', () => {
    const starts = [
      { number: 1, reason: OOM, isReclaim: false },
      { number: 2, exitCode: 3, isReclaim: false },
    ];
    expect(ended(failed({}, { attempts: [attempt({ outcome: 'failed', starts })] }))?.code).toBe('exit-code');
  });

  it('can be a line of the log that says that the program is for another processor, and no other line', () => {
    const last = { exitCode: 1 };
    expect(ended(failed(last, {}, ['x', 'exec /app: exec format error']))?.code).toBe('architecture-mismatch');
    expect(ended(failed(last, {}, [OOM]))?.code).toBe('exit-code');
  });

  it('has the values of the job, with the failed run as the subject', () => {
    expect(ended(failed({ exitCode: 3 }))?.values).toMatchObject({
      subject: `Run ${RUN} failed`,
      run: RUN,
      exitCode: 3,
    });
  });
});

describe('an exit code', () => {
  it('is that of the last container of the last attempt', () => {
    const starts = (exitCode?: number) => [{ number: 1, exitCode, isReclaim: false }];
    const attempts = [attempt({ starts: starts(127) }), attempt({ starts: starts(126) })];
    expect(ended(failed({}, { attempts }))?.code).toBe('exit-not-executable');
  });

  it('of 0 is no reason', () => {
    expect(ended(failed({ exitCode: 0 }))?.code).toBe('failed');
  });
});

describe('a job that somebody ended in AWS Batch', () => {
  it.each(['stopped', 'canceled'] as const)('tells why it was %s', (outcome) => {
    expect(ended(failed({ outcome, reason: 'too expensive', exitCode: 137 }))).toEqual({
      code: 'terminated',
      values: expect.objectContaining({ reason: 'too expensive', subject: `Run ${RUN} failed` }),
    });
  });

  it('can have no reason', () => {
    expect(ended(failed({ outcome: 'stopped' }))?.values.reason).toBe('no reason was given');
  });

  it('did not fail by its exit code, as others do', () => {
    expect(ended(failed({ outcome: 'failed', exitCode: 137 }))?.code).toBe('exit-killed');
  });
});

describe('an execution that ended with an error', () => {
  it.each([
    ['Batch.ClientException', 'JobQueue shop is not in ENABLED state', 'refused-queue'],
    ['Batch.ClientException', 'the job queue\nis disabled', 'refused-queue'],
    ['Batch.ClientException', 'Error,\nJobDefinition shop has no ACTIVE revision', 'refused-definition'],
    ['Batch.ClientException', 'no such job definition', 'refused-definition'],
    ['Batch.AccessDeniedException', 'x', 'refused-permission'],
    ['States.Permissions', 'x', 'refused-permission'],
    ['Batch.BatchException', 'x (Service: AWSBatch; Status Code: 403)', 'refused-permission'],
    ['Batch.BatchException', 'AccessDenied', 'refused-permission'],
    ['Batch.BatchException', 'User is not authorized to perform batch:SubmitJob', 'refused-permission'],
    ['Batch.AWSBatchException', 'x', 'refused-throttled'],
    ['Batch.TooManyRequestsException', 'x', 'refused-throttled'],
    ['Batch.ServerException', 'x', 'refused-throttled'],
    ['Batch.SdkClientException', 'x', 'refused-throttled'],
    ['Batch.ClientException', 'x', 'refused'],
    ['States.Runtime', 'the job queue is unknown', 'state-machine-fault'],
    ['States.DataLimitExceeded', 'x', 'state-machine-fault'],
    ['States.TaskFailed', 'x', 'failed'],
    ['States.Timeout', 'x', 'failed'],
    ['ItemsFailed', 'x', 'failed'],
  ])('%s: %s is %s', (error, reason, code) => {
    expect(codeOf(error, reason)).toBe(code);
  });

  it('tells its reason, or its error if it has none', () => {
    expect(ended(failed({}, { attempts: [], error: 'States.Runtime', reason: 'x' }))?.values).toMatchObject({
      error: 'States.Runtime',
      reason: 'x',
    });
    expect(ended(failed({}, { attempts: [], error: 'Batch.X', reason: undefined }))?.values.reason).toBe('Batch.X');
    expect(ended(failed({}, { attempts: [], error: undefined, reason: undefined }))?.values).toMatchObject({
      error: '',
      reason: '',
    });
  });
});

describe('a run of items', () => {
  const counts = { waiting: 0, running: 0, succeeded: 8_500, failed: 1_500 };
  const items = {
    count: 10_000,
    counts,
    failures: [
      { index: 17, reason: 'OutOfMemoryError' },
      { index: 18, reason: 'x' },
    ],
  };

  it('failed by its first failed item, not by what that one says of memory', () => {
    expect(ended(failed({ reason: 'OutOfMemoryError' }, { items }))).toEqual({
      code: 'items-failed',
      values: { run: RUN, failed: '1,500', items: '10,000 items', item: 17, reason: 'OutOfMemoryError' },
    });
  });

  it('failed by something else if no item is named, and has not failed before its end', () => {
    expect(ended(failed({ exitCode: 2 }, { items: { ...items, failures: [] } }))?.code).toBe('exit-code');
    expect(ended(running({ items }))).toBeUndefined();
  });
});

describe('a run that ended otherwise', () => {
  it.each([
    ['TIMED_OUT', 'run-timed-out'],
    ['ABORTED', 'stopped'],
    ['PENDING_REDRIVE', 'redrive-pending'],
  ] as const)('with status %s: %s', (status, code) => {
    expect(ended(running({ status, reason: 'stopped by Ada', error: 'Stopped' }))).toEqual({
      code,
      values: { run: RUN, job: 'report', reason: 'stopped by Ada' },
    });
  });

  it('tells its error if it has no reason, and that it has neither', () => {
    expect(ended(running({ status: 'ABORTED', error: 'Stopped' }))?.values.reason).toBe('Stopped');
    expect(ended(running({ status: 'ABORTED' }))?.values.reason).toBe('no reason was given');
  });

  it('can have been skipped, which is a success without a job', () => {
    const of = (more: object) => idle({}, { run: { name: RUN, story: story({ ended: minutesAgo(1), ...more }) } });
    const skipped = of({ status: 'SUCCEEDED', isSkipped: true });
    const succeeded = of({ status: 'SUCCEEDED' });
    const values = { run: RUN, job: 'report', reason: 'no reason was given' };
    expect(found([SKIPPED_REASON], skipped)).toEqual({ code: 'skipped', values });
    expect(found([SKIPPED_REASON], succeeded)).toBeUndefined();
    expect(found([SKIPPED_REASON], of({ status: 'FAILED', isSkipped: true }))).toBeUndefined();
    expect(found([SUCCEEDED_REASON], succeeded)).toEqual({ code: 'succeeded', values });
    expect(found([SUCCEEDED_REASON], of({ status: 'FAILED' }))).toBeUndefined();
    expect(found([SUCCEEDED_REASON], idle({}))).toBeUndefined();
  });
});

it('names the command that helps', () => {
  const commands = [...ENDED_REASONS, SKIPPED_REASON, SUCCEEDED_REASON].map(({ code, command }) => [code, command]);
  expect(Object.fromEntries(commands)).toMatchObject({
    'items-failed': 'why {run} --item {item}',
    terminated: 'rerun {run}',
    'refused-queue': 'deploy',
    'refused-definition': 'deploy',
    'refused-permission': 'deploy',
    'refused-throttled': 'rerun {run}',
    refused: 'deploy',
    'state-machine-fault': 'deploy',
    failed: 'show {run}',
    'run-timed-out': 'rerun {run}',
    stopped: 'rerun {run}',
    'redrive-pending': 'why {run}',
    skipped: 'rerun {run}',
    succeeded: 'start {job}',
  });
});
