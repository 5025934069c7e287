import { counted } from '../problems/phrases';
import { suggestion } from '../problems/suggestion';
import { INSTANCE_BUNDLES, type InstanceType, typesOfFamily } from './instance-families';
import {
  allowedTypes,
  type FitRequest,
  familyOf,
  NAMES,
  smallest,
  smallestFit,
  typesOfEntry,
  usableMemory,
} from './instance-fit';
import { familiesIn, OFFERING_REGIONS } from './instance-offerings';
import { nearestRegions } from './regions';

/** A request that works, but might not be intended. */
export interface FitAdvice {
  readonly property: 'memory' | 'instanceTypes' | 'maxVcpus';
  readonly message: string;
}

/** A round fraction that fits: 7,680 of 8,192. */
const ADVISED_SHARE = 15 / 16;

/** MiB of a type that a request should ask for at most: a round number that surely fits. */
export function advisedMemory({ memory }: Pick<InstanceType, 'memory'>): number {
  return Math.floor(memory * ADVISED_SHARE);
}

/** Hints on a request that `checkFit` accepts. */
export function fitAdvice(request: FitRequest): readonly FitAdvice[] {
  return [
    ...unknownAdvice(request),
    ...offeringAdvice(request),
    ...memoryAdvice(request),
    ...gpuAdvice(request),
    ...maxVcpusAdvice(request),
  ];
}

function unknownAdvice({ instanceTypes = [] }: FitRequest): FitAdvice[] {
  return instanceTypes
    .filter((entry) => typesOfEntry(entry, {}) === undefined)
    .map((entry) => {
      const sizes = typesOfFamily(familyOf(entry)).map(({ name }) => name);
      const meant = suggestion(entry, sizes.length > 0 ? sizes : NAMES);
      return {
        property: 'instanceTypes',
        message: `${entry} is not known here, so whether the job fits it was not checked${meant === undefined ? '' : `; did you mean ${meant}?`}`,
      };
    });
}

/** A job that requests all of an instance's memory, part of which the system uses. */
function memoryAdvice(request: FitRequest): FitAdvice[] {
  const { memory } = request;
  const missed = smallest(allowedTypes(request) ?? [], request, 1);
  if (missed === undefined || memory <= usableMemory(missed)) return [];
  const lands = smallestFit(request);
  if (lands === undefined) return [];
  const advised = advisedMemory(missed);
  const size = ({ name, vcpus, memory: nominal }: InstanceType) =>
    `${name} (${counted(vcpus, 'vCPU')}, ${nominal} MiB)`;
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

/** Listed types that the stated region lacks, according to the table. Not an error, because regions often add families. */
function offeringAdvice({ instanceTypes = [], region }: FitRequest): FitAdvice[] {
  const offered = region === undefined ? undefined : familiesIn(region);
  if (region === undefined || offered === undefined) return [];
  const lacking = instanceTypes.filter((entry) => !INSTANCE_BUNDLES.has(entry) && !offered.has(familyOf(entry)));
  return lacking.flatMap((entry) => {
    const others = OFFERING_REGIONS.filter((other) => familiesIn(other)?.has(familyOf(entry)));
    if (others.length === 0) return [];
    const near = nearestRegions(region, others).slice(0, 3).join(', ');
    const message = `${entry} is not offered in ${region} as far as is known here, and AWS Batch refuses the whole list for it; the nearest regions with it are ${near}`;
    return [{ property: 'instanceTypes', message }];
  });
}
