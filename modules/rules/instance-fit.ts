import { formatFound, foundValue } from '../problems/found';
import { counted } from '../problems/phrases';
import type { Finding } from '../problems/problem';
import { suggestion } from '../problems/suggestion';
import { cpuUnitsMeant } from './cpu-units';
import {
  ACCELERATED,
  type Architecture,
  defaultInstanceTypes,
  GPU_DEFAULTS,
  INSTANCE_BUNDLES,
  type InstanceType,
  instanceType,
  KNOWN_FAMILIES,
  KNOWN_TYPES,
  NO_ARM_GPU,
  OLDER_GPU_DEFAULTS,
  typesOfFamily,
  UNSUPPORTED_FAMILIES,
} from './instance-families';
import { familiesIn, OFFERING_REGIONS } from './instance-offerings';
import { nearestRegions } from './regions';

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

/** A request that AWS Batch would reject, or keep waiting indefinitely. */
export interface FitProblem extends Finding {
  /** The property of the job's resources that has the problem. */
  readonly property: 'cpu' | 'memory' | 'gpu' | 'architecture' | 'instanceTypes';
}

const FAMILY = /^[a-z]+\d[a-z\d]*(?:-[a-z\d]+)*$|^u-\d+tb\d$|^mac-[a-z\d]+$/;
const SIZE = /^(?:nano|micro|small|medium|large|\d*xlarge|metal(?:-\d+xl)?)$/;

/** Safe for every measured type: the kernel and the ECS agent use 2.5 % to 4.6 % of 8 GiB and more. */
const SURELY_USABLE = 0.95;

/** Upper bound, because Linux's page table uses 64 of each 4,096 bytes. */
const NEVER_ABOVE = 63 / 64;

/** MiB of a type that a job certainly gets: 95 % of the nominal size. */
export function usableMemory({ memory }: Pick<InstanceType, 'memory'>): number {
  return Math.floor(memory * SURELY_USABLE);
}

/**
 * Why AWS Batch could not run a job, or undefined if it can or if that is unknown.
 *
 * - An unknown type in the list leaves the result open: it can be newer than the table.
 * - Memory between 95 % and 98.4 % of a type might not fit. `fitAdvice` reports it, this check doesn't.
 * - A type with more vCPUs than `maxVcpus` is not a problem: with the allocation strategies in use, AWS Batch exceeds the maximum by
 *   one instance to place a job. A job with more vCPUs than `maxVcpus` is never placed
 *   (`MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE`).
 * - A job without GPUs can run on GPU instances.
 */
export function checkFit(request: FitRequest): FitProblem | undefined {
  const { gpu = 0, architecture, cpu, maxVcpus } = request;
  if (gpu > 0 && architecture === 'arm64') {
    return { property: 'architecture', found: foundValue('arm64', ' for a job with gpu'), ...NO_ARM_GPU };
  }
  if (request.instanceTypes?.length === 0) {
    return {
      property: 'instanceTypes',
      found: 'an empty list',
      accepted: 'at least one family or type',
      fix: 'remove instanceTypes for the default',
    };
  }
  const [wrong] = entryProblems(request).values();
  if (wrong !== undefined) return wrong;
  if (cpu > maxVcpus) {
    return {
      property: 'cpu',
      found: counted(cpu, 'vCPU'),
      accepted: `at most ${maxVcpus}, the compute environment's maxVcpus`,
      fix: orUnits(cpu, `lower cpu, or raise compute.maxVcpus to ${cpu} or more`),
    };
  }
  const candidates = allowedTypes(request);
  if (candidates === undefined || candidates.some((type) => fits(request, type, NEVER_ABOVE))) return undefined;
  if (candidates.length === 0) return nothingOffered(request);
  if (gpu > 0 && candidates.every(({ gpus }) => gpus === 0)) {
    return {
      property: 'instanceTypes',
      found: foundValue(request.instanceTypes, ', none of which has a GPU'),
      accepted: 'a family or type with GPUs for a job with gpu',
      fix: `list ${elsewhere(request) ?? 'g5'}, or remove instanceTypes for ${defaults(request).join(', ')}`,
    };
  }
  return noFit(request, candidates);
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

/** Like checkFit, but with every wrong instance type instead of only the first, and what the others lead to. */
export function fitProblems(request: FitRequest): FitProblem[] {
  const first = checkFit(request);
  if (first === undefined) return [];
  const wrong = entryProblems(request);
  if (wrong.size === 0 || first.property !== 'instanceTypes') return [first];
  const instanceTypes = request.instanceTypes?.filter((entry) => !wrong.has(entry)) ?? [];
  const other = instanceTypes.length === 0 ? undefined : checkFit({ ...request, instanceTypes });
  return [...wrong.values(), ...(other === undefined ? [] : [other])];
}

/** The problems of single entries of `instanceTypes`, by entry. */
function entryProblems(request: FitRequest): ReadonlyMap<string, FitProblem> {
  const problems = new Map<string, FitProblem>();
  for (const entry of request.instanceTypes ?? []) {
    const problem = entryProblem(entry, request);
    if (problem !== undefined) problems.set(entry, problem);
  }
  return problems;
}

function entryProblem(entry: string, request: FitRequest): FitProblem | undefined {
  const { architecture, gpu = 0 } = request;
  const found = foundValue(entry);
  if (!isWellFormed(entry)) {
    const meant =
      suggestion(entry.replace(/[_\s]/g, '.'), NAMES) ??
      suggestion(entry, [...INSTANCE_BUNDLES.keys()]) ??
      KNOWN_FAMILIES.find((family) => family === familyOf(entry));
    return {
      property: 'instanceTypes',
      found,
      accepted: 'a family (m6i), a type (m6i.xlarge), default_x86_64, default_arm64 or optimal',
      fix: meant === undefined ? 'write a family or a type in lower case' : `did you mean ${meant}?`,
    };
  }
  const why = UNSUPPORTED_FAMILIES.get(familyOf(entry));
  if (why !== undefined) {
    return {
      property: 'instanceTypes',
      found,
      accepted: `families that AWS Batch can use: ${why}`,
      fix: ACCELERATED.has(familyOf(entry))
        ? `list ${gpuFamilies(request)} with gpu: 1, whose NVIDIA GPUs jobs can use, or m6i or c6i for a job without an accelerator`
        : `list ${gpu > 0 ? gpuFamilies(request) : architecture === 'arm64' ? 'm7g or c7g' : 'm6i or c6i'}`,
    };
  }
  const [type] = typesOfEntry(entry, request) ?? typesOfFamily(familyOf(entry));
  if (type === undefined || type.architecture === architecture) return undefined;
  return {
    property: 'instanceTypes',
    found: foundValue(entry, `, which is ${type.architecture}`),
    accepted: `families and types of the job's architecture, ${architecture}`,
    fix: `set architecture to ${type.architecture}, or list ${defaults(request).join(', ')}`,
  };
}

/** Every known name of an entry. */
export const NAMES = [...INSTANCE_BUNDLES.keys(), ...KNOWN_FAMILIES, ...KNOWN_TYPES.map(({ name }) => name)];

function isWellFormed(entry: string): boolean {
  if (INSTANCE_BUNDLES.has(entry)) return true;
  const [family = '', size, ...tooMany] = entry.split('.');
  return FAMILY.test(family) && tooMany.length === 0 && (size === undefined || SIZE.test(size));
}

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

function defaults({ gpu = 0, architecture, region }: FitRequest): readonly string[] {
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

/** The family of the smallest type outside the list that a job fits on and the region offers. */
function elsewhere(request: FitRequest): string | undefined {
  const offered = request.region === undefined ? undefined : familiesIn(request.region);
  const types = KNOWN_TYPES.filter(
    ({ family, architecture }) =>
      architecture === request.architecture && !UNSUPPORTED_FAMILIES.has(family) && (offered?.has(family) ?? true),
  );
  return smallest(types, request, SURELY_USABLE)?.family;
}

/** Two families for GPU jobs, as written in a config. */
function gpuFamilies({ region }: FitRequest): string {
  const families = defaultInstanceTypes({ gpu: true, architecture: 'x86_64', region });
  return (families.length > 0 ? families : GPU_DEFAULTS).slice(0, 2).join(' or ');
}

/** The nearest regions that offer what a job needs, as an additional fix. Empty if there are none. */
function inOtherRegions(request: FitRequest, lead: string): string {
  const { region, instanceTypes } = request;
  if (region === undefined || familiesIn(region) === undefined || instanceTypes?.some(isFamily)) return '';
  const fitting = OFFERING_REGIONS.filter((other) => smallestFit({ ...request, region: other }) !== undefined);
  const near = nearestRegions(region, fitting).slice(0, 3);
  return near.length === 0 ? '' : `${lead}set region to one that offers it; the nearest are ${near.join(', ')}`;
}

function isFamily(entry: string): boolean {
  return !INSTANCE_BUNDLES.has(entry);
}

/** A region without the default families. */
function nothingOffered(request: FitRequest): FitProblem {
  const { gpu = 0, architecture, region } = request;
  const family = elsewhere(request);
  const listed = family === undefined ? '' : `list ${family} in instanceTypes`;
  const [property, what, families] =
    gpu > 0
      ? (['gpu', counted(gpu, 'GPU'), [...GPU_DEFAULTS, ...OLDER_GPU_DEFAULTS].join(', ')] as const)
      : ([
          'architecture',
          formatFound(architecture),
          INSTANCE_BUNDLES.get(defaults(request)[0] ?? '')?.join(', '),
        ] as const);
  return {
    property,
    found: `${what} in ${region}, which offers none of ${families} as far as is known here`,
    accepted: 'a region that offers what the job needs, or instanceTypes that this one offers',
    fix: `${listed}${inOtherRegions(request, listed === '' ? '' : ', or ')}`,
  };
}

function noFit(request: FitRequest, candidates: readonly InstanceType[]): FitProblem {
  const { cpu, memory, gpu = 0 } = request;
  const most = (value: (type: InstanceType) => number) =>
    candidates.reduce((best, type) => (value(type) > value(best) ? type : best));
  const mostGpus = most(({ gpus }) => gpus);
  const mostVcpus = most(({ vcpus }) => vcpus);
  const mostMemory = most((type) => type.memory);
  const withCpuAndGpu = candidates.filter((type) => type.vcpus >= cpu && type.gpus >= gpu);
  const roomiest = [...withCpuAndGpu].sort((a, b) => b.memory - a.memory || bySize(a, b))[0];

  const family = elsewhere(request);
  const listed = family === undefined ? '' : `, or list ${family} in instanceTypes`;
  const outside = `${listed}${listed === '' ? inOtherRegions(request, ', or ') : ''}`;
  const place = request.region !== undefined && familiesIn(request.region) !== undefined ? ` in ${request.region}` : '';
  const asked = `${counted(cpu, 'vCPU')}, ${memory} MiB${gpu > 0 ? ` and ${counted(gpu, 'GPU')}` : ''}`;
  const accepted = [
    `a size that one instance has; the largest allowed instances${place} have ${counted(mostVcpus.vcpus, 'vCPU')} (${mostVcpus.name})`,
    `${usableMemory(mostMemory)} MiB (${mostMemory.name})`,
    ...(gpu > 0 ? [`${counted(mostGpus.gpus, 'GPU')} (${mostGpus.name})`] : []),
  ].join(', ');

  if (mostGpus.gpus < gpu) {
    return { property: 'gpu', found: asked, accepted, fix: `lower gpu to ${mostGpus.gpus}${outside}` };
  }
  if (roomiest === undefined) {
    const vcpus = Math.max(...candidates.filter(({ gpus }) => gpus >= gpu).map((type) => type.vcpus));
    return { property: 'cpu', found: asked, accepted, fix: orUnits(cpu, `lower cpu to ${vcpus}${outside}`) };
  }
  const fix = `lower ${request.memoryProperty ?? 'memory'} to ${usableMemory(roomiest)} (${roomiest.name})${outside}`;
  return { property: 'memory', found: asked, accepted, fix };
}

/** A large number of vCPUs can be a small number of CPU units. */
function orUnits(cpu: number, fix: string): string {
  const meant = cpuUnitsMeant(cpu);
  return meant === undefined ? fix : `${meant}; if vCPUs are meant, ${fix}`;
}
