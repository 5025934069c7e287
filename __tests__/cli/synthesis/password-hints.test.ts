import { join } from 'node:path';
import { Testing } from 'cdktf';
import { passwordHints } from '../../../cli/synthesis/password-hints';
import { summary } from '../../../cli/synthesis/summary';
import { parse } from '../../../modules/config/parse';
import { BatchJobsStack } from '../../../modules/stack';
import { batchJobsConfig } from '../../../modules/stack-config/config';

const PREBUILT = { type: 'prebuilt-image', properties: { image: 'busybox' } };
const BUILT = { type: 'stacktape-image-buildpack', properties: { entryfilePath: 'authorize.ts' } };
const DATABASE = { type: 'relational-database', properties: { engine: { type: 'postgres' } } };
const EXISTING = { type: 'relational-database', existing: { host: 'db.example.com', port: 5432, engine: 'postgres' } };
const baseDir = join(__dirname, '../../../examples');

function hintsOf(packaging: object, environment: object = {}, orders: object = DATABASE) {
  const properties = {
    container: { packaging, environment },
    resources: { cpu: 1, memory: 512 },
    connectTo: ['orders'],
  };
  const resources = { orders, nightly: { type: 'batch-job', properties } };
  const config = parse(batchJobsConfig, { stackName: 'shop', resources }, 'test');
  const stack = new BatchJobsStack(Testing.app(), config, { baseDir });
  return { hints: passwordHints(stack), text: summary(config, stack, { configFile: 'jobs.yml', outdir: 'out' }) };
}

it('names the variables of a job that have no password, its own among them', () => {
  const { hints, text } = hintsOf(PREBUILT, {
    DATABASE_URL: "$ResourceParam('orders', 'connectionString')",
    MODE: 'all',
  });
  expect(hints).toEqual([
    {
      property: 'resources.nightly.properties.connectTo',
      message:
        'the password is not in DATABASE_URL, STP_ORDERS_CONNECTION_STRING, STP_ORDERS_JDBC_CONNECTION_STRING: only images that the stack ' +
        'builds from a source file put it in. Read it from the variable STP_<NAME>_PASSWORD, or keep a whole connection string in a secret',
    },
  ]);
  expect(text).toContain('Hint: resources.nightly.properties.connectTo: the password is not in DATABASE_URL');
});

it.each([
  ['an image that puts it in', BUILT, DATABASE],
  ['a database whose password is unknown', PREBUILT, EXISTING],
])('says nothing of %s', (_, packaging, orders) => {
  const { hints, text } = hintsOf(packaging, {}, orders);
  expect(hints).toEqual([]);
  expect(text).not.toContain('the password is not in');
});
