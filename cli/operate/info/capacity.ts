import type { ComputeEnvironmentDetail, JobQueueDetail } from '@aws-sdk/client-batch';
import type { Deployment } from '../deployment';
import type { EnvironmentFacts, QueueFacts } from './facts';

type Batch = typeof import('@aws-sdk/client-batch');

/** Queues and the environments behind them: jobs share them. */
export async function capacityOf(
  { clients: { batch } }: Deployment,
  arns: readonly string[],
): Promise<{ readonly queues: readonly QueueFacts[]; readonly environments: readonly EnvironmentFacts[] }> {
  if (arns.length === 0) return { queues: [], environments: [] };
  const { DescribeComputeEnvironmentsCommand, DescribeJobQueuesCommand } = require('@aws-sdk/client-batch') as Batch;
  const { jobQueues = [] } = await batch.send(new DescribeJobQueuesCommand({ jobQueues: [...arns] }));
  const queues = jobQueues.map(queueFacts);
  const computeEnvironments = [...new Set(queues.flatMap(({ environments }) => environments))];
  if (computeEnvironments.length === 0) return { queues, environments: [] };
  const answer = await batch.send(new DescribeComputeEnvironmentsCommand({ computeEnvironments }));
  return { queues, environments: (answer.computeEnvironments ?? []).map(environmentFacts) };
}

function queueFacts(queue: JobQueueDetail): QueueFacts {
  const order = [...(queue.computeEnvironmentOrder ?? [])].sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  return {
    name: queue.jobQueueName ?? '',
    arn: queue.jobQueueArn ?? '',
    state: queue.state ?? '',
    status: queue.status ?? '',
    statusReason: queue.statusReason || undefined,
    environments: order.flatMap(({ computeEnvironment }) => computeEnvironment ?? []),
  };
}

function environmentFacts(environment: ComputeEnvironmentDetail): EnvironmentFacts {
  return {
    name: environment.computeEnvironmentName ?? '',
    arn: environment.computeEnvironmentArn ?? '',
    state: environment.state ?? '',
    status: environment.status ?? '',
    statusReason: environment.statusReason || undefined,
    isSpot: environment.computeResources?.type === 'SPOT',
    desiredVcpus: environment.computeResources?.desiredvCpus,
    maxVcpus: environment.computeResources?.maxvCpus,
  };
}
