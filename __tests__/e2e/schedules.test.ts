import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArchiveProvider } from '@cdktf/provider-archive/lib/provider';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { App, TerraformStack } from 'cdktf';
import { PayloadBucket } from '../../modules/orchestration/payload-bucket';
import { TriggerCode } from '../../modules/orchestration/trigger-code';
import { TriggerFunction } from '../../modules/orchestration/trigger-function';
import { AwsContext } from '../../modules/terraform/aws-context';
import { ScheduleTrigger } from '../../triggers/schedule/trigger';
import { type Deployment, deploy } from './engines/deployment';
import { emulatorAvailable } from './engines/ministack';
import { type AppliedStack, describeWith, type PlanJson, terraformAvailable } from './engines/terraform';

type Settings = Omit<ConstructorParameters<typeof ScheduleTrigger>[2], 'target'>;

const outdir = mkdtempSync(join(tmpdir(), 'schedules-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

/** The trigger function of a job and its schedules, without the rest of the job. @returns the folder of the stack */
function synthesized(name: string, schedules: { readonly [id: string]: Settings }): string {
  const app = new App({ outdir: join(outdir, name) });
  const stack = new TerraformStack(app, 'schedules');
  new AwsProvider(stack, 'provider', { region: 'eu-west-1' });
  new ArchiveProvider(stack, 'archive');
  const aws = new AwsContext(stack, 'aws');
  const target = new TriggerFunction(stack, 'trigger', {
    stackName: 'schedules',
    jobName: 'report',
    aws,
    code: new TriggerCode(stack, 'code'),
    stateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:report',
    undeliveredEvents: new SqsQueue(stack, 'undelivered', { name: 'undelivered' }),
    payloads: new PayloadBucket(stack, 'payloads', { stackName: 'schedules', aws }),
    overridesBudget: 7000,
    retentionDays: 90,
  });
  for (const [id, settings] of Object.entries(schedules)) new ScheduleTrigger(stack, id, { target, ...settings });
  app.synth();
  return join(outdir, name, 'stacks', 'schedules');
}

const rule: Settings = { scheduleRate: 'cron(0 9 * * ? *)', input: { full: true } };
const scheduler: Settings = { ...rule, timezone: 'Europe/Berlin' };

function changes({ resource_changes = [] }: PlanJson) {
  return resource_changes
    .filter(({ change }) => String(change.actions) !== 'no-op' && String(change.actions) !== 'read')
    .map(({ address, change }) => `${String(change.actions)} ${address.replace(/\..*?([^_]+)$/, ' $1')}`)
    .sort();
}

function inputs(applied: AppliedStack): { readonly [name: string]: unknown } {
  const schedules = [...applied.resources.values()].filter(({ type }) => type === 'aws_scheduler_schedule');
  return Object.fromEntries(
    schedules.map(({ values }) => {
      const [{ input }] = values.target as [{ input: string }];
      return [String(values.name), JSON.parse(input)];
    }),
  );
}

describeWith([terraformAvailable(), emulatorAvailable()], 'a schedule on the emulator', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    deployment = await deploy(synthesized('rule', { daily: rule }));
  });
  afterAll(async () => deployment?.dispose());

  it('becomes one of EventBridge Scheduler, stays as it is, is updated, and becomes one of a rule again', async () => {
    const { copy } = deployment;
    const others: { readonly [id: string]: Settings } = {
      once: { scheduleRate: 'at(2098-12-31T23:00:00)', timezone: 'Australia/Lord_Howe' },
      window: { scheduleRate: 'rate(6 hours)', startDate: '2098-01-01T00:00:00Z', flexibleMinutes: 30 },
    };
    await copy.applyOf(synthesized('scheduler', { daily: scheduler, ...others }));
    expect(await copy.plan()).toEqual({ hasChanges: false, removes: false });
    const event = (name: string) => ({
      version: '0',
      id: '<aws.scheduler.schedule-arn>/<aws.scheduler.scheduled-time>',
      'detail-type': 'Scheduled Event',
      source: 'aws.scheduler',
      account: '123456789012',
      time: '<aws.scheduler.scheduled-time>',
      region: 'eu-west-1',
      resources: ['<aws.scheduler.schedule-arn>'],
      detail: {},
      ...(name === 'daily' && { input: { full: true } }),
    });
    expect(inputs(await copy.state())).toEqual({
      'schedules-report-daily': event('daily'),
      'schedules-report-once': event('once'),
      'schedules-report-window': event('window'),
    });

    const endDate = '2099-01-01T00:00:00Z';
    const updated = { ...scheduler, endDate, flexibleMinutes: 5 };
    const update = await copy.planOf(synthesized('updated', { daily: updated, ...others }));
    expect(changes(update)).toEqual([expect.stringMatching(/^update aws_scheduler_schedule/)]);
    await copy.applySavedPlan();
    expect(await copy.plan()).toEqual({ hasChanges: false, removes: false });

    await copy.applyOf(synthesized('back', { daily: rule }));
    expect(await copy.plan()).toEqual({ hasChanges: false, removes: false });
    const types = [...(await copy.state()).resources.values()].map(({ type }) => type);
    expect(types).toContain('aws_cloudwatch_event_rule');
    expect(types).not.toContain('aws_scheduler_schedule');
  });
});
