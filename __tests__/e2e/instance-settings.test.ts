import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { AwsApi } from './engines/aws-api';
import { unexplainedChanges } from './engines/emulator-gaps';
import { type Emulator, emulatorAvailable, startEmulator } from './engines/ministack';
import { describeWith, terraformAvailable, type Workspace, workspace } from './engines/terraform';
import { synthesize } from './synthesize';

const EC2 = '2016-11-15';

describeWith([terraformAvailable(), emulatorAvailable()], 'instances in an existing VPC', () => {
  let emulator: Emulator;
  let copy: Workspace;
  let vpc: { vpcId: string; subnetIds: string[] };
  let group: string;

  /** The ID that a request to EC2 creates. */
  async function created(Action: string, id: RegExp, more: { readonly [name: string]: string }): Promise<string> {
    const answer = await new AwsApi(emulator, 'eu-west-1').query('ec2', { Action, Version: EC2, ...more });
    const [found] = id.exec(answer) ?? [];
    if (found === undefined) throw new Error(`${Action} answered ${answer}`);
    return found;
  }

  function config(rest: Pick<BatchJobsConfig, 'compute' | 'overrides'>, narrowed: boolean): BatchJobsConfig {
    return {
      stackName: 'instances',
      region: 'eu-west-1',
      vpc,
      ...rest,
      resources: {
        photos: { type: 'bucket', ...(narrowed && { overrides: { Bucket: { tags: { kept: 'yes' } } } }) },
        job: {
          type: 'batch-job',
          properties: {
            container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } },
            resources: { cpu: 1, memory: 512 },
            connectTo: narrowed
              ? [
                  { name: 'photos', access: 'read', prefix: 'in/' },
                  { name: 'photos', access: 'write', prefix: 'out/' },
                ]
              : ['photos'],
          },
        },
      },
    };
  }

  const plain = () => config({}, false);
  const chosen = () =>
    config(
      {
        compute: {
          machineImageId: 'ami-0123456789abcdef0',
          securityGroupIds: [group],
          userData: '#!/bin/bash\necho "${HOME}" %{x}\n',
        },
        overrides: { LaunchTemplate: { description: 'ours' } },
      },
      true,
    );

  async function changes(to: BatchJobsConfig): Promise<{ planned: string[]; left: readonly unknown[] }> {
    const { dir, dispose } = synthesize(to);
    try {
      const { resource_changes = [] } = await copy.planOf(dir);
      const planned = resource_changes
        .filter(({ change }) => !['no-op', 'read'].includes(String(change.actions)))
        .map(({ type, change }) => `${change.actions} ${type}`);
      await copy.applyOf(dir);
      return { planned: [...new Set(planned)].sort(), left: unexplainedChanges(await copy.planOf(dir)) };
    } finally {
      dispose();
    }
  }

  async function environment(): Promise<Record<string, unknown>> {
    const resources = [...(await copy.state()).resources.values()];
    const made = resources.find(({ type }) => type === 'aws_batch_compute_environment');
    const [found] = (made?.values.compute_resources ?? []) as Record<string, unknown>[];
    return found ?? {};
  }

  beforeAll(async () => {
    emulator = await startEmulator();
    const vpcId = await created('CreateVpc', /vpc-[0-9a-f]+/, { CidrBlock: '10.3.0.0/16' });
    const cidr = { VpcId: vpcId, CidrBlock: '10.3.1.0/24' };
    vpc = { vpcId, subnetIds: [await created('CreateSubnet', /subnet-[0-9a-f]+/, cidr)] };
    const about = { GroupName: 'ours', GroupDescription: 'ours', VpcId: vpcId };
    group = await created('CreateSecurityGroup', /sg-[0-9a-f]+/, about);
    const { dir, dispose } = synthesize(plain());
    copy = workspace(dir, { emulator });
    await copy.apply();
    dispose();
  });

  afterAll(async () => {
    copy?.dispose();
    await emulator?.stop();
  });

  it('change in place, with a numbered version of the launch template, and are stable then', async () => {
    const { planned, left } = await changes(chosen());
    expect(planned).toEqual([
      'delete aws_security_group',
      'update aws_batch_compute_environment',
      'update aws_iam_role_policy',
      'update aws_launch_template',
      'update aws_s3_bucket',
    ]);
    expect(left).toEqual([]);
    expect(await environment()).toMatchObject({
      security_group_ids: [group],
      ec2_configuration: [{ image_type: 'ECS_AL2023', image_id_override: 'ami-0123456789abcdef0' }],
      launch_template: [{ version: '2' }],
    });
  });

  it('change back, except for the image, which AWS Batch keeps', async () => {
    const { planned, left } = await changes(plain());
    expect(planned).toEqual([
      'create aws_security_group',
      'update aws_batch_compute_environment',
      'update aws_iam_role_policy',
      'update aws_launch_template',
      'update aws_s3_bucket',
    ]);
    expect(left).toEqual([]);
    expect(await environment()).toMatchObject({ launch_template: [{ version: '3' }] });
  });
});
