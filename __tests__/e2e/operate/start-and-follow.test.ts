import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import { unavailable } from '../engines/moto';
import { type OperatedStack, operatedStack } from '../engines/operated-stack';
import { describeWith, terraformAvailable } from '../engines/terraform';

const container = { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } } as const;
const config: BatchJobsConfig = {
  stackName: 'steered',
  region: 'eu-west-1',
  resources: {
    inbox: { type: 'sqs-queue' },
    report: {
      type: 'batch-job',
      properties: {
        container,
        resources: { cpu: 1, memory: 512 },
        useSpotInstances: true,
        retryConfig: {
          attempts: 2,
          retryIntervalSeconds: 1,
          spotInterruption: { freeRestarts: 2, thenOnDemand: true },
        },
        events: [
          { type: 'sqs', properties: { sqsQueueName: 'inbox' } },
          { type: 'schedule', properties: { scheduleRate: 'rate(1 hour)' } },
        ],
      },
    },
    byHand: { type: 'batch-job', properties: { container, resources: { cpu: 1, memory: 512 } } },
  },
};

const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

/** Lines without the time in front, which differs, and without the run's name. */
function linesOf(stdout: string): string[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^\d\d:\d\d\.\d {2}/, '').replace(/(report|byHand)-[0-9a-f]{32}/g, 'RUN'));
}

function documentsOf(stdout: string): { readonly [key: string]: unknown }[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** An event of a queue, whose message has an ID. */
function message(id: string, body = '{}') {
  return { Records: [{ messageId: id, eventSource: 'aws:sqs', body, attributes: {}, messageAttributes: {} }] };
}

describeWith([terraformAvailable(), moto], 'runs that a person starts, follows, stops and repeats', () => {
  let stack: OperatedStack;

  beforeAll(async () => {
    stack = await operatedStack(config);
  });
  afterEach(() => stack.front.reset());
  afterAll(() => stack?.stop());

  const file = (name: string, event: unknown) => {
    writeFileSync(join(stack.folder, name), JSON.stringify(event));
    return name;
  };

  it('follows a run through a restart, a failure and a wait to its success, with the log of each container', async () => {
    const lines = ['{name}, start {start}'];
    await stack.script('report', { ends: ['reclaim>1', '0'], lines, queuedSeconds: 3, runningSeconds: 1 });
    const args = ['start', 'report', '--event-type', 'schedule', '--follow', '--yes'];
    const { code, stdout, stderr } = await stack.command(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    // Statuses between two looks are not seen on a slow machine.
    const told = linesOf(stdout).filter((line) => !line.startsWith('In the queue') && !line.startsWith('Starting'));
    const begin = /^Succeeded on attempt 2 of 2, \d+ s$/;
    expect(told.pop()).toMatch(begin);
    expect(told).toEqual([
      expect.stringMatching(/^Event {5}sample of schedule, \d+ bytes$/),
      'Started   RUN',
      'Attempt 1 of 2, submitted to steered-spot-cpu-x86-64',
      expect.stringMatching(/^Attempt 1 of 2, running/),
      '         | RUN, start 1',
      'Attempt 1 interrupted: Host EC2 (instance i-0a1b2c3d4e5f60718) terminated.',
      '         AWS Batch restarts the job without using up an attempt',
      expect.stringMatching(/^Attempt 1 of 2, start 2, running/),
      '         | RUN, start 2',
      'Attempt 1 failed: exit code 1',
      '         waiting before attempt 2',
      'Attempt 2 of 2, submitted to steered-spot-cpu-x86-64',
      expect.stringMatching(/^Attempt 2 of 2, running/),
      '         | RUN, start 1',
    ]);
  });

  it('exits with 1 if the run fails, also if it ended while its last lines are read, and tells the failure once', async () => {
    await stack.script('byHand', { ends: ['oom'], lines: ['one', 'two'] });
    stack.front.throttle('states:GetExecutionHistory', 2);
    stack.front.throttle('batch:DescribeJobs', 1);
    const { code, stdout } = await stack.command(['start', 'byHand', '--follow', '--yes', '--json']);
    expect(code).toBe(1);
    const documents = documentsOf(stdout);
    expect(documents.map(({ type }) => type).filter((type) => type !== 'queue')).toEqual([
      'event',
      'started',
      'submitted',
      'container',
      'output',
      'output',
      'exit',
      'result',
    ]);
    expect(documents.filter(({ type }) => type === 'output').map(({ text }) => text)).toEqual(['one', 'two']);
    expect(documents.at(-2)).toMatchObject({
      outcome: 'failed',
      exitCode: 137,
      reason: expect.stringMatching(/OutOfMemory/),
    });
    expect(documents.at(-1)).toMatchObject({ status: 'FAILED', attempts: 1, error: 'States.TaskFailed' });
  });

  it.each(['timeout', 'unplaceable', 'pull', 'denied'])('follows a run that ends by %s to its end', async (end) => {
    await stack.script('byHand', { ends: [end], lines: [] });
    const { code, stdout } = await stack.command(['start', 'byHand', '--follow', '--yes', '--json']);
    expect(code).toBe(1);
    const [beforeLast, last] = documentsOf(stdout).slice(-2);
    expect(last).toMatchObject({ type: 'result', status: 'FAILED' });
    expect(beforeLast).toMatchObject(
      {
        timeout: { type: 'exit', outcome: 'timed-out', exitCode: 137 },
        unplaceable: { type: 'exit', outcome: 'canceled', exitCode: null },
        pull: { type: 'exit', exitCode: null, reason: expect.stringMatching(/^CannotPull/) },
        denied: { type: 'refused', injected: false },
      }[end] ?? {},
    );
  });

  it('starts one run for an event with an ID, and says how to run it again', async () => {
    await stack.script('report', {});
    const event = file('order.json', message('order-1'));
    const first = await stack.command(['start', 'report', '--event', event, '--yes', '--json']);
    expect(first.code).toBe(0);
    const { run, executionArn } = JSON.parse(first.stdout);
    expect(JSON.parse(first.stdout)).toMatchObject({
      job: 'report',
      duplicate: false,
      event: { source: 'order.json' },
    });
    await stack.ended(executionArn);
    const second = await stack.command(['start', 'report', '--event', event, '--yes'], { env: { COLUMNS: '80' } });
    expect(second.code).toBe(0);
    expect(linesOf(second.stdout)[1]).toMatch(/^Duplicate +run RUN already exists\./);
    expect(second.stdout).toContain(`batch-jobs rerun ${run}`);

    // Samples are new events.
    const sample = await stack.command(['start', 'report', '--yes', '--json']);
    expect(JSON.parse(sample.stdout)).toMatchObject({ duplicate: false, event: { source: 'sample of sqs' } });
    const printed = await stack.command(['start', 'report', '--print-event']);
    const arn = JSON.parse(printed.stdout).Records[0].eventSourceARN;
    expect(arn).toMatch(/^arn:aws:sqs:eu-west-1:123456789012:steered-inbox/);
  });

  it('keeps a large event whole, and repeats its run with it once it is stored again', async () => {
    await stack.script('report', {});
    const event = file('large.json', message('large-1', 'x'.repeat(20_000)));
    const { code, stdout } = await stack.command(['start', 'report', '--event', event, '--follow', '--yes']);
    expect(code).toBe(0);
    expect(linesOf(stdout)).toContain(
      '         The event is larger than 8,192 characters, so the job reads it from the payload bucket',
    );
    const rerun = await stack.command(['rerun', 'report@latest', '--yes', '--json']);
    expect(rerun.code).toBe(0);
    const { run, repeats, executionArn } = JSON.parse(rerun.stdout);
    expect(run).toBe(`${repeats}-rerun-1`);
    const { input = '' } = await stack.ended(executionArn);
    expect(JSON.parse(input).stpPayload).toMatchObject({ s3Uri: expect.stringContaining(run) });
    stack.front.deny('s3:GetObject');
    const denied = await stack.command(['rerun', run, '--yes']);
    expect(denied.code).toBe(1);
    expect(denied.stderr).toMatch(/^Your credentials do not allow s3:GetObject in eu-west-1\..*\n$/);
    const other = await stack.command(['rerun', run, '--event', '-', '--yes', '--json'], { input: '{"other":1}' });
    expect(JSON.parse(other.stdout)).toMatchObject({ run: `${repeats}-rerun-2`, repeats });
    expect((await stack.ended(JSON.parse(other.stdout).executionArn)).input).toBe('{"other":1}');
  });

  it('repeats a run once if two people do it at the same time, and not while it runs', async () => {
    await stack.script('byHand', {});
    await stack.run('byHand', 'twice', { n: 1 });
    await stack.script('byHand', { ends: ['running'] });
    const both = await Promise.all([1, 2].map(() => stack.command(['rerun', 'twice', '--yes', '--json'])));
    // The later one can also have seen the run of the earlier one.
    for (const { code } of both) expect([0, 2]).toContain(code);
    const started = both.filter(({ code }) => code === 0).map(({ stdout }) => JSON.parse(stdout).run);
    expect(new Set(started)).toEqual(new Set(['twice-rerun-1']));
    const again = await stack.command(['rerun', 'twice', '--yes']);
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect(again.stderr).toMatch(/^Run twice-rerun-1 has not ended, and another run would do its work twice\./);
    await stack.job('twice-rerun-1', 'RUNNING');
    expect(await stack.jobs('twice-rerun-1')).toHaveLength(1);

    const stopped = await stack.command(['stop', 'twice-rerun-1', '--reason', 'not needed', '--yes']);
    expect(stopped).toMatchObject({ code: 0, stderr: '' });
    expect(stopped.stdout).toBe(
      'Stopped twice-rerun-1.\nIts container gets SIGTERM now, and SIGKILL 2 min later if it still runs.\n',
    );
    expect(await stack.job('twice-rerun-1', 'FAILED')).toMatchObject({ isTerminated: true });
    const nothing = await stack.command(['stop', 'twice-rerun-1', '--yes']);
    expect(nothing).toMatchObject({ code: 2, stdout: '' });
    expect(nothing.stderr).toMatch(/^Nothing to stop: run twice-rerun-1 ended at \d{4}-.* \(ABORTED\)\.\n$/);
  });

  it('ends by Ctrl-C, and the run does not; the run is told to its end if somebody stops it', async () => {
    await stack.script('byHand', { ends: ['running'], lines: ['at work'] });
    const left = stack.spawn(['start', 'byHand', '--follow', '--yes']);
    await left.until('| at work');
    left.signal();
    const { code, stderr } = await left.end;
    expect(code).toBe(130);
    expect(stderr).toMatch(
      /^Stopped following byHand-[0-9a-f]{32}\. The run goes on\. Follow it again: .*batch-jobs logs byHand-\w+ --follow\. Stop it: .*\n$/,
    );
    const name = /byHand-[0-9a-f]{32}/.exec(stderr)?.[0] ?? '';
    expect((await stack.jobs(name))[0]).toMatchObject({ status: 'RUNNING' });
    await stack.command(['stop', name, '--yes']);

    const followed = stack.spawn(['rerun', name, '--follow', '--yes', '--json']);
    await followed.until('at work');
    expect((await stack.command(['stop', `${name}-rerun-1`, '--yes'])).code).toBe(0);
    const end = await followed.end;
    expect(end.code).toBe(1);
    // moto reports the task of a stopped execution as succeeded, so the attempt's outcome is that of no run in AWS.
    expect(documentsOf(end.stdout).slice(-2)).toMatchObject([
      { type: 'exit', attempt: '1' },
      { type: 'result', status: 'ABORTED' },
    ]);
  });

  it('sends nothing that cannot start a run, and says why in one line', async () => {
    const test = file('test.json', { Event: 's3:TestEvent', Service: 'Amazon S3' });
    const large = file('huge.json', { text: 'x'.repeat(6_300_000) });
    const cases: readonly (readonly [args: readonly string[], code: number, line: RegExp])[] = [
      [['start', 'report'], 2, /^Nothing was changed: standard input is not a terminal to ask on\. Add --yes/],
      [['start', 'report', '--json'], 2, /^--json cannot ask: add --yes\.$/],
      [['start', 'repot', '--yes'], 2, /Did you mean report\?$/],
      [['start', 'report', '--event', test, '--yes'], 2, /starts no job for this event: s3-test-event\.$/],
      [['start', 'report', '--event', large, '--yes'], 2, /^The event has 6,300,0\d\d bytes, and Lambda accepts less/],
      [['rerun', 'nobody', '--yes'], 2, /has no run "nobody"/],
      [['stop', 'nobody', '--yes'], 2, /has no run "nobody"/],
      [['stop', 'nobody', '--reason', '', '--yes'], 2, /^--reason accepts 1 to 1,024 characters\.$/],
    ];
    for (const [args, code, line] of cases) {
      const end = await stack.command(args);
      expect({ args, code: end.code, stdout: end.stdout.replace(/^\{"type":"error".*\n/, '') }).toEqual({
        args,
        code,
        stdout: '',
      });
      expect(end.stderr.trim().split('\n').at(-1)).toMatch(line);
    }
  });

  it('says what AWS refuses, and whether the run was started', async () => {
    stack.front.deny('lambda:InvokeFunction');
    const denied = await stack.command(['start', 'byHand', '--yes']);
    expect(denied).toMatchObject({ code: 1, stdout: '' });
    expect(denied.stderr).toMatch(/^Your credentials do not allow lambda:InvokeFunction in eu-west-1\./);
    stack.front.reset();

    // An invocation that gets no answer is not repeated: it would start a second run.
    stack.front.disconnect('lambda:InvokeFunction', 1);
    const lost = await stack.command(['start', 'byHand', '--yes']);
    expect(lost.code).toBe(1);
    expect(lost.stderr).toMatch(
      /did not arrive: .*\. The run may have been started\. Before you start it again, look:/,
    );
    expect(stack.front.calls.filter(({ action }) => action === 'lambda:InvokeFunction')).toHaveLength(1);
    stack.front.reset();

    stack.front.answerAs('210987654321');
    const elsewhere = await stack.command(['start', 'byHand', '--yes']);
    expect(elsewhere.code).toBe(1);
    expect(elsewhere.stderr).toMatch(
      /^Job byHand of stack steered is not deployed in account 210987654321 in eu-west-1\./,
    );
    stack.front.reset();

    await stack.script('byHand', { lines: ['hidden'], queuedSeconds: 3, runningSeconds: 3 });
    stack.front.deny('batch:DescribeJobs');
    stack.front.deny('logs:FilterLogEvents');
    const blind = await stack.command(['start', 'byHand', '--follow', '--yes', '--json']);
    expect(blind.code).toBe(0);
    const notes = documentsOf(blind.stdout).filter(({ type }) => type === 'note');
    expect(notes.map(({ text }) => /do not allow ([\w:]+)/.exec(String(text))?.[1]).sort()).toEqual([
      'batch:DescribeJobs',
      'logs:FilterLogEvents',
    ]);
  });
});
