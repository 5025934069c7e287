import { formatFound, foundValue } from '../problems/found';
import { counted } from '../problems/phrases';
import type { Finding } from '../problems/problem';
import { suggestion } from '../problems/suggestion';
import { cpuUnitsMeant } from './cpu-units';
import {
  ACCELERATED,
  defaultInstanceTypes,
  GPU_DEFAULTS,
  INSTANCE_BUNDLES,
  type InstanceType,
  KNOWN_FAMILIES,
  KNOWN_TYPES,
  NO_ARM_GPU,
  OLDER_GPU_DEFAULTS,
  typesOfFamily,
  UNSUPPORTED_FAMILIES,
} from './instance-families';
import {
  allowedTypes,
  bySize,
  defaults,
  type FitRequest,
  familyOf,
  NAMES,
  possibleTypes,
  SURELY_USABLE,
  smallest,
  smallestFit,
  typesOfEntry,
  usableMemory,
} from './instance-fit';
import { familiesIn, OFFERING_REGIONS } from './instance-offerings';
import { nearestRegions } from './regions';

/** A request that AWS Batch would reject, or keep waiting indefinitely. */
export interface FitProblem extends Finding {
  /** The property of the job's resources that has the problem. */
  readonly property: 'cpu' | 'memory' | 'gpu' | 'architecture' | 'instanceTypes';
}

const FAMILY = /^[a-z]+\d[a-z\d]*(?:-[a-z\d]+)*$|^u-\d+tb\d$|^mac-[a-z\d]+$/;
const SIZE = /^(?:nano|micro|small|medium|large|\d*xlarge|metal(?:-\d+xl)?)$/;

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
  if (candidates === undefined || possibleTypes(request).length > 0) return undefined;
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

function isWellFormed(entry: string): boolean {
  if (INSTANCE_BUNDLES.has(entry)) return true;
  const [family = '', size, ...tooMany] = entry.split('.');
  return FAMILY.test(family) && tooMany.length === 0 && (size === undefined || SIZE.test(size));
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
