import { join } from 'node:path';
import { Testing } from 'cdktf';
import { endpointHints } from '../../../cli/synthesis/endpoint-hints';
import { summary } from '../../../cli/synthesis/summary';
import { parse } from '../../../modules/config/parse';
import { BatchJobsStack } from '../../../modules/stack';
import { batchJobsConfig } from '../../../modules/stack-config/config';

const packaging = { type: 'js-bundle', properties: { entryfilePath: 'authorize.ts' } };
const baseDir = join(__dirname, '../../../examples');

function hintsOf(properties: object, more: object = {}) {
  const resources = {
    orders: { type: 'relational-database', properties: { engine: { type: 'postgres' } } },
    visits: { type: 'dynamo-db-table', properties: { primaryKey: { partitionKey: { name: 'id', type: 'string' } } } },
    hello: { type: 'function', properties: { packaging, ...properties } },
  };
  const config = parse(batchJobsConfig, { stackName: 'shop', resources, ...more }, 'test');
  const stack = new BatchJobsStack(Testing.app(), config, { baseDir });
  const text = summary(config, stack, { configFile: 'jobs.yml', outdir: 'out' });
  return { hints: endpointHints(config, stack), text };
}

it('says what the endpoint of secrets costs, and what there is instead', () => {
  const { hints, text } = hintsOf({ connectTo: ['orders'] });
  expect(hints).toEqual([
    {
      property: 'vpc',
      message:
        'functions in it read their secrets through an endpoint of AWS Secrets Manager, $7.30 per month. With privateSubnets: true, ' +
        'they reach all services and the internet, for $36.50 instead',
    },
  ]);
  expect(text).toContain('Hint: vpc: functions in it read their secrets');
});

it.each([
  ['private subnets with NAT', { connectTo: ['orders'] }, { vpc: { privateSubnets: true } }],
  ['private subnets with endpoints', { connectTo: ['orders'] }, { vpc: { privateSubnets: true, egress: 'endpoints' } }],
  ['a function outside of the VPC', { environment: { TOKEN: "$Secret('token')" } }, {}],
  ['the free endpoint of Amazon DynamoDB', { connectTo: ['visits'], joinDefaultVpc: true }, {}],
])('says nothing of %s', (_, properties, more) => {
  const { hints, text } = hintsOf(properties, more);
  expect(hints).toEqual([]);
  expect(text).not.toContain('Hint: vpc');
});
