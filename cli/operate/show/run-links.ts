import { objectOfUri } from '../../model/object-uri';
import type { DeployedJob, Deployment } from '../deployment';
import { consoleLinks } from '../links';
import type { RunStory } from '../run-story';

/** Pages of AWS's consoles about a run, by what they show. Empty if the partition has no public console. */
export function runLinks({ region }: Deployment, { logGroupName }: DeployedJob, story: RunStory) {
  const links = consoleLinks(region);
  if (links === undefined) return {};
  const { executionArn, attempts, event } = story;
  const last = attempts.at(-1);
  const stream = last?.starts.at(-1)?.logStream;
  const stored = objectOfUri(event.s3Uri ?? '');
  return {
    Execution: links.execution(executionArn),
    // AWS Batch forgets earlier ones first.
    ...(last?.jobId !== undefined && { 'Last job': links.batchJob(last.jobId) }),
    ...(logGroupName !== undefined && stream !== undefined && { 'Last log': links.logStream(logGroupName, stream) }),
    ...(stored !== undefined && { 'Stored event': links.s3Object(stored.bucket, stored.key) }),
  };
}
