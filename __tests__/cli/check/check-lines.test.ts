import { stripVTControlCharacters } from 'node:util';
import { checkLines } from '../../../cli/check/check-lines';
import { checked, job } from '../cost/checked';

const spot = { useSpotInstances: true, retryConfig: { attempts: 2, spotInterruption: { thenOnDemand: true } } };
const resources = {
  report: job({ cpu: 2, memory: 8192, instanceTypes: ['m6i'] }, spot),
  train: job({ cpu: 8, memory: 60_000, gpu: 2 }),
  odd: job({ instanceTypes: ['x99'] }),
};
const found = checked(
  { resources, region: 'eu-west-1', dashboard: true, vpc: { privateSubnets: true } },
  { runs: () => ({ minutes: 12.34, from: 'measured', runs: 3 }) },
);
const lines = (width: number | undefined, of = found) => checkLines(of, width).map(stripVTControlCharacters);

it('is a table from 100 columns on, and in a pipe', () => {
  for (const width of [undefined, 140]) {
    const [head, , titles, report, train, odd] = lines(width);
    expect(head).toBe('Stack shop in eu-west-1: what its jobs run on, and what it costs');
    expect(titles).toMatch(
      /^JOB +REQUEST +SMALLEST +JOBS +LEFT OVER +PER HOUR \(us-east-1's price\) +IF SHARED +PER RUN$/,
    );
    expect(report).toMatch(
      /^report +2 vCPUs, 8,192 MiB, Spot +m6i\.xlarge +1 +2 vCPUs, 7,372 MiB +\$0\.192 +\$0\.102 +\$0\.0418$/,
    );
    expect(train).toMatch(/^train .*2 GPUs, on-demand +g5\.12xlarge +2 +32 vCPUs, 66,777 MiB +\$5\.67/);
    expect(odd).toMatch(/^odd +1 vCPU, 512 MiB, on-demand +unknown +unknown +unknown$/);
  }
  expect(lines(99).join('\n')).not.toContain('SMALLEST');
});

it('has GPUs that are left over, which cost most', () => {
  const three = checked({ resources: { train: job({ cpu: 8, memory: 60_000, gpu: 3 }) } });
  expect(lines(80, three)).toContain('  Left over    1 GPU, 40 vCPUs, 126,777 MiB');
});

it.each([80, 99, 100, 120, 160])('no line is longer than a terminal of %i columns', (width) => {
  expect(lines(width).filter((line) => line.length > width)).toEqual([]);
});

it('is a block for each job on a narrow terminal', () => {
  const text = lines(80);
  const start = text.indexOf('report  2 vCPUs, 8,192 MiB, Spot');
  expect(text.slice(start, start + 13)).toEqual([
    'report  2 vCPUs, 8,192 MiB, Spot',
    '  Smallest     m6i.xlarge, with 1 job at once',
    '  Left over    2 vCPUs, 7,372 MiB',
    "  Price        $0.192 per hour on demand, $0.102 if jobs share it, us-east-1's",
    '               price',
    '  Types        9 types of m6i',
    '  Not smaller  m6i.large leaves 7,782 of its 8,192 MiB to jobs, and the job asks',
    '               for 8,192.',
    '  Smaller      7,680 instead of 8,192 MiB: half the price, on m6i.large',
    '  Spot         up to 90% less. On demand when its free restarts are used up',
    '  Run          $0.0418 for 12 minutes, the median of 3 runs: instance $0.0395,',
    '               root volume $0.00225, address $0, Step Functions and Lambda',
    '               $0.0000255',
  ]);
});

it('says what the whole stack costs, and what is not known', () => {
  const text = lines(undefined).join('\n');
  expect(text).toContain('While nothing runs  $39.50 per month, without what is stored\n');
  expect(text).toMatch(/\n {20}\$32\.85: NAT gateway\n {20}\$3\.65: public IPv4 address\n {20}\$3: dashboard\n/);
  expect(text).toMatch(/At most +unknown per hour, of all compute environments at once\n/);
  const flat = text.replace(/\s+/g, ' ');
  expect(flat).toMatch(/unknown: 256 vCPUs of on-demand-cpu-x86-64-\w+, with x99, of which no price is known here/);
  expect(flat).toMatch(
    /\$18\.24: 256 vCPUs of spot-cpu-x86-64-\w+, which the last instance exceeds by 124, as 2 × m6i\.32xlarge, m6i\.24xlarge, m6i\.4xlarge and 2 smaller /,
  );
  expect(flat).toContain('odd 1 vCPU, 512 MiB, on-demand Unknown x99 in instanceTypes is not in the table');
  expect(text).toContain('Each instance       $0.011 per hour for its root volume, no public address');
  expect(text).toContain('Instances: on-demand list prices of us-east-1, 2026-07-20.');
  expect(text).toContain('Prices of other regions differ: check --aws asks AWS for them.');
  expect(text).not.toContain('more than 180 days old');
});

it('says that lists are old, and where other prices are from', () => {
  const old = checked({ resources: { one: job({}) } }, { now: new Date('2027-03-01') });
  expect(lines(undefined, old).join('\n')).toContain('These lists are more than 180 days old: update the package');
  const regional = { region: 'eu-west-1', asOf: '2026-12-01', of: () => 1 };
  const asked = checked(
    { resources: { one: job({}, spot) } },
    { regional, region: 'eu-west-1', spot: () => ({ lowest: 0.1, highest: 0.2 }) },
  );
  const text = lines(undefined, asked).join('\n');
  expect(text).toContain('Instances: on-demand prices of eu-west-1 from AWS, 2026-12-01.');
  expect(text).toContain('Spot   $0.1 to $0.2 per hour now for c6i.large, from AWS.');
  expect(text).not.toMatch(/us-east-1's price|--aws/);
});

it('says that a config has no jobs', () => {
  expect(lines(80, checked({}))).toContain('The config has no jobs.');
});

it('says what attempts land on that follow one that was killed for memory', () => {
  const retryConfig = { attempts: 3, onOutOfMemory: { maxMemory: 30_000 } };
  const of = checked({ resources: { one: job({ memory: 1800, instanceTypes: ['m6i'] }, { retryConfig }) } });
  const text = lines(100, of);
  const start = text.findIndex((line) => line.includes('More memory'));
  expect(text.slice(start, start + 3)).toEqual([
    '  More memory  3,600 MiB on m6i.large, $0.096 per hour',
    '               7,200 MiB on m6i.large, $0.096 per hour',
    '               attempts are too few to reach maxMemory, 30,000 MiB',
  ]);
});

it('has the price of an item, if the job has items', () => {
  const minutes = { runs: () => ({ minutes: 10, from: 'given' as const }) };
  const items = checked({ resources: { tile: job({}, { forEach: { items: '$.keys' } }) } }, minutes);
  const text = lines(140, items);
  expect(text.find((line) => line.startsWith('tile '))).toMatch(/ \$0\.0168 an item$/);
  expect(text.join('\n').replace(/\n {9}/g, ' ')).toMatch(
    /^ {2}Item {3}\$0\.0168 for 10 minutes: instance .*, without Step Functions and Lambda \$0\.000226 for all items of a run$/m,
  );
});
