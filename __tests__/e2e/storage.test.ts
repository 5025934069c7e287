import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { unexplainedChanges } from './engines/emulator-gaps';
import { type Emulator, emulatorAvailable, startEmulator } from './engines/ministack';
import { describeWith, terraformAvailable, type Workspace, workspace } from './engines/terraform';
import { synthesize } from './synthesize';

type Resources = BatchJobsConfig['resources'];
type JobProperties = Extract<Resources[string], { type: 'batch-job' }>['properties'];

const packaging = { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } as const;
const job = (properties: Partial<JobProperties>): Resources[string] => ({
  type: 'batch-job',
  properties: { container: { packaging }, resources: { cpu: 1, memory: 1024 }, ...properties },
});
const efs = (more: object = {}) =>
  ({ type: 'efs', properties: { efsFilesystemName: 'models', mountPath: '/models', ...more } }) as const;

const config = (resources: Resources): BatchJobsConfig => ({
  stackName: 'storage',
  region: 'eu-west-1',
  compute: { rootVolumeIops: 6000, rootVolumeThroughputMibps: 500 },
  resources: {
    models: { type: 'efs-filesystem', properties: { infrequentAccessAfterDays: 30, deletionProtection: false } },
    ...resources,
  },
});

const other = job({});
const plain = config({ train: job({}), serve: job({}), other });
const mounted = config({
  train: job({
    resources: { cpu: 1, memory: 1024, sharedMemoryMb: 256, useInstanceStore: true, instanceTypes: ['m6id'] },
    volumes: [efs(), { type: 'tmpfs', properties: { mountPath: '/tmp', sizeMb: 128 } }],
  }),
  serve: job({ volumes: [efs({ readOnly: true })] }),
  other,
});

describeWith([terraformAvailable(), emulatorAvailable()], 'storage of jobs', () => {
  let emulator: Emulator;
  let copy: Workspace;
  const planned = async (given: BatchJobsConfig) => {
    const { dir, dispose } = synthesize(given);
    try {
      return await copy.planOf(dir);
    } finally {
      dispose();
    }
  };

  beforeAll(async () => {
    emulator = await startEmulator();
    const synthesized = synthesize(plain);
    copy = workspace(synthesized.dir, { emulator });
    synthesized.dispose();
    await copy.plan();
    await copy.applySavedPlan();
  });

  afterAll(async () => {
    copy?.dispose();
    await emulator?.stop();
  });

  it('is added to jobs that run already, and nothing is deleted before its replacement exists', async () => {
    const synthesized = synthesize(mounted);
    const steps = await copy.applyOf(synthesized.dir);
    synthesized.dispose();
    const deleted = steps.filter(({ action }) => action === 'delete').map(({ address }) => address);
    expect(deleted).toEqual([]);
    const ends = steps.filter(({ at }) => at === 'end').map(({ address }) => address);
    const end = (start: string) => ends.findIndex((address) => address.startsWith(start));
    expect(end('aws_efs_access_point.train_')).toBeGreaterThanOrEqual(0);
    expect(end('aws_batch_job_definition.train_')).toBeGreaterThan(end('aws_efs_access_point.train_'));
  });

  it('comes back from AWS Batch and EFS as it was sent: no change when it is planned again', async () => {
    expect(unexplainedChanges(await copy.planJson())).toEqual([]);
    const { resources } = await copy.state();
    const of = (type: string) => [...resources.values()].filter((resource) => resource.type === type);
    expect(of('aws_efs_mount_target')).toHaveLength(3);
    const container = JSON.parse(
      String(of('aws_batch_job_definition').find(({ name }) => name.startsWith('train_'))?.values.container_properties),
    );
    expect(container.linuxParameters).toMatchObject({
      sharedMemorySize: 256,
      tmpfs: [{ containerPath: '/tmp', size: 128 }],
    });
    expect(container.mountPoints).toMatchObject([{ containerPath: '/models' }]);
    expect(container.volumes[0].efsVolumeConfiguration).toMatchObject({
      fileSystemId: of('aws_efs_file_system')[0]?.values.id,
      transitEncryption: 'ENABLED',
      authorizationConfig: { iam: 'ENABLED' },
    });
  });

  it('can change its owner, and be taken away, without a gap for jobs', async () => {
    const how = async (given: BatchJobsConfig) => {
      const { resource_changes: changes = [] } = await planned(given);
      return changes
        .filter(({ change, type }) => change.actions.includes('delete') && !/^aws_(iam|vpc_security)/.test(type))
        .map(({ type, change }) => `${type} ${change.actions}`);
    };
    const changed = config({
      train: job({
        resources: { cpu: 1, memory: 1024, sharedMemoryMb: 256, useInstanceStore: true, instanceTypes: ['m6id'] },
        volumes: [efs({ rootDirectory: '/train', uid: 5 })],
      }),
      serve: job({ volumes: [efs({ readOnly: true })] }),
      other,
    });
    expect(await how(changed)).toEqual(['aws_efs_access_point create,delete']);
    expect(new Set(await how(plain))).toEqual(
      new Set([
        'aws_batch_compute_environment delete',
        'aws_batch_job_queue delete',
        'aws_efs_access_point delete',
        'aws_launch_template delete',
        'aws_security_group delete',
      ]),
    );
  });
});
