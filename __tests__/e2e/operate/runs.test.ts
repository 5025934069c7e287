/**
 * `batch-jobs runs` and `batch-jobs show` as people run them, against moto: the stack's state machines run there, and its jobs end as a
 * script says. Nothing here is AWS; `engines/operated-stack.ts` says what is emulated.
 */

import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import { unavailable } from '../engines/moto';
import { type OperatedStack, operatedStack } from '../engines/operated-stack';
import { describeWith, terraformAvailable } from '../engines/terraform';

const job = (attempts: number, more: object = {}) => ({
  type: 'batch-job' as const,
  properties: {
    container: { packaging: { type: 'prebuilt-image' as const, properties: { image: 'busybox' } } },
    resources: { cpu: 1, memory: 512 },
    retryConfig: { attempts, retryIntervalSeconds: 1 },
    ...more,
  },
});

const config: BatchJobsConfig = {
  stackName: 'shop',
  region: 'eu-west-1',
  resources: {
    report: job(2, {
      useSpotInstances: true,
      retryConfig: { attempts: 2, retryIntervalSeconds: 1, spotInterruption: { freeRestarts: 1, thenOnDemand: true } },
      events: [{ type: 'schedule', properties: { scheduleRate: 'rate(1 hour)' } }],
    }),
    clean: job(1),
    // Left out of the deployment.
    later: job(1),
  },
};

const SCHEDULED = {
  version: '0',
  id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  detail: {},
};
const LATER = 'Job later of stack shop is not deployed in account 123456789012 in eu-west-1.';

const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

describeWith([terraformAvailable(), moto], 'the runs of a stack that is half deployed', () => {
  let stack: OperatedStack;
  beforeAll(async () => {
    stack = await operatedStack(config, {
      without: ({ type, name }) => type === 'aws_sfn_state_machine' && name.startsWith('later'),
    });
  });
  afterEach(() => stack.front.reset());
  afterAll(() => stack?.stop());

  const json = async (args: readonly string[], code = 0) => {
    const end = await stack.command([...args, '--json']);
    expect([end.stderr, end.code]).toEqual([expect.any(String), code]);
    return JSON.parse(end.stdout);
  };
  const count = (action: string) => stack.front.calls.filter((call) => call.action === action).length;

  it('are none at first, and each command says so', async () => {
    const none = await stack.command(['runs', 'clean']);
    expect(none).toMatchObject({ code: 0, stderr: '' });
    expect(none.stdout).toMatch(/^Job clean of stack shop has no runs yet\. Start one: .*batch-jobs start clean\n$/);
    const latest = await stack.command(['show', 'clean@latest']);
    expect(latest.code).toBe(2);
    expect(latest.stderr).toContain('Job clean of stack shop has no runs.');
    const missing = await stack.command(['runs', 'later']);
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(missing.stderr).toContain(LATER);
  });

  describe('that have ended, and one that runs', () => {
    beforeAll(async () => {
      await stack.script('report', { ends: [3, 'reclaim>reclaim', 0] });
      await stack.run('report', `report-1111aaaa${'0'.repeat(24)}`, SCHEDULED);
      await stack.script('clean', { ends: ['timeout'] });
      await stack.run('clean', 'by-hand');
      await stack.script('clean', { ends: ['running'] });
      await stack.start('clean', 'by-hand-again', { id: 1 });
      await stack.job('by-hand-again', 'RUNNING');
    });

    it('are listed newest first, with what happened, and which job is missing', async () => {
      const end = await stack.command(['runs']);
      expect(end.code).toBe(1);
      expect(end.stderr.trim()).toMatch(new RegExp(`^${LATER.replaceAll('.', '\\.')} Deploy the stack`));
      const [head, ...lines] = end.stdout.trim().split('\n');
      expect(head?.split(/\s{2,}/)).toEqual(['RUN', 'JOB', 'STATUS', 'STARTED', 'TOOK', 'ATTEMPTS', 'BY', 'DETAILS']);
      expect(lines.map((line) => line.split(/\s{2,}/).filter((_, index) => index !== 3 && index !== 4))).toEqual([
        ['by-hand-again', 'clean', 'running', '1 of 1', 'by hand', 'running'],
        ['by-hand', 'clean', 'failed', '1 of 1', 'by hand', expect.stringContaining('exceeded timeout')],
        [`report-1111aaaa${'0'.repeat(24)}`, 'report', 'succeeded', '2 of 2', 'schedule'],
      ]);
    });

    it('are selected by status in any case, by job, by time and by number', async () => {
      const names = async (...args: string[]) =>
        (await json(['runs', 'clean', ...args])).runs.map(({ run }: { run: string }) => run);
      expect(await names('--status', 'Failed,RUNNING')).toEqual(['by-hand-again', 'by-hand']);
      expect(await names('--status', 'failed', '--status', 'timed-out')).toEqual(['by-hand']);
      expect(await names('--since', '1h', '--limit', '1')).toEqual(['by-hand-again']);
      expect(await names('--since', '0s')).toEqual([]);
      for (const [args, error] of [
        [['--status', 'faild'], 'Did you mean failed?'],
        [['--since', 'yesterday'], '--since "yesterday" is not a time.'],
        [['--limit', '0'], '--limit "0" is not a whole number from 1 to 1,000.'],
        [['clena'], 'Stack shop has no job "clena". Did you mean clean?'],
      ] as const) {
        const end = await stack.command(['runs', ...args]);
        expect(end).toMatchObject({ code: 2, stdout: '' });
        expect(end.stderr).toContain(error);
      }
    });

    it('tell their whole story by a beginning of their name', async () => {
      const { stdout, code } = await stack.command(['show', 'report-1111']);
      expect(code).toBe(0);
      const text = stdout.replace(/[ ]+/g, ' ');
      expect(text).toContain(`Run report-1111aaaa${'0'.repeat(24)}\nSucceeded after `);
      expect(text).toContain(', by schedule');
      for (const part of [
        'Attempt 1 of 2 failed: Exit code 3',
        'before attempt 2',
        'Attempt 2 of 2 Spot interruption',
        'Start 2 waited ',
        'Spot interruption: Host EC2 (instance i-',
        'Attempt 2 of 2 on-demand, succeeded',
        'exit code 0, on c7i.large in eu-west-1',
        '(estimate)',
        'c7i.large at $0.08925 per hour',
        'On-demand list prices of us-east-1 on 2026-07-20. Spot is typically far lower.',
        'https://eu-west-1.console.aws.amazon.com/states/home',
      ]) {
        expect(text).toContain(part);
      }
      const document = await json(['show', 'report@succeeded']);
      expect(document).toMatchObject({
        stack: 'shop',
        job: 'report',
        status: 'SUCCEEDED',
        event: { source: 'schedule' },
      });
      expect(document.attempts.map((attempt: { starts: unknown[] }) => attempt.starts.length)).toEqual([1, 2, 1]);
      expect(document.estimatedPrice).toMatchObject({ isSpot: true, region: 'us-east-1', asOf: '2026-07-20' });
    });

    it('say what they do while they run', async () => {
      const document = await json(['show', 'clean@running']);
      expect(document).toMatchObject({
        status: 'RUNNING',
        attempts: [{ batchStatus: 'RUNNING', starts: [{ number: 1 }] }],
      });
      const { stdout } = await stack.command(['show', 'clean@latest']);
      expect(stdout).toMatch(/Running, for .* in all/);
      expect(stdout).toMatch(/Start 1 +waited .*, runs for /);
    });

    it('are named unambiguously, or all candidates are listed', async () => {
      // The one that the other one's name begins with.
      expect(await json(['show', 'by-ha'])).toMatchObject({ run: 'by-hand' });
      await stack.script('clean', { ends: [0] });
      await stack.run('clean', 'by-hook');
      const ambiguous = await stack.command(['show', 'by-h']);
      expect(ambiguous.code).toBe(2);
      expect(ambiguous.stderr).toMatch(
        /^3 runs begin with "by-h":\n {2}by-hook .*SUCCEEDED\n {2}by-hand-again .*\n {2}by-hand .*FAILED\nWrite more of the name\.\n$/,
      );
      for (const [name, error] of [
        ['nothing', /^Stack shop has no run "nothing" in account 123456789012 in eu-west-1\./],
        [
          'arn:aws:states:eu-west-1:123456789012:execution:other-job:x',
          /^State machine other-job is not of stack shop/,
        ],
        [
          'arn:aws:states:us-west-2:123456789012:execution:shop-clean:x',
          /^The run is in account 123456789012 in us-west-2/,
        ],
        ['arn:aws:states:eu-west-1:123456789012:execution:shop-clean:x', /^Job clean of stack shop has no run x\./],
        ['clean@newest', /^"@newest" selects no run\. Use one of latest, running/],
        ['a b', /^"a b" is not the name of a run\./],
      ] as const) {
        const end = await stack.command(['show', name]);
        expect([name, end.code, end.stdout]).toEqual([name, 2, '']);
        expect(end.stderr).toMatch(error);
      }
    });

    it('are those of another account or region only if they are selected', async () => {
      stack.front.answerAs('210987654321');
      const end = await stack.command(['runs', 'clean', '--region', 'us-west-2']);
      expect(end).toMatchObject({ code: 1, stdout: '' });
      expect(end.stderr).toMatch(/not deployed in account 210987654321 in us-west-2\..*--region or --profile\.\n$/);
    });

    it('need ListExecutions, and leave out what other permissions would add', async () => {
      stack.front.deny('states:ListExecutions');
      const denied = await stack.command(['runs', 'clean']);
      expect(denied).toMatchObject({ code: 1, stdout: '' });
      expect(denied.stderr).toMatch(/^Your credentials do not allow states:ListExecutions in eu-west-1\.[^\n]*\n$/);

      stack.front.reset();
      stack.front.deny('states:DescribeExecution');
      const bare = await stack.command(['runs', 'clean']);
      expect(bare.code).toBe(0);
      expect(bare.stderr.trim().split('\n')).toEqual([
        expect.stringMatching(/^Events, attempts and reasons left out: Your credentials do not allow states:Desc/),
      ]);
      expect(bare.stdout).toContain('by-hand-again');

      stack.front.reset();
      stack.front.deny('batch:*');
      stack.front.deny('ecs:*');
      const story = await stack.command(['show', 'clean@running']);
      expect(story.code).toBe(0);
      expect(story.stderr).toMatch(/^What the job does in AWS Batch left out: .*batch:DescribeJobs/);
      expect(story.stdout).toContain('Attempt 1 of 1  submitted');
    });

    it('are still had from Step Functions if AWS throttles, and if AWS Batch and ECS forgot them', async () => {
      stack.front.throttle('states:*', 3);
      expect((await json(['runs', 'clean'])).runs).toHaveLength(3);
      await stack.forget();
      const document = await json(['show', 'report@latest']);
      expect(document.attempts).toMatchObject([
        { outcome: 'failed' },
        { outcome: 'interrupted' },
        { outcome: 'succeeded' },
      ]);
      expect(document.estimatedPrice.parts[0]).toMatchObject({ isAssumed: true });
    });

    it('are 2,000 with as many requests as the table needs', async () => {
      const [latest] = (await json(['runs', 'report'])).runs;
      await stack.manyRuns(latest.executionArn, 2_000, { prefix: 'many-' });
      stack.front.reset();
      const { runs, hasMore } = await json(['runs', 'report']);
      expect([runs.length, hasMore]).toEqual([20, true]);
      expect(runs[1].run).toBe('many-1');
      expect(count('states:ListExecutions')).toBe(1);
      expect(count('states:DescribeExecution')).toBe(20);
      expect(count('states:GetExecutionHistory')).toBe(0);

      stack.front.reset();
      const failed = await json(['runs', '--status', 'aborted'], 1);
      expect(failed.runs).toEqual([]);
      expect(count('states:ListExecutions')).toBe(3);

      stack.front.reset();
      expect(await json(['show', 'many-1999'])).toMatchObject({ run: 'many-1999' });
      // Its whole name is found without a list.
      expect(count('states:ListExecutions')).toBe(0);
      stack.front.reset();
      expect((await stack.command(['show', 'many-199'])).code).toBe(0);
      expect((await stack.command(['show', 'many-20'])).code).toBe(0);
      expect((await stack.command(['show', 'many-'])).stderr).toContain('and 1,990 older');
    });
  });
});
