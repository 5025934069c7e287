import { connectedName } from '../connect-to';
import { listOf, objectOf } from '../indexed-config';
import { valueAt } from '../value-at';

/** Types of companions whose connections give a job instances with other security groups, and so another name for its capacity. */
const NETWORKED: readonly unknown[] = ['relational-database', 'redis-cluster'];

/**
 * The kinds of capacity of a config's jobs, such as `spot-cpu-x86-64`: the starts of the names of compute environments and queues. Without
 * those of jobs that choose instance types, or need other security groups: only the constructs know their names.
 */
export function capacityKinds(root: unknown): string[] {
  const resources = Object.values(objectOf(valueAt(root, ['resources'])));
  const kinds = resources.flatMap((resource) => {
    const { type, properties } = objectOf(resource);
    const job = objectOf(properties);
    const { gpu, architecture = 'x86_64', instanceTypes, useInstanceStore } = objectOf(job.resources);
    const isPlain = instanceTypes === undefined && useInstanceStore !== true && !isNetworked(job, root);
    if (type !== 'batch-job' || !isPlain) return [];
    const processor = `${gpu === undefined ? 'cpu' : 'gpu'}-${String(architecture).replace('_', '-')}`;
    const spot = objectOf(objectOf(job.retryConfig).spotInterruption);
    if (job.useSpotInstances !== true) return [`on-demand-${processor}`];
    return [`spot-${processor}`, ...(spot.thenOnDemand === true ? [`on-demand-${processor}`] : [])];
  });
  return [...new Set(kinds)];
}

function isNetworked({ connectTo, volumes }: { readonly [property: string]: unknown }, root: unknown): boolean {
  const connected = listOf(connectTo).map((entry) =>
    valueAt(root, ['resources', String(connectedName(entry)), 'type']),
  );
  return (
    connected.some((type) => NETWORKED.includes(type)) || listOf(volumes).some((each) => objectOf(each).type === 'efs')
  );
}
