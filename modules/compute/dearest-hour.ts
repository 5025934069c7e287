import type { InstanceType } from '../rules/instance-families';
import { allowedTypes, type FitRequest, possibleTypes, unknownEntries } from '../rules/instance-fit';
import { hourlyPrice, type InstancePrices } from '../rules/prices';

/** The instances with which a compute environment costs most when it runs as many vCPUs as it can. */
export interface DearestHour {
  /** Dearest first. */
  readonly instances: readonly { readonly instanceType: string; readonly count: number }[];
  /** Of all {@link instances}: more than `maxVcpus` by a part of one instance at most. */
  readonly vcpus: number;
  /** US dollars per hour on demand, without volumes and addresses. */
  readonly hourly: number;
}

/** Why the dearest hour is unknown: instance types or families without a known price. Empty if no type is known at all. */
export interface UnknownHour {
  readonly unpriced: readonly string[];
}

/**
 * The dearest mix of instances that an environment can run at once. AWS Batch starts instances of any types that its jobs fit on while the
 * environment has fewer than `maxVcpus`, so the last one can exceed the maximum, and can be of any size.
 *
 * @param requests of the jobs that share the environment
 * @param keepsInstances whether the environment also runs instances without a job, which can be of each allowed type
 * @see https://docs.aws.amazon.com/batch/latest/userguide/allocation-strategies.html
 */
export function dearestHour(
  requests: readonly FitRequest[],
  maxVcpus: number,
  prices: InstancePrices = hourlyPrice,
  keepsInstances = false,
): DearestHour | UnknownHour {
  const types = [
    ...new Set(
      requests.flatMap((request) => [
        ...possibleTypes(request),
        ...(keepsInstances ? (allowedTypes(request) ?? []) : []),
      ]),
    ),
  ];
  const unpriced = types.filter(({ name }) => prices(name) === undefined).map(({ name }) => name);
  const unknown = [...new Set([...requests.flatMap(unknownEntries), ...unpriced])];
  if (unknown.length > 0 || types.length === 0) return { unpriced: unknown };

  const sizes = dearestOfEachSize(types, prices);
  const last = sizes.reduce((best, size) => (size.hourly > best.hourly ? size : best));
  const chosen = [last, ...fill(sizes, maxVcpus - 1)].sort((a, b) => b.hourly - a.hourly || b.vcpus - a.vcpus);
  const counts = new Map<string, number>();
  for (const { name } of chosen) counts.set(name, (counts.get(name) ?? 0) + 1);
  return {
    instances: [...counts].map(([instanceType, count]) => ({ instanceType, count })),
    vcpus: chosen.reduce((sum, { vcpus }) => sum + vcpus, 0),
    hourly: chosen.reduce((sum, { hourly }) => sum + hourly, 0),
  };
}

interface Size {
  readonly name: string;
  readonly vcpus: number;
  readonly hourly: number;
}

/** Types of a family have a dozen sizes, and only the dearest of a size counts. */
function dearestOfEachSize(types: readonly InstanceType[], prices: InstancePrices): Size[] {
  const dearest = new Map<number, Size>();
  for (const { name, vcpus } of types) {
    const hourly = prices(name) ?? 0;
    if (hourly > (dearest.get(vcpus)?.hourly ?? -1)) dearest.set(vcpus, { name, vcpus, hourly });
  }
  return [...dearest.values()];
}

/** Less than a difference between two prices, and more than an error of sums of them. */
const SAME = 1e-7;

/** The dearest instances that together have at most some number of vCPUs, and of equally dear ones the fewest. */
function fill(sizes: readonly Size[], vcpus: number): Size[] {
  const hourly = new Float64Array(vcpus + 1);
  const counts = new Float64Array(vcpus + 1);
  /** Of each number of vCPUs, the instance that was added last. */
  const added: (Size | undefined)[] = [undefined];
  for (let room = 1; room <= vcpus; room++) {
    // Without another instance, it is what one vCPU less can run.
    [hourly[room], counts[room], added[room]] = [hourly[room - 1] ?? 0, counts[room - 1] ?? 0, undefined];
    for (const size of sizes) {
      if (size.vcpus > room) continue;
      const sum = (hourly[room - size.vcpus] ?? 0) + size.hourly;
      const count = (counts[room - size.vcpus] ?? 0) + 1;
      const gain = sum - (hourly[room] ?? 0);
      if (gain > SAME || (gain > -SAME && count < (counts[room] ?? 0))) {
        [hourly[room], counts[room], added[room]] = [sum, count, size];
      }
    }
  }
  const chosen: Size[] = [];
  for (let room = vcpus; room > 0; ) {
    const size = added[room];
    if (size !== undefined) chosen.push(size);
    room -= size?.vcpus ?? 1;
  }
  return chosen;
}
