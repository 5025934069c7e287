import type { BatchJob } from '../run-report/batch-job';
import type { Deployment } from './deployment';

/** Jobs that DescribeJobs accepts in one request. */
const PER_REQUEST = 100;

/** What AWS Batch knows of some jobs, by their IDs. Jobs that it has forgotten are missing. */
export async function batchJobs({ clients }: Deployment, ids: readonly string[]): Promise<Map<string, BatchJob>> {
  const found = new Map<string, BatchJob>();
  if (ids.length === 0) return found;
  const { DescribeJobsCommand } = require('@aws-sdk/client-batch') as typeof import('@aws-sdk/client-batch');
  for (let start = 0; start < ids.length; start += PER_REQUEST) {
    const jobs = ids.slice(start, start + PER_REQUEST);
    const answer = await clients.batch.send(new DescribeJobsCommand({ jobs }));
    for (const job of answer.jobs ?? []) found.set(job.jobId ?? '', job);
  }
  return found;
}
