import type { Deployment } from '../deployment';
import type { RunAttempt } from '../run-story';

/** Statuses of a child that has not ended, what keeps it from running before what does not. */
const STATUSES = ['RUNNABLE', 'STARTING', 'SUBMITTED', 'PENDING', 'RUNNING'] as const;

/**
 * The ID of a job that stands for an attempt in progress: its own, or that of a child which has not ended, one that waits before one that
 * runs. Undefined if it has none.
 */
export async function liveJob({ clients }: Deployment, { jobId, array }: RunAttempt): Promise<string | undefined> {
  if (array === undefined || array.size === 1 || jobId === undefined) return jobId;
  const { ListJobsCommand } = require('@aws-sdk/client-batch') as typeof import('@aws-sdk/client-batch');
  for (const jobStatus of STATUSES) {
    const { jobSummaryList: [child] = [] } = await clients.batch.send(
      new ListJobsCommand({ arrayJobId: jobId, jobStatus, maxResults: 1 }),
    );
    if (child?.jobId !== undefined) return child.jobId;
  }
  return jobId;
}
