import { jobPrice } from '../../../modules/compute/job-price';
import { keptInstances } from '../../../modules/compute/kept-price';
import { smallestLanding } from '../../../modules/compute/landing';
import { counted } from '../../../modules/problems/phrases';
import { PRICE_LIST } from '../../../modules/rules/prices';
import { SERVICE_PRICES } from '../../../modules/rules/service-prices';
import type { ResolvedBatchJobProps } from '../../../modules/stack-config/batch-job';
import { keptText } from '../../cost/kept-text';
import { QUEUE_LABEL } from '../../model/capacity-text';
import type { PictureItem } from '../../model/stack';
import type { Cost } from './costs';
import type { Painter } from './painter';
import { fact } from './settings';
import type { Block } from './stack-resources';

/** Addresses of a compute environment and its queue, and what it is for the job. */
export interface PoolAddresses {
  readonly environment: string;
  readonly queue: string;
  readonly isFallback: boolean;
}

/** The box of the instances that a job runs on. */
export function capacityItem(
  job: string,
  props: ResolvedBatchJobProps,
  place: PoolAddresses,
  painter: Painter,
): PictureItem {
  const made = [place.environment, place.queue].flatMap((address) => painter.resources.get(address) ?? []);
  const [environment, queue] = made.map(({ block }) => block);
  const compute = (environment?.compute_resources ?? {}) as Block;
  const isSpot = compute.type === 'SPOT';
  const maxVcpus = text(compute.max_vcpus, painter) ?? '';
  const limit = `at most ${maxVcpus} vCPUs`;
  const after = `after ${counted(props.retryConfig.spotInterruption.freeRestarts, 'free restart')}`;
  const from = smallest(compute, props, painter);
  return painter.item({
    id: `${job}/${place.isFallback ? 'fallback' : isSpot ? 'spot' : 'on-demand'}`,
    kind: isSpot ? 'spot' : 'on-demand',
    title: isSpot ? 'Spot' : place.isFallback ? 'On-demand fallback' : 'On-demand',
    detail: [{ text: place.isFallback ? after : from }, { text: `, ${limit}` }],
    settings: [
      ...fact('Instance types', painter.readable.argument(compute.instance_type), true),
      ...fact('Maximum vCPUs', maxVcpus),
      ...fact('Minimum vCPUs', text(compute.min_vcpus, painter)),
      ...fact('Allocation strategy', text(compute.allocation_strategy, painter), true),
      ...fact('Machine image', text(imageOf(compute), painter), true),
      ...fact('Root volume', rootVolume(painter)),
      ...(props.resources.useInstanceStore ? fact('Instance store', "Docker's folder") : []),
      ...fact(QUEUE_LABEL, text(queue?.name, painter), true),
      ...fact('Name of the compute environment begins with', text(environment?.name_prefix, painter), true),
    ],
    costs: [keptCost(props, compute, painter), ...instanceCosts(props, painter, isSpot)],
    ...(place.isFallback && { isFallback: true }),
    queue: text(queue?.name, painter),
    made,
  });
}

function rootVolume({ config: { compute }, readable }: Painter): string {
  const { rootVolumeGb, rootVolumeIops: iops, rootVolumeThroughputMibps: throughput } = compute;
  return [
    `${readable.value(rootVolumeGb)} GiB`,
    ...(iops === undefined ? [] : [`${readable.value(iops)} IOPS`]),
    ...(throughput === undefined ? [] : [`${readable.value(throughput)} MiB/s`]),
  ].join(', ');
}

function smallest(compute: Block, props: ResolvedBatchJobProps, painter: Painter): string {
  const type = fits(props) ? smallestLanding(request(props, painter)) : undefined;
  return type === undefined ? painter.readable.argument(compute.instance_type) : `${type.name} or larger`;
}

/** What an hour of a run costs, as a sentence. */
export function hourCost(props: ResolvedBatchJobProps, painter: Painter): Cost {
  const price = fits(props) ? jobPrice(request(props, painter)) : undefined;
  if (price === undefined) return { withoutPrice: 'What an hour of a run costs is not known here.' };
  const { hourly, instanceType } = price;
  return `An hour of a run costs about $${short(hourly)} on ${instanceType}, on demand (list price of ${PRICE_LIST.region}, ${PRICE_LIST.asOf}).`;
}

/** What the environment costs while no job runs, as a sentence. */
function keptCost(props: ResolvedBatchJobProps, { min_vcpus: minimum }: Block, painter: Painter): Cost {
  if (minimum === 0) return { withoutPrice: 'Costs nothing while no job runs.' };
  const demand = { ...props.resources, gpu: props.resources.gpu !== undefined };
  const vcpus = typeof minimum === 'number' && minimum > 0 ? minimum : undefined;
  if (vcpus === undefined) {
    return { withoutPrice: 'Keeps vCPUs running while no job runs. Their number is known at deployment.' };
  }
  const kept = keptInstances(demand, vcpus, painter.config.region);
  const text = `${keptText(vcpus, [kept?.hourly]).replace(/^k/, 'K')}.`;
  return kept?.hourly === undefined ? { withoutPrice: text } : text;
}

function instanceCosts(props: ResolvedBatchJobProps, painter: Painter, isSpot: boolean): Cost[] {
  const price = fits(props) ? jobPrice(request(props, painter)) : undefined;
  if (price === undefined) return [{ withoutPrice: 'The price of the instances is not known here.' }];
  const { instanceHourly, instanceType, hourly, share } = price;
  const where = `on demand (list price of ${PRICE_LIST.region}, ${PRICE_LIST.asOf})`;
  return [
    `The smallest instance that fits, ${instanceType}, costs $${short(instanceHourly)} per hour ${where}.`,
    ...(share < 1 ? [`This job uses ${Math.round(share * 100)}% of it: about $${short(hourly)} per hour.`] : []),
    ...(isSpot ? [{ withoutPrice: 'Spot costs up to 90% less. Its price changes.' }] : []),
    `A public address costs $${SERVICE_PRICES.address.dollars} per hour for each instance, and none in private subnets.`,
  ];
}

/** Whether the numbers are known now. A program can give them as tokens. */
function fits({ resources: { cpu, memory, gpu = 1 } }: ResolvedBatchJobProps): boolean {
  return cpu > 0 && memory > 0 && gpu > 0;
}

function request({ resources }: ResolvedBatchJobProps, { config }: Painter) {
  return { ...resources, maxVcpus: config.compute.maxVcpus, region: config.region };
}

function imageOf({ ec2_configuration: given }: Block): unknown {
  const [first] = [given].flat() as ({ readonly image_type?: unknown } | undefined)[];
  return first?.image_type;
}

function text(value: unknown, { readable }: Painter): string | undefined {
  return value === undefined || value === null ? undefined : readable.argument(value);
}

/** `0.085`, `1.006` */
function short(amount: number): string {
  return String(Number(amount.toPrecision(3)));
}
