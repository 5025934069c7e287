import { counted } from '../../../../modules/problems/phrases';
import type { EnvironmentFacts, Facts, LaunchFailure } from '../facts';
import { isRunnable, type MessageRow, messageReasons, type Reason, type Values, waitingSubject } from '../reason';
import { capacityFix } from './blocked';
import { FIXES } from './fixes';

/*
 * Why EC2 Auto Scaling could not launch an instance, from its activities:
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-instancelaunchfailure.html
 * The first row that matches counts, so a row is before each more general one.
 */
const MESSAGES: readonly MessageRow[] = [
  [
    'launch-vcpu-quota-zero',
    /vCPU limit of 0\b/,
    '{subject} waits because the account may not run any {market} vCPUs of this kind in {region}: its quota is 0, as in new accounts.',
    'Request a quota of at least {vcpus} in the Service Quotas console{quotaName}.',
  ],
  [
    'launch-vcpu-quota',
    /(?:VcpuLimitExceeded|vCPU limit)(?:[\s\S]*?limit of (?<limit>\d+))?/,
    '{subject} waits because the account has no on-demand vCPUs left in {region}: its quota ({limit}) is used up.',
    'Wait until other instances end, or request a higher quota in the Service Quotas console{quotaName}.',
  ],
  [
    'launch-spot-quota',
    /MaxSpotInstanceCountExceeded|Max spot instance count/i,
    '{subject} waits because the account has no Spot vCPUs left in {region}: its quota ({limit}) is used up.',
    'Wait until other Spot instances end, request a higher quota in the Service Quotas console{quotaName}, or set useSpotInstances to false.',
  ],
  [
    'launch-spot-price',
    /SpotMaxPriceTooLow|Spot request price/i,
    '{subject} waits because the maximum Spot price is lower than the current price.',
    'No config sets a maximum price. Remove it where it was set, in your CDKTF app or by hand, and deploy again.',
    'deploy',
  ],
  [
    'launch-no-spot-capacity',
    /UnfulfillableCapacity|no Spot capacity|Could not launch Spot Instances\. InsufficientInstanceCapacity|capacity-not-available/i,
    '{subject} waits because AWS has no Spot capacity for {instanceTypes} at the moment.',
    FIXES.noCapacity,
  ],
  [
    'launch-no-capacity',
    /Insufficient\w*Capacity|ReservationCapacityExceeded|(?:not have sufficient|insufficient) (?<type>[a-z][\w.-]+\.[\w-]+) capacity|sufficient capacity/i,
    '{subject} waits because AWS has no capacity for {instanceTypes} at the moment.',
    FIXES.noCapacity,
  ],
  [
    'launch-free-plan',
    /not eligible for Free Tier/i,
    '{subject} waits because an account on the AWS free plan can launch only instance types of the free tier, and {instanceTypes} are not.',
    'Upgrade the account to the paid plan in the Billing console.',
  ],
  [
    'launch-account-pending',
    /PendingVerification|being validated|OptInRequired|account .*(?:blocked|suspended|verif)/i,
    '{subject} waits because AWS has not yet verified the account for {region}.',
    'Wait for the mail from AWS, which it usually sends within four hours. After a day, ask AWS Support.',
  ],
  [
    'launch-instance-quota',
    /InstanceLimitExceeded|instance\(s\) are already running/i,
    '{subject} waits because the account has reached its quota of instances in {region}.',
    'Wait until other instances end, or request a higher quota in the Service Quotas console.',
  ],
  [
    'launch-volume-quota',
    /VolumeLimitExceeded|MaxIOPSLimitExceeded|storage .*limit/i,
    '{subject} waits because the account has reached its quota of EBS volumes in {region}.',
    'Lower compute.rootVolumeGb, delete unused volumes, or request a higher quota in the Service Quotas console.',
  ],
  [
    'launch-no-addresses',
    /InsufficientFreeAddresses|not enough free addresses/i,
    '{subject} waits because its subnets have no free IP addresses.',
    'Use larger or more subnets in vpc.subnetIds, or end what uses the addresses.',
  ],
  [
    'launch-zone',
    /Availability Zone is no longer supported/i,
    '{subject} waits because a zone of its subnets accepts no new instances.',
    'Use subnets in other zones in vpc.subnetIds, and deploy.',
    'deploy',
  ],
  [
    'launch-instance-type',
    /not supported in your requested Availability Zone|requested configuration is currently not supported|Unsupported|InvalidInstanceType/i,
    '{subject} waits because the zones of its subnets do not offer its instance types ({instanceTypes}).',
    'List other instance types in resources.instanceTypes, or use subnets in more zones, and deploy.',
    'deploy',
  ],
  [
    'launch-security-group',
    /InvalidGroup|InvalidSecurityGroup|security group .*does not exist/i,
    '{subject} waits because a security group of its instances does not exist.',
    FIXES.securityGroup,
    'deploy',
  ],
  [
    'launch-subnet',
    /InvalidSubnet|subnet .*does not exist/i,
    '{subject} waits because a subnet of its instances does not exist.',
    FIXES.subnet,
    'deploy',
  ],
  [
    'launch-key-pair',
    /InvalidKeyPair|key pair/i,
    '{subject} waits because the EC2 key pair of its instances does not exist.',
    FIXES.keyPair,
    'deploy',
  ],
  [
    'launch-machine-image',
    /InvalidAMI|image id|\bAMI\b/i,
    '{subject} waits because the machine image of its instances does not exist or cannot be used.',
    FIXES.machineImage,
    'deploy',
  ],
  [
    'launch-instance-profile',
    /IamInstanceProfile|instance ?profile/i,
    '{subject} waits because the instance profile of its instances does not exist.',
    FIXES.instanceProfile,
    'deploy',
  ],
  [
    'launch-volume',
    /Invalid device name|virtualName|block device mapping|InvalidBlockDeviceMapping/i,
    '{subject} waits because the launch template has a volume that its instance types do not accept.',
    'Correct the volume where it was set, in your CDKTF app or by hand, and deploy again.',
    'deploy',
  ],
  [
    'launch-volume-key',
    /Client\.InternalError|KMS/i,
    '{subject} waits because its instances end at once: their encrypted volume cannot be opened.',
    'Allow the role AWSServiceRoleForAutoScaling to use the KMS key that the account encrypts EBS volumes with.',
  ],
  [
    'launch-placement-group',
    /placement ?group/i,
    '{subject} waits because the placement group does not allow its instance types.',
    FIXES.placementGroup,
    'deploy',
  ],
  [
    'launch-not-authorized',
    /not authorized|UnauthorizedOperation|Access ?Denied|explicit deny|Service-?Linked ?Role/i,
    '{subject} waits because EC2 Auto Scaling is not allowed to launch its instances.',
    'Look for a service control policy that denies ec2:RunInstances in {region}, and for the role AWSServiceRoleForEC2Spot if it uses Spot.',
  ],
  [
    'launch-template',
    /launch ?template/i,
    '{subject} waits because the launch template of its instances does not exist or is not valid.',
    FIXES.launchTemplate,
    'deploy',
  ],
  [
    'launch-failed',
    /^/,
    '{subject} waits because no instance could be launched. EC2 Auto Scaling reports: {message}',
    'Correct what the message names. EC2 Auto Scaling tries again by itself.',
  ],
];

function failed({ environments }: Facts): { environment: EnvironmentFacts; failure: LaunchFailure } | undefined {
  for (const environment of environments) {
    if (environment.launchFailure !== undefined) return { environment, failure: environment.launchFailure };
  }
  return undefined;
}

function launchFailure(facts: Facts): { readonly message: string; readonly values: Values } | undefined {
  const found = isRunnable(facts) ? failed(facts) : undefined;
  if (found === undefined) return undefined;
  const { environment, failure } = found;
  const { quota } = environment;
  return {
    // Auto Scaling names the quota of on-demand vCPUs in its message, and not that of Spot.
    message:
      quota?.vcpus === 0 && /Exceeded/.test(failure.message) ? `${failure.message} vCPU limit of 0` : failure.message,
    values: {
      subject: waitingSubject(facts),
      region: facts.job.region,
      vcpus: counted(facts.job.cpu, 'vCPU'),
      market: environment.spot ? 'Spot' : 'on-demand',
      limit: quota === undefined ? 'unknown' : counted(quota.vcpus, 'vCPU'),
      quotaName: quotaName(environment),
      instanceTypes: environment.instanceTypes.join(', ') || 'its instance types',
      capacityFix: capacityFix(facts),
      message: failure.message,
    },
  };
}

function quotaName({ quota }: EnvironmentFacts): string {
  return quota === undefined ? '' : `: EC2, "${quota.name}" (${quota.code})`;
}

/** A quota below what one instance needs, before the first launch has failed. */
function quotaReason(isTooLow: (vcpus: number, cpu: number) => boolean): Reason['find'] {
  return (facts) => {
    const found = isRunnable(facts)
      ? facts.environments.find(({ quota }) => quota !== undefined && isTooLow(quota.vcpus, facts.job.cpu))
      : undefined;
    if (found?.quota === undefined) return undefined;
    return {
      subject: waitingSubject(facts),
      region: facts.job.region,
      vcpus: counted(facts.job.cpu, 'vCPU'),
      market: found.spot ? 'Spot' : 'on-demand',
      limit: found.quota.vcpus,
      quotaName: quotaName(found),
    };
  };
}

export const LAUNCH_REASONS: readonly Reason[] = messageReasons(MESSAGES, launchFailure);

export const QUOTA_REASONS: readonly Reason[] = [
  {
    code: 'quota-zero',
    sentence:
      '{subject} waits because the account may not run any {market} vCPUs of this kind in {region}: its quota is 0.',
    fix: 'Request a quota of at least {vcpus} in the Service Quotas console{quotaName}.',
    find: quotaReason((vcpus) => vcpus === 0),
  },
  {
    code: 'quota-too-low',
    sentence: "{subject} needs {vcpus}, and the account's quota of {market} vCPUs in {region} is {limit}.",
    fix: 'Request a quota of at least {vcpus} in the Service Quotas console{quotaName}.',
    find: quotaReason((vcpus, cpu) => vcpus < cpu),
  },
];
