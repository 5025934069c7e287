import { join } from 'node:path';
import { App, Testing } from 'cdktf';
import { parse } from '../../modules/config/parse';
import { isPlainPassword } from '../../modules/resources/plain-password';
import { REDIS_CLUSTER } from '../../modules/resources/redis-cluster';
import { RELATIONAL_DATABASE } from '../../modules/resources/relational-database';
import { BatchJobsStack } from '../../modules/stack';
import { batchJobsConfig } from '../../modules/stack-config/config';
import { codesWith, configProblems, SMALLEST_JOB } from '../stack-config/samples';

const MESSAGE =
  'the password is in plain text in the config, in the synthesized files and in the state. Store it in AWS Secrets Manager, and write ' +
  "$Secret('<name>')";

function database(masterUserPassword?: string) {
  return RELATIONAL_DATABASE.advice?.()({ credentials: { masterUserName: 'owner', masterUserPassword } });
}

function cluster(defaultUserPassword?: string) {
  return REDIS_CLUSTER.advice?.()({ defaultUserPassword });
}

it('a password in plain text has a hint without the password', () => {
  expect(database('hunter2hunter2')).toEqual({
    property: 'credentials.masterUserPassword',
    message: `${MESSAGE}, or remove masterUserPassword: RDS then creates and rotates one`,
  });
  expect(cluster('hunter2hunter2hunter2')).toEqual({ property: 'defaultUserPassword', message: MESSAGE });
});

it('no other password has one', () => {
  expect(database()).toBeUndefined();
  expect(database("$Secret('db.password')")).toBeUndefined();
  expect(RELATIONAL_DATABASE.advice?.()({})).toBeUndefined();
  expect(cluster("$Secret('cache')")).toBeUndefined();
  expect(cluster()).toBeUndefined();
});

it.each([
  ['masterUserPassword', 'hunter2hunter2', true],
  ['defaultUserPassword', 'hunter2hunter2hunter2', true],
  ['masterUserPassword', "$Secret('db')", false],
  ['masterUserPassword', undefined, false],
  ['masterUserName', 'owner', false],
])('%s: %s is a password in plain text, or not', (property, value, expected) => {
  expect(isPlainPassword(property, value)).toBe(expected);
});

describe('a stack with passwords in plain text', () => {
  const connected = { connectTo: ['orders', 'cache'] };
  const environment = { MINE: "$ResourceParam('orders', 'connectionString')" };
  const container = { ...SMALLEST_JOB.container, environment };
  const packaging = { type: 'js-bundle', properties: { entryfilePath: 'authorize.ts' } };
  const orders = {
    type: 'relational-database',
    properties: { engine: { type: 'postgres' }, credentials: { masterUserPassword: 'hunter2orders' } },
  };
  const resources = {
    orders,
    cache: { type: 'redis-cluster', properties: { defaultUserPassword: 'hunter2cachehunter2' } },
    job: { type: 'batch-job', properties: { ...SMALLEST_JOB, container, ...connected } },
    hello: { type: 'function', properties: { packaging, ...connected } },
  };

  it('has each once, in the value of its secret', () => {
    const config = parse(batchJobsConfig, { stackName: 'shop', region: 'eu-west-1', resources }, 'test');
    const baseDir = join(__dirname, '../../examples');
    const text = Testing.synth(new BatchJobsStack(new App(), config, { baseDir }));
    expect(text.match(/[^\n]*hunter2[^\n]*/g)?.map((line) => line.trim())).toEqual([
      '"secret_string": "hunter2cachehunter2"',
      '"secret_string": "hunter2orders"',
    ]);
  });

  it.each([
    ['hunter2', 'out-of-range'],
    ['hunter2 hunter2', 'invalid-format'],
    ['$hunter2(hunter2)', 'invalid-directive'],
    ['hunter2$Stage()', 'invalid-directive'],
    [22222222, 'wrong-type'],
    [{ hunter2: 'hunter2' }, 'wrong-type'],
  ])('does not show one that is refused: %j', (masterUserPassword, code) => {
    const properties = { ...orders.properties, credentials: { masterUserPassword } };
    const given = { stackName: 'shop', resources: { ...resources, orders: { ...orders, properties } } };
    const problems = configProblems(given);
    expect(problems.map(({ path }) => path)).toEqual(['resources.orders.properties.credentials.masterUserPassword']);
    expect(codesWith(batchJobsConfig, given)).toEqual([code]);
    expect(JSON.stringify(problems)).not.toMatch(/hunter2|22222222/);
  });
});
