import { capacityItem, hourCost } from '../../../../cli/console/picture/capacity';
import type { Painter } from '../../../../cli/console/picture/painter';

type Props = Parameters<typeof capacityItem>[1];
interface Item {
  readonly detail: readonly { readonly text: string }[];
  readonly settings: readonly { readonly label: string; readonly value: string }[];
  readonly costs: readonly (string | { readonly withoutPrice: string })[];
}

/** A painter that knows the blocks of a compute environment and its queue. */
function painter(environment: object | undefined, { config = {}, queue = { name: 'queue' } as object | null } = {}) {
  const blocks: Record<string, object | undefined> = { environment, queue: queue ?? undefined };
  return {
    config: {
      region: 'us-east-1',
      ...config,
      compute: { rootVolumeGb: 30, maxVcpus: 64, ...(config as { compute?: object }).compute },
    },
    resources: { get: (address: string) => blocks[address] && { address, block: blocks[address] } },
    readable: {
      argument: (value: unknown) =>
        Array.isArray(value) ? value.join(', ') : value === undefined ? '' : String(value),
      value: (value: unknown) => `${value}`,
    },
    item: (drawing: object) => drawing,
  } as unknown as Painter;
}

const props = (resources: object = {}, freeRestarts = 2) =>
  ({
    resources: { cpu: 1, memory: 1024, architecture: 'x86_64', ...resources },
    retryConfig: { spotInterruption: { freeRestarts } },
  }) as unknown as Props;

const place = (isFallback = false) => ({ environment: 'environment', queue: 'queue', isFallback });
const compute = (given: object) => ({
  name_prefix: 'reports-',
  compute_resources: { type: 'EC2', max_vcpus: 64, min_vcpus: 0, ...given },
});

const drawn = (given: object = {}, options = {}, job = props(), isFallback = false) =>
  capacityItem('etl', job, place(isFallback), painter(compute(given), options)) as unknown as Item &
    Record<string, unknown>;

it.each([
  ['SPOT', false, 'etl/spot', 'spot', 'Spot'],
  ['EC2', false, 'etl/on-demand', 'on-demand', 'On-demand'],
  ['EC2', true, 'etl/fallback', 'on-demand', 'On-demand fallback'],
])('an environment of type %s, a fallback: %s', (type, isFallback, id, kind, title) => {
  const item = drawn({ type }, {}, props(), isFallback);
  expect(item).toMatchObject({ id, kind, title, queue: 'queue' });
  expect(item.isFallback).toBe(isFallback ? true : undefined);
  expect(item.made).toHaveLength(2);
});

it('says what it begins with, and how far it goes', () => {
  const texts = (...given: Parameters<typeof drawn>) =>
    drawn(...given)
      .detail.map(({ text }) => text)
      .join('');
  expect(texts()).toMatch(/^[a-z]\w+\.\w+ or larger, at most 64 vCPUs$/);
  expect(texts({}, {}, props(), true)).toBe('after 2 free restarts, at most 64 vCPUs');
  expect(texts({}, {}, props({}, 1), true)).toBe('after 1 free restart, at most 64 vCPUs');
  expect(texts({ instance_type: ['a', 'b'] }, {}, props({ cpu: -1 }))).toBe('a, b, at most 64 vCPUs');
  expect(texts({ instance_type: ['a'] }, {}, props({ instanceTypes: ['unknown.large'] }))).toBe('a, at most 64 vCPUs');
});

describe('the settings', () => {
  const settings = (...given: Parameters<typeof drawn>) =>
    Object.fromEntries(drawn(...given).settings.map(({ label, value }) => [label, value]));

  it('come from the document', () => {
    const given = {
      instance_type: ['c6i', 'm6i'],
      min_vcpus: 4,
      allocation_strategy: 'BEST_FIT_PROGRESSIVE',
      ec2_configuration: [{ image_type: 'ECS_AL2023' }],
    };
    expect(settings(given)).toEqual({
      'Instance types': 'c6i, m6i',
      'Maximum vCPUs': '64',
      'Minimum vCPUs': '4',
      'Allocation strategy': 'BEST_FIT_PROGRESSIVE',
      'Machine image': 'ECS_AL2023',
      'Root volume': '30 GiB',
      'Job queue': 'queue',
      'Name of the compute environment begins with': 'reports-',
    });
    expect(settings({ ec2_configuration: { image_type: 'one' } })['Machine image']).toBe('one');
    const code = (drawn(given).settings as readonly { label: string; isCode?: boolean }[]).filter(
      ({ isCode }) => isCode,
    );
    expect(code.map(({ label }) => label)).toEqual([
      'Instance types',
      'Allocation strategy',
      'Machine image',
      'Job queue',
      'Name of the compute environment begins with',
    ]);
  });

  it('that are not known are missing', () => {
    const item = capacityItem('etl', props(), place(), painter(undefined, { queue: null })) as unknown as Item;
    expect(item.settings.map(({ label }) => label)).toEqual(['Root volume']);
    expect(item).toMatchObject({ queue: undefined, made: [], detail: [{}, { text: ', at most  vCPUs' }] });
    expect(settings({ allocation_strategy: null })).not.toHaveProperty('Allocation strategy');
  });

  it.each([
    [{ rootVolumeIops: 4000 }, '30 GiB, 4000 IOPS'],
    [{ rootVolumeThroughputMibps: 200 }, '30 GiB, 200 MiB/s'],
    [{ rootVolumeIops: 4000, rootVolumeThroughputMibps: 200 }, '30 GiB, 4000 IOPS, 200 MiB/s'],
  ])('of a root volume with %j', (volume, expected) => {
    expect(settings({}, { config: { compute: volume } })['Root volume']).toBe(expected);
  });

  it('say that Docker uses the instance store', () => {
    expect(settings({}, {}, props({ useInstanceStore: true }))['Instance store']).toBe("Docker's folder");
    expect(settings({}, {}, props({ useInstanceStore: false }))).not.toHaveProperty('Instance store');
  });
});

describe('the costs', () => {
  const sentences = (...given: Parameters<typeof drawn>) =>
    drawn(...given).costs.map((cost) => (typeof cost === 'string' ? cost : `(${cost.withoutPrice})`));

  it('of one that keeps nothing', () => {
    const job = props({ instanceTypes: ['m6i.large'], cpu: 2, memory: 1024 });
    expect(sentences({}, {}, job)).toEqual([
      '(Costs nothing while no job runs.)',
      expect.stringMatching(
        /^The smallest instance that fits, m6i\.large, costs \$0\.096 per hour on demand \(list price of .+, .+\)\.$/,
      ),
      expect.stringMatching(
        /^A public address costs \$0\.005 per hour for each instance, and none in private subnets\.$/,
      ),
    ]);
  });

  it('of a job that uses a part of an instance', () => {
    const job = props({ instanceTypes: ['m6i.large'], cpu: 1, memory: 512 });
    expect(sentences({}, {}, job)[2]).toBe('This job uses 50% of it: about $0.048 per hour.');
  });

  it('of Spot', () => {
    expect(sentences({ type: 'SPOT' })).toContain('(Spot costs up to 90% less. Its price changes.)');
    expect(sentences({ type: 'EC2' })).not.toContain('(Spot costs up to 90% less. Its price changes.)');
  });

  it.each([
    { cpu: -1 },
    { memory: -1 },
    { gpu: -1 },
    { cpu: 0 },
    { memory: 0 },
    { gpu: 0 },
    { instanceTypes: ['unknown.large'] },
  ])('of a job with %j are not known', (resources) => {
    expect(sentences({}, {}, props(resources))).toEqual([
      '(Costs nothing while no job runs.)',
      '(The price of the instances is not known here.)',
    ]);
  });

  it.each<[unknown, object, RegExp]>([
    [4, {}, /^Keeps 4 vCPUs running while no job runs: at least \$\d+ per month on demand \(list price of .+\)\.$/],
    [
      4,
      { instanceTypes: ['unknown.large'] },
      /^\(Keeps 4 vCPUs running while no job runs\. Their price is not known here\.\)$/,
    ],
    ['${a}', {}, /^\(Keeps vCPUs running while no job runs\. Their number is known at deployment\.\)$/],
    [-1, {}, /^\(Keeps vCPUs running while no job runs\. Their number is known at deployment\.\)$/],
    [undefined, {}, /^\(Keeps vCPUs running while no job runs\. Their number is known at deployment\.\)$/],
  ])('of one that keeps %s vCPUs', (min_vcpus, resources, expected) => {
    expect(sentences({ min_vcpus }, {}, props(resources))[0]).toMatch(expected);
  });

  it('of GPUs that are kept are those of instances with GPUs', () => {
    const month = (resources: object) =>
      Number(/\$(\d+) per month/.exec(sentences({ min_vcpus: 4 }, {}, props(resources))[0] ?? '')?.[1]);
    expect(month({ gpu: 1 })).toBeGreaterThan(month({}) * 2);
  });
});

it('what an hour of a run costs', () => {
  const cost = (resources: object) => hourCost(props(resources), painter(undefined));
  expect(cost({ instanceTypes: ['m6i.large'], cpu: 1, memory: 512 })).toMatch(
    /^An hour of a run costs about \$0\.048 on m6i\.large, on demand \(list price of .+, .+\)\.$/,
  );
  expect(cost({ instanceTypes: ['m6i.large'], cpu: 1, memory: 5000 })).toMatch(/ about \$0\.0\d{3} on m6i\.large,/);
  const unknown = { withoutPrice: 'What an hour of a run costs is not known here.' };
  expect([cost({ cpu: -1 }), cost({ instanceTypes: ['unknown.large'] })]).toEqual([unknown, unknown]);
});
