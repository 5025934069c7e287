import type { BatchJobsConfig } from '../../modules/config/config';
import { AwsApi } from './engines/aws-api';
import { unexplainedChanges } from './engines/emulator-gaps';
import { type Emulator, emulatorAvailable, startEmulator } from './engines/ministack';
import { describeWith, terraformAvailable, type Workspace, workspace } from './engines/terraform';
import { type SynthesizedStack, synthesize } from './synthesize';

const packaging = { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } as const;
const resources = { cpu: 1, memory: 512 };

/**
 * A job that connects to what the emulator knows and reads a secret, and one that connects to that job. Its log is not sent on: the
 * emulator's Firehose forgets the endpoint, so that a second plan would make the stream anew.
 */
const config: BatchJobsConfig = {
  stackName: 'connected',
  region: 'eu-west-1',
  resources: {
    photos: { type: 'bucket' },
    inbox: { type: 'sqs-queue' },
    news: { type: 'sns-topic' },
    bus: { type: 'event-bus' },
    search: { type: 'existing', properties: { variables: { url: 'https://search.example.com' } } },
    orders: {
      type: 'relational-database',
      properties: {
        engine: { type: 'postgres' },
        // The emulator's RDS makes no password of its own.
        credentials: { masterUserPassword: "$Secret('orders.password')" },
        deletionProtection: false,
      },
    },
    import: {
      type: 'batch-job',
      properties: {
        container: { packaging, environment: { API_KEY: "$Secret('api.key')" } },
        resources,
        connectTo: ['photos', 'inbox', 'news', 'bus', 'search', 'report', 'orders', 'aws:ses'],
      },
    },
    report: { type: 'batch-job', properties: { container: { packaging }, resources, connectTo: ['import'] } },
  },
};

describeWith([terraformAvailable(), emulatorAvailable()], 'jobs that connect', () => {
  let emulator: Emulator;
  let synthesized: SynthesizedStack;
  let copy: Workspace;

  beforeAll(async () => {
    emulator = await startEmulator();
    const api = new AwsApi(emulator, 'eu-west-1');
    const secret = {
      Name: 'orders',
      SecretString: '{"password":"kept-elsewhere-0123"}',
      ClientRequestToken: 'a'.repeat(32),
    };
    await api.json('secretsmanager', 'secretsmanager.CreateSecret', secret);
    synthesized = synthesize(config);
    copy = workspace(synthesized.dir, { emulator });
  });

  afterAll(async () => {
    copy?.dispose();
    synthesized?.dispose();
    await emulator?.stop();
  });

  it('are applied, each pool with its own security group, one of them admitted to the database', async () => {
    expect(await copy.plan()).toEqual({ hasChanges: true });
    const { resources: applied } = await copy.applySavedPlan();
    const of = (type: string) => [...applied.values()].filter((resource) => resource.type === type);
    expect(of('aws_batch_compute_environment')).toHaveLength(2);
    expect(of('aws_vpc_security_group_ingress_rule')).toHaveLength(1);
  });

  it('show no change when they are planned again', async () => {
    expect(unexplainedChanges(await copy.planJson())).toEqual([]);
  });

  it('are destroyed and leave nothing behind', async () => {
    await copy.destroy();
    expect((await copy.state()).resources.size).toBe(0);
  });
});
