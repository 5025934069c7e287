import { databaseParams, withPassword } from '../../../modules/resources/relational-database/params';

const ADDRESS = {
  engine: 'postgres',
  host: 'db.example.com',
  port: '5432',
  dbName: 'orders',
  userName: 'ada',
} as const;

it('a database has addresses without the password, and the password in its place', () => {
  const params = databaseParams(ADDRESS);
  expect(params).toMatchObject({
    connectionString: 'postgresql://ada@db.example.com:5432/orders',
    jdbcConnectionString: 'jdbc:postgresql://db.example.com:5432/orders?user=ada',
    readerPort: undefined,
    readerConnectionString: undefined,
  });
  expect(withPassword(params)).toEqual({
    connectionString: 'postgresql://ada:$(password)@db.example.com:5432/orders',
    jdbcConnectionString: 'jdbc:postgresql://db.example.com:5432/orders?user=ada&password=$(password)',
  });
});

it('what answers reads has the same with its name', () => {
  const params = databaseParams({ ...ADDRESS, readerHost: 'ro.example.com' });
  expect(params).toMatchObject({ readerHost: 'ro.example.com', readerPort: '5432' });
  expect(withPassword(params)).toMatchObject({
    readerConnectionString: 'postgresql://ada:$(password)@ro.example.com:5432/orders',
    readerJdbcConnectionString: 'jdbc:postgresql://ro.example.com:5432/orders?user=ada&password=$(password)',
  });
});

it('without a database or a user there is less, and nothing to complete', () => {
  const params = databaseParams({ ...ADDRESS, dbName: undefined, userName: undefined });
  expect(params.connectionString).toBe('postgresql://db.example.com:5432');
  expect(params.jdbcConnectionString).toBe('jdbc:postgresql://db.example.com:5432/');
  expect(withPassword(params)).toEqual({});
});

it("a user's name is encoded in addresses", () => {
  const params = databaseParams({ ...ADDRESS, userName: 'a@b' });
  expect(params.connectionString).toContain('//a%40b@db');
  expect(withPassword(params).connectionString).toContain('//a%40b:$(password)@db');
});
