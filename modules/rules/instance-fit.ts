import {
  type Architecture,
  defaultInstanceTypes,
  INSTANCE_BUNDLES,
  type InstanceType,
  instanceType,
  KNOWN_FAMILIES,
  KNOWN_TYPES,
  typesOfFamily,
} from './instance-families';
import { familiesIn } from './instance-offerings';

/** A job's requirements and the instances that it can run on. All numbers must be real numbers: check for CDKTF tokens first. */
export interface FitRequest {
  /** vCPUs, 1 or more. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  /** Whole GPUs. @default 0 */
  readonly gpu?: number;
  readonly architecture: Architecture;
  /**
   * Families (`m6i`), types (`m6i.xlarge`) or `default_x86_64`, `default_arm64`, `optimal`.
   * @default what `defaultInstanceTypes` gives
   */
  readonly instanceTypes?: readonly string[];
  /** The region, if the config sets it: it determines the defaults. @default unknown, as if it offered everything */
  readonly region?: string;
  /** Maximum vCPUs of the compute environment. */
  readonly maxVcpus: number;
  /** Name of the property that the memory is from, for the fix. @default memory */
  readonly memoryProperty?: string;
}

/** Safe for every measured type: the kernel and the ECS agent use 2.5 % to 4.6 % of 8 GiB and more. */
export const SURELY_USABLE = 0.95;

/** Upper bound, because Linux's page table uses 64 of each 4,096 bytes. */
const NEVER_ABOVE = 63 / 64;

/** MiB of a type that a job certainly gets: 95 % of the nominal size. */
export function usableMemory({ memory }: Pick<InstanceType, 'memory'>): number {
  return Math.floor(memory * SURELY_USABLE);
}

/**
 * The smallest type that a job fits on, the likely one if it runs alone: fewest GPUs, then vCPUs, then memory. AWS Batch can launch a
 * larger one for several jobs, or if it is cheaper or, for Spot, less likely to be interrupted. Undefined if no known type fits, or a
 * listed one is unknown.
 */
export function smallestFit(request: FitRequest): InstanceType | undefined {
  const candidates = allowedTypes(request) ?? [];
  return smallest(candidates, request, SURELY_USABLE) ?? smallest(candidates, request, NEVER_ABOVE);
}

/**
 * The types that a job can land on, the smallest first: those that it surely fits on or, if there are none, those that it might fit on.
 * Empty if no known type fits, or a listed one is unknown.
 */
export function fittingTypes(request: FitRequest): readonly InstanceType[] {
  const candidates = [...new Set(allowedTypes(request))];
  const surely = candidates.filter((type) => fits(request, type, SURELY_USABLE));
  return (surely.length > 0 ? surely : candidates.filter((type) => fits(request, type, NEVER_ABOVE))).sort(bySize);
}

/**
 * Every type that AWS Batch could start for a job, also those that the job might not fit on: more than {@link fittingTypes}.
 * Empty if no known type fits.
 */
export function possibleTypes(request: FitRequest): readonly InstanceType[] {
  return [...new Set(allowedTypes(request))].filter((type) => fits(request, type, NEVER_ABOVE));
}

/** The entries of `instanceTypes` that are not in the table of types, such as one that is newer. */
export function unknownEntries(request: FitRequest): readonly string[] {
  return [...new Set(request.instanceTypes)].filter((entry) => typesOfEntry(entry, request) === undefined);
}

/** Every known name of an entry. */
export const NAMES = [...INSTANCE_BUNDLES.keys(), ...KNOWN_FAMILIES, ...KNOWN_TYPES.map(({ name }) => name)];

/** `m6i` of `m6i.xlarge`. */
export function familyOf(entry: string): string {
  return entry.split('.')[0] ?? entry;
}

/** The types of an entry, or undefined if it is unknown. AWS Batch omits from its own lists what the region lacks. */
export function typesOfEntry(
  entry: string,
  { region }: Pick<FitRequest, 'region'>,
): readonly InstanceType[] | undefined {
  const families = INSTANCE_BUNDLES.get(entry);
  const offered = region === undefined ? undefined : familiesIn(region);
  if (families !== undefined) return families.filter((family) => offered?.has(family) ?? true).flatMap(typesOfFamily);
  const type = instanceType(entry);
  if (type !== undefined) return [type];
  const types = typesOfFamily(entry);
  return types.length > 0 ? types : undefined;
}

/** Every type that a job can run on, or undefined if an entry is unknown. */
export function allowedTypes(request: FitRequest): readonly InstanceType[] | undefined {
  const entries = request.instanceTypes ?? defaults(request);
  const types = entries.map((entry) => typesOfEntry(entry, request));
  return types.includes(undefined) ? undefined : types.flatMap((known) => known ?? []);
}

/** What a job without `instanceTypes` can run on. */
export function defaults({ gpu = 0, architecture, region }: FitRequest): readonly string[] {
  return defaultInstanceTypes({ gpu: gpu > 0, architecture, region });
}

function fits({ cpu, memory, gpu = 0 }: FitRequest, type: InstanceType, share: number): boolean {
  return type.vcpus >= cpu && Math.floor(type.memory * share) >= memory && type.gpus >= gpu;
}

/** The smallest of some types that a job fits on, with the given share of their memory. */
export function smallest(types: readonly InstanceType[], request: FitRequest, share: number): InstanceType | undefined {
  return types.filter((type) => fits(request, type, share)).sort(bySize)[0];
}

/** Fewest GPUs first, then vCPUs, then memory. */
export function bySize(a: InstanceType, b: InstanceType): number {
  return a.gpus - b.gpus || a.vcpus - b.vcpus || a.memory - b.memory;
}
