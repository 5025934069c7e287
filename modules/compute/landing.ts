import { advisedMemory } from '../rules/instance-advice';
import type { InstanceType } from '../rules/instance-families';
import { allowedTypes, bySize, type FitRequest, fittingTypes, usableMemory } from '../rules/instance-fit';
import { hourlyPrice, type InstancePrices } from '../rules/prices';

/** An instance type that a job can land on, full of such jobs. */
export interface LandingType {
  /** Such as `m6i.large`. */
  readonly name: string;
  readonly vcpus: number;
  readonly gpus: number;
  /** MiB that jobs get: the nominal memory without what the kernel and the ECS agent take. */
  readonly usableMemory: number;
  /** Such jobs that run on it at once, 1 or more. */
  readonly jobs: number;
  /** vCPUs that no further such job can use. */
  readonly vcpusLeft: number;
  /** MiB that no further such job can use. */
  readonly memoryLeft: number;
  /** GPUs that no further such job can use. */
  readonly gpusLeft: number;
  /** US dollars per hour on demand. Undefined if the price is unknown. */
  readonly hourly?: number;
}

/** An instance type that is too small for a job, and the first thing that it has too little of. */
export interface TooSmall {
  readonly name: string;
  readonly lacks: 'GPUs' | 'vCPUs' | 'memory';
  /** What it has for jobs: GPUs, vCPUs or MiB. */
  readonly has: number;
  /** Its nominal memory in MiB. */
  readonly memory: number;
}

/** Where a job can land, and what it costs there. */
export interface Landing {
  /** Smallest first, and of the same size the cheapest. Empty if no known type fits, or a listed type is unknown. */
  readonly types: readonly LandingType[];
  /** Whether the job surely fits on {@link types}. If not, its memory is between what surely and what never fits. */
  readonly isSure: boolean;
  /** The largest allowed type that is smaller than the smallest of {@link types}. */
  readonly tooSmall?: TooSmall;
  /** The type with the lowest known price, on which the job runs alone at worst. */
  readonly cheapest?: LandingType & { readonly hourly: number };
  /** US dollars per hour of each of many such jobs, on the full instances for which it is the lowest. */
  readonly fullHourly?: number;
}

/** A smaller request that lands on a cheaper instance. */
export interface Saving {
  readonly property: 'memory' | 'cpu' | 'gpu';
  readonly from: number;
  readonly to: number;
  readonly instanceType: string;
  /** US dollars per hour on demand, of the whole instance. */
  readonly hourly: number;
  /** Part of the price that is saved, 0 to 1. */
  readonly share: number;
}

/** Where a job can land. */
export function landing(request: FitRequest, prices: InstancePrices = hourlyPrice): Landing {
  const fitting = bySizeAndPrice(fittingTypes(request), prices);
  const types = fitting.map((type) => landingType(type, request, prices(type.name)));
  const priced = types.filter(isPriced);
  const [smallest] = fitting;
  const full = priced.map(({ hourly, jobs }) => hourly / jobs);
  return {
    types,
    isSure: smallest === undefined || usableMemory(smallest) >= request.memory,
    tooSmall: smallest && tooSmall(request, smallest),
    cheapest: lowest(priced, ({ hourly }) => hourly),
    fullHourly: full.length === 0 ? undefined : Math.min(...full),
  };
}

/** The smallest type that a job lands on, and of several with the same size the cheapest. Undefined if no type is known that it fits on. */
export function smallestLanding(request: FitRequest, prices: InstancePrices = hourlyPrice): InstanceType | undefined {
  return bySizeAndPrice(fittingTypes(request), prices)[0];
}

/** For each number of a request, the next smaller one with which the job lands on a cheaper instance. */
export function savings(request: FitRequest, prices: InstancePrices = hourlyPrice): Saving[] {
  const current = landing(request, prices).cheapest;
  if (current === undefined) return [];
  const { cpu, memory, gpu = 0 } = request;
  const allowed = allowedTypes(request) ?? [];
  const next = (property: Saving['property'], from: number, sizes: readonly number[]): Saving[] => {
    const smaller = [...new Set(sizes)].filter((size) => size >= 1 && size < from).sort((a, b) => b - a);
    for (const to of smaller) {
      const other = landing({ ...request, [property]: to }, prices).cheapest;
      if (other === undefined || other.hourly >= current.hourly) continue;
      const { name: instanceType, hourly } = other;
      return [{ property, from, to, instanceType, hourly, share: 1 - hourly / current.hourly }];
    }
    return [];
  };
  return [
    ...next('memory', memory, allowed.map(advisedMemory)),
    ...next(
      'cpu',
      cpu,
      allowed.map(({ vcpus }) => vcpus),
    ),
    ...next(
      'gpu',
      gpu,
      allowed.map(({ gpus }) => gpus),
    ),
  ];
}

function bySizeAndPrice(types: readonly InstanceType[], prices: InstancePrices): InstanceType[] {
  const price = ({ name }: InstanceType) => prices(name) ?? Number.MAX_VALUE;
  return [...types].sort((a, b) => bySize(a, b) || price(a) - price(b));
}

function landingType(
  type: InstanceType,
  { cpu, memory, gpu = 0 }: FitRequest,
  hourly: number | undefined,
): LandingType {
  const usable = Math.max(usableMemory(type), memory);
  const jobs = Math.min(
    Math.floor(type.vcpus / cpu),
    Math.floor(usable / memory),
    gpu > 0 ? Math.floor(type.gpus / gpu) : Number.POSITIVE_INFINITY,
  );
  return {
    name: type.name,
    vcpus: type.vcpus,
    gpus: type.gpus,
    usableMemory: usable,
    jobs,
    vcpusLeft: type.vcpus - jobs * cpu,
    memoryLeft: usable - jobs * memory,
    gpusLeft: type.gpus - jobs * gpu,
    ...(hourly !== undefined && { hourly }),
  };
}

function tooSmall(request: FitRequest, smallest: InstanceType): TooSmall | undefined {
  const smaller = (allowedTypes(request) ?? []).filter((type) => bySize(type, smallest) < 0).sort(bySize);
  const type = smaller.at(-1);
  if (type === undefined) return undefined;
  const { name, memory } = type;
  if (type.gpus < (request.gpu ?? 0)) return { name, lacks: 'GPUs', has: type.gpus, memory };
  if (type.vcpus < request.cpu) return { name, lacks: 'vCPUs', has: type.vcpus, memory };
  return { name, lacks: 'memory', has: usableMemory(type), memory };
}

function isPriced(type: LandingType): type is LandingType & { readonly hourly: number } {
  return type.hourly !== undefined;
}

/** The first of the lowest. */
function lowest<T>(items: readonly T[], value: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || value(item) < value(best) ? item : best),
    undefined,
  );
}
