import type { JobDetail } from '@aws-sdk/client-batch';

/** What is read of a job in AWS Batch. */
export type BatchJob = Partial<
  Pick<
    JobDetail,
    | 'attempts'
    | 'container'
    | 'createdAt'
    | 'isCancelled'
    | 'isTerminated'
    | 'jobId'
    | 'jobQueue'
    | 'startedAt'
    | 'status'
    | 'statusReason'
    | 'stoppedAt'
  >
>;

/** What a job requires of an instance. */
export interface JobResources {
  /** vCPUs. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  readonly gpu: number;
}

/**
 * The job in the output or the cause of `batch:submitJob.sync`, which has the detail of DescribeJobs with a capital first letter in each
 * key. Undefined for any other text, such as the error of a submission.
 */
export function batchJobOf(text: string | undefined): BatchJob | undefined {
  if (text === undefined || !text.startsWith('{')) return undefined;
  try {
    const job = JSON.parse(text, lowerCaseKeys);
    return typeof job.jobId === 'string' ? job : undefined;
  } catch {
    return undefined;
  }
}

function lowerCaseKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.charAt(0).toLowerCase() + key.slice(1), item]),
  );
}

/** A variable that the state machine gave the job's container. */
export function variableOf({ container }: BatchJob, name: string): string | undefined {
  return container?.environment?.find((variable) => variable.name === name)?.value;
}

/** What a job requires of an instance. Undefined if AWS Batch does not say. */
export function resourcesOf({ container }: BatchJob): JobResources | undefined {
  const required = (type: string) =>
    Number(container?.resourceRequirements?.find((requirement) => requirement.type === type)?.value) || undefined;
  const cpu = required('VCPU') ?? container?.vcpus;
  const memory = required('MEMORY') ?? container?.memory;
  return cpu === undefined || memory === undefined ? undefined : { cpu, memory, gpu: required('GPU') ?? 0 };
}
