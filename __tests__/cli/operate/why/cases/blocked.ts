import { runnable } from '../sample-facts';
import type { Case } from './case';

const blocked = (statusReason: string) => runnable({ batchJob: { statusReason } });

/** Cases of jobs that AWS Batch says are blocked. */
export const BLOCKED: readonly Case[] = [
  // https://docs.aws.amazon.com/batch/latest/userguide/job_stuck_in_runnable.html
  [
    'blocked-max-vcpus',
    'documented',
    blocked(
      'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE - CE(s) associated with the job queue cannot meet the CPU requirement of the job.',
    ),
  ],
  [
    'blocked-job-too-large',
    'documented',
    blocked(
      'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - The job resource requirement (vCPU/memory/GPU) is higher than that can be met by the CE(s) attached to the job queue.',
    ),
  ],
  [
    'blocked-instance-configuration',
    'documented',
    blocked(
      'MISCONFIGURATION:EC2_INSTANCE_CONFIGURATION_UNSUPPORTED - Your compute environment associated with this job queue has an unsupported instance type configuration.',
    ),
  ],
  [
    'blocked-service-role',
    'documented',
    blocked('MISCONFIGURATION:SERVICE_ROLE_PERMISSIONS – Batch service role has a permission issue.'),
  ],
  [
    'blocked-no-capacity',
    'documented',
    blocked(
      'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY - Service cannot fulfill the capacity requested for instance type [c6i.large]',
    ),
  ],
  [
    'blocked-invalid-environment',
    'documented',
    blocked('ACTION_REQUIRED - CE(s) associated with the job queue are invalid.'),
  ],
  ['blocked-undetermined', 'documented', blocked('UNDETERMINED - Batch job is blocked, root cause is undetermined.')],
  ['blocked-other', 'made', blocked('MISCONFIGURATION:SOMETHING_NEW - a reason that this version does not know.')],
];
