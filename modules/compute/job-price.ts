import { type InstanceType, instanceType } from '../rules/instance-families';
import { type FitRequest, usableMemory } from '../rules/instance-fit';
import { hourlyPrice, type InstancePrices } from '../rules/prices';
import { smallestLanding } from './landing';

/** What an hour of a job costs on-demand, by list price. An estimate: AWS bills instances, and not jobs. */
export interface JobPrice {
  /** US dollars per hour of the job. */
  readonly hourly: number;
  readonly instanceType: string;
  /** Whether the instance type is only assumed: the smallest that the job fits on. */
  readonly isAssumed: boolean;
  /** Part of the instance that the job uses, 0 to 1. */
  readonly share: number;
  /** US dollars per hour of the whole instance. */
  readonly instanceHourly: number;
}

/**
 * The price of a job by the instance that it uses a part of. Undefined if the price of the type is not known.
 *
 * @param ranOn the instance type, if it is known. @default the smallest that fits
 */
export function jobPrice(
  request: FitRequest,
  ranOn?: string,
  prices: InstancePrices = hourlyPrice,
): JobPrice | undefined {
  const type = ranOn === undefined ? smallestLanding(request, prices) : instanceType(ranOn);
  const instanceHourly = type === undefined ? undefined : prices(type.name);
  if (type === undefined || instanceHourly === undefined) return undefined;
  const share = jobShare(request, type);
  return {
    hourly: share * instanceHourly,
    instanceType: type.name,
    isAssumed: ranOn === undefined,
    share,
    instanceHourly,
  };
}

/** The part of an instance that other jobs cannot use while a job runs: the largest of its parts of vCPUs, memory and GPUs. */
function jobShare({ cpu, memory, gpu = 0 }: Pick<FitRequest, 'cpu' | 'memory' | 'gpu'>, type: InstanceType): number {
  const gpuShare = type.gpus > 0 ? gpu / type.gpus : 0;
  return Math.min(1, Math.max(cpu / type.vcpus, memory / usableMemory(type), gpuShare));
}
