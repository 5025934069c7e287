import { minutesAgo, runnable } from '../sample-facts';
import type { Case } from './case';

const launch = (message: string, more: object = {}) =>
  runnable({ environment: { launchFailure: { at: minutesAgo(1), message }, desiredVcpus: 2, ...more } });
const QUOTA = {
  code: 'L-34B43A08',
  name: 'All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests',
  vcpus: 64,
};

/** Cases of instances that are not launched. */
export const LAUNCH: readonly Case[] = [
  // https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-instancelaunchfailure.html
  [
    'launch-vcpu-quota-zero',
    'reported',
    launch(
      'Could not launch On-Demand Instances. VcpuLimitExceeded - You have requested more vCPU capacity than your current vCPU limit of 0 allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit. Launching EC2 instance failed.',
      { spot: false },
    ),
  ],
  [
    'launch-vcpu-quota',
    'reported',
    launch(
      'Could not launch On-Demand Instances. VcpuLimitExceeded - You have requested more vCPU capacity than your current vCPU limit of 1958 allows for the instance bucket that the specified instance type belongs to. Launching EC2 instance failed.',
      { spot: false },
    ),
  ],
  [
    'launch-spot-quota',
    'reported',
    launch(
      'Could not launch Spot Instances. MaxSpotInstanceCountExceeded - Max spot instance count exceeded. Launching EC2 instance failed.',
      { quota: QUOTA },
    ),
  ],
  [
    'launch-spot-price',
    'documented',
    launch(
      'Your Spot request price of 0.015 is lower than the minimum required Spot request fulfillment price of 0.0735. Launching EC2 instance failed.',
    ),
  ],
  [
    'launch-no-spot-capacity',
    'reported',
    launch(
      'Could not launch Spot Instances. UnfulfillableCapacity - Unable to fulfill capacity due to your request configuration. Please adjust your request and try again. Launching EC2 instance failed.',
    ),
  ],
  [
    'launch-no-spot-capacity',
    'documented',
    launch('There is no Spot capacity available that matches your request. Launching EC2 instance failed.'),
  ],
  [
    'launch-no-capacity',
    'reported',
    launch(
      'Could not launch On-Demand Instances. InsufficientInstanceCapacity - We currently do not have sufficient p3dn.24xlarge capacity in the Availability Zone you requested (us-west-2c). Our system will be working on provisioning additional capacity. Launching EC2 instance failed.',
      { spot: false },
    ),
  ],
  [
    'launch-free-plan',
    'reported',
    launch(
      "Could not launch Spot Instances. InvalidParameterCombination - The specified instance type is not eligible for Free Tier. For a list of Free Tier instance types, run 'describe-instance-types'. Launching EC2 instance failed.",
    ),
  ],
  [
    'launch-account-pending',
    'made',
    launch(
      'Could not launch On-Demand Instances. PendingVerification - Your request for accessing resources in this region is being validated. Launching EC2 instance failed.',
    ),
  ],
  ['launch-instance-quota', 'documented', launch('4 instance(s) are already running. Launching EC2 instance failed.')],
  [
    'launch-volume-quota',
    'made',
    launch(
      'VolumeLimitExceeded - You have exceeded your maximum gp3 storage limit of 50 TiB. Launching EC2 instance failed.',
    ),
  ],
  [
    'launch-no-addresses',
    'reported',
    launch(
      'There are not enough free addresses in subnet subnet-0ab1 to satisfy the requested number of instances. Launching EC2 instance failed.',
    ),
  ],
  [
    'launch-zone',
    'documented',
    launch(
      'The requested Availability Zone is no longer supported. Please retry your request by not specifying an Availability Zone or choosing eu-west-1a. Launching EC2 instance failed.',
    ),
  ],
  [
    'launch-instance-type',
    'documented',
    launch(
      'Your requested instance type (c8i.large) is not supported in your requested Availability Zone (eu-west-1c). Please retry your request by not specifying an Availability Zone or choosing eu-west-1a. Launching EC2 instance failed.',
    ),
  ],
  [
    'launch-instance-type',
    'documented',
    launch('The requested configuration is currently not supported. Launching EC2 instance failed.'),
  ],
  [
    'launch-security-group',
    'documented',
    launch('The security group sg-0a1b2c3d does not exist. Launching EC2 instance failed.'),
  ],
  [
    'launch-subnet',
    'made',
    launch("InvalidSubnetID.NotFound - The subnet ID 'subnet-0a1b2c3d' does not exist. Launching EC2 instance failed."),
  ],
  ['launch-key-pair', 'documented', launch('The key pair operators does not exist. Launching EC2 instance failed.')],
  [
    'launch-machine-image',
    'made',
    launch("InvalidAMIID.NotFound - The image id '[ami-0a1b2c3d]' does not exist. Launching EC2 instance failed."),
  ],
  [
    'launch-instance-profile',
    'made',
    launch(
      'Invalid IamInstanceProfile: arn:aws:iam::123456789012:instance-profile/gone. Launching EC2 instance failed.',
    ),
  ],
  ['launch-volume', 'documented', launch('Invalid device name upload. Launching EC2 instance failed.')],
  [
    'launch-volume',
    'documented',
    launch(
      "Value (xvdb) for parameter virtualName is invalid. Expected format: 'ephemeralNUMBER'. Launching EC2 instance failed.",
    ),
  ],
  ['launch-volume', 'documented', launch('EBS block device mappings not supported for instance-store AMIs.')],
  ['launch-volume-key', 'documented', launch('Client.InternalError: Client error on launch.')],
  [
    'launch-placement-group',
    'documented',
    launch("Placement groups may not be used with instances of type 'm1.large'. Launching EC2 instance failed."),
  ],
  [
    'launch-not-authorized',
    'made',
    launch('You are not authorized to perform this operation. Launching EC2 instance failed.'),
  ],
  [
    'launch-template',
    'made',
    launch(
      'The specified launch template, with template ID lt-0a1b2c3d, does not exist. Launching EC2 instance failed.',
    ),
  ],
  ['launch-failed', 'made', launch('Something else. Launching EC2 instance failed.')],
  ['quota-zero', 'made', runnable({ environment: { quota: { ...QUOTA, vcpus: 0 } } })],
  ['quota-too-low', 'made', runnable({ environment: { quota: { ...QUOTA, vcpus: 1 } } })],
  [
    'launch-vcpu-quota-zero',
    'made',
    launch('Could not launch Spot Instances. MaxSpotInstanceCountExceeded - Max spot instance count exceeded', {
      quota: { ...QUOTA, vcpus: 0 },
    }),
  ],
  [
    'launch-no-capacity',
    'made',
    launch('ReservationCapacityExceeded - Unable to launch instances. Launching EC2 instance failed.', { spot: false }),
  ],
  ['launch-placement-group', 'made', launch('InvalidPlacementGroup.Unknown. Launching EC2 instance failed.')],
  ['launch-template', 'made', launch('InvalidLaunchTemplateId.NotFound. Launching EC2 instance failed.')],
  [
    'launch-not-authorized',
    'documented',
    launch('Access denied. The default Service-Linked Role for Auto Scaling could not be created.'),
  ],
];
