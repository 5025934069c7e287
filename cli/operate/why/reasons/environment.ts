import type { EnvironmentFacts, Facts } from '../facts';
import { type MessageRow, messageReasons, type Reason, type Values } from '../reason';
import { FIXES } from './fixes';

/*
 * Messages of an environment with status INVALID. AWS documents some of them, and passes the others on from the services that it calls:
 * https://docs.aws.amazon.com/batch/latest/userguide/invalid_compute_environment.html
 * The first row that matches counts, so a row is before each more general one.
 */
const MESSAGES: readonly MessageRow[] = [
  [
    'environment-service-role-missing',
    /not authorized to perform:? sts:AssumeRole|\brole\b.*(?:does not exist|not be found|not found)|NoSuchEntity/i,
    'Compute environment {environment} is invalid: AWS Batch cannot assume its service role, which is missing or does not trust AWS Batch.',
    'Create the service-linked role with aws iam create-service-linked-role --aws-service-name batch.amazonaws.com, and deploy again.',
    'deploy',
  ],
  [
    'environment-spot-fleet-role',
    /IamFleetRole/,
    'Compute environment {environment} is invalid: its Spot Fleet role does not exist or does not trust Spot Fleet.',
    'No config sets this role. Remove it where it was set, in your CDKTF app or by hand, and deploy again.',
    'deploy',
  ],
  [
    'environment-spot-service-role',
    /AWSServiceRoleForEC2Spot|ServiceLinkedRoleCreationNotPermitted|service-linked role for EC2 Spot/i,
    'Compute environment {environment} is invalid: the account has no service-linked role for Spot instances.',
    'Create it with: aws iam create-service-linked-role --aws-service-name spot.amazonaws.com. Then deploy again.',
    'deploy',
  ],
  [
    'environment-pass-role',
    /iam:PassRole/,
    'Compute environment {environment} is invalid: AWS Batch is not allowed to pass the instance role to EC2.',
    "Allow iam:PassRole for the instance role in your account's service control policies and permissions boundaries, and deploy again.",
    'deploy',
  ],
  [
    'environment-service-role-permission',
    /not authorized to perform:? (?:(?<action>[\w-]+:\w+)|this)|UnauthorizedOperation|Access ?Denied/i,
    'Compute environment {environment} is invalid: its service role is not allowed {action}.',
    'Let the environment use the service-linked role AWSServiceRoleForBatch, and check that no service control policy denies the action.',
  ],
  [
    'environment-instance-profile',
    /IamInstanceProfile|instance ?profile|instance ?role/i,
    'Compute environment {environment} is invalid: its instance profile does not exist.',
    FIXES.instanceProfile,
    'deploy',
  ],
  [
    'environment-user-data',
    /UserData|user data|MIME/i,
    'Compute environment {environment} is invalid: the user data of its launch template is not MIME multipart.',
    'No config sets it. Correct the user data where it was set, in your CDKTF app or by hand, and deploy again.',
    'deploy',
  ],
  [
    'environment-security-group-vpc',
    /not linked to the VPCs?|security groups? .*(?:different|same) (?:VPC|network)/i,
    'Compute environment {environment} is invalid: its security groups and its subnets belong to different VPCs.',
    'Correct vpc.vpcId and vpc.subnetIds, which must be of one VPC, and deploy.',
    'deploy',
  ],
  [
    'environment-security-group',
    /InvalidGroup|InvalidSecurityGroup|security ?group/i,
    'Compute environment {environment} is invalid: one of its security groups does not exist.',
    FIXES.securityGroup,
    'deploy',
  ],
  [
    'environment-subnet',
    /subnet|InvalidVpc|\bvpc\b/i,
    'Compute environment {environment} is invalid: its VPC or one of its subnets does not exist.',
    FIXES.subnet,
    'deploy',
  ],
  [
    'environment-key-pair',
    /InvalidKeyPair|key ?pair/i,
    'Compute environment {environment} is invalid: its EC2 key pair does not exist.',
    FIXES.keyPair,
    'deploy',
  ],
  [
    'environment-machine-image',
    /InvalidAMI|image ?id|\bAMI\b|EC2Configuration/i,
    'Compute environment {environment} is invalid: its machine image does not exist or cannot be used.',
    FIXES.machineImage,
    'deploy',
  ],
  [
    'environment-placement-group',
    /placement ?group/i,
    'Compute environment {environment} is invalid: its placement group does not exist or does not allow its instance types.',
    FIXES.placementGroup,
    'deploy',
  ],
  [
    'environment-instance-type',
    /instance ?types?|InvalidParameterCombination|Unsupported/i,
    'Compute environment {environment} is invalid: {region} does not offer one of its instance types ({instanceTypes}), or AWS Batch does not support it.',
    'List instance types of the region in resources.instanceTypes, and deploy.',
    'deploy',
  ],
  [
    'environment-auto-scaling-group',
    /Auto ?Scaling ?group|AutoScalingGroup/i,
    'Compute environment {environment} is invalid: the Auto Scaling group that AWS Batch made for it was deleted or changed.',
    'Replace the environment: run terraform apply -replace with its address in the folder of the stack.',
  ],
  [
    'environment-launch-template',
    /launch ?template/i,
    'Compute environment {environment} is invalid: its launch template, or the version that it uses, was deleted.',
    FIXES.launchTemplate,
    'deploy',
  ],
  [
    'environment-cluster',
    /Clusters can ?not be blank|ClusterNotFound|cluster\b.*(?:not found|deleted|inactive|not active|does not exist|missing)/i,
    'Compute environment {environment} is invalid: the ECS cluster that AWS Batch made for it was deleted.',
    'Replace the environment: run terraform apply -replace with its address in the folder of the stack.',
  ],
  [
    'environment-throttled',
    /Throttl|Rate exceeded|RequestLimitExceeded|TooManyRequests/i,
    'Compute environment {environment} is invalid: AWS throttled a request of AWS Batch.',
    'Wait ten minutes. If the environment is still invalid, deploy again.',
    'deploy',
  ],
  [
    'environment-quota',
    /LimitExceeded|limit (?:was )?(?:reached|exceeded)|maximum number|quota/i,
    'Compute environment {environment} is invalid: a quota of the account is used up. AWS Batch reports: {message}',
    'Delete what you no longer need, or request a higher quota in the Service Quotas console.',
  ],
  [
    'environment-internal-error',
    /^INTERNAL_ERROR/,
    'Compute environment {environment} is invalid because of an internal error of AWS Batch.',
    'Wait ten minutes and deploy again. If it stays invalid, ask AWS Support with the message below.',
    'deploy',
  ],
  [
    'environment-invalid',
    /^/,
    'Compute environment {environment} is invalid. AWS Batch reports: {message}',
    'Correct what the message names, and deploy again.',
    'deploy',
  ],
];

/** The queue's environments if no job can be placed in any of them. */
function unusable({ environments }: Facts): readonly EnvironmentFacts[] {
  const isUsable = ({ state, status }: EnvironmentFacts) =>
    state === 'ENABLED' && (status === 'VALID' || status === 'UPDATING');
  return environments.some(isUsable) ? [] : environments;
}

function invalid(facts: Facts): { readonly message: string; readonly values: Values } | undefined {
  const found = unusable(facts).find(({ status }) => status === 'INVALID');
  if (found === undefined) return undefined;
  const message = found.statusReason ?? '';
  return {
    message,
    values: {
      environment: found.name,
      region: facts.job.region,
      instanceTypes: found.instanceTypes.join(', '),
      message: message || '(nothing)',
      action: 'something that AWS Batch needs',
    },
  };
}

function inStatus(status: string): (facts: Facts) => Values | undefined {
  return (facts) => {
    const found = unusable(facts).find((environment) => environment.status === status);
    return found && { environment: found.name };
  };
}

export const ENVIRONMENT_REASONS: readonly Reason[] = [
  ...messageReasons(MESSAGES, invalid),
  {
    code: 'environment-disabled',
    sentence: 'Compute environment {environment} is disabled, so AWS Batch starts no job in it.',
    fix: 'Enable it: aws batch update-compute-environment --compute-environment {environment} --state ENABLED --region {region}. A deployment also enables it.',
    command: 'deploy',
    find: (facts) => {
      const found = unusable(facts).find(({ state, status }) => state === 'DISABLED' && !status.startsWith('DELET'));
      return found && { environment: found.name, region: facts.job.region };
    },
  },
  {
    code: 'environment-creating',
    sentence: 'AWS Batch is still creating compute environment {environment}.',
    fix: 'Wait a few minutes until the environment is VALID.',
    find: inStatus('CREATING'),
  },
  {
    code: 'environment-deleting',
    sentence: 'Compute environment {environment} is being deleted, so AWS Batch starts no job in it.',
    fix: 'Deploy again, which creates a new environment.',
    command: 'deploy',
    find: inStatus('DELETING'),
  },
  {
    code: 'environment-deleted',
    sentence: 'Compute environment {environment} does not exist, so AWS Batch starts no job in it.',
    fix: 'Deploy again, which creates a new environment.',
    command: 'deploy',
    find: inStatus('DELETED'),
  },
];
