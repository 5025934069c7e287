import { completedVariables } from '../../modules/access/completed-variables';

const DB = {
  value: 'postgresql://app@db:5432/orders',
  withSecret: 'postgresql://app:$(STP_DB_PASSWORD)@db:5432/orders',
};
const CACHE = { value: 'redis://cache:6379', withSecret: 'redis://:$(STP_CACHE_PASSWORD)@cache:6379' };

const completed = (variables: { readonly [name: string]: string }) =>
  Object.fromEntries(
    completedVariables(
      Object.entries(variables).map(([name, value]) => ({ name, value })),
      [DB, CACHE],
    ).map(({ name, value }) => [name, value]),
  );

describe('variables that are complete only with a secret', () => {
  it('name it, and are listed for the first program of the image', () => {
    expect(completed({ STP_DB_CONNECTION_STRING: DB.value, OTHER: 'x', CACHE_URL: CACHE.value })).toEqual({
      STP_DB_CONNECTION_STRING: DB.withSecret,
      OTHER: 'x',
      CACHE_URL: CACHE.withSecret,
      STP_COMPLETED: 'CACHE_URL STP_DB_CONNECTION_STRING',
    });
  });

  it.each([
    [`${DB.value}?sslmode=require`, `${DB.withSecret}?sslmode=require`],
    [`${DB.value},${CACHE.value}/1`, `${DB.withSecret},${CACHE.withSecret}/1`],
    [`"${DB.value}"`, `"${DB.withSecret}"`],
  ])('can be longer: %s', (value, full) => {
    expect(completed({ URLS: value })).toEqual({ URLS: full, STP_COMPLETED: 'URLS' });
  });

  it.each([
    'postgresql://app@db:5432/orders_test',
    'postgresql://app@db:5432/orders.old',
    'postgresql://app@db:54321/orders',
    'jdbc:postgresql://app@db:5432/orders',
    'postgresqlx//app@db:5432/orders',
    'redis://cache:63790',
    'redis://:$(STP_CACHE_PASSWORD)@cache:6379',
  ])('are no others: %s', (value) => {
    expect(completed({ URL: value })).toEqual({ URL: value });
  });

  it('are none that a shell could not set', () => {
    expect(completed({ 'db.url': DB.value, '1DB': DB.value })).toEqual({ 'db.url': DB.value, '1DB': DB.value });
  });
});
