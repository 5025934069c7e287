// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import fc from 'fast-check';
import { type CapacityDemand, capacityKey } from '../../modules/compute/capacity';
import { userData } from '../../modules/compute/user-data';
import { Synthesis } from '../synthesis';
import { capacity, demand, environmentOf, makeCapacity, stack } from './capacity-stack';

describe('Capacity', () => {
  it('makes nothing until a job asks', () => {
    expect(new Synthesis(stack).types).toEqual([]);
  });

  it('makes for the first job', () => {
    capacity.pool(demand());
    expect(new Synthesis(stack).types).toEqual([
      'aws_batch_compute_environment',
      'aws_batch_job_queue', // jobs are submitted to it
      'aws_iam_instance_profile', // how EC2 takes a role
      'aws_iam_role', // of the instances
      'aws_iam_role_policy', // to join the cluster and pull images
      'aws_launch_template', // root volume, metadata service, Spot watcher
    ]);
  });

  it('makes one launch template and one role for all kinds of capacity', () => {
    capacity.pool(demand());
    capacity.pool(demand({ spot: true }));
    capacity.pool(demand({ gpu: true }));
    capacity.pool(demand({ architecture: 'arm64' }));
    expect(new Synthesis(stack).types).toEqual([
      'aws_batch_compute_environment 4',
      'aws_batch_job_queue 4',
      'aws_iam_instance_profile',
      'aws_iam_role',
      'aws_iam_role_policy',
      'aws_launch_template',
    ]);
  });

  it('sets an environment up whole', () => {
    expect(environmentOf({ spot: true })).toEqual({
      name_prefix: 'reports-spot-cpu-x86-64-',
      type: 'MANAGED',
      update_policy: { terminate_jobs_on_update: false, job_execution_timeout_minutes: 360 },
      state: 'ENABLED',
      compute_resources: {
        type: 'SPOT',
        allocation_strategy: 'SPOT_PRICE_CAPACITY_OPTIMIZED',
        min_vcpus: 0,
        max_vcpus: 64,
        instance_type: ['default_x86_64'],
        subnets: ['subnet-1', 'subnet-2'],
        security_group_ids: ['sg-1'],
        instance_role: '${aws_iam_instance_profile.capacity_InstanceRole_Profile.arn}',
        ec2_configuration: [{ image_type: 'ECS_AL2023' }],
        launch_template: {
          launch_template_id: '${aws_launch_template.capacity_LaunchTemplate.id}',
          version: '${aws_launch_template.capacity_LaunchTemplate.latest_version}',
        },
        tags: { Name: 'reports-batch', team: 'billing' },
      },
      lifecycle: { create_before_destroy: true },
      depends_on: ['aws_iam_role.capacity_InstanceRole', 'aws_iam_role_policy.capacity_InstanceRole_Policy'],
    });
  });

  it('keeps vCPUs running in each environment that a job goes to first, whatever the order', () => {
    const kept = () =>
      Object.fromEntries(
        new Synthesis(stack)
          .all('aws_batch_compute_environment')
          .map(({ name_prefix, compute_resources }) => [
            name_prefix,
            (compute_resources as { min_vcpus: number }).min_vcpus,
          ]),
      );
    makeCapacity('reports', {}, { minVcpus: 4 });
    capacity.pool(demand({ spot: true }));
    capacity.pool(demand({ isFallback: true }));
    expect(kept()).toEqual({ 'reports-spot-cpu-x86-64-': 4, 'reports-on-demand-cpu-x86-64-': 0 });
    expect(capacity.kept).toEqual([demand({ spot: true })]);
    capacity.pool(demand());
    expect(kept()).toEqual({ 'reports-spot-cpu-x86-64-': 4, 'reports-on-demand-cpu-x86-64-': 4 });
    expect(capacity.kept).toEqual([demand({ spot: true }), demand()]);
    makeCapacity();
    capacity.pool(demand());
    expect(capacity.kept).toEqual([]);
  });

  it('asks a registry once for images that cannot change, if every job has one', () => {
    const pullsOnce = () => {
      const template = new Synthesis(stack).one('aws_launch_template') as { readonly user_data: string };
      return Buffer.from(template.user_data, 'base64').toString().includes('\nECS_IMAGE_PULL_BEHAVIOR=once\n');
    };
    capacity.pool(demand({ isImageFixed: true }));
    expect(pullsOnce()).toBe(true);
    capacity.pool(demand({ isImageFixed: true, spot: true }));
    expect(pullsOnce()).toBe(true);
    capacity.pool(demand({ gpu: true }));
    expect(pullsOnce()).toBe(false);
    makeCapacity();
    capacity.pool(demand({ isImageFixed: true }));
    capacity.pool(demand());
    expect(pullsOnce()).toBe(false);
  });

  // With Batch's service-linked role an environment is updated in place; with one of ours it is replaced.
  it('names no service role', () => {
    expect(environmentOf({})).not.toHaveProperty('service_role');
  });

  it.each<[string, Partial<CapacityDemand>, { [key: string]: unknown }]>([
    ['on-demand', {}, { type: 'EC2', allocation_strategy: 'BEST_FIT_PROGRESSIVE', instance_type: ['default_x86_64'] }],
    ['Spot', { spot: true }, { type: 'SPOT', allocation_strategy: 'SPOT_PRICE_CAPACITY_OPTIMIZED' }],
    [
      'Graviton',
      { architecture: 'arm64' },
      { instance_type: ['default_arm64'], ec2_configuration: [{ image_type: 'ECS_AL2023' }] },
    ],
    ['GPU', { gpu: true }, { ec2_configuration: [{ image_type: 'ECS_AL2023_NVIDIA' }] }],
    ['a list of its own', { instanceTypes: ['m7i', 'c7i', 'm7i'] }, { instance_type: ['c7i', 'm7i'] }],
  ])('chooses for %s', (_, given, expected) => {
    expect(environmentOf(given).compute_resources).toMatchObject(expected);
  });

  it('leaves the machine image to AWS Batch, which keeps that of the creation', () => {
    capacity.pool(demand());
    expect(new Synthesis(stack).types).not.toContain('data.aws_ssm_parameter');
  });

  it('follows the newest machine image of each kind if it is asked to', () => {
    makeCapacity('reports', {}, { useLatestMachineImage: true });
    for (const kind of [{}, { spot: true }, { architecture: 'arm64' }, { gpu: true }] as const)
      capacity.pool(demand(kind));
    const synthesis = new Synthesis(stack);
    expect(synthesis.all('data.aws_ssm_parameter').map(({ name }) => name)).toEqual([
      '/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id',
      '/aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id',
      '/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id',
    ]);
    const images = (name: string) =>
      synthesis.one('aws_batch_compute_environment', name).compute_resources as { ec2_configuration: unknown };
    expect(images('spot-cpu-x86-64-environment').ec2_configuration).toEqual([
      {
        image_type: 'ECS_AL2023',
        image_id_override: '${data.aws_ssm_parameter.capacity_MachineImage-x86-64.insecure_value}',
      },
    ]);
    expect(images('gpu-x86-64-environment').ec2_configuration).toEqual([
      {
        image_type: 'ECS_AL2023_NVIDIA',
        image_id_override: '${data.aws_ssm_parameter.capacity_MachineImage-gpu.insecure_value}',
      },
    ]);
  });

  it('starts instances from the image of the config, of their kind, without asking AWS', () => {
    const machineImageId = { arm64: 'ami-a', gpu: 'ami-g' };
    makeCapacity('reports', {}, { machineImageId });
    for (const kind of [{}, { architecture: 'arm64' }, { gpu: true }] as const) capacity.pool(demand(kind));
    const synthesis = new Synthesis(stack);
    expect(synthesis.types).not.toContain('data.aws_ssm_parameter');
    const image = (name: string) =>
      (synthesis.one('aws_batch_compute_environment', name).compute_resources as { ec2_configuration: unknown })
        .ec2_configuration;
    expect(image('demand-cpu-x86-64-environment')).toEqual([{ image_type: 'ECS_AL2023' }]);
    expect(image('arm64-environment')).toEqual([{ image_type: 'ECS_AL2023', image_id_override: 'ami-a' }]);
    expect(image('gpu-x86-64-environment')).toEqual([{ image_type: 'ECS_AL2023_NVIDIA', image_id_override: 'ami-g' }]);
  });

  it('starts all instances from one image', () => {
    makeCapacity('reports', {}, { machineImageId: 'ami-1' });
    expect(environmentOf({ gpu: true }).compute_resources.ec2_configuration).toEqual([
      { image_type: 'ECS_AL2023_NVIDIA', image_id_override: 'ami-1' },
    ]);
  });

  it('adds user data to the launch template', () => {
    const added = '#!/bin/sh\necho "${HOME}"\n';
    makeCapacity('reports', {}, { userData: added });
    capacity.pool(demand());
    const { user_data } = new Synthesis(stack).one('aws_launch_template');
    expect(Buffer.from(String(user_data), 'base64').toString()).toBe(userData({ added }));
  });

  it('keeps security groups that somebody chose, beside one that allows only connections to a database', () => {
    const network = {
      vpcId: 'vpc-1',
      subnetIds: ['subnet-1'],
      securityGroupIds: ['sg-1', 'sg-2'],
      keepsSecurityGroups: true,
    };
    makeCapacity('reports', {}, { network });
    const rule = { key: 'orders', securityGroupId: 'sg-orders', port: 5432 };
    expect(environmentOf({ ingressRules: [rule] }).compute_resources.security_group_ids).toEqual([
      'sg-1',
      'sg-2',
      expect.stringMatching(/^\$\{aws_security_group\./),
    ]);
    expect(new Synthesis(stack).one('aws_security_group').egress).toMatchObject([
      { from_port: 5432, to_port: 5432, protocol: 'tcp', security_groups: ['sg-orders'] },
    ]);
  });

  it('lets the stack name instances, and escapes what Terraform would read as a template', () => {
    makeCapacity('reports', { Name: 'mine', cost: '${x}' });
    expect(environmentOf({}).compute_resources.tags).toEqual({ Name: 'mine', cost: '$${x}' });
  });

  it('puts a queue before each environment that cancels what can never be placed, and waits for capacity', () => {
    capacity.pool(demand({ spot: true }));
    expect(new Synthesis(stack).one('aws_batch_job_queue')).toEqual({
      name: 'reports-spot-cpu-x86-64',
      // Deleted after the state machines have moved to another queue.
      lifecycle: { create_before_destroy: true },
      state: 'ENABLED',
      priority: 1,
      compute_environment_order: [
        {
          order: 1,
          compute_environment: '${aws_batch_compute_environment.capacity_spot-cpu-x86-64-environment.arn}',
        },
      ],
      job_state_time_limit_action: [
        'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE',
        'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT',
      ].map((reason) => ({ reason, state: 'RUNNABLE', max_time_seconds: 600, action: 'CANCEL' })),
    });
  });

  it('keeps names within what the services take, the 26 characters of the provider included', () => {
    makeCapacity('a'.repeat(200));
    capacity.pool(demand({ gpu: true, instanceTypes: ['g5'] }));
    const synthesis = new Synthesis(stack);
    expect(String(synthesis.one('aws_batch_compute_environment').name_prefix).length).toBeLessThanOrEqual(102);
    expect(String(synthesis.one('aws_batch_job_queue').name).length).toBeLessThanOrEqual(128);
    expect(String(synthesis.one('aws_launch_template').name_prefix).length).toBeLessThanOrEqual(99);
    const inRegion = (name: unknown) => String(name).replace(/\$\{data\.aws_region\..*\}$/, 'ap-southeast-1');
    expect(inRegion(synthesis.one('aws_iam_role').name).length).toBeLessThanOrEqual(64);
    expect(inRegion(synthesis.one('aws_iam_instance_profile').name).length).toBeLessThanOrEqual(128);
  });
});

describe('jobs share a pool', () => {
  it.each<[string, Partial<CapacityDemand>, Partial<CapacityDemand>]>([
    ['with equal demands', {}, {}],
    ['with one list in any order', { instanceTypes: ['m7i', 'c7i'] }, { instanceTypes: ['c7i', 'm7i'] }],
    ['with repeats in the list', { instanceTypes: ['m7i', 'm7i'] }, { instanceTypes: ['m7i'] }],
    ['when one spells the default out', {}, { instanceTypes: ['default_x86_64'] }],
  ])('%s', (_, one, other) => {
    expect(capacity.pool(demand(one))).toBe(capacity.pool(demand(other)));
    expect(capacity.pools.size).toBe(1);
  });
});

describe('jobs do not share a pool', () => {
  it.each<[string, Partial<CapacityDemand>, Partial<CapacityDemand>]>([
    ['of Spot and on-demand capacity', {}, { spot: true }],
    ['with and without GPUs', {}, { gpu: true }],
    ['with GPUs and with a list of GPU types', { gpu: true, instanceTypes: ['g5'] }, { instanceTypes: ['g5'] }],
    ['of two architectures', {}, { architecture: 'arm64' }],
    ['of two lists', { instanceTypes: ['m7i'] }, { instanceTypes: ['m7i', 'c7i'] }],
    ['of a list and the default', {}, { instanceTypes: ['m7i'] }],
  ])('%s', (_, one, other) => {
    expect(capacity.pool(demand(one))).not.toBe(capacity.pool(demand(other)));
    expect(new Synthesis(stack).types).toContain('aws_batch_job_queue 2');
  });
});

describe('capacityKey', () => {
  // Part of ids and names: a change of one replaces deployed environments.
  it.each<[Partial<CapacityDemand>, string]>([
    [{}, 'on-demand-cpu-x86-64'],
    [{ spot: true }, 'spot-cpu-x86-64'],
    [{ gpu: true }, 'on-demand-gpu-x86-64'],
    [{ spot: true, architecture: 'arm64' }, 'spot-cpu-arm64'],
    [{ instanceTypes: ['m7i', 'c7i'] }, 'on-demand-cpu-x86-64-6b09e4dd'],
  ])('%j is %s', (given, key) => {
    expect(capacityKey(demand(given))).toBe(key);
  });

  const types = fc.array(fc.constantFrom('m7i', 'c7i', 'r7i.large', 'g5', 'g6'), { minLength: 1 });
  const demands = fc
    .record({
      spot: fc.boolean(),
      gpu: fc.boolean(),
      architecture: fc.constantFrom('x86_64' as const, 'arm64' as const),
      instanceTypes: types,
    })
    .filter(({ gpu, architecture }) => !gpu || architecture === 'x86_64');

  it('is equal for equal demands and only for them', () => {
    const parts = ({ spot, gpu, architecture, instanceTypes = [] }: CapacityDemand) =>
      JSON.stringify([spot, gpu, architecture, [...new Set(instanceTypes)].sort()]);
    fc.assert(
      fc.property(demands, demands, (one, other) => {
        expect(capacityKey(one) === capacityKey(other)).toBe(parts(one) === parts(other));
        expect(capacityKey({ ...one, instanceTypes: [...one.instanceTypes].reverse() })).toBe(capacityKey(one));
      }),
    );
  });
});

it('has another pool and launch template for the instance store, and leaves those of other jobs as they are', () => {
  const store = demand({ instanceTypes: ['m6id'], instanceStore: true });
  expect(capacityKey(store)).toMatch(/^on-demand-cpu-x86-64-store-[0-9a-f]{8}$/);
  expect(capacityKey({ ...store, instanceStore: false })).toBe(capacityKey(demand({ instanceTypes: ['m6id'] })));
  capacity.pool(demand({ instanceTypes: ['m6id'] }));
  capacity.pool(store);
  capacity.pool({ ...store, spot: true });
  const synthesis = new Synthesis(stack);
  expect(Object.keys(synthesis.byId('aws_launch_template'))).toEqual([
    expect.stringContaining('_InstanceStoreLaunchTemplate'),
    expect.stringContaining('_LaunchTemplate'),
  ]);
});
