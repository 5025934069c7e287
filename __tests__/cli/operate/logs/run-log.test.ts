import type { FilterLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import type { LogLines } from '../../../../cli/operate/logs/filter';
import { LogOutput } from '../../../../cli/operate/logs/log-output';
import { RunLog } from '../../../../cli/operate/logs/run-log';
import { deploymentOf } from '../fake-aws';
import { type Recorded, recorded } from '../histories/recorded';

const GROUP = '/batch-jobs/shop/report';

/** What `logs` prints of a recorded run, each of whose containers has written a line. */
async function printed(name: string, lines: Partial<LogLines> = {}, change = (run: Recorded) => run) {
  const { execution, history } = change(recorded(name));
  const deployment = deploymentOf(({ name: request, input }) => {
    switch (request) {
      case 'DescribeExecution':
        return execution;
      case 'GetExecutionHistory':
        return { events: history };
      case 'DescribeLogGroups':
        return { logGroups: [{ logGroupName: GROUP, retentionInDays: 3650 }] };
      case 'DescribeJobs':
        return { jobs: [] };
      case 'FilterLogEvents': {
        const { logStreamNames: [logStreamName = ''] = [], filterPattern } = input as FilterLogEventsCommandInput;
        if (filterPattern !== undefined) return { events: [] };
        return { events: [{ eventId: '1', timestamp: Number(execution.startDate), logStreamName, message: 'hello' }] };
      }
      default:
        throw new Error(request);
    }
  });
  let text = '';
  const out = {
    write: (part: string) => {
      text += part;
      return true;
    },
  };
  const job = deployment.jobNamed('report');
  const run = { job, name: execution.name ?? '', executionArn: execution.executionArn ?? '' };
  const log = new RunLog(deployment, run, GROUP, { follow: false, ...lines }, new LogOutput(false, out as never));
  const code = lines.follow ? await log.follow() : await log.print();
  const shown = text
    .replace(/\d\d:\d\d:\d\d \|/g, 'hh:mm:ss |')
    .replace(/^.*: (.*) after .*, started .*/, '$1')
    .replace(/^\S+ (\w+) after [^:\n]*/m, '$1');
  return { code, lines: shown.trimEnd().split('\n') };
}

describe('a recorded run', () => {
  it('that succeeded', async () => {
    expect(await printed('succeeded')).toMatchInlineSnapshot(`
{
  "code": 0,
  "lines": [
    "succeeded",
    "Attempt 1 of 3",
    "hh:mm:ss | hello",
    "Attempt 1 succeeded",
  ],
}
`);
  });
  it('that left Spot capacity', async () => {
    expect(await printed('on-demand')).toMatchInlineSnapshot(`
{
  "code": 0,
  "lines": [
    "succeeded",
    "Attempt 1 of 2",
    "hh:mm:ss | hello",
    "Attempt 1 was interrupted: Host EC2 (instance i-0a1b2c3d4e5f60718) terminated.",
    "Attempt 1 of 2, on demand",
    "hh:mm:ss | hello",
    "Attempt 1 succeeded",
  ],
}
`);
  });
  it('that failed after retries', async () => {
    expect(await printed('failed', { follow: true })).toMatchInlineSnapshot(`
{
  "code": 1,
  "lines": [
    "failed",
    "Attempt 1 of 2",
    "hh:mm:ss | hello",
    "Attempt 1 failed: Exit code 1",
    "Attempt 2 of 2",
    "hh:mm:ss | hello",
    "Attempt 2 failed: Exit code 77",
    "failed: Exit code 77",
  ],
}
`);
  });
  it('that was refused', async () => {
    expect(await printed('refused')).toMatchInlineSnapshot(`
{
  "code": 0,
  "lines": [
    "failed",
    "Attempt 1 of 2",
    "Attempt 1 was refused by AWS Batch: Job size must be less than 30 KiB, got 47 KiB",
  ],
}
`);
  });
  it('that timed out', async () => {
    expect(await printed('timed-out', { follow: true })).toMatchInlineSnapshot(`
{
  "code": 1,
  "lines": [
    "failed",
    "Attempt 1 of 1",
    "hh:mm:ss | hello",
    "Attempt 1 timed out: Job attempt duration exceeded timeout (exit code 137)",
    "failed: Job attempt duration exceeded timeout (exit code 137)",
  ],
}
`);
  });
  it('whose lines do not match', async () => {
    expect(await printed('retried', { attempt: 1, filter: '"x"' })).toMatchInlineSnapshot(`
{
  "code": 0,
  "lines": [
    "succeeded",
    "Attempt 1 of 3",
    "(no such lines)",
    "Attempt 1 failed: Exit code 1",
  ],
}
`);
  });
});

describe('an attempt that a run does not have', () => {
  const running = (run: Recorded): Recorded => {
    const { stopDate: _, ...execution } = run.execution;
    const end = run.history.findIndex(({ type }) => type === 'WaitStateEntered');
    return { execution: { ...execution, status: 'RUNNING' }, history: run.history.slice(0, end + 1) };
  };

  it('is an error, and one that can come is waited for with --follow', async () => {
    await expect(printed('succeeded', { attempt: 2 })).rejects.toThrow('has no attempt 2: it has had 1 attempt.');
    await expect(printed('succeeded', { attempt: 2, follow: true })).rejects.toThrow('it has had 1 attempt.');
    await expect(printed('retried', { attempt: 2 }, running)).rejects.toThrow(
      /has no attempt 2: it has had 1 attempt so far, of 3 at most\. Wait for it with --follow\.$/,
    );
    await expect(printed('retried', { attempt: 4, follow: true }, running)).rejects.toThrow(/of 3 at most\.$/);
  });

  it('is not one of a run in progress, whose wait is told', async () => {
    const { code, lines } = await printed('retried', {}, running);
    expect(code).toBe(0);
    expect(lines.at(-1)).toMatch(/^The run goes on: waiting for attempt 2\. Follow it: .* logs .* --follow$/);
  });
});
