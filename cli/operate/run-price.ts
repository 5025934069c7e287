import { type JobPrice, jobPrice } from '../../modules/compute/job-price';
import { PRICE_LIST } from '../../modules/rules/prices';
import type { DeployedJob, Deployment } from './deployment';
import type { RunStory } from './run-story';
import { secondsBetween } from './time-text';

/** What the containers of a run cost, as an estimate by on-demand list prices. */
export interface RunPrice {
  /** US dollars. */
  readonly dollars: number;
  /** Seconds that containers ran, over all starts. */
  readonly seconds: number;
  /** The prices of the instance types that they ran on. */
  readonly parts: readonly JobPrice[];
  /** Whether the job uses Spot instances, which cost less. */
  readonly isSpot: boolean;
  /** Region and day of the price list. */
  readonly region: string;
  readonly asOf: string;
}

/**
 * The estimated price of a run: for each start of a container, its time times the job's part of its instance. Undefined if a price is not
 * known, and for a run with items. It is an upper bound for Spot, whose prices change. It includes neither the time that instances start and idle, nor other services.
 *
 * @param now ends containers that run
 */
export function runPrice(
  { config, region }: Deployment,
  { properties }: DeployedJob,
  { attempts }: RunStory,
  now = new Date(),
): RunPrice | undefined {
  const parts = new Map<string, JobPrice>();
  let [dollars, seconds] = [0, 0];
  // The times of thousands of children are too many to ask for.
  if (attempts.some(({ array }) => array !== undefined)) return undefined;
  for (const { starts, resources } of attempts) {
    for (const { started, stopped, instanceType } of starts) {
      if (started === undefined) continue;
      const request = {
        ...properties.resources,
        ...resources,
        maxVcpus: config.compute.maxVcpus,
        region,
      };
      const price = jobPrice(request, instanceType);
      if (price === undefined) return undefined;
      const ran = secondsBetween(started, stopped ?? now);
      seconds += ran;
      dollars += (price.hourly * ran) / 3600;
      parts.set(`${price.instanceType} ${price.isAssumed}`, price);
    }
  }
  return { dollars, seconds, parts: [...parts.values()], isSpot: properties.useSpotInstances, ...PRICE_LIST };
}
