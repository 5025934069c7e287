import { standingCosts } from '../../cli/cost/standing-costs';
import { createStackInMemory, documentOf } from '../../cli/local/stacks/stack-in-memory';
import { monthlyText } from '../../cli/model/price-text';
import { parse } from '../../modules/config/parse';
import { HOURS_A_MONTH } from '../../modules/rules/prices';
import { SERVICE_PRICE_LIST, SERVICE_PRICES } from '../../modules/rules/service-prices';
import { batchJobsConfig } from '../../modules/stack-config/config';
import { config, job, withJob } from './difference';

/** What stands twice while both stacks do, and a config with it. */
const TWICE: readonly (readonly [what: string, config: object])[] = [
  ['Jobs with a schedule, buckets, topics, queues, event buses and HTTP APIs', stored()],
  ['`privateSubnets: true`: a NAT gateway with its address', privately('nat')],
  ['`privateSubnets: true` with `egress: endpoints`', privately('endpoints')],
  ['`application-load-balancer`, in three zones', withJob({}, { entry: { type: 'application-load-balancer' } })],
  ['`kinesis-stream` of one shard', withJob({}, { clicks: { type: 'kinesis-stream', properties: { shardCount: 1 } } })],
  [
    '`kinesis-stream` on demand',
    withJob({}, { clicks: { type: 'kinesis-stream', properties: { capacityMode: 'ON_DEMAND' } } }),
  ],
  ['`relational-database`, db.t4g.micro with 20 GB', withJob({}, { ledger: database() })],
  ['`redis-cluster`, a cache.t4g.micro', withJob({}, { cache: redis() })],
  ['An `sqs` event, though no message comes', withJob(polled(), { inbox: { type: 'sqs-queue' } })],
  ['`limits` of a job', withJob({ limits: { concurrentRuns: 1 } })],
];

/** Zones of the VPC that a stack creates. A load balancer has an address in each, and only Terraform knows their number. */
const ZONES = 3;
const ZONED = 'public IPv4 address of a load balancer';

/** The table of what each part costs by the month and by the day. */
export function moveCosts(): string {
  const rows = TWICE.map(([what, given]) => {
    const monthly = monthOf(given);
    return `| ${what} | ${monthlyText(monthly)} | ${monthlyText(monthly / 30)} |`;
  });
  return ['| While both stand | A month | A day |', '| --- | --- | --- |', ...rows].join('\n');
}

/** US dollars per month while nothing runs. A part without a price here would make the table wrong. */
function monthOf(given: object): number {
  const resolved = parse(batchJobsConfig, { region: SERVICE_PRICE_LIST.region, ...given }, 'move.yml');
  const stack = createStackInMemory({ file: 'move.yml', config: resolved });
  return standingCosts(documentOf(stack)).reduce((sum, { what, monthly }) => {
    const part = what === ZONED ? ZONES * SERVICE_PRICES.address.dollars * HOURS_A_MONTH : monthly;
    if (part === undefined) throw new Error(`${what} has no price here`);
    return sum + part;
  }, 0);
}

function stored(): object {
  const types = ['bucket', 'sns-topic', 'sqs-queue', 'event-bus', 'http-api-gateway'] as const;
  const events = [{ type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } }];
  return withJob({ events }, Object.fromEntries(types.map((type) => [type.replace(/\W/g, ''), { type }])));
}

function privately(egress: string): object {
  // With endpoints, jobs reach no other registry.
  const image = `123456789012.dkr.ecr.${SERVICE_PRICE_LIST.region}.amazonaws.com/tally:1`;
  const container = { packaging: { type: 'prebuilt-image', properties: { image } } };
  return config({ tally: job({ container }) }, { vpc: { privateSubnets: true, egress } });
}

function polled(): object {
  return { events: [{ type: 'sqs', properties: { sqsQueueName: 'inbox' } }] };
}

function database(): object {
  const credentials = { masterUserPassword: "$Secret('ledger.password')" };
  const primaryInstance = { instanceSize: 'db.t4g.micro' };
  const engine = { type: 'postgres', properties: { version: '16.6', primaryInstance } };
  return { type: 'relational-database', properties: { credentials, engine } };
}

function redis(): object {
  return {
    type: 'redis-cluster',
    properties: { instanceSize: 'cache.t4g.micro', defaultUserPassword: "$Secret('cache.password')" },
  };
}
