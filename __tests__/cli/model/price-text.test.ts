import {
  countText,
  dollarsText,
  foreignText,
  monthlyText,
  savingText,
  sourceSentences,
  standingLine,
} from '../../../cli/model/price-text';

it.each([
  [undefined, 'unknown'],
  [0, '$0'],
  [0.085, '$0.085'],
  [0.1008, '$0.101'],
  [0.5, '$0.5'],
  [0.0000255, '$0.0000255'],
  [0.00000009, 'less than $0.000001'],
  [1, '$1'],
  [4.6, '$4.60'],
  [18.144, '$18.14'],
  [99.999, '$100'],
  [1204.4, '$1,204'],
] as const)('%s dollars are %s', (amount, text) => {
  expect(dollarsText(amount)).toBe(text);
});

it.each([
  [0, '$0'],
  [0.004, 'less than $0.01'],
  [0.263, '$0.26'],
  [3, '$3'],
  [51.1, '$51.10'],
  [588.01, '$588'],
])('%s dollars a month are %s', (amount, text) => {
  expect(monthlyText(amount)).toBe(text);
});

it.each([
  [0.5, 'half the price'],
  [2 / 3, 'a third of the price'],
  [0.75, 'a quarter of the price'],
  [0.238, '24% less'],
  [0.001, 'less than 1% less'],
])('saving %s is %s', (share, text) => {
  const saving = { property: 'memory', from: 8192, to: 7680, instanceType: 'm6i.large', hourly: 1, share } as const;
  expect(savingText(saving)).toBe(`7,680 instead of 8,192 MiB: ${text}, on m6i.large`);
});

it('counts', () => {
  expect(countText(1, 'vCPU')).toBe('1 vCPU');
  expect(countText(2000, 'vCPU')).toBe('2,000 vCPUs');
  expect(countText(2, 'address')).toBe('2 addresses');
  const lines = [
    { what: 'interface endpoint', count: 7, monthly: 51.1 },
    { what: 'public IPv4 address of a load balancer', count: 3, monthly: 10.95 },
    { what: 'Redis node (cache.r7g.large)', count: 2, why: 'its class has no price here' },
    { what: 'instance that spot-cpu keeps running (c6i.large)', count: 2, monthly: 124 },
    { what: 'storage of a database, 20 GB', count: 1, monthly: 2.3 },
  ].map(standingLine);
  expect(lines).toEqual([
    '$51.10: 7 interface endpoints',
    '$10.95: 3 public IPv4 addresses of a load balancer',
    'unknown: 2 Redis nodes (cache.r7g.large), its class has no price here',
    '$124: 2 instances that spot-cpu keeps running (c6i.large)',
    '$2.30: storage of a database, 20 GB',
  ]);
});

it('says of services when their prices were entered, which is not when AWS published them', () => {
  const sources = {
    instances: { from: 'list', region: 'us-east-1', asOf: '2026-07-20' } as const,
    services: { region: 'us-east-1', asOf: '2026-11-27' },
    isOld: false,
  };
  expect(sourceSentences(sources, 'us-east-1')).toEqual([
    'Instances: on-demand list prices of us-east-1, 2026-07-20.',
    'Everything else: list prices of us-east-1, compared with other lists on 2026-11-27, without free tiers.',
  ]);
});

it("the prices of the stack's region are not another region's", () => {
  const from = (region: string) => ({
    instances: { from: 'list', region, asOf: '2026-07-20' } as const,
    services: { region, asOf: '2026-07-20' },
    isOld: false,
  });
  expect(foreignText(from('us-east-1'), 'us-east-1')).toBeUndefined();
  expect(foreignText(from('us-east-1'), 'eu-west-1')).toBe("us-east-1's price");
  expect(foreignText(from('us-east-1'), undefined)).toBe("us-east-1's price");
});
