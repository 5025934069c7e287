/** 128 + 15: exit code of a process that ends on SIGTERM. */
export const EXIT_ON_SIGTERM = 143;

/** Beginnings of the status reasons with which AWS Batch ends a job. */
export const STATUS_REASONS = {
  /** The instance is gone, for example after a Spot interruption. */
  hostGone: 'Host EC2',
  timedOut: 'Job attempt duration exceeded timeout',
  /** The queue canceled a job that waited in it. */
  canceled: 'Canceled by JobStateTimeLimit action due to reason: ',
  /** No instance can ever run the job. */
  misconfigured: 'MISCONFIGURATION:',
  oversized: 'Container Overrides length must be at most ',
} as const;

/**
 * Codes with which AWS Batch says why it cannot place a job:
 * https://docs.aws.amazon.com/batch/latest/userguide/job_stuck_in_runnable.html
 */
export const PLACEMENT_CODES = {
  tooManyVcpus: 'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE',
  tooLarge: 'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT',
  unsupported: 'MISCONFIGURATION:EC2_INSTANCE_CONFIGURATION_UNSUPPORTED',
  serviceRole: 'MISCONFIGURATION:SERVICE_ROLE_PERMISSIONS',
  noCapacity: 'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY',
} as const;

/**
 * Beginning of a container's reason if the kernel killed a process in it for memory. ECS gives it for what Docker calls OOMKilled. The exit
 * code is 137, or that of a main process that outlived the one that was killed. A container that ends with 0 has succeeded all the same.
 *
 * @see https://repost.aws/knowledge-center/ecs-resolve-outofmemory-errors
 */
export const OUT_OF_MEMORY = 'OutOfMemoryError';

/** Seconds after which a queue cancels a job that can never be placed. The minimum in AWS Batch. */
export const CANCEL_AFTER_SECONDS = 600;
