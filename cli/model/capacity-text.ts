import type { CapacityState, EnvironmentState, QueueState } from './deployed';
import type { Fact } from './run';

/** Label of the fact that names the queue of what a job runs on. With what is deployed, another with a link replaces it. */
export const QUEUE_LABEL = 'Job queue';

/** `0 of 256 vCPUs running`, or what keeps a queue from starting jobs. Undefined if the queue is not deployed. */
export function capacityText(capacity: CapacityState | undefined, queueName: string | undefined): string | undefined {
  const found = behind(capacity, queueName);
  if (found === undefined) return undefined;
  const { queue, environments } = found;
  const fault = [faultOf(queue), ...environments.map(faultOf)].find((text) => text !== undefined);
  return fault ?? (environments.length === 0 ? undefined : `${vcpusText(environments)} running`);
}

/** State of a queue and of the environments behind it, for the details of what a job runs on. */
export function capacityFacts(capacity: CapacityState | undefined, queueName: string | undefined): readonly Fact[] {
  const found = behind(capacity, queueName);
  if (found === undefined) return [];
  const { queue, environments } = found;
  return [
    { label: 'Queue', value: queue.name, isCode: true, href: queue.href },
    { label: 'Queue state', value: stateText(queue) },
    ...environments.flatMap((environment) => [
      { label: 'Environment', value: environment.name, isCode: true, href: environment.href },
      { label: 'Environment state', value: stateText(environment) },
      { label: 'vCPUs running', value: vcpusText([environment]) },
    ]),
  ];
}

function behind(capacity: CapacityState | undefined, queueName: string | undefined) {
  const queue = capacity?.queues.find(({ name }) => name === queueName);
  if (capacity === undefined || queue === undefined) return undefined;
  return { queue, environments: capacity.environments.filter(({ name }) => queue.environments.includes(name)) };
}

function vcpusText(environments: readonly EnvironmentState[]): string {
  const sum = (values: readonly (number | undefined)[]) => values.reduce<number>((all, value = 0) => all + value, 0);
  const running = sum(environments.map(({ desiredVcpus }) => desiredVcpus));
  return `${running} of ${sum(environments.map(({ maxVcpus }) => maxVcpus))} vCPUs`;
}

function stateText({ state, status, reason }: QueueState | EnvironmentState): string {
  return [`${state}, ${status}`, reason].filter(Boolean).join(': ');
}

function faultOf(each: QueueState | EnvironmentState): string | undefined {
  const isWell = each.state === 'ENABLED' && ['VALID', 'UPDATING'].includes(each.status);
  return isWell ? undefined : stateText(each);
}
