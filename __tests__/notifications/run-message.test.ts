import { RUN_MESSAGE, type RunEnd } from '../../modules/notifications/run-message';
import { failedJob, runEnd } from './ended-run';
import { evaluated } from './jsonata';

interface Message {
  readonly subject: string;
  readonly short: string;
  readonly text: string;
  readonly detail: { readonly [property: string]: unknown };
}

const message = (input: RunEnd) => evaluated<Message>(RUN_MESSAGE, { input });
const headline = async (detail: object, more: Partial<RunEnd> = {}) => {
  const { text, detail: written } = await message(runEnd(detail, more));
  const [first] = text.split('\n');
  expect(written.message).toBe(first);
  return first;
};
const cause = (change: object, container: object = {}) => JSON.stringify(failedJob(change, container));

describe('the message about a run', () => {
  it('is a mail that says what failed, why, and how to see more', async () => {
    const { subject, text } = await message(runEnd());
    expect(subject).toBe('nightly failed (reports)');
    expect(text).toBe(`\
nightly failed on attempt 3 of 3: Essential container in task exited: OutOfMemoryError: Container killed due to memory usage (exit code 137)

Run         nightly-e04f0ac63e52
Stack       reports in eu-west-1, account 123456789012
Started     2024-11-26 14:00:00 UTC
Ended       2024-11-26 14:03:25 UTC, after 3 min 25 s
Error       States.TaskFailed

See it      npx batch-jobs show nightly-e04f0ac63e52
Its output  npx batch-jobs logs nightly-e04f0ac63e52
Run again   npx batch-jobs rerun nightly-e04f0ac63e52

Execution   https://eu-west-1.console.aws.amazon.com/states/home?region=eu-west-1#/v2/executions/details/arn:aws:states:eu-west-1:123456789012:execution:reports-nightly:nightly-e04f0ac63e52
Log         https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Fbatch-jobs$252Freports$252Fnightly/log-events/reports-nightly$252Fdefault$252F1f0c`);
  });

  it('is a document for programs', async () => {
    const { detail } = await message(runEnd());
    const reason = 'Essential container in task exited: OutOfMemoryError: Container killed due to memory usage';
    expect(detail).toEqual({
      kind: 'failed',
      stack: 'reports',
      job: 'nightly',
      run: 'nightly-e04f0ac63e52',
      status: 'FAILED',
      message: `nightly failed on attempt 3 of 3: ${reason} (exit code 137)`,
      error: 'States.TaskFailed',
      reason,
      exitCode: 137,
      attempt: 3,
      attempts: 3,
      startedAt: '2024-11-26T14:00:00.123Z',
      endedAt: '2024-11-26T14:03:25.456Z',
      seconds: 205,
      batchJobId: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
      logGroup: '/batch-jobs/reports/nightly',
      logStream: 'reports-nightly/default/1f0c',
      executionArn: 'arn:aws:states:eu-west-1:123456789012:execution:reports-nightly:nightly-e04f0ac63e52',
      stateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:reports-nightly',
      region: 'eu-west-1',
      account: '123456789012',
      commands: {
        show: 'npx batch-jobs show nightly-e04f0ac63e52',
        logs: 'npx batch-jobs logs nightly-e04f0ac63e52',
        rerun: 'npx batch-jobs rerun nightly-e04f0ac63e52',
      },
      links: {
        run: expect.stringMatching(/^https:.*#\/v2\/executions\/details\/arn:aws:states:.*:nightly-e04f0ac63e52$/),
        log: expect.stringMatching(/^https:.*\$252Fnightly\/log-events\/reports-nightly\$252Fdefault\$252F1f0c$/),
      },
    });
  });

  it('about a success names the attempt, no error, and no command to run it again', async () => {
    const job = failedJob(
      { Status: 'SUCCEEDED', StatusReason: 'Essential container in task exited' },
      { ExitCode: 0, Reason: undefined },
    );
    const { subject, text, detail } = await message(
      runEnd({ status: 'SUCCEEDED', error: null, cause: null, output: JSON.stringify(job) }),
    );
    expect(subject).toBe('nightly succeeded (reports)');
    expect(text.split('\n').slice(0, 9)).toEqual([
      'nightly succeeded on attempt 3 of 3',
      '',
      'Run         nightly-e04f0ac63e52',
      'Stack       reports in eu-west-1, account 123456789012',
      'Started     2024-11-26 14:00:00 UTC',
      'Ended       2024-11-26 14:03:25 UTC, after 3 min 25 s',
      '',
      'See it      npx batch-jobs show nightly-e04f0ac63e52',
      'Its output  npx batch-jobs logs nightly-e04f0ac63e52',
    ]);
    expect(text).not.toContain('rerun');
    expect(detail).toMatchObject({ kind: 'succeeded', status: 'SUCCEEDED', exitCode: 0, attempt: 3 });
    expect(detail).not.toHaveProperty('reason');
    expect(detail).not.toHaveProperty('error');
  });

  it.each([
    [
      'a failed container',
      {},
      'nightly failed on attempt 3 of 3: Essential container in task exited: OutOfMemoryError: Container killed due to memory usage (exit code 137)',
    ],
    [
      'an attempt that took too long',
      {
        cause: cause(
          { StatusReason: 'Job attempt duration exceeded timeout' },
          { Reason: undefined, ExitCode: undefined },
        ),
      },
      'nightly failed on attempt 3 of 3: Job attempt duration exceeded timeout',
    ],
    [
      'a job that no instance can run',
      {
        cause: cause(
          {
            StatusReason:
              'Canceled by JobStateTimeLimit action due to reason: MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT',
            Attempts: [],
          },
          { Reason: undefined, ExitCode: undefined, LogStreamName: undefined },
        ),
      },
      'nightly failed on attempt 3 of 3: Canceled by JobStateTimeLimit action due to reason: MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT',
    ],
    [
      'a reclaimed host',
      {
        cause: cause(
          { StatusReason: 'Host EC2 (instance i-0a1b) terminated.' },
          { Reason: undefined, ExitCode: undefined },
        ),
      },
      'nightly failed on attempt 3 of 3: Host EC2 (instance i-0a1b) terminated.',
    ],
    [
      'a refused submission',
      { error: 'Batch.ClientException', cause: 'JobQueue reports-spot not found (Service: Batch, Status Code: 404)' },
      'nightly failed: JobQueue reports-spot not found (Service: Batch, Status Code: 404)',
    ],
    ['a stop by a person', { status: 'ABORTED', error: null, cause: null }, 'nightly was stopped'],
    [
      'a stop with a reason',
      { status: 'ABORTED', error: 'Stopped', cause: 'wrong day' },
      'nightly was stopped: wrong day',
    ],
    ['a stop with an error only', { status: 'ABORTED', error: 'Stopped', cause: '' }, 'nightly was stopped: Stopped'],
    ['a run of a year', { status: 'TIMED_OUT', error: null, cause: null }, 'nightly timed out'],
    ['a failure without any reason', { error: null, cause: null }, 'nightly failed'],
    ['an event without error and cause', { error: undefined, cause: undefined }, 'nightly failed'],
  ])('about %s', async (_, detail, expected) => {
    expect(await headline(detail)).toBe(expected);
  });

  it.each([
    ['a job cut off in the middle', JSON.stringify(failedJob()).slice(0, 400)],
    ['braces that are no JSON', '{"JobId": this is no JSON'],
    ['JSON of something else', '{"errorMessage":"no","JobName":"x"}'],
    ['a list', '["JobId"]'],
    ['quotes, templates and directives', 'it said "no" to ${HOME}, %{if} and <detail>\nand \\ more'],
  ])('takes a cause that is %s for a sentence', async (_, given) => {
    const { detail } = await message(runEnd({ cause: given }));
    expect(detail.reason).toBe(given.replace('\n', ' '));
    expect(detail).not.toHaveProperty('batchJobId');
  });

  describe('of a job with items', () => {
    const failures = [
      { index: 17, reason: 'Essential container in task exited', exitCode: 1 },
      { index: 40, reason: 'Host EC2 (instance i-0a1b) terminated.' },
    ];
    const result = { items: 12_000, succeeded: 11_998, failed: 2, failures, failuresUri: 's3://b/failures.jsonl' };
    const failed = (change: object = {}) => ({
      error: 'ItemsFailed',
      cause: JSON.stringify({ ...result, ...change }),
    });

    it('says how many items failed, with the first of them, and how to run only those again', async () => {
      const { subject, text, detail } = await message(runEnd(failed()));
      expect(subject).toBe('nightly failed (reports)');
      const reason = '2 of 12,000 items failed: item 17 (Essential container in task exited, exit code 1)';
      expect(text.split('\n')[0]).toBe(`nightly failed, ${reason}`);
      expect(text).toContain('Run again   npx batch-jobs rerun nightly-e04f0ac63e52 --failed\n');
      expect(detail).toMatchObject({
        kind: 'failed',
        error: 'ItemsFailed',
        reason,
        items: { items: 12_000, succeeded: 11_998, failed: 2, failuresUri: 's3://b/failures.jsonl' },
        commands: { rerun: 'npx batch-jobs rerun nightly-e04f0ac63e52 --failed' },
      });
      expect(detail.items).not.toHaveProperty('failures');
    });

    it.each([
      [
        'an item without an exit code',
        { failures: failures.slice(1) },
        'item 40 (Host EC2 (instance i-0a1b) terminated.)',
      ],
      ['one failure with a long reason that the cause has no room for', { failures: [] }, undefined],
    ])('tells %s', async (_, change, item) => {
      const told = `nightly failed, 2 of 12,000 items failed${item === undefined ? '' : `: ${item}`}`;
      expect(await headline(failed(change))).toBe(told);
    });

    it('says of a run that succeeded although items failed what failed', async () => {
      const succeeded = { status: 'SUCCEEDED', error: null, cause: null, output: JSON.stringify(result) };
      const { text, detail } = await message(runEnd(succeeded));
      expect(text.split('\n')[0]).toBe(
        'nightly succeeded, 2 of 12,000 items failed: item 17 (Essential container in task exited, exit code 1)',
      );
      expect(text).toContain('rerun nightly-e04f0ac63e52 --failed');
      expect(detail).toMatchObject({ kind: 'succeeded', items: { failed: 2 } });
    });

    it('says nothing more of a run without failures, or without items', async () => {
      const output = JSON.stringify({ items: 3, succeeded: 3, failed: 0, failures: [] });
      const { text, detail } = await message(runEnd({ status: 'SUCCEEDED', error: null, cause: null, output }));
      expect(text.split('\n')[0]).toBe('nightly succeeded');
      expect(text).not.toContain('rerun');
      expect(detail.items).toEqual({ items: 3, succeeded: 3, failed: 0 });
      const none = { status: 'SUCCEEDED', error: null, cause: null, output: '{}' };
      expect((await message(runEnd(none))).detail).not.toHaveProperty('items');
    });

    it('takes the same text of another error for a sentence', async () => {
      const { detail } = await message(
        runEnd({ error: 'TooManyItems', cause: 'The run has 3 items, and may have 2.' }),
      );
      expect(detail).not.toHaveProperty('items');
      expect(detail.reason).toBe('The run has 3 items, and may have 2.');
      expect((await message(runEnd({ cause: JSON.stringify(result) }))).detail).not.toHaveProperty('items');
    });
  });

  it('cuts a long cause, and the text message, not the mail', async () => {
    const { short, detail } = await message(runEnd({ cause: 'x'.repeat(30_000) }));
    expect(detail.reason).toHaveLength(1000);
    expect(short).toHaveLength(140);
  });

  it('has a subject of at most 100 ASCII characters', async () => {
    const { subject } = await message(runEnd({}, { job: 'j'.repeat(80), stack: 's'.repeat(80) }));
    expect(subject).toHaveLength(100);
    expect(subject).toMatch(/^j{80} failed \(s+$/);
  });

  it.each([
    ['aws', 'eu-west-1', 'https://eu-west-1.console.aws.amazon.com/states/home?region=eu-west-1#'],
    ['aws-cn', 'cn-north-1', 'https://cn-north-1.console.amazonaws.cn/states/home?region=cn-north-1#'],
    [
      'aws-us-gov',
      'us-gov-west-1',
      'https://us-gov-west-1.console.amazonaws-us-gov.com/states/home?region=us-gov-west-1#',
    ],
  ])('links to the console of the partition %s', async (partition, region, start) => {
    const executionArn = `arn:${partition}:states:${region}:123456789012:execution:reports-nightly:a`;
    const { detail } = await message(runEnd({ executionArn }));
    expect((detail.links as { run: string }).run.startsWith(start)).toBe(true);
  });

  it('leaves the log out if the job has none, and its stream if no container started', async () => {
    const none = await message({ ...runEnd(), logGroup: undefined });
    expect(none.text).not.toContain('Log  ');
    expect(none.detail.links).toEqual({ run: expect.any(String) });
    const waiting = await message(runEnd({ status: 'ABORTED', cause: null }));
    expect((waiting.detail.links as { log: string }).log).toMatch(
      /log-group\/\$252Fbatch-jobs\$252Freports\$252Fnightly$/,
    );
  });

  it.each([
    [456, '0 s'],
    [59_400, '59 s'],
    [60_000, '1 min 0 s'],
    [3_599_000, '59 min 59 s'],
    [3_600_000, '1 h 0 min'],
    [90_000_000, '25 h 0 min'],
  ])('writes %i ms as %s', async (millis, took) => {
    const { text } = await message(runEnd({ stopDate: 1732629600123 + millis }));
    expect(text).toContain(`, after ${took}\n`);
  });
});
