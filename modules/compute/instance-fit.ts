import { type Finding, formatFound } from '../config/problem';
import { suggestion } from '../config/suggestion';
import { cpuUnitsMeant } from '../rules/cpu-units';
import {
  ACCELERATED,
  type Architecture,
  defaultInstanceTypes,
  INSTANCE_BUNDLES,
  type InstanceType,
  instanceType,
  KNOWN_FAMILIES,
  KNOWN_TYPES,
  NO_ARM_GPU,
  typesOfFamily,
  UNSUPPORTED_FAMILIES,
} from './instance-families';

/** What a job asks for and where it may run. All numbers are real ones: guard CDKTF tokens before. */
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
  /** vCPUs that the compute environment may run at once. */
  readonly maxVcpus: number;
}

/** A request that Batch would refuse, or leave waiting for ever. */
export interface FitProblem extends Finding {
  /** The property of the job's resources to which it belongs. */
  readonly property: 'cpu' | 'memory' | 'gpu' | 'architecture' | 'instanceTypes';
}

/** Something that works, but that its author may not have meant. */
export interface FitAdvice {
  readonly property: 'memory' | 'instanceTypes' | 'maxVcpus';
  readonly message: string;
}

const FAMILY = /^[a-z]+\d[a-z\d]*(?:-[a-z\d]+)*$|^u-\d+tb\d$|^mac-[a-z\d]+$/;
const SIZE = /^(?:nano|micro|small|medium|large|\d*xlarge|metal(?:-\d+xl)?)$/;

/** Safe for every type measured: the kernel and the ECS agent kept 2.5 % to 4.6 % of 8 GiB and more. */
const SURELY_USABLE = 0.95;

/** Linux's own page table (64 bytes for each 4,096) leaves no job more than that. */
const NEVER_ABOVE = 63 / 64;

/** A round share that fits: 7,680 of 8,192. */
const ADVISED_SHARE = 15 / 16;

/** MiB of a type that a job surely gets: 95 % of the nominal size. */
export function usableMemory({ memory }: Pick<InstanceType, 'memory'>): number {
  return Math.floor(memory * SURELY_USABLE);
}

/**
 * Why Batch could not run a job, or undefined when it can or nobody can tell.
 *
 * - A listed type that is not known leaves the fit open: it may be newer than our table.
 * - Memory between 95 % and 98.4 % of a type may fit or not; `fitAdvice` says so, this does not refuse it.
 * - A type with more vCPUs than `maxVcpus` is no problem: with the allocation strategies that we use, Batch goes over the
 *   maximum by one instance rather than leave a job waiting. A job with more vCPUs than `maxVcpus` is never placed
 *   (`MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE`).
 * - A job without GPUs may run on GPU instances.
 */
export function checkFit(request: FitRequest): FitProblem | undefined {
  const { gpu = 0, architecture, cpu, maxVcpus } = request;
  if (gpu > 0 && architecture === 'arm64') {
    return { property: 'architecture', found: '"arm64" for a job with gpu', ...NO_ARM_GPU };
  }
  if (request.instanceTypes?.length === 0) {
    return {
      property: 'instanceTypes',
      found: 'an empty list',
      accepted: 'at least one family or type',
      fix: 'leave instanceTypes out for the default',
    };
  }
  for (const entry of request.instanceTypes ?? []) {
    const problem = entryProblem(entry, request);
    if (problem !== undefined) return problem;
  }
  if (cpu > maxVcpus) {
    return {
      property: 'cpu',
      found: count(cpu, 'vCPU'),
      accepted: `at most ${maxVcpus}, the compute environment's maxVcpus`,
      fix: orUnits(cpu, `lower cpu, or raise compute.maxVcpus to ${cpu} or more`),
    };
  }
  const candidates = allowedTypes(request);
  if (candidates === undefined || candidates.some((type) => fits(request, type, NEVER_ABOVE))) return undefined;
  if (gpu > 0 && candidates.every(({ gpus }) => gpus === 0)) {
    return {
      property: 'instanceTypes',
      found: `${formatFound(request.instanceTypes)}, none of which has a GPU`,
      accepted: 'a family or type with GPUs, for a job with gpu',
      fix: `list ${elsewhere(request) ?? 'g5'}, or leave instanceTypes out for ${defaults(request).join(', ')}`,
    };
  }
  return noFit(request, candidates);
}

/** Hints on a request that `checkFit` accepts. */
export function fitAdvice(request: FitRequest): readonly FitAdvice[] {
  return [...unknownAdvice(request), ...memoryAdvice(request), ...gpuAdvice(request), ...maxVcpusAdvice(request)];
}

/**
 * The smallest type that a job fits, on which it likely runs when it is alone: fewest GPUs, then vCPUs, then memory. Batch
 * may launch a larger one for several jobs, or where that is cheaper or, for Spot, less likely interrupted. Undefined when
 * no known type fits, or a listed one is not known.
 */
export function smallestFit(request: FitRequest): InstanceType | undefined {
  const candidates = allowedTypes(request) ?? [];
  return smallest(candidates, request, SURELY_USABLE) ?? smallest(candidates, request, NEVER_ABOVE);
}

function entryProblem(entry: string, request: FitRequest): FitProblem | undefined {
  const { architecture, gpu = 0 } = request;
  const found = formatFound(entry);
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
        ? 'list g5 or g6 with gpu: 1, whose NVIDIA GPUs jobs can use, or m6i or c6i for a job without an accelerator'
        : `list ${gpu > 0 ? 'g5 or g6' : architecture === 'arm64' ? 'm7g or c7g' : 'm6i or c6i'}`,
    };
  }
  const [type] = typesOfEntry(entry) ?? typesOfFamily(familyOf(entry));
  if (type === undefined || type.architecture === architecture) return undefined;
  return {
    property: 'instanceTypes',
    found: `${found}, which is ${type.architecture}`,
    accepted: `families and types of the job's architecture, ${architecture}`,
    fix: `set architecture to ${type.architecture}, or list ${defaults(request).join(', ')}`,
  };
}

const NAMES = [...INSTANCE_BUNDLES.keys(), ...KNOWN_FAMILIES, ...KNOWN_TYPES.map(({ name }) => name)];

function isWellFormed(entry: string): boolean {
  if (INSTANCE_BUNDLES.has(entry)) return true;
  const [family = '', size, ...tooMany] = entry.split('.');
  return FAMILY.test(family) && tooMany.length === 0 && (size === undefined || SIZE.test(size));
}

function familyOf(entry: string): string {
  return entry.split('.')[0] ?? entry;
}

/** The types that an entry stands for, or undefined when it is not known. */
function typesOfEntry(entry: string): readonly InstanceType[] | undefined {
  const families = INSTANCE_BUNDLES.get(entry);
  if (families !== undefined) return families.flatMap(typesOfFamily);
  const type = instanceType(entry);
  if (type !== undefined) return [type];
  const types = typesOfFamily(entry);
  return types.length > 0 ? types : undefined;
}

/** Every type that a job may run on, or undefined when one of its entries is not known. */
function allowedTypes(request: FitRequest): readonly InstanceType[] | undefined {
  const entries = request.instanceTypes ?? defaults(request);
  const types = entries.map(typesOfEntry);
  return types.includes(undefined) ? undefined : types.flatMap((known) => known ?? []);
}

function defaults({ gpu = 0, architecture }: FitRequest): readonly string[] {
  return defaultInstanceTypes({ gpu: gpu > 0, architecture });
}

function fits({ cpu, memory, gpu = 0 }: FitRequest, type: InstanceType, share: number): boolean {
  return type.vcpus >= cpu && Math.floor(type.memory * share) >= memory && type.gpus >= gpu;
}

function smallest(types: readonly InstanceType[], request: FitRequest, share: number): InstanceType | undefined {
  return types.filter((type) => fits(request, type, share)).sort(bySize)[0];
}

function bySize(a: InstanceType, b: InstanceType): number {
  return a.gpus - b.gpus || a.vcpus - b.vcpus || a.memory - b.memory;
}

/** The family of the smallest type outside the allowed ones that a job fits. */
function elsewhere(request: FitRequest): string | undefined {
  const types = KNOWN_TYPES.filter(
    ({ family, architecture }) => architecture === request.architecture && !UNSUPPORTED_FAMILIES.has(family),
  );
  return smallest(types, request, SURELY_USABLE)?.family;
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
  const outside = family === undefined ? '' : `, or list ${family} in instanceTypes`;
  const asked = `${count(cpu, 'vCPU')}, ${memory} MiB${gpu > 0 ? ` and ${count(gpu, 'GPU')}` : ''}`;
  const accepted = [
    `together in one instance; the largest allowed have ${count(mostVcpus.vcpus, 'vCPU')} (${mostVcpus.name})`,
    `${usableMemory(mostMemory)} MiB (${mostMemory.name})`,
    ...(gpu > 0 ? [`${count(mostGpus.gpus, 'GPU')} (${mostGpus.name})`] : []),
  ].join(', ');

  if (mostGpus.gpus < gpu) {
    return { property: 'gpu', found: asked, accepted, fix: `lower gpu to ${mostGpus.gpus}${outside}` };
  }
  if (roomiest === undefined) {
    const vcpus = Math.max(...candidates.filter(({ gpus }) => gpus >= gpu).map((type) => type.vcpus));
    return { property: 'cpu', found: asked, accepted, fix: orUnits(cpu, `lower cpu to ${vcpus}${outside}`) };
  }
  const fix = `lower memory to ${usableMemory(roomiest)} (${roomiest.name})${outside}`;
  return { property: 'memory', found: asked, accepted, fix };
}

/** A number of vCPUs that nothing fits may be a small number of CPU units. */
function orUnits(cpu: number, fix: string): string {
  const meant = cpuUnitsMeant(cpu);
  return meant === undefined ? fix : `${meant}; if vCPUs are meant, ${fix}`;
}

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}

function unknownAdvice({ instanceTypes = [] }: FitRequest): FitAdvice[] {
  return instanceTypes
    .filter((entry) => typesOfEntry(entry) === undefined)
    .map((entry) => {
      const sizes = typesOfFamily(familyOf(entry)).map(({ name }) => name);
      const meant = suggestion(entry, sizes.length > 0 ? sizes : NAMES);
      return {
        property: 'instanceTypes',
        message: `${entry} is not known here, so whether the job fits it was not checked${meant === undefined ? '' : `; did you mean ${meant}?`}`,
      };
    });
}

/** A job that asks for all of an instance's memory, of which the system takes a part. */
function memoryAdvice(request: FitRequest): FitAdvice[] {
  const { memory } = request;
  const missed = smallest(allowedTypes(request) ?? [], request, 1);
  if (missed === undefined || memory <= usableMemory(missed)) return [];
  const lands = smallestFit(request);
  if (lands === undefined) return [];
  const advised = Math.floor(missed.memory * ADVISED_SHARE);
  const size = ({ name, vcpus, memory: nominal }: InstanceType) => `${name} (${count(vcpus, 'vCPU')}, ${nominal} MiB)`;
  const message =
    lands === missed
      ? `${memory} MiB may not fit ${size(missed)}, whose system takes about 5 % of it: ${advised} surely does`
      : `${memory} MiB does not fit ${size(missed)}, whose system takes a part of it, so the job needs ${size(lands)}: ${advised} would fit the smaller one`;
  return [{ property: 'memory', message }];
}

function gpuAdvice(request: FitRequest): FitAdvice[] {
  const lands = smallestFit(request);
  if ((request.gpu ?? 0) > 0 || lands === undefined || lands.gpus === 0) return [];
  return [
    { property: 'instanceTypes', message: `the job asks for no gpu and runs on ${lands.name}, whose GPUs it pays for` },
  ];
}

function maxVcpusAdvice(request: FitRequest): FitAdvice[] {
  const lands = smallestFit(request);
  if (lands === undefined || lands.vcpus <= request.maxVcpus) return [];
  return [
    {
      property: 'maxVcpus',
      message: `the smallest instance for the job, ${lands.name}, has ${lands.vcpus} vCPUs, more than maxVcpus ${request.maxVcpus}: Batch goes over the maximum by one instance, so only one runs at a time; raise compute.maxVcpus to ${lands.vcpus} or more`,
    },
  ];
}
