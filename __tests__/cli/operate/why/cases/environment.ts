import { runnable } from '../sample-facts';
import type { Case } from './case';

const invalid = (statusReason: string) => runnable({ environment: { status: 'INVALID', statusReason } });

/** Cases of compute environments. */
export const ENVIRONMENT: readonly Case[] = [
  // https://docs.aws.amazon.com/batch/latest/userguide/invalid_compute_environment.html
  [
    'environment-service-role-missing',
    'documented',
    invalid(
      'CLIENT_ERROR - Not authorized to perform sts:AssumeRole (Service: AWSSecurityTokenService; Status Code: 403; Error Code: AccessDenied; Request ID: dc0e2d28-2e99-11e7-b372-7fcc6fb65fe7)',
    ),
  ],
  [
    'environment-service-role-missing',
    'reported',
    invalid(
      'CLIENT_ERROR - User: batch.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/deleted (Service: AWSSecurityTokenService; Status Code: 403; Error Code: AccessDenied; Request ID: c47af09e; Proxy: null)',
    ),
  ],
  [
    'environment-spot-fleet-role',
    'documented',
    invalid(
      'CLIENT_ERROR - Parameter: SpotFleetRequestConfig.IamFleetRole is invalid. (Service: AmazonEC2; Status Code: 400; Error Code: InvalidSpotFleetRequestConfig; Request ID: 331205f0-5ae3-4cea-bac4-897769639f8d) Parameter: SpotFleetRequestConfig.IamFleetRole is invalid',
    ),
  ],
  [
    'environment-spot-service-role',
    'made',
    invalid(
      'CLIENT_ERROR - The provided credentials do not have permission to create the service-linked role for EC2 Spot Instances. (Error Code: AuthFailure.ServiceLinkedRoleCreationNotPermitted)',
    ),
  ],
  [
    'environment-pass-role',
    'made',
    invalid(
      'CLIENT_ERROR - User: arn:aws:sts::123456789012:assumed-role/AWSServiceRoleForBatch/aws-batch is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role/instances',
    ),
  ],
  [
    'environment-service-role-permission',
    'documented',
    invalid(
      'CLIENT_ERROR - User: arn:aws:sts::123456789012:assumed-role/batch-replacement-role/aws-batch is not authorized to perform: ecs:DescribeClusters on resource: arn:aws:ecs:eu-west-1:123456789012:cluster/AWSBatch-reports',
    ),
  ],
  ['environment-service-role-permission', 'made', invalid('CLIENT_ERROR - UnauthorizedOperation')],
  ['environment-instance-profile', 'reported', invalid('CLIENT_ERROR - Invalid IamInstanceProfile: ecsInstanceRole')],
  [
    'environment-user-data',
    'reported',
    invalid('CLIENT_ERROR - Launch Template UserData is not MIME multipart format'),
  ],
  [
    'environment-security-group-vpc',
    'reported',
    invalid(
      'CLIENT_ERROR - One or more security groups in the launch template are not linked to the VPCs configured in the Auto Scaling group',
    ),
  ],
  [
    'environment-security-group-vpc',
    'reported',
    invalid(
      'CLIENT_ERROR - One or more security groups in the launch configuration are not linked to the VPCs configured in the Auto Scaling group',
    ),
  ],
  [
    'environment-security-group',
    'made',
    invalid(
      "CLIENT_ERROR - The security group 'sg-0a1b2c3d' does not exist (Service: AmazonAutoScaling; Error Code: ValidationError)",
    ),
  ],
  [
    'environment-subnet',
    'made',
    invalid("CLIENT_ERROR - The subnet ID 'subnet-0a1b2c3d' does not exist (Error Code: InvalidSubnetID.NotFound)"),
  ],
  [
    'environment-key-pair',
    'reported',
    invalid(
      "CLIENT_ERROR - You must use a valid fully-formed launch template. The key pair 'operators' does not exist",
    ),
  ],
  [
    'environment-machine-image',
    'made',
    invalid(
      "CLIENT_ERROR - You must use a valid fully-formed launch template. The image id '[ami-0a1b2c3d]' does not exist",
    ),
  ],
  ['environment-placement-group', 'made', invalid("CLIENT_ERROR - The placement group 'cluster' does not exist")],
  ['environment-instance-type', 'made', invalid('CLIENT_ERROR - Instance type can only be one of [c5, c5.large, m5]')],
  ['environment-auto-scaling-group', 'made', invalid('CLIENT_ERROR - AutoScalingGroup name not found - null')],
  [
    'environment-launch-template',
    'made',
    invalid("CLIENT_ERROR - The launch template 'lt-0a1b2c3d' does not exist, or its version 3 does not"),
  ],
  ['environment-cluster', 'reported', invalid('CLIENT_ERROR - Clusters can not be blank.')],
  [
    'environment-cluster',
    'made',
    invalid('CLIENT_ERROR - Cluster not found. (Service: AmazonECS; Error Code: ClusterNotFoundException)'),
  ],
  [
    'environment-throttled',
    'made',
    invalid('CLIENT_ERROR - Rate exceeded (Service: AmazonEC2; Error Code: RequestLimitExceeded)'),
  ],
  [
    'environment-quota',
    'made',
    invalid('CLIENT_ERROR - You have reached the maximum number of things (Error Code: LimitExceeded)'),
  ],
  ['environment-internal-error', 'made', invalid('INTERNAL_ERROR - An internal error has occurred')],
  ['environment-invalid', 'made', invalid('CLIENT_ERROR - something else')],
  ['environment-invalid', 'made', runnable({ environment: { status: 'INVALID' } })],
  ['environment-disabled', 'made', runnable({ environment: { state: 'DISABLED' } })],
  ['environment-creating', 'made', runnable({ environment: { status: 'CREATING' } })],
  ['environment-deleting', 'made', runnable({ environment: { status: 'DELETING', state: 'DISABLED' } })],

  ['environment-deleted', 'made', runnable({ environment: { status: 'DELETED', state: 'DISABLED' } })],

  // Other words for the same causes.
  [
    'environment-service-role-missing',
    'made',
    invalid('CLIENT_ERROR - The role with name batch-service cannot be found. (Error Code: NoSuchEntity)'),
  ],
  [
    'environment-service-role-permission',
    'made',
    invalid('CLIENT_ERROR - You are not authorized to perform this operation.'),
  ],
  ['environment-subnet', 'made', invalid("CLIENT_ERROR - The vpc ID 'vpc-0a1b2c3d' does not exist")],
  ['environment-internal-error', 'made', invalid('INTERNAL_ERROR - Failed to describe clusters of the account')],
];
