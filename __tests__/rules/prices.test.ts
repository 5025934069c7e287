import { hourlyPrice, isOldPriceList, OLD_AFTER_DAYS, PRICE_LIST } from '../../modules/rules/prices';

const DAY = 86_400_000;

it('a list is old after 180 days, and not on the 180th', () => {
  const from = Date.parse('2026-07-20T00:00:00Z');
  expect(OLD_AFTER_DAYS).toBe(180);
  expect(isOldPriceList('2026-07-20', new Date(from + 180 * DAY))).toBe(false);
  expect(isOldPriceList('2026-07-20', new Date(from + 180 * DAY + 1))).toBe(true);
  expect(isOldPriceList('2026-07-20', new Date('2027-01-16T00:00:00Z'))).toBe(false);
  expect(isOldPriceList('2026-07-20', new Date('2027-01-17T00:00:00Z'))).toBe(true);
  expect(isOldPriceList('2026-07-20', new Date('2026-07-01T00:00:00Z'))).toBe(false);
});

it('the list says where and when it is from, and has no price of an unknown type', () => {
  expect(Object.keys(PRICE_LIST).sort()).toEqual(['asOf', 'region']);
  expect(PRICE_LIST.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(hourlyPrice('x99.large')).toBeUndefined();
  expect(hourlyPrice('toString')).toBeUndefined();
});
