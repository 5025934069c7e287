import table from './instance-prices.json';

/** Where the prices are from: EC2's list prices of one region on one day. Other regions and later days differ, mostly by less than a third. */
export const PRICE_LIST: { readonly region: string; readonly asOf: string } = {
  region: table.region,
  asOf: table.asOf,
};

/** Hours of a month in prices per month, as AWS's own calculator counts. */
export const HOURS_A_MONTH = 730;

/** Days after which a list of prices counts as old. */
export const OLD_AFTER_DAYS = 180;

/** On-demand price of an instance type with Linux, in US dollars per hour. Undefined if it is unknown, which is not 0. */
export type InstancePrices = (instanceType: string) => number | undefined;

const PRICES = new Map<string, number>(Object.entries(table.prices));

/** On-demand list price of an instance type with Linux, in US dollars per hour. Undefined if it is not known here. */
export function hourlyPrice(instanceType: string): number | undefined {
  return PRICES.get(instanceType);
}

/** Whether a list of prices is from more than {@link OLD_AFTER_DAYS} days ago. */
export function isOldPriceList(asOf: string, now: Date): boolean {
  return now.getTime() - Date.parse(`${asOf}T00:00:00Z`) > OLD_AFTER_DAYS * 86_400_000;
}
