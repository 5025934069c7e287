import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { Construct } from 'constructs';
import type { Statement } from '../access/policy';
import { ServiceRole } from '../access/service-role';
import { globalName, NAME_LIMITS, shortHash } from '../rules/naming';
import type { AwsContext } from '../terraform/aws-context';

/**
 * Permissions of an instance: join an ECS cluster of this account, report on tasks, and pull images. Narrower than AWS's managed policy:
 * the execution role writes the logs, and a job that reads the instance's credentials gets few permissions.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
 */
export function instanceStatements(aws: Pick<AwsContext, 'partition' | 'arn'>): Statement[] {
  return [
    // These three don't support resource-level permissions.
    {
      Sid: 'Discover',
      Action: ['ec2:DescribeTags', 'ecr:GetAuthorizationToken', 'ecs:DiscoverPollEndpoint'],
      Resource: ['*'],
    },
    {
      // AWS Batch chooses the names of the clusters.
      Sid: 'JoinCluster',
      Action: [
        'ecs:DeregisterContainerInstance',
        'ecs:RegisterContainerInstance',
        'ecs:SubmitAttachmentStateChanges',
        'ecs:SubmitContainerStateChange',
        'ecs:SubmitTaskStateChange',
      ],
      Resource: [aws.arn('ecs', 'cluster/*')],
    },
    {
      Sid: 'TakeTasks',
      Action: ['ecs:Poll', 'ecs:StartTelemetrySession', 'ecs:TagResource', 'ecs:UpdateContainerInstancesState'],
      Resource: [aws.arn('ecs', 'container-instance/*')],
    },
    {
      // Images can be in any account and region that shares its repository. The policy of that repository decides.
      Sid: 'PullImages',
      Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Resource: [`arn:${aws.partition}:ecr:*:*:repository/*`],
    },
  ];
}

/** The role of the compute environments' instances, in the instance profile that EC2 requires. */
export class InstanceRole extends Construct {
  readonly role: ServiceRole;
  readonly profile: IamInstanceProfile;

  constructor(scope: Construct, id: string, { stackName, aws }: { stackName: string; aws: AwsContext }) {
    super(scope, id);
    const { path } = aws.iam;
    // A replacement exists before what it replaces, as that of compute environments does, and IAM names ignore the path.
    const nameParts = [stackName, 'batch-instance', ...(path === undefined ? [] : [shortHash(path)])];
    this.role = new ServiceRole(this, 'Role', {
      nameParts,
      aws,
      service: 'ec2.amazonaws.com',
      statements: instanceStatements(aws),
    });
    this.profile = new IamInstanceProfile(this, 'Profile', {
      name: globalName(NAME_LIMITS.instanceProfile, aws.region, ...nameParts),
      path,
      role: this.role.role.name,
    });
  }
}
