// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { TerraformVariable } from 'cdktf';
import { BatchJob } from '../../../modules/batch-job';
import { BatchPlatform } from '../../../modules/batch-platform';
import type { BatchJobConstructProps } from '../../../modules/job-props';
import { ConfigError } from '../../../modules/problems/config-error';
import { EfsFilesystem } from '../../../modules/resources/efs-filesystem/construct';
import type { JobVolume, VolumeSource } from '../../../modules/resources/efs-filesystem/volume';
import { shortHash } from '../../../modules/rules/naming';
import { document, foreignStack, jobsStack, permissions, Synthesis } from '../../synthesis';

const base = {
  container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } },
  resources: { cpu: 1, memory: 2048 },
} as const;
const DATA = shortHash('/data');

type Volumes = (fileSystem: EfsFilesystem) => readonly VolumeSource[];

function jobWith(volumes: Volumes, more: Partial<BatchJobConstructProps> = {}) {
  const stack = foreignStack('reports');
  const network = { vpcId: 'vpc-1', subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] };
  const platform = new BatchPlatform(stack, 'platform', { network });
  const models = new EfsFilesystem(stack, 'models', platform.context);
  const job = new BatchJob(stack, 'train', { ...base, platform, volumes: volumes(models), ...more });
  return { job, synthesis: new Synthesis(stack) };
}

const efs = (fileSystem: EfsFilesystem, more: object = {}): VolumeSource => ({
  type: 'efs',
  properties: { fileSystem, mountPath: '/data', ...more },
});

function containerOf(synthesis: Synthesis) {
  return document<Record<string, unknown>>(synthesis.one('aws_batch_job_definition').container_properties);
}

describe('a volume of a file system', () => {
  const { job, synthesis } = jobWith((models) => [efs(models)]);

  it('is an access point of the job, as one user, in a folder that is created', () => {
    expect(synthesis.one('aws_efs_access_point')).toEqual({
      file_system_id: '${aws_efs_file_system.models.id}',
      posix_user: { uid: 1000, gid: 1000 },
      root_directory: {
        path: '/shared',
        creation_info: { owner_uid: 1000, owner_gid: 1000, permissions: '0755' },
      },
      tags: { Name: 'reports-train' },
      lifecycle: { create_before_destroy: true },
    });
  });

  it('is mounted with TLS and the permissions of the job role, after the mount targets exist', () => {
    expect(containerOf(synthesis)).toMatchObject({
      volumes: [
        {
          name: `efs-${DATA}`,
          efsVolumeConfiguration: {
            fileSystemId: '${aws_efs_file_system.models.id}',
            transitEncryption: 'ENABLED',
            authorizationConfig: {
              accessPointId: `\${aws_efs_access_point.train_AccessPoint-${DATA}.id}`,
              iam: 'ENABLED',
            },
          },
        },
      ],
      mountPoints: [{ sourceVolume: `efs-${DATA}`, containerPath: '/data', readOnly: false }],
    });
    expect(synthesis.one('aws_batch_job_definition').depends_on).toContainEqual(
      expect.stringMatching(/^aws_efs_mount_target\.models_MountTarget-/),
    );
  });

  it('lets the job in by this access point only, and opens the port to the instances of such jobs only', () => {
    expect(permissions(synthesis, 'JobRole_Policy')).toContainEqual({
      Sid: `Mount${DATA}`,
      Effect: 'Allow',
      Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
      Resource: ['${aws_efs_file_system.models.arn}'],
      Condition: {
        StringEquals: {
          'elasticfilesystem:AccessPointArn': `\${aws_efs_access_point.train_AccessPoint-${DATA}.arn}`,
        },
      },
    });
    expect(synthesis.one('aws_vpc_security_group_ingress_rule')).toMatchObject({
      security_group_id: '${aws_security_group.models_SecurityGroup.id}',
      from_port: 2049,
      to_port: 2049,
    });
  });

  it('has a name for overrides', () => {
    expect([...job.resources.keys()]).toContain(`AccessPoint-${DATA}`);
  });
});

it('a volume can be read-only, the whole file system as root, or a folder of another owner', () => {
  const { synthesis } = jobWith((models) => [
    efs(models, { readOnly: true }),
    efs(models, { mountPath: '/all', rootDirectory: '/', uid: 0, gid: 0 }),
    efs(models, { mountPath: '/own', rootDirectory: '/own', uid: 5, gid: 6, permissions: '0700' }),
  ]);
  const actions = permissions(synthesis, 'JobRole_Policy').flatMap(({ Sid, Action }) =>
    Sid?.startsWith('Mount') ? [Action] : [],
  );
  expect(actions).toEqual([
    ['elasticfilesystem:ClientMount'],
    ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientRootAccess', 'elasticfilesystem:ClientWrite'],
    ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
  ]);
  expect(synthesis.all('aws_efs_access_point').map(({ root_directory }) => root_directory)).toEqual(
    expect.arrayContaining([
      { path: '/' },
      { path: '/own', creation_info: { owner_uid: 5, owner_gid: 6, permissions: '0700' } },
    ]),
  );
  expect((containerOf(synthesis).mountPoints as { readOnly: boolean }[]).map(({ readOnly }) => readOnly)).toEqual([
    true,
    false,
    false,
  ]);
  // One rule, however often the job mounts the file system.
  expect(synthesis.all('aws_vpc_security_group_ingress_rule')).toHaveLength(1);
});

it('jobs share a file system and the capacity of those that mount it, and other jobs keep theirs', () => {
  const volumes = [{ type: 'efs', properties: { efsFilesystemName: 'models', mountPath: '/data' } } as const];
  const stack = jobsStack(
    {},
    {
      resources: {
        models: { type: 'efs-filesystem' },
        train: { type: 'batch-job', properties: { ...base, volumes } },
        serve: { type: 'batch-job', properties: { ...base, volumes } },
        other: { type: 'batch-job', properties: base },
      },
    },
  );
  const synthesis = new Synthesis(stack);
  expect(synthesis.all('aws_efs_file_system')).toHaveLength(1);
  expect(synthesis.all('aws_efs_access_point')).toHaveLength(2);
  expect(synthesis.all('aws_batch_job_queue')).toHaveLength(2);
  expect(synthesis.all('aws_vpc_security_group_ingress_rule')).toHaveLength(1);
});

it('memory is mounted, and numbers can be known only to Terraform', () => {
  const stack = foreignStack('reports');
  const size = new TerraformVariable(stack, 'size', { type: 'number' }).numberValue;
  new BatchJob(stack, 'train', {
    ...base,
    resources: { ...base.resources, sharedMemoryMb: size },
    volumes: [{ type: 'tmpfs', properties: { mountPath: '/tmp', sizeMb: size } }],
  });
  const text = String(new Synthesis(stack).one('aws_batch_job_definition').container_properties);
  expect(text).toContain(
    '"linuxParameters":{"sharedMemorySize":${var.size},"tmpfs":[{"containerPath":"/tmp","size":${var.size}}]}',
  );
});

describe('a construct refuses', () => {
  const problemsOf = (volumes: unknown, more: object = {}) => {
    try {
      jobWith(() => volumes as JobVolume[], more);
      return [];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return error.problems.map(({ path, fix }) => `${path}: ${fix}`);
    }
  };
  const VOLUME = 'write a volume: { type: "efs" or "tmpfs", properties }';

  it.each<[unknown, string[]]>([
    [{ type: 'tmpfs' }, ['volumes: write [ ] around it']],
    [[undefined], [`volumes[0]: ${VOLUME}`]],
    [[{ type: 'host', properties: {} }], [`volumes[0]: ${VOLUME}`]],
    [
      [{ type: 'efs', properties: { mountPath: 'data', fileSystem: 'models' } }],
      [
        'volumes[0].properties.fileSystem: give an EfsFilesystem, or an object with arn and params.id',
        'volumes[0].properties.mountPath: write /data',
      ],
    ],
    [[{ type: 'tmpfs', properties: { mountPath: '/tmp', sizeMb: 0 } }], ['volumes[0].properties.sizeMb: use 1']],
    [
      [{ type: 'tmpfs', properties: { mountPath: '/tmp', sizeMb: 2048 } }],
      ['volumes[0].properties.sizeMb: raise resources.memory above 2048, or make them smaller'],
    ],
  ])('%j', (volumes, expected) => {
    expect(problemsOf(volumes)).toEqual(expect.arrayContaining(expected));
  });

  it('instances without an instance store', () => {
    expect(problemsOf([], { resources: { ...base.resources, useInstanceStore: true } })).toEqual([
      'resources.useInstanceStore: set instanceTypes to families such as m6id, c6id, r6id, or remove useInstanceStore',
    ]);
  });
});
