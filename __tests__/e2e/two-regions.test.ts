import { dirname } from 'node:path';
import { identified } from '../../modules/config/identity';
import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { unexplainedChanges } from './engines/emulator-gaps';
import { type Emulator, emulatorAvailable, startEmulator } from './engines/ministack';
import { describeWith, terraformAvailable, type Workspace, workspace } from './engines/terraform';
import { type SynthesizedStack, synthesize } from './synthesize';

const config: BatchJobsConfig = {
  stackName: 'reports',
  resources: {
    nightly: {
      type: 'batch-job',
      properties: {
        container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
        resources: { cpu: 2, memory: 1800 },
        events: [{ type: 'schedule', properties: { scheduleRate: 'rate(12 hours)' } }],
        connectTo: ['photos'],
      },
    },
    photos: { type: 'bucket' },
    orders: { type: 'sqs-queue' },
  },
};

describeWith([terraformAvailable(), emulatorAvailable()], 'one config in two regions of an account', () => {
  let emulator: Emulator;
  const stacks: SynthesizedStack[] = [];
  const copies: Workspace[] = [];

  beforeAll(async () => {
    emulator = await startEmulator();
    const ofEnvironment = await identified(config, 'reports.ts', { AWS_REGION: 'us-east-1' });
    stacks.push(synthesize({ ...config, region: 'eu-west-1' }), synthesize(ofEnvironment.value as BatchJobsConfig));
    copies.push(...stacks.map(({ dir }) => workspace(dir, { emulator })));
  });

  afterAll(async () => {
    for (const each of [...copies, ...stacks]) each.dispose();
    await emulator?.stop();
  });

  it('keeps two states', () => {
    expect(stacks.map(({ document }) => document.terraform.backend)).toEqual([
      { local: { path: '../../../terraform.reports.eu-west-1.tfstate' } },
      { local: { path: '../../../terraform.reports.us-east-1.tfstate' } },
    ]);
    expect(new Set(stacks.map(({ dir }) => dirname(dir))).size).toBe(2);
  });

  it('is applied twice, side by side, and has roles that name the region', async () => {
    const applied = await Promise.all(copies.map((copy) => copy.apply()));
    const roles = applied.map(({ resources }) =>
      [...resources.values()].filter(({ type }) => type === 'aws_iam_role').map(({ values }) => values.name as string),
    );
    expect(roles[0]).toContain('reports-nightly-job-eu-west-1');
    expect(roles[1]).toEqual(roles[0]?.map((name) => name.replace(/eu-west-1$/, 'us-east-1')));
    for (const copy of copies) expect(unexplainedChanges(await copy.planJson())).toEqual([]);
  });

  it('is destroyed in one region and stays in the other', async () => {
    await copies[0]?.destroy();
    expect(unexplainedChanges((await copies[1]?.planJson()) ?? {})).toEqual([]);
    await copies[1]?.destroy();
    expect([...((await copies[1]?.state())?.resources.keys() ?? [])]).toEqual([]);
  });
});
