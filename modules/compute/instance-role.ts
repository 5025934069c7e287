import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { Construct } from 'constructs';
import type { Statement } from '../access/policy';
import { ServiceRole } from '../access/service-role';
import type { AwsContext } from '../aws-context';
import { globalName, NAME_LIMITS } from '../naming';

/**
 * What an instance may do: join an ECS cluster of this account, report on tasks, and pull images. Narrower than AWS's managed policy:
 * output is written with the execution role, and a job that reads the instance's credentials finds little to misuse.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
 */
export function instanceStatements(aws: Pick<AwsContext, 'partition' | 'arn'>): Statement[] {
  return [
    // These three take no resource.
    {
      Sid: 'Discover',
      Action: ['ec2:DescribeTags', 'ecr:GetAuthorizationToken', 'ecs:DiscoverPollEndpoint'],
      Resource: ['*'],
    },
    {
      // AWS Batch names the clusters itself.
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
      // Images may come from any account and region that shares its repository; that repository's policy decides.
      Sid: 'PullImages',
      Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Resource: [`arn:${aws.partition}:ecr:*:*:repository/*`],
    },
  ];
}

/** The role that instances of the compute environments carry, in the profile that EC2 wants. */
export class InstanceRole extends Construct {
  readonly role: ServiceRole;
  readonly profile: IamInstanceProfile;

  constructor(scope: Construct, id: string, { stackName, aws }: { stackName: string; aws: AwsContext }) {
    super(scope, id);
    this.role = new ServiceRole(this, 'Role', {
      nameParts: [stackName, 'batch-instance'],
      aws,
      service: 'ec2.amazonaws.com',
      statements: instanceStatements(aws),
    });
    this.profile = new IamInstanceProfile(this, 'Profile', {
      name: globalName(NAME_LIMITS.instanceProfile, aws.region, stackName, 'batch-instance'),
      role: this.role.role.name,
    });
  }
}
