import { HOURS_A_MONTH } from '../modules/rules/prices';
import { SERVICE_PRICES, type ServicePrice } from '../modules/rules/service-prices';
import { DOCS, read } from './docs-pages';

const P = SERVICE_PRICES;

/** Pages with prices of instances, sums of examples, or with tables of prices that are generated. */
const OTHERS = [
  'docs/operating.md',
  'docs/operate/runs.md',
  'docs/operate/check.md',
  'docs/reference/prices.md',
  'docs/stacktape/move.md',
];

/** An amount as pages write it: `$0.045`, `$0.10`, `$37`. */
const written = (amount: number) => [
  `$${Number(amount.toPrecision(10))}`,
  `$${amount.toFixed(2)}`,
  ...(amount >= 1 ? [`$${Math.round(amount)}`] : []),
];
const month = ({ dollars }: ServicePrice) => dollars * HOURS_A_MONTH;

/** Amounts that pages calculate from prices, with the page that says how. */
const CALCULATED: readonly number[] = [
  // costs.md, network.md: a NAT gateway and its address; seven endpoints.
  month(P.natGateway),
  month(P.address),
  month(P.natGateway) + month(P.address),
  month(P.endpoint),
  7 * month(P.endpoint),
  // costs.md: a database and its storage of 20 GB, and both; a node of Redis.
  month(P.databaseMicroPostgres),
  20 * P.databaseGb.dollars,
  month(P.databaseMicroPostgres) + 20 * P.databaseGb.dollars,
  month(P.cacheMicro),
  // costs.md: secrets by 10,000 reads, and the services of a run, rounded.
  P.secretRead.dollars / 100,
  // events/README.md: a million invocations of 100 ms with 256 MB.
  Number((P.lambdaGbSecond.dollars * 0.1 * 0.25 * 1e6).toFixed(2)),
  // alarms.md, notifications.md: three metrics; three state transitions of 1,000 attempts.
  3 * P.alarmMetric.dollars,
  (3 * P.stateTransition.dollars) / 1000,
  // application-load-balancer.md, kinesis-stream.md, sqs.md: a month; three addresses; an idle queue; three requests.
  month(P.loadBalancer),
  3 * month(P.address),
  month(P.stream),
  month(P.shard),
  Number(((15 * 60 * HOURS_A_MONTH * P.queueRequest.dollars) / 1e6).toFixed(2)),
  3 * P.queueRequest.dollars,
  3 * P.fifoQueueRequest.dollars,
  // storage.md: 1,000 IOPS and 100 MiB/s.
  1000 * P.volumeIops.dollars,
  100 * P.volumeThroughput.dollars,
];

/** Amounts that are rounded to their order of magnitude: `about $0.04 per vCPU`. */
const ROUGH: { readonly [amount: string]: { readonly of: number; readonly by: number } } = {
  // costs.md: a vCPU of c6i by list price, and 100 GB of a root volume for an hour.
  '$0.04': { of: 0.0425, by: 0.1 },
  '$0.011': { of: (100 * P.volumeGb.dollars) / HOURS_A_MONTH, by: 0.01 },
  // costs.md: a state transition and the trigger function.
  '$0.00003': { of: (P.stateTransition.dollars + P.lambdaRequest.dollars) / 1e6 + 0.0000004, by: 0.2 },
  // bursts.md: forty transitions, of retries and waits.
  '$0.001': { of: (40 * P.stateTransition.dollars) / 1e6, by: 0.01 },
  // notifications.md: an express workflow of a second with 64 MB.
  '$0.000002': { of: P.expressRun.dollars / 1e6 + P.expressGbSecond.dollars / 16, by: 0.1 },
  // alarms.md: five state transitions for each count, twelve counts an hour.
  '$0.0015': { of: (60 * P.stateTransition.dollars) / 1e6, by: 0.01 },
  // limits.md: six state transitions more.
  '$0.00015': { of: (6 * P.stateTransition.dollars) / 1e6, by: 0.01 },
};

const known = new Set(
  [...Object.values(P).map(({ dollars }) => dollars), ...CALCULATED, 0].flatMap(written).concat('$0'),
);

const pages = DOCS.filter((page) => !OTHERS.includes(page) && !page.startsWith('docs/reference/api/'));
const amountsOf = (page: string) =>
  [...read(page).matchAll(/(?<![`$\w])\$\d+(?:\.\d+)?(?![\d-]|\w)/g)].map(([amount]) => amount);

it('there are prices on pages', () => {
  expect(pages.flatMap(amountsOf).length).toBeGreaterThan(60);
});

it.each(pages.filter((page) => amountsOf(page).length > 0))(
  'the prices of %s are in the table, or follow from it',
  (page) => {
    expect(amountsOf(page).filter((amount) => !known.has(amount) && !Object.hasOwn(ROUGH, amount))).toEqual([]);
  },
);

it.each(Object.entries(ROUGH))('%s is near what it is of', (amount, { of, by }) => {
  const number = Number(amount.slice(1));
  expect(Math.abs(number - of) / number).toBeLessThanOrEqual(by);
});
