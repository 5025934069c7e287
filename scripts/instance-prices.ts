import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KNOWN_TYPES } from '../modules/rules/instance-families';

/** The file with the table that this script checks and writes. */
export const PRICES_FILE = join(__dirname, '..', 'modules', 'rules', 'instance-prices.json');

/** List prices as they are published, in US dollars per hour by instance type. */
export interface PublishedPrices {
  /** Day of the prices: `2026-07-20`. */
  readonly as_of: string;
  readonly prices: { readonly [instanceType: string]: number };
}

/** The table of this project. */
export interface PriceTable {
  readonly source: string;
  readonly region: string;
  readonly asOf: string;
  readonly prices: { readonly [instanceType: string]: number };
}

/** The table with the published prices of the types that the project knows, by name. */
export function withPrices(table: PriceTable, { as_of: asOf, prices: published }: PublishedPrices): PriceTable {
  const known = KNOWN_TYPES.flatMap(({ name }) =>
    published[name] === undefined ? [] : [[name, published[name]] as const],
  );
  return { ...table, asOf, prices: Object.fromEntries(known.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** How the table differs from what is published, a line for each difference. */
export function priceDifferences(table: PriceTable, published: PublishedPrices): string[] {
  const wanted = withPrices(table, published);
  const text = (price: number | undefined) => (price === undefined ? 'no price' : `$${price}`);
  const names = [...new Set([...Object.keys(wanted.prices), ...Object.keys(table.prices)])].sort();
  return [
    ...(table.asOf === wanted.asOf ? [] : [`asOf: ${table.asOf} in the table, ${wanted.asOf} in the file`]),
    ...names
      .filter((name) => table.prices[name] !== wanted.prices[name])
      .map((name) => `${name}: ${text(table.prices[name])} in the table, ${text(wanted.prices[name])} in the file`),
  ];
}

/** `instance-prices.ts FILE` compares the table with a file of published prices; with `--write`, it takes them over. */
function main([file, option]: readonly string[]): void {
  if (file === undefined || (option !== undefined && option !== '--write')) {
    throw new Error(
      'Name a file with {"as_of": "2026-07-20", "prices": {"m6i.large": 0.096}}, and --write to take its prices over.',
    );
  }
  const published: PublishedPrices = JSON.parse(readFileSync(file, 'utf8'));
  const table: PriceTable = JSON.parse(readFileSync(PRICES_FILE, 'utf8'));
  const differences = priceDifferences(table, published);
  for (const difference of differences) console.log(difference);
  if (option === '--write') {
    writeFileSync(PRICES_FILE, `${JSON.stringify(withPrices(table, published), undefined, 2)}\n`);
    return;
  }
  console.log(`${Object.keys(table.prices).length} prices, ${differences.length} differences`);
  process.exitCode = differences.length > 0 ? 1 : 0;
}

if (require.main === module) main(process.argv.slice(2));
