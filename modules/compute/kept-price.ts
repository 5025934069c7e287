import { allowedTypes } from '../rules/instance-fit';
import { hourlyPrice, type InstancePrices } from '../rules/prices';
import type { CapacityDemand } from './capacity';

/** The instances that a compute environment keeps running for `minVcpus`, in the cheapest way. AWS Batch can choose dearer ones. */
export interface KeptInstances {
  readonly instanceType: string;
  readonly instances: number;
  /** US dollars per hour on demand, by list price, without volumes and addresses. */
  readonly hourly: number;
}

/**
 * The cheapest instances of a demand that have some number of vCPUs. Undefined if no type of the demand has a known price, or a listed
 * type is unknown.
 *
 * @param minVcpus 1 or more
 */
export function keptInstances(
  { gpu, architecture, instanceTypes }: Pick<CapacityDemand, 'gpu' | 'architecture' | 'instanceTypes'>,
  minVcpus: number,
  region?: string,
  prices: InstancePrices = hourlyPrice,
): KeptInstances | undefined {
  const request = { cpu: 1, memory: 1, gpu: gpu ? 1 : 0, architecture, instanceTypes, region, maxVcpus: minVcpus };
  return (allowedTypes(request) ?? [])
    .flatMap(({ name, vcpus }) => {
      const price = prices(name);
      const instances = Math.ceil(minVcpus / vcpus);
      return price === undefined ? [] : [{ instanceType: name, instances, hourly: instances * price }];
    })
    .sort((a, b) => a.hourly - b.hourly || a.instances - b.instances)[0];
}
