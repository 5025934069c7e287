import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateScheduleCommand,
  type CreateScheduleInput,
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
  type Target,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import type { StartFacts } from '../../../cli/operate/info/facts';
import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import { unavailable } from '../engines/moto';
import { type OperatedStack, operatedStack } from '../engines/operated-stack';
import { describeWith, terraformAvailable } from '../engines/terraform';

const small = {
  container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } },
  resources: { cpu: 1, memory: 512 },
} as const;

const config: BatchJobsConfig = {
  stackName: 'operated',
  region: 'eu-west-1',
  resources: {
    inbox: { type: 'sqs-queue' },
    models: { type: 'efs-filesystem' },
    report: {
      type: 'batch-job',
      properties: {
        ...small,
        events: [
          { type: 'sqs', properties: { sqsQueueName: 'inbox' } },
          { type: 'schedule', properties: { scheduleRate: 'cron(0 14 * * ? *)' } },
          { type: 'schedule', properties: { scheduleRate: 'rate(12 hours)' } },
          { type: 'schedule', properties: { scheduleRate: 'cron(0 9 * * ? *)', timezone: 'Asia/Tokyo' } },
          {
            type: 'batch-job',
            properties: {
              stateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:other-load',
              on: ['succeeded', 'failed'],
            },
          },
          {
            type: 'schedule',
            properties: { scheduleRate: 'rate(6 hours)', startDate: '2098-01-01T00:00:00Z', flexibleMinutes: 30 },
          },
        ],
        volumes: [
          { type: 'efs', properties: { efsFilesystemName: 'models', mountPath: '/models', readOnly: true } },
          { type: 'tmpfs', properties: { mountPath: '/tmp', sizeMb: 64 } },
        ],
      },
    },
    missing: { type: 'batch-job', properties: small },
  },
};

const report = config.resources.report as Extract<BatchJobsConfig['resources'][string], { type: 'batch-job' }>;

const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

describeWith([terraformAvailable(), moto], 'info about a stack of which one job is not deployed', () => {
  let stack: OperatedStack;
  let run: string;

  beforeAll(async () => {
    stack = await operatedStack(config, { without: ({ name }) => name.startsWith('missing_') });
    run = (await stack.run('report', 'run-1', {})).name ?? '';
  });
  afterEach(() => stack.front.reset());
  afterAll(() => stack?.stop());

  it('is told at 80 columns, with what is missing', async () => {
    const { code, stdout, stderr } = await stack.command(['info']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Stack operated in account 123456789012, eu-west-1: 1 of 2 jobs deployed');
    expect(stdout).toMatch(/cron\(0 14 \* \* \? \*\), next \d{4}-\d\d-\d\d 14:00, /);
    expect(stdout).toContain('rate(12 hours), every 12 hours');
    expect(stdout).toContain('sqs operated-inbox');
    expect(stdout).toContain('batch-job after other-load succeeds or fails');
    expect(stdout).toContain('the deployed job is the one of the config');
    expect(stdout).toContain('not deployed: ');
    expect(stdout).toMatch(/QUEUE +STATE +STATUS/);
    expect(stdout).not.toContain('https://');
  });

  it('has the schedules of EventBridge Scheduler as AWS has them: disabled, changed, deleted, and from an earlier config', async () => {
    const { code, stdout, stderr } = await stack.command(['info', 'report']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toMatch(/cron\(0 9 \* \* \? \*\) Asia\/Tokyo, next \d{4}-\d\d-\d\d 09:00 Asia\/Tokyo \(00:00 UTC\)/);
    expect(text).toContain('rate(6 hours) from 2098-01-01T00:00:00Z within 30 min, next 2098-01-01 00:00 UTC');

    const scheduler = new SchedulerClient({
      endpoint: stack.front.endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    });
    const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand({}));
    const [daily, often] = await Promise.all(
      ['cron', 'rate'].map(async (kind) => {
        const all = await Promise.all(Schedules.map(({ Name }) => scheduler.send(new GetScheduleCommand({ Name }))));
        const { Name, ScheduleExpression, ScheduleExpressionTimezone, FlexibleTimeWindow, Target } =
          all.find(({ ScheduleExpression: rate }) => rate?.startsWith(kind)) ?? {};
        return { Name, ScheduleExpression, ScheduleExpressionTimezone, FlexibleTimeWindow, Target };
      }),
    );
    const other = { Arn: 'arn:aws:lambda:eu-west-1:123456789012:function:operated-report-2-trigger' };
    await scheduler.send(new UpdateScheduleCommand({ ...named(daily), State: 'DISABLED' }));
    await scheduler.send(new UpdateScheduleCommand({ ...named(often), ScheduleExpression: 'rate(7 hours)' }));
    const gone = { ...named(often), Name: 'operated-report-gone', ScheduleExpression: 'rate(8 hours)' };
    await scheduler.send(new CreateScheduleCommand(gone));
    const foreign = { ...gone, Name: 'operated-report-2-often', Target: { ...gone.Target, ...other } as Target };
    await scheduler.send(new CreateScheduleCommand(foreign));
    scheduler.destroy();

    const found = JSON.parse((await stack.command(['info', 'report', '--json'])).stdout).jobs[0].starts;
    const schedules = found.filter(({ timezone }: { timezone?: string }) => timezone !== undefined);
    expect(schedules.map(({ what, enabled, next }: StartFacts) => [what, enabled, next?.length])).toEqual(
      expect.arrayContaining([
        ['cron(0 9 * * ? *)', false, undefined],
        ['rate(7 hours) within 30 min', true, undefined],
        ['rate(8 hours) within 30 min', true, undefined],
      ]),
    );
    expect(schedules).toHaveLength(3);
    expect((await stack.command(['info', 'report'])).stdout.replace(/\s+/g, ' ')).toContain(
      'cron(0 9 * * ? *) Asia/Tokyo (disabled)',
    );
  });

  it('has the schedules of the config if nobody may ask EventBridge Scheduler', async () => {
    stack.front.deny('scheduler:ListSchedules');
    const { code, stdout, stderr } = await stack.command(['info', 'report']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^States of schedules left out: .*scheduler:ListSchedules/);
    expect(stdout).toContain('cron(0 9 * * ? *) Asia/Tokyo, next ');
    expect(stdout).toContain('rate(12 hours), every 12 hours');
  });

  it('has the volumes, and compares them with the config', async () => {
    const { stdout } = await stack.command(['info', 'report']);
    expect(stdout).toMatch(/Volumes +\/models: EFS \S+ by \S+,\s+read-only/);
    expect(stdout).toContain('/tmp: tmpfs, 64 MiB');
    const file = join(stack.folder, 'volumes.json');
    const changed = {
      ...report.properties,
      volumes: [{ type: 'tmpfs', properties: { mountPath: '/tmp', sizeMb: 128 } }],
    };
    writeFileSync(
      file,
      JSON.stringify({ ...config, resources: { ...config.resources, report: { ...report, properties: changed } } }),
    );
    const compared = (await stack.command(['info', 'report', '--config', file])).stdout.replace(/\s+/g, ' ');
    expect(compared).toContain('volume /tmp: deployed tmpfs, 64 MiB, config tmpfs, 128 MiB');
    expect(compared).toMatch(/volume \/models: deployed EFS \S+ by \S+, read-only, config none/);
  });

  it('is one JSON document', async () => {
    const { code, stdout } = await stack.command(['info', 'report', '--json']);
    expect(code).toBe(0);
    const { jobs, queues, environments } = JSON.parse(stdout);
    expect(jobs).toMatchObject([
      {
        name: 'report',
        missing: [],
        definition: { revision: 1, image: 'busybox:1.37' },
        comparison: { result: 'same', differences: [] },
        links: { stateMachine: expect.stringContaining('#/statemachines/view/arn:aws:states:') },
      },
    ]);
    expect(queues).toHaveLength(1);
    expect(environments).toMatchObject([{ arn: queues[0].environments[0], state: 'ENABLED' }]);
  });

  it('compares with the config as it is now', async () => {
    const file = join(stack.folder, 'changed.json');
    const changed = { ...report, properties: { ...report.properties, resources: { cpu: 1, memory: 2048 } } };
    writeFileSync(file, JSON.stringify({ ...config, resources: { ...config.resources, report: changed } }));
    const { stdout } = await stack.command(['info', 'report', '--config', file]);
    expect(stdout).toContain('resources.memory: deployed 512, config 2048');
    expect(stdout).toContain('To change it: ');
  });

  it('is nothing for a job or a region without one', async () => {
    const job = await stack.command(['info', 'missing']);
    expect(job.code).toBe(1);
    expect(job.stderr).toMatch(
      /^Job missing of stack operated is not deployed in account 123456789012 in eu-west-1\. .*\n$/,
    );
    const region = await stack.command(['info', '--region', 'us-east-1']);
    expect(region.code).toBe(1);
    expect(region.stderr).toMatch(
      /^Nothing of stack operated is deployed in account 123456789012 in us-east-1\. .*\n$/,
    );
  });

  it('names the action and the policy that a person lacks, and leaves out what is optional', async () => {
    stack.front.deny('batch:DescribeJobDefinitions');
    const needed = await stack.command(['info']);
    expect(needed.code).toBe(1);
    expect(needed.stderr).toMatch(
      /^Your credentials do not allow batch:DescribeJobDefinitions in eu-west-1\. .*--policy read\n$/,
    );
    stack.front.reset();
    stack.front.deny('events:ListRuleNamesByTarget');
    const optional = await stack.command(['info', 'report']);
    expect(optional.code).toBe(0);
    expect(optional.stderr).toMatch(/^States of schedules left out: /);
    expect(optional.stdout).toContain('rate(12 hours), every 12 hours');
  });

  it('prints policies: reading is enough to read, and does not steer', async () => {
    const { code, stdout } = await stack.command(['info', '--policy', 'read']);
    expect(code).toBe(0);
    stack.front.enforce(JSON.parse(stdout));
    for (const args of [['info'], ['runs', 'report'], ['show', run], ['logs', run], ['why', 'report']]) {
      const { code, stderr } = await stack.command(args);
      expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: '' });
    }
    expect(refusals(stack)).toEqual([]);
    const denied = await stack.command(['start', 'report', '--yes']);
    expect(denied.code).toBe(1);
    expect(denied.stderr).toContain(
      'do not allow lambda:InvokeFunction in eu-west-1. Print a policy that does: npx batch-jobs info --policy steer',
    );
  });

  it('prints policies: steering is enough to steer', async () => {
    const { stdout } = await stack.command(['info', '--policy', 'steer']);
    stack.front.enforce(JSON.parse(stdout));
    for (const args of [
      ['start', 'report', '--follow', '--yes'],
      ['rerun', run, '--yes'],
      ['stop', 'report@latest', '--yes'],
    ]) {
      const { stderr } = await stack.command(args);
      expect({ args, stderr }).toEqual({ args, stderr: expect.not.stringContaining('do not allow') });
    }
    expect(refusals(stack)).toEqual([]);
  });
});

/** A schedule that was found, as a request to change it. */
function named(schedule: Partial<CreateScheduleInput> | undefined): CreateScheduleInput {
  return schedule as CreateScheduleInput;
}

/** Actions that the front refused. */
function refusals(stack: OperatedStack): string[] {
  return stack.front.calls.flatMap(({ action, status }) => (status === 403 ? [action] : []));
}
