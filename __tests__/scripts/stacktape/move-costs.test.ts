import { HOURS_A_MONTH } from '../../../modules/rules/prices';
import { SERVICE_PRICES } from '../../../modules/rules/service-prices';
import { moveCosts } from '../../../scripts/stacktape/move-costs';

const { address, cacheMicro, databaseGb, databaseMicroPostgres, endpoint, loadBalancer, natGateway, shard, stream } =
  SERVICE_PRICES;

/** The amounts of the row that begins with a text. */
let rows: ReadonlyMap<string, readonly string[]>;

beforeAll(() => {
  const cells = moveCosts()
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()));
  rows = new Map(cells.map(([, what = '', ...amounts]) => [what, amounts.slice(0, 2)]));
});

const dollars = (amount: number) => `$${amount.toFixed(2).replace(/\.00$/, '')}`;

it.each<[what: string, hourly: number, monthly?: number]>([
  ['`privateSubnets: true`: a NAT gateway with its address', natGateway.dollars + address.dollars],
  ['`privateSubnets: true` with `egress: endpoints`', 7 * endpoint.dollars],
  ['`application-load-balancer`, in three zones', loadBalancer.dollars + 3 * address.dollars],
  ['`kinesis-stream` of one shard', shard.dollars],
  ['`kinesis-stream` on demand', stream.dollars],
  ['`relational-database`, db.t4g.micro with 20 GB', databaseMicroPostgres.dollars, 20 * databaseGb.dollars],
  ['`redis-cluster`, a cache.t4g.micro', cacheMicro.dollars],
])('%s costs what the list of prices says', (what, hourly, monthly = 0) => {
  const month = hourly * HOURS_A_MONTH + monthly;
  expect(rows.get(what)).toEqual([dollars(month), dollars(month / 30)]);
});

it('what has no price by the hour costs nothing', () => {
  expect(rows.get('Jobs with a schedule, buckets, topics, queues, event buses and HTTP APIs')).toEqual(['$0', '$0']);
});
