import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { batchJobs } from './batch-jobs';
import type { Deployment } from './deployment';
import type { Optional } from './optional';
import type { RunStory } from './run-story';
import { type Execution, jobsWithoutDetail, storyOf } from './story';

/**
 * The story of a run as far as it has happened. The jobs that run are asked of AWS Batch, and so are those that were stopped, which the
 * history has no detail of. AWS Batch forgets a job some days after its end.
 *
 * @param optional tells that AWS Batch cannot be asked, instead of a fault
 * @throws AwsFault if there is no such execution
 */
export async function runStory(deployment: Deployment, executionArn: string, optional?: Optional): Promise<RunStory> {
  // In this order: an execution that ends between the two has no end in the story, instead of an end without its last attempt.
  const execution = await describeExecution(deployment, executionArn);
  const events = await executionHistory(deployment, executionArn);
  const ask = () => batchJobs(deployment, jobsWithoutDetail(events));
  const jobs = optional === undefined ? await ask() : await optional.of('What the job does in AWS Batch', ask);
  return storyOf(execution, events, jobs);
}

export async function describeExecution({ clients }: Deployment, executionArn: string): Promise<Execution> {
  const { DescribeExecutionCommand } = sdk();
  return clients.sfn.send(new DescribeExecutionCommand({ executionArn }));
}

/** All events of an execution, oldest first: at most 25,000, of which a page has 1,000. */
export async function executionHistory({ clients }: Deployment, executionArn: string): Promise<HistoryEvent[]> {
  const { GetExecutionHistoryCommand } = sdk();
  const all: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await clients.sfn.send(
      new GetExecutionHistoryCommand({ executionArn, includeExecutionData: true, maxResults: 1000, nextToken }),
    );
    all.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return all;
}

/** Loaded late: it takes a fifth of a second. */
function sdk() {
  return require('@aws-sdk/client-sfn') as typeof import('@aws-sdk/client-sfn');
}
