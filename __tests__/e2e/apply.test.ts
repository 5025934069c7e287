import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { unexplainedChanges } from './engines/emulator-gaps';
import { type Emulator, emulatorAvailable, startEmulator } from './engines/ministack';
import { describeWith, terraformAvailable, type Workspace, workspace } from './engines/terraform';
import { type SynthesizedStack, synthesize } from './synthesize';

/** Every part that changes what is sent to AWS Batch: fallback queue, GPU, time limit, tags. Image builds have a separate suite. */
const config: BatchJobsConfig = {
  stackName: 'jobs',
  region: 'eu-west-1',
  tags: { owner: 'tests' },
  dashboard: true,
  outputs: [
    {
      name: 'report-runs',
      value: "$ResourceParam('nightlyReport', 'stateMachineArn')",
      description: 'Of ${each} report',
    },
    { name: '_team', value: 'research ${1 + 1} %{x}' },
  ],
  resources: {
    nightlyReport: {
      type: 'batch-job',
      properties: {
        container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox', command: ['true'] } } },
        resources: { cpu: 2, memory: 1800 },
        useSpotInstances: true,
        timeout: 1200,
        retryConfig: { attempts: 3, retryIntervalSeconds: 5, retryIntervalMultiplier: 2 },
        events: [
          { type: 'schedule', properties: { scheduleRate: 'cron(0 14 * * ? *)' } },
          { type: 'schedule', properties: { scheduleRate: 'rate(12 hours)', input: { full: false } } },
        ],
      },
    },
    training: {
      type: 'batch-job',
      properties: {
        container: {
          packaging: { type: 'prebuilt-image', properties: { image: 'busybox', command: ['echo', '${HOME}', '%{x}'] } },
          environment: [
            { name: 'EMPTY', value: '' },
            { name: 'B', value: 2 },
            { name: 'A', value: true },
          ],
        },
        resources: { cpu: 8, memory: 30_000, gpu: 1 },
        useSpotInstances: true,
        retryConfig: { attempts: 2, spotInterruption: { thenOnDemand: true } },
        logging: { disabled: true },
        tags: { team: 'research' },
      },
    },
  },
};

describeWith([terraformAvailable(), emulatorAvailable()], 'a stack without triggers but a schedule', () => {
  let emulator: Emulator;
  let synthesized: SynthesizedStack;
  let copy: Workspace;

  beforeAll(async () => {
    emulator = await startEmulator();
    synthesized = synthesize(config);
    copy = workspace(synthesized.dir, { emulator });
  });

  afterAll(async () => {
    copy?.dispose();
    synthesized?.dispose();
    await emulator?.stop();
  });

  it('is planned, moved to another folder, and applied there by the saved plan', async () => {
    expect(await copy.plan()).toEqual({ hasChanges: true, removes: false });
    copy = copy.movePlan();
    const { outputs, resources } = await copy.applySavedPlan();
    expect(outputs.nightlyReportStateMachineArn).toBe(
      `arn:aws:states:eu-west-1:${emulator.account}:stateMachine:jobs-nightlyReport`,
    );
    expect(outputs.nightlyReportJobDefinitionArn).toMatch(/:job-definition\/jobs-nightlyReport$/);
    expect(outputs).not.toHaveProperty('trainingLogGroupArn');
    expect(outputs).toMatchObject({
      'report-runs': outputs.nightlyReportStateMachineArn,
      _team: 'research ${1 + 1} %{x}',
    });
    expect(resources.size).toBeGreaterThan(50);
  });

  it('shows no change when it is planned again', async () => {
    expect(unexplainedChanges(await copy.planJson())).toEqual([]);
  });

  it('is destroyed and leaves nothing behind', async () => {
    await copy.destroy();
    expect((await copy.state()).resources.size).toBe(0);
  });
});
