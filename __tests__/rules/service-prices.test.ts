import { cacheHour, databaseHour, SERVICE_PRICE_LIST, SERVICE_PRICES } from '../../modules/rules/service-prices';

it.each(Object.entries(SERVICE_PRICES))(
  '%s has an amount, a unit, a page of AWS, and a source unless nobody was found who quotes it',
  (_name, { dollars, per, page, seen }) => {
    if (seen !== undefined) {
      expect(seen.name).toMatch(/^(Infracost|[\w.]+, 202[56])$/);
      expect(seen.url).toMatch(/^https:\/\//);
    }
    expect(dollars).toBeGreaterThan(0);
    expect(per).toMatch(/^\w/);
    expect(page).toMatch(/^https:\/\/aws\.amazon\.com\/[\w-]+(\/[\w-]+)*\/pricing\/([\w-]+\/)*$|\/pricing\/$/);
  },
);

it('most figures were found elsewhere', () => {
  const missing = Object.entries(SERVICE_PRICES).flatMap(([name, { seen }]) => (seen === undefined ? [name] : []));
  expect(missing.filter((name) => !/^(cache(Micro|Small|Medium)|database\w+Mysql|deliveredGb)$/.test(name))).toEqual(
    [],
  );
});

it('has a region, and the day when its figures were compared', () => {
  expect(SERVICE_PRICE_LIST.region).toBe('us-east-1');
  expect(Date.parse(SERVICE_PRICE_LIST.asOf)).not.toBeNaN();
});

it('knows databases by engine and class, and nodes by type; others are unknown', () => {
  expect(databaseHour('postgres', 'db.t4g.micro')).toBe(0.016);
  expect(databaseHour('mysql', 'db.t4g.medium')).toBe(0.065);
  expect(cacheHour('cache.t4g.small')).toBe(0.032);
  for (const [engine, name] of [
    ['oracle', 'db.t4g.micro'],
    ['postgres', 'db.r7g.large'],
    ['postgres', 'constructor'],
    ['constructor', 'name'],
  ] as const) {
    expect(databaseHour(engine, name)).toBeUndefined();
  }
  expect(cacheHour('cache.r7g.large')).toBeUndefined();
  expect(cacheHour('toString')).toBeUndefined();
});
