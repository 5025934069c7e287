import type { JobDetail } from '@aws-sdk/client-batch';
import { causeDocument, withApiKeys } from '../model/cause';

/** What is read of a job in AWS Batch. */
export type BatchJob = Partial<
  Pick<
    JobDetail,
    | 'arrayProperties'
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
  const job = jobDetailIn(text);
  return typeof job.jobId === 'string' ? job : undefined;
}

/** What a text has of a job's detail, even without the job's ID. */
export function jobDetailIn(text: string | undefined): BatchJob {
  return withApiKeys(causeDocument(text) ?? {});
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
