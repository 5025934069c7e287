import { type FitRequest, fittingTypes } from '../rules/instance-fit';
import { hourlyPrice, type InstancePrices } from '../rules/prices';

/** The instances with which a compute environment costs most when it runs `maxVcpus`. */
export interface DearestHour {
  readonly instanceType: string;
  readonly instances: number;
  /** US dollars per hour on demand, without volumes and addresses. */
  readonly hourly: number;
}

/**
 * The dearest instances that jobs can land on and that together have `maxVcpus`. The last one can exceed the maximum, as AWS Batch does by one
 * instance. Types with more vCPUs than the maximum count only if no smaller one fits. Undefined if a type has no known price, or no type
 * is known.
 *
 * @param requests of the jobs that share the environment
 */
export function dearestHour(
  requests: readonly FitRequest[],
  maxVcpus: number,
  prices: InstancePrices = hourlyPrice,
): DearestHour | undefined {
  const landed = requests.map((request) => {
    const types = fittingTypes(request);
    const within = types.filter(({ vcpus }) => vcpus <= maxVcpus);
    return within.length > 0 ? within : types;
  });
  if (landed.length === 0 || landed.some((types) => types.length === 0)) return undefined;
  const hours = landed.flat().map(({ name, vcpus }) => {
    const instances = Math.ceil(maxVcpus / vcpus);
    const price = prices(name);
    return price === undefined ? undefined : { instanceType: name, instances, hourly: instances * price };
  });
  const known = hours.filter((hour) => hour !== undefined);
  if (known.length < hours.length) return undefined;
  return known.sort((a, b) => b.hourly - a.hourly)[0];
}
