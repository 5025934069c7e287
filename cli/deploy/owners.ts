import type { SynthesizedStack } from './synthesized-stack';

/** The parts of the platform that are shown by name. */
const SHARED: Readonly<Record<string, string>> = {
  'batch-network': 'network',
  'batch-platform': 'platform',
  'cloudformation-resources': 'CloudFormation resources',
};

/** What keeps the limits of jobs: none of it outlives the last job with limits, and no run needs it then. */
export const LIMITS = 'limits';

const PLATFORM: Readonly<Record<string, string>> = {
  capacity: 'capacity',
  images: 'images',
  notifications: 'notifications',
  payloads: 'large events',
  'run-places': LIMITS,
  'undelivered-events': 'undelivered events',
};

/** The owner of a resource. */
export interface Owner {
  readonly kind: 'job' | 'shared' | 'resource';
  readonly name: string;
  /** The rest of its construct's path. */
  readonly rest: readonly string[];
}

/**
 * Finds the owner of a resource by its address. Also finds that of resources that a plan deletes, which the stack no longer has.
 *
 * @param addresses all addresses that might be looked up
 */
export function ownerFinder(stack: SynthesizedStack, addresses: readonly string[]): (address: string) => Owner {
  const pathOf = (address: string) => stack.paths.get(address) ?? pathInId(address);
  const jobs = [...stack.paths.keys(), ...addresses]
    .filter((address) => address.startsWith('aws_batch_job_definition.'))
    .map((address) => pathOf(address).slice(0, -1));
  return (address) => {
    const path = pathOf(address);
    const job = jobs.find((scope) => scope.length > 0 && scope.every((id, index) => id === path[index]));
    if (job !== undefined) return { kind: 'job', name: job.join('/'), rest: path.slice(job.length) };
    const [first = address, second = '', ...rest] = path;
    const shared = SHARED[first];
    if (first === 'batch-platform') return { kind: 'shared', name: PLATFORM[second] ?? shared ?? first, rest };
    if (shared !== undefined) return { kind: 'shared', name: shared, rest: path.slice(1) };
    return { kind: 'resource', name: first, rest: path.slice(1) };
  };
}

/** CDKTF joins the ids of constructs by underscores, with a hash at the end. */
function pathInId(address: string): readonly string[] {
  const name = address.slice(address.lastIndexOf('.') + 1).replace(/\[.*$/, '');
  const parts = name.split('_');
  return parts.length > 1 && /^[0-9A-F]{8}$/.test(parts.at(-1) ?? '') ? parts.slice(0, -1) : parts;
}
