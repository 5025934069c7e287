import { formatCount } from '../../modules/problems/phrases';
import { countText, dollarsText, mibText } from './price-text';
import type { EnvironmentCheck, JobCheck, JobRequest, MoreMemoryCheck } from './stack-check';

/** `2 vCPUs, 1,800 MiB, Spot` */
export function requestText({ cpu, memory, gpu, architecture, isSpot, useInstanceStore }: JobRequest): string {
  const known = (value: number, text: string) => (value > 0 ? text : 'a size that is known at deployment');
  return [
    ...new Set([
      known(cpu, countText(cpu, 'vCPU')),
      known(memory, mibText(memory)),
      ...(gpu === undefined ? [] : [known(gpu, countText(gpu, 'GPU'))]),
      ...(architecture === 'arm64' ? ['arm64'] : []),
      ...(useInstanceStore ? ['instance store'] : []),
      isSpot ? 'Spot' : 'on-demand',
    ]),
  ].join(', ');
}

/** What is left of the smallest instance when it is full of such jobs: `1 vCPU, 2,091 MiB`, `2 GPUs, 32 vCPUs, 66,777 MiB` */
export function leftText({ instances: [smallest] }: JobCheck): string {
  if (smallest === undefined) return '';
  const { vcpusLeft, memoryLeft, gpusLeft } = smallest;
  const parts = [
    ...(gpusLeft > 0 ? [countText(gpusLeft, 'GPU')] : []),
    ...(vcpusLeft > 0 ? [countText(vcpusLeft, 'vCPU')] : []),
    ...(memoryLeft > 0 ? [mibText(memoryLeft)] : []),
  ];
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

/** `41 types of c6i, c7i, m6i, r6i` */
export function typesText({ instances }: JobCheck): string {
  const families = [...new Set(instances.map(({ instanceType }) => instanceType.split('.')[0]))].sort();
  const shown = families.slice(0, 6).join(', ');
  const more = families.length > 6 ? ` and ${families.length - 6} more` : '';
  return `${countText(instances.length, 'type')} of ${shown}${more}`;
}

/** Where attempts land that follow one that was killed for memory, a line for each memory: `3,600 MiB: c7i.large, $0.09 per hour` */
export function moreMemoryLines({ levels, unreached }: MoreMemoryCheck): string[] {
  const lines = levels.map(({ memory, instanceType, hourly }) => {
    const price = hourly === undefined ? 'whose price is unknown' : `${dollarsText(hourly)} per hour`;
    const where = instanceType === undefined ? 'on an instance that is not known here' : `on ${instanceType}, ${price}`;
    return `${mibText(memory)} ${where}`;
  });
  const few = unreached === undefined ? [] : [`attempts are too few to reach maxMemory, ${mibText(unreached)}`];
  return [...lines, ...few];
}

/** What Spot costs, which only AWS knows. */
export function spotText({ price, request }: JobCheck): string {
  const after = request.thenOnDemand ? '. On demand when its free restarts are used up' : '';
  if (price?.spot === undefined) return `up to 90% less${after}`;
  const { lowest, highest } = price.spot;
  const range = lowest === highest ? dollarsText(lowest) : `${dollarsText(lowest)} to ${dollarsText(highest)}`;
  return `${range} per hour now for ${price.instanceType}, from AWS${after}`;
}

/** The dearest hour of environments: their sum if there are several, and a line for each. */
export function dearestLines(
  environments: readonly EnvironmentCheck[],
  atMost: number | undefined,
  foreign: string | undefined,
): { readonly sum?: string; readonly lines: readonly string[] } {
  const unit = ` per hour on demand${foreign === undefined ? '' : `, ${foreign}`}`;
  if (environments.length === 1) return { lines: environments.map((each) => dearestLine(each, unit)) };
  const sum = atMost === undefined ? 'unknown per hour' : `${dollarsText(atMost)}${unit}`;
  return { sum: `${sum}, of all compute environments at once`, lines: environments.map((each) => dearestLine(each)) };
}

/** How many types of a list are named. */
const NAMED = 3;

/** `$24.57: 256 vCPUs of spot-cpu-x86-64, which the last instance exceeds by 190, as c7i.48xlarge, r6i.32xlarge, r6i.24xlarge and 4 smaller` */
function dearestLine({ name, maxVcpus, dearest, unpriced = [] }: EnvironmentCheck, unit = ''): string {
  const vcpus = `${maxVcpus === undefined ? 'maxVcpus' : countText(maxVcpus, 'vCPU')} of ${name}`;
  if (maxVcpus === undefined || dearest === undefined) {
    return `unknown: ${vcpus}, ${unpriced.length > 0 ? `with ${noPriceText(unpriced)}` : 'a number of which is known at deployment'}`;
  }
  const { instances, hourly } = dearest;
  const exceeds =
    dearest.vcpus > maxVcpus ? `, which the last instance exceeds by ${formatCount(dearest.vcpus - maxVcpus)}` : '';
  const named = instances.map(({ instanceType, count }) =>
    count === 1 ? instanceType : `${formatCount(count)} × ${instanceType}`,
  );
  const others = instances.slice(NAMED).reduce((sum, { count }) => sum + count, 0);
  const more = others === 0 ? '' : ` and ${formatCount(others)} smaller`;
  return `${dollarsText(hourly)}${unit}: ${vcpus}${exceeds}, as ${named.slice(0, NAMED).join(', ')}${more}`;
}

/** `x99, of which no price is known here` */
function noPriceText(types: readonly string[]): string {
  const more = types.length > NAMED ? ` and ${types.length - NAMED} more` : '';
  return `${types.slice(0, NAMED).join(', ')}${more}, of which no price is known here`;
}

/** Why it is not known what a job lands on. */
export function unknownText({ request, unknownTypes = [] }: JobCheck): string {
  if (unknownTypes.length > 0) {
    const they =
      unknownTypes.length === 1
        ? 'is not in the table of instance types of this version'
        : 'are not in the table of instance types of this version';
    return `${unknownTypes.join(', ')} in instanceTypes ${they}: what the job lands on and costs is not known here`;
  }
  const isLater = [request.cpu, request.memory, request.gpu ?? 1].some((size) => !(size > 0));
  return isLater ? 'What it lands on is known at deployment, as its size is' : 'No known instance type fits';
}
