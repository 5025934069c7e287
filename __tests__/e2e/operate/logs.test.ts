import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import { unavailable } from '../engines/moto';
import { type OperatedStack, operatedStack } from '../engines/operated-stack';
import { describeWith, terraformAvailable } from '../engines/terraform';

const container = { packaging: { type: 'prebuilt-image' as const, properties: { image: 'busybox' } } };
const resources = { cpu: 1, memory: 512 };

const config: BatchJobsConfig = {
  stackName: 'logged',
  region: 'eu-west-1',
  resources: {
    report: {
      type: 'batch-job',
      properties: {
        container,
        resources,
        useSpotInstances: true,
        logging: { retentionDays: 30 },
        retryConfig: {
          attempts: 3,
          retryIntervalSeconds: 1,
          spotInterruption: { freeRestarts: 2, thenOnDemand: true },
        },
      },
    },
    silent: { type: 'batch-job', properties: { container, resources, logging: { disabled: true } } },
  },
};

const GROUP = '/batch-jobs/logged/report';
const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

describeWith([terraformAvailable(), moto], 'batch-jobs logs', () => {
  let stack: OperatedStack;

  beforeAll(async () => {
    stack = await operatedStack(config);
    await stack.script('report', { ends: ['reclaim>3', 0], lines: ['{name} works', 'in start {start}'] });
    await stack.run('report', 'retried');
  });
  afterEach(() => stack.front.reset());
  afterAll(() => stack?.stop());

  const logs = (...args: string[]) => stack.command(['logs', ...args]);
  /** Without the times, which differ. */
  const untimed = (text: string) =>
    text.replace(/\d\d:\d\d:\d\d/g, 'hh:mm:ss').replace(/\d{4}-\d\d-\d\d( \d\d:\d\d)?/g, 'yyyy-mm-dd');

  it('prints the attempts of a run in order, with the restarts in them', async () => {
    const { code, stdout, stderr } = await logs('retried');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(
      untimed(stdout)
        .replace(/after .* s,/, 'after 1 s,')
        .split('\n'),
    ).toEqual([
      'retried: succeeded after 1 s, started yyyy-mm-dd',
      'Attempt 1 of 3',
      'hh:mm:ss | retried works',
      'hh:mm:ss | in start 1',
      'Spot interruption of start 1: Host EC2 (instance i-0a1b2c3d4e5f60718) terminated.',
      'Attempt 1 of 3, start 2',
      'hh:mm:ss | retried works',
      'hh:mm:ss | in start 2',
      'Attempt 1 failed: Exit code 3',
      'Attempt 2 of 3',
      'hh:mm:ss | retried works',
      'hh:mm:ss | in start 1',
      'Attempt 2 succeeded',
      '',
    ]);
  });

  it('prints one attempt, or lines with a text', async () => {
    expect(untimed((await logs('retried', '--attempt', '2')).stdout)).toMatch(
      /started yyyy-mm-dd\nAttempt 2 of 3\nhh:mm:ss \| retried works\nhh:mm:ss \| in start 1\nAttempt 2 succeeded\n$/,
    );
    const { stdout, stderr } = await logs('retried', '--filter', 'start 2');
    expect(stderr).toBe('');
    expect(stdout.split('\n').filter((line) => line.includes(' | '))).toEqual([
      expect.stringMatching(/\| in start 2$/),
    ]);
    expect(stdout).toContain('(no such lines)');
    expect(await logs('retried', '--attempt', '7')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'Run retried has no attempt 7: it has had 2 attempts.\n',
    });
  });

  it('prints all runs of a job by time, each line with its run, as one document a line with --json', async () => {
    const { code, stdout } = await logs('report', '--filter', 'in start');
    expect(code).toBe(0);
    expect(untimed(stdout)).toContain('retried: Attempt 1 of 3, start 2\nhh:mm:ss retried | in start 2\n');
    const documents = (await logs('report', '--json')).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const lines = documents.filter(({ type, run }) => type === 'line' && run === 'retried');
    expect(lines.map(({ attempt, start, text }) => [attempt, start, text])).toEqual([
      [1, 1, 'retried works'],
      [1, 1, 'in start 1'],
      [1, 2, 'retried works'],
      [1, 2, 'in start 2'],
      [2, 1, 'retried works'],
      [2, 1, 'in start 1'],
    ]);
    expect(lines[0]).toMatchObject({ time: expect.stringMatching(/Z$/), stream: expect.stringMatching(/^batch\//) });
  });

  it('says where the log is if logging is disabled, and which option is wrong', async () => {
    const { code, stdout, stderr } = await logs('silent');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Logging is disabled for job silent \(logging\.disabled\)/);
    expect((await logs('report', '--attempt', '1')).stderr).toMatch(/^--attempt selects an attempt of a run/);
    expect((await logs('nothing')).stderr).toMatch(/^Stack logged has no run "nothing"/);
  });

  it('follows a run to its failure, and ends with its exit code', async () => {
    await stack.script('report', { ends: [3, 'running'], lines: ['one', 'two'], queuedSeconds: 1, runningSeconds: 1 });
    await stack.start('report', 'followed');
    const command = stack.spawn(['logs', 'followed', '--follow']);
    await command.until('Attempt 2 of 3\n');
    await command.until(/Attempt 2 of 3\n[\s\S]*\| two\n/);
    await stack.tell('followed', { end: '3' });
    await command.until(/Attempt 3 of 3\n[\s\S]*\| two\n/);
    stack.front.throttle('states:*', 3);
    await stack.tell('followed', { end: '4' });
    const { code, stdout, stderr } = await command.end;
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout.match(/\| one/g)).toHaveLength(3);
    expect(stdout.match(/\| two/g)).toHaveLength(3);
    expect(stdout).toMatch(/Attempt 3 failed: Exit code 4\nfollowed failed after .*: Exit code 4\n$/);
  });

  it('stops following on Ctrl-C, and the run goes on', async () => {
    await stack.script('report', { ends: ['running'], lines: ['begun'] });
    const arn = await stack.start('report', 'left');
    const command = stack.spawn(['logs', 'left', '--follow']);
    await command.until('| begun');
    command.signal('SIGINT');
    const { code, stderr } = await command.end;
    expect(code).toBe(130);
    expect(stderr).toBe('Stopped following left. The run goes on: npx batch-jobs logs left --follow\n');
    expect((await logs('left')).stdout).toContain('The run goes on. Follow it: npx batch-jobs logs left --follow\n');
    await stack.tell('left', { end: '0' });
    expect((await stack.ended(arn)).status).toBe('SUCCEEDED');
  });

  it('follows a job, with the runs that start meanwhile', async () => {
    const command = stack.spawn(['logs', 'report', '--follow', '--filter', 'in start']);
    await command.until('in start 2');
    await stack.script('report', { ends: [0, 5], lines: ['later, in start {start}'] });
    await stack.run('report', 'later');
    await command.until(/later: Attempt 1 of 1|later: Attempt 1 of 3/);
    await command.until(/ later \| later, in start 1/);
    await command.until(/later succeeded after/);
    command.signal('SIGINT');
    expect(await command.end).toMatchObject({ code: 130, stderr: 'Stopped following report. Its runs go on.\n' });
  });

  it('prints ten thousand lines in order, without control sequences, and to a reader that has had enough', async () => {
    await stack.script('report', { ends: [0], lines: ['first'] });
    await stack.run('report', 'long');
    const [job] = await stack.jobs('long');
    const stream = { logGroupName: GROUP, logStreamName: job?.container?.logStreamName };
    const now = Date.now();
    const text =
      '\u001b[31mred\u001b[0m \u001b]0;title\u0007 and more of a line that is a hundred characters long or so';
    for (let part = 0; part < 12; part += 1) {
      const logEvents = Array.from({ length: 1_000 }, (_, index) => ({
        timestamp: now + part,
        message: `${part * 1000 + index} ${text}`,
      }));
      await stack.api.json('logs', 'Logs_20140328.PutLogEvents', { ...stream, logEvents });
    }
    const { code, stdout } = await logs('long');
    expect(code).toBe(0);
    const numbers = [...stdout.matchAll(/\| (\d+) red \^\[\]0;title\^G and/g)].map(([, number]) => Number(number));
    expect(numbers).toEqual(Array.from({ length: 12_000 }, (_, index) => index));
    const shell = stack.spawn(['logs', 'long']);
    await shell.until('| first');
    shell.closeOutput();
    expect((await shell.end).stderr).toBe('');
  });

  it('says what is missing: a permission, the stack, the group, lines that expired', async () => {
    stack.front.deny('logs:FilterLogEvents');
    const denied = await logs('retried');
    expect(denied.code).toBe(1);
    expect(denied.stderr).toMatch(/^Your credentials do not allow logs:FilterLogEvents in eu-west-1\. .*\n$/);
    stack.front.reset();
    stack.front.deny('logs:DescribeLogGroups');
    expect((await logs('retried')).code).toBe(0);
    stack.front.reset();
    stack.front.throttle('logs:FilterLogEvents', 2);
    expect((await logs('retried', '--attempt', '2')).stdout).toContain('| in start 1');
    stack.front.answerAs('210987654321');
    expect((await logs('report')).stderr).toContain('of stack logged is not deployed in account 210987654321');
  });
});
