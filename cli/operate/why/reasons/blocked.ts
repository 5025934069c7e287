import { PLACEMENT_CODES } from '../../../../modules/rules/job-ends';
import type { Facts } from '../facts';
import { isRunnable, type MessageRow, messageReasons, type Reason, type Values, waitingSubject } from '../reason';
import { FIXES } from './fixes';

/*
 * The reasons that AWS Batch gives for a job that blocks its queue:
 * https://docs.aws.amazon.com/batch/latest/userguide/job_stuck_in_runnable.html
 * AWS Batch gives one only to the first job of a queue, so a job behind it waits for the same reason.
 */

/** A job that no instance can ever hold. Nothing else matters then. */
const NEVER_PLACED: readonly MessageRow[] = [
  [
    'blocked-max-vcpus',
    new RegExp(PLACEMENT_CODES.tooManyVcpus),
    '{subject} needs more vCPUs than the compute environment can have ({maxVcpus}).',
    "Raise compute.maxVcpus to at least the job's resources.cpu, or lower resources.cpu, and deploy.",
    'deploy',
  ],
  [
    'blocked-job-too-large',
    new RegExp(PLACEMENT_CODES.tooLarge),
    '{subject} needs more vCPUs, memory or GPUs than any instance of the compute environment has ({instanceTypes}).',
    FIXES.tooLarge,
    'deploy',
  ],
];

/** What AWS Batch says if it knows no more than that. The state of the environment and its launches are more specific. */
const OTHERS: readonly MessageRow[] = [
  [
    'blocked-instance-configuration',
    new RegExp(PLACEMENT_CODES.unsupported),
    '{subject} waits because none of the instance types ({instanceTypes}) can be launched in the zones of the subnets, or with the launch template.',
    'List newer instance types in resources.instanceTypes, or use subnets in more zones, and deploy.',
    'deploy',
  ],
  [
    'blocked-service-role',
    new RegExp(PLACEMENT_CODES.serviceRole),
    '{subject} waits because the service role of AWS Batch lacks a permission.',
    'Let the environment use the service-linked role AWSServiceRoleForBatch, or allow its role what the policy AWSBatchServiceRole allows.',
  ],
  [
    'blocked-no-capacity',
    new RegExp(PLACEMENT_CODES.noCapacity),
    '{subject} waits because AWS has no capacity for {instanceTypes} at the moment.',
    FIXES.noCapacity,
  ],
  [
    'blocked-invalid-environment',
    /ACTION_REQUIRED/,
    '{subject} waits because its compute environment is invalid.',
    'Deploy again. If that does not help, look at its status in the AWS Batch console.',
    'deploy',
  ],
];

/** AWS Batch has found no reason, so all other findings are before it. */
const UNKNOWN: readonly MessageRow[] = [
  [
    'blocked-undetermined',
    /UNDETERMINED/,
    '{subject} blocks its queue, and AWS Batch cannot determine why.',
    'Check that the instances reach ECS, ECR and CloudWatch Logs: they need a route to the internet, or VPC endpoints.',
  ],
  [
    'blocked-other',
    /^(?<reason>.+)$/s,
    '{subject} waits. AWS Batch reports: {reason}',
    'Look the reason up in "Jobs stuck in a RUNNABLE status" of the AWS Batch user guide.',
  ],
];

function blocking(facts: Facts): { readonly message: string; readonly values: Values } | undefined {
  if (!isRunnable(facts)) return undefined;
  const { batchJob, queue, environments } = facts;
  const message = queue?.head === undefined ? batchJob?.statusReason : queue.head.statusReason;
  if (!message) return undefined;
  return {
    message,
    values: {
      subject: waitingSubject(facts),
      maxVcpus: environments.map(({ maxVcpus }) => maxVcpus).join(', ') || 'unknown',
      instanceTypes: instanceTypes(facts),
      capacityFix: capacityFix(facts),
    },
  };
}

/** The instance types of a job's environments, as text. */
export function instanceTypes({ environments }: Facts): string {
  return (
    [...new Set(environments.flatMap((environment) => environment.instanceTypes))].join(', ') || 'its instance types'
  );
}

/** What else helps if AWS has no capacity. */
export function capacityFix({ job }: Facts): string {
  if (!job.spot) return 'If it lasts, deploy to another region.';
  return 'If it lasts, set useSpotInstances to false: on-demand capacity is scarce less often.';
}

export const NEVER_PLACED_REASONS: readonly Reason[] = messageReasons(NEVER_PLACED, blocking);
export const BLOCKED_REASONS: readonly Reason[] = messageReasons(OTHERS, blocking);
export const UNKNOWN_REASONS: readonly Reason[] = messageReasons(UNKNOWN, blocking);
