import table from './instance-prices.json';

/** Where the prices are from: EC2's list prices of one region on one day. Other regions and later days differ, mostly by less than a third. */
export const PRICE_LIST: { readonly region: string; readonly asOf: string } = table;

/** Hours of a month in prices per month, as AWS's own calculator counts. */
export const HOURS_A_MONTH = 730;

const PRICES = new Map<string, number>(Object.entries(table.prices));

/** On-demand list price of an instance type with Linux, in US dollars per hour. Undefined if it is not known here. */
export function hourlyPrice(instanceType: string): number | undefined {
  return PRICES.get(instanceType);
}
