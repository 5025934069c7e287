// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { createJobLaunchTemplate } from '../../modules/compute/job-launch-template';
import { userDataBase64 } from '../../modules/compute/user-data';
import { foreignStack, Synthesis } from '../synthesis';

function template(props: Partial<Parameters<typeof createJobLaunchTemplate>[2]> = {}) {
  const stack = foreignStack();
  const given = { stackName: 'reports', aws: {}, rootVolumeGb: 100, tags: {}, pullOnce: () => false };
  createJobLaunchTemplate(stack, 'Template', { ...given, ...props });
  return new Synthesis(stack).one('aws_launch_template');
}

describe('createJobLaunchTemplate', () => {
  it('is, whole', () => {
    expect(template()).toEqual({
      name_prefix: 'reports-batch-',
      metadata_options: { http_endpoint: 'enabled', http_tokens: 'required', http_put_response_hop_limit: 2 },
      block_device_mappings: [
        {
          device_name: '/dev/xvda',
          ebs: { volume_size: 100, volume_type: 'gp3', encrypted: 'true', delete_on_termination: 'true' },
        },
      ],
      tag_specifications: [{ resource_type: 'volume', tags: { Name: 'reports-batch' } }],
      user_data: userDataBase64(),
      lifecycle: { create_before_destroy: true },
    });
  });

  it('takes the size of the root volume', () => {
    expect(template({ rootVolumeGb: 30 })).toMatchObject({ block_device_mappings: [{ ebs: { volume_size: 30 } }] });
  });

  it('takes IOPS and throughput of the root volume', () => {
    expect(template({ rootVolumeIops: 6000, rootVolumeThroughputMibps: 500 })).toMatchObject({
      block_device_mappings: [{ ebs: { volume_size: 100, iops: 6000, throughput: 500 } }],
    });
  });

  it('prepares the instance store before the settings of the ECS agent', () => {
    const text = Buffer.from(String(template({ instanceStore: true }).user_data), 'base64').toString();
    expect(text.indexOf('use_instance_store')).toBeGreaterThan(0);
    expect(text.indexOf('use_instance_store')).toBeLessThan(text.indexOf('/etc/ecs/ecs.config'));
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    expect(text.length).toBeLessThan(8 * 1024);
  });

  it('tags volumes, and not instances, which the compute environment tags', () => {
    expect(template({ tags: { team: '${billing}' } }).tag_specifications).toEqual([
      { resource_type: 'volume', tags: { Name: 'reports-batch', team: '$${billing}' } },
    ]);
  });

  // Batch refuses an environment whose template names one, and the image, the role and the network are the environment's to say.
  it.each(['instance_type', 'image_id', 'iam_instance_profile', 'network_interfaces', 'vpc_security_group_ids'])(
    'leaves %s to the compute environment',
    (argument) => {
      expect(template()).not.toHaveProperty(argument);
    },
  );

  it('cuts a long name to what the provider takes', () => {
    expect(String(template({ stackName: 'a'.repeat(150) }).name_prefix)).toMatch(/^a{84}a*-[0-9a-f]{8}-$/);
    expect(String(template({ stackName: 'a'.repeat(150) }).name_prefix)).toHaveLength(99);
  });
});
