import { HOURS_A_MONTH, PRICE_LIST } from '../../modules/rules/prices';
import { countText } from '../model/price-text';
import { knownSum } from './known-sum';

/**
 * What compute environments that keep vCPUs running cost: `keeps 4 vCPUs running while no job runs: at least $124 per month on demand`.
 *
 * @param vcpus of each environment
 * @param hourly US dollars per hour of each environment. Undefined if it is unknown
 */
export function keptText(vcpus: number, hourly: readonly (number | undefined)[]): string {
  const what = `keeps ${countText(vcpus, 'vCPU')} running while no job runs`;
  const sum = knownSum(hourly);
  if (sum === undefined) return `${what}. Their price is not known here`;
  return `${what}: at least $${Math.round(sum * HOURS_A_MONTH)} per month on demand (list price of ${PRICE_LIST.region}, ${PRICE_LIST.asOf})`;
}
