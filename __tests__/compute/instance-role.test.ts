// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets

import { InstanceRole, instanceStatements } from '../../modules/compute/instance-role';
import { AwsContext } from '../../modules/terraform/aws-context';
import { document, foreignStack, Synthesis } from '../synthesis';

const aws = { partition: 'aws', arn: (service: string, resource: string) => `arn:aws:${service}:r:a:${resource}` };

describe('instanceStatements', () => {
  it('allow just what the ECS agent does', () => {
    expect(Object.fromEntries(instanceStatements(aws).map(({ Sid, Action }) => [Sid, Action]))).toEqual({
      Discover: ['ec2:DescribeTags', 'ecr:GetAuthorizationToken', 'ecs:DiscoverPollEndpoint'],
      JoinCluster: [
        'ecs:DeregisterContainerInstance',
        'ecs:RegisterContainerInstance',
        'ecs:SubmitAttachmentStateChanges',
        'ecs:SubmitContainerStateChange',
        'ecs:SubmitTaskStateChange',
      ],
      TakeTasks: ['ecs:Poll', 'ecs:StartTelemetrySession', 'ecs:TagResource', 'ecs:UpdateContainerInstancesState'],
      PullImages: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    });
  });

  it('are about this account, but for what takes no resource and for images shared by others', () => {
    expect(Object.fromEntries(instanceStatements(aws).map(({ Sid, Resource }) => [Sid, Resource]))).toEqual({
      Discover: ['*'],
      JoinCluster: ['arn:aws:ecs:r:a:cluster/*'],
      TakeTasks: ['arn:aws:ecs:r:a:container-instance/*'],
      PullImages: ['arn:aws:ecr:*:*:repository/*'],
    });
  });

  it('are in the partition of the account', () => {
    expect(instanceStatements({ ...aws, partition: 'aws-cn' }).at(-1)?.Resource).toEqual([
      'arn:aws-cn:ecr:*:*:repository/*',
    ]);
  });
});

describe('InstanceRole', () => {
  it('is a role for EC2 in a profile', () => {
    const stack = foreignStack();
    new InstanceRole(stack, 'InstanceRole', { stackName: 'reports', aws: new AwsContext(stack, 'aws') });
    const synthesis = new Synthesis(stack);
    expect(synthesis.types).toEqual(['aws_iam_instance_profile', 'aws_iam_role', 'aws_iam_role_policy']);
    expect(synthesis.one('aws_iam_instance_profile')).toEqual({
      name: 'reports-batch-instance-${data.aws_region.aws_Region.id}',
      role: '${aws_iam_role.InstanceRole.name}',
    });
    const role = synthesis.one('aws_iam_role');
    expect(role.name).toBe('reports-batch-instance-${data.aws_region.aws_Region.id}');
    expect(document(role.assume_role_policy).Statement).toEqual([
      { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
  });
});

it('has another name with each path, because its replacement exists before it goes', () => {
  const nameWith = (path?: string) => {
    const stack = foreignStack();
    new InstanceRole(stack, 'InstanceRole', {
      stackName: 'reports',
      aws: new AwsContext(stack, 'aws', { iam: { path } }),
    });
    return new Synthesis(stack).one('aws_iam_role').name;
  };
  expect(new Set([nameWith(), nameWith('/a/'), nameWith('/b/')]).size).toBe(3);
});
