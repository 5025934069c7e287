import table from '../../modules/rules/instance-prices.json';
import { type PublishedPrices, priceDifferences, withPrices } from '../../scripts/instance-prices';

const published: PublishedPrices = { as_of: table.asOf, prices: { ...table.prices, 't3.nano': 0.0052 } };

it('a table is the same as the list that it was made of, which has more types', () => {
  expect(priceDifferences(table, published)).toEqual([]);
  expect(withPrices(table, published)).toEqual(table);
});

it('names the day, and each price that is different, missing or no longer published', () => {
  const { 'm6i.large': _removed, ...prices } = { ...table.prices, 'c6i.large': 0.09 };
  const { 'r6i.large': _missing, ...fewer } = table.prices;
  expect(priceDifferences({ ...table, prices: fewer }, { as_of: '2026-12-01', prices })).toEqual([
    `asOf: ${table.asOf} in the table, 2026-12-01 in the file`,
    'c6i.large: $0.085 in the table, $0.09 in the file',
    'm6i.large: $0.096 in the table, no price in the file',
    'r6i.large: no price in the table, $0.126 in the file',
  ]);
});

it('takes over the prices of known types only, by name', () => {
  const taken = withPrices(table, { as_of: '2026-12-01', prices: { 't3.nano': 1, 'm6i.large': 2, 'c6i.large': 3 } });
  expect(taken).toMatchObject({ region: 'us-east-1', asOf: '2026-12-01' });
  expect(Object.entries(taken.prices)).toEqual([
    ['c6i.large', 3],
    ['m6i.large', 2],
  ]);
});
