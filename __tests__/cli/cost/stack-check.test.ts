import * as fc from 'fast-check';
import { knownSum } from '../../../cli/cost/known-sum';
import { standingLine } from '../../../cli/model/price-text';
import type { StackCheck } from '../../../cli/model/stack-check';
import { checked, job, NOW } from './checked';

const spot = { useSpotInstances: true, retryConfig: { attempts: 2, spotInterruption: { thenOnDemand: true } } };

describe('a job', () => {
  const found = checked({
    resources: {
      small: job({ cpu: 2, memory: 1800 }, spot),
      big: job({ cpu: 2, memory: 8192, instanceTypes: ['m6i'] }),
      arm: job({ architecture: 'arm64' }),
      train: job({ gpu: 1, memory: 15_000, cpu: 4 }),
      fast: job({ memory: 4000, useInstanceStore: true, instanceTypes: ['m6id'] }),
    },
  });
  const of = (name: string) => {
    const one = found.jobs.find((each) => each.job === name);
    if (one === undefined) throw new Error(name);
    return one;
  };

  it('says what it asks for, the smallest instance and its price', () => {
    expect(of('small')).toMatchObject({
      request: {
        cpu: 2,
        memory: 1800,
        architecture: 'x86_64',
        isSpot: true,
        thenOnDemand: true,
        useInstanceStore: false,
      },
      isSure: true,
      price: { instanceType: 'c6i.large', alone: 0.085, full: 0.085, address: 0.005 },
      savings: [],
    });
    expect(of('small').instances[0]).toMatchObject({ instanceType: 'c6i.large', jobs: 1, memoryLeft: 2091 });
    expect(of('small').instances.length).toBeGreaterThan(30);
    expect(of('small')).not.toHaveProperty('run');
    expect(of('small').price).not.toHaveProperty('spot');
    expect(of('arm').instances[0]?.instanceType).toBe('c6g.medium');
    expect(of('train').request).toMatchObject({ gpu: 1 });
    expect(of('train').instances[0]).toMatchObject({ instanceType: 'g6.xlarge', gpus: 1 });
    expect(of('fast')).toMatchObject({ request: { useInstanceStore: true }, price: { instanceType: 'm6id.large' } });
  });

  it('says why not a smaller one, and what a smaller request would save', () => {
    expect(of('big')).toMatchObject({
      price: { alone: 0.192 },
      notSmaller: 'm6i.large leaves 7,782 of its 8,192 MiB to jobs, and the job asks for 8,192.',
      savings: [{ property: 'memory', from: 8192, to: 7680, instanceType: 'm6i.large', hourly: 0.096, share: 0.5 }],
    });
  });

  it('shares its environment, or has one: the dearest hour is that of all of its jobs, and all add up', () => {
    expect(found.environments.map(({ name, jobs, isSpot, isFallback }) => [name, jobs, isSpot, isFallback])).toEqual([
      ['spot-cpu-x86-64', ['small'], true, false],
      ['on-demand-cpu-x86-64', ['small'], false, true],
      [expect.stringMatching(/^on-demand-cpu-x86-64-\w{8}$/), ['big'], false, false],
      ['on-demand-cpu-arm64', ['arm'], false, false],
      ['on-demand-gpu-x86-64', ['train'], false, false],
      [expect.stringMatching(/^on-demand-cpu-x86-64-store-\w{8}$/), ['fast'], false, false],
    ]);
    const kept = { minVcpus: 4, maxVcpus: 64 };
    const [idle] = checked({
      compute: kept,
      resources: { one: job({ cpu: 64, instanceTypes: ['c6i'] }) },
    }).environments;
    // Both are full: the larger types that the job needs, and a smaller one that only stands by.
    expect(idle?.dearest?.instances.map(({ instanceType }) => instanceType)).toContain('c6i.large');
    const unnamed = checked({ resources: { odd: job({ instanceTypes: ['x99', 'm6i', 'y1.large'] }) } });
    expect(unnamed.jobs[0]).toMatchObject({ unknownTypes: ['x99', 'y1.large'], instances: [] });
    expect(unnamed.environments[0]).toMatchObject({ unpriced: ['x99', 'y1.large'] });
    const shared = checked({ resources: { one: job({}), other: job({ memory: 100_000 }) } });
    expect(shared.environments).toMatchObject([{ jobs: ['one', 'other'], maxVcpus: 256, minVcpus: 0 }]);
    expect(found.atMost).toBeCloseTo(found.environments.reduce((sum, { dearest }) => sum + (dearest?.hourly ?? 0), 0));
  });
});

describe('a run', () => {
  const minutes = (runs: number) => ({ runs: () => ({ minutes: runs, from: 'given' as const }) });

  it('costs its part of an hour of the instance, its volume and its address, and what starts it', () => {
    const [one] = checked({ resources: { one: job({ cpu: 2 }) } }, minutes(30)).jobs;
    expect(one?.run).toMatchObject({ minutes: 30, from: 'given', instance: 0.0425, address: 0.0025 });
    expect(one?.run?.rootVolume).toBeCloseTo(4 / 730, 10);
    expect(one?.run?.services).toBeCloseTo(0.0000255, 7);
  });

  it('with items costs by the item: what starts the run is for all of them', () => {
    const resources = { one: job({ cpu: 2 }, { forEach: { items: '$.keys' } }) };
    const [one] = checked({ resources }, minutes(30)).jobs;
    const { alone = 0, instance = 0, rootVolume = 0, address = 0, services, isItem } = one?.run ?? {};
    expect(isItem).toBe(true);
    expect(alone).toBeCloseTo(instance + rootVolume + address, 10);
    // 9 state transitions, and the trigger and the items function.
    expect(services).toBeCloseTo(9 * 0.000025 + 3 * 0.0000002 + 0.1 * 0.25 * 0.0000166667, 6);
    const measured = { runs: () => ({ minutes: 30, from: 'measured' as const, runs: 3 }) };
    expect(checked({ resources }, measured).jobs[0]?.run).toBeUndefined();
    expect(checked({ resources: { one: job({ cpu: 2 }) } }, measured).jobs[0]?.run).not.toHaveProperty('isItem');
  });

  it('with limits takes three more state transitions, or one if it is skipped instead of waiting', () => {
    const services = (more: object) =>
      checked({ resources: { one: job({}, more) } }, minutes(1)).jobs[0]?.run?.services ?? 0;
    expect(services({ limits: { concurrentRuns: 1 } }) - services({})).toBeCloseTo(3 * 0.000025, 10);
    const skipping = services({ limits: { concurrentRuns: 1, whenExceeded: 'skip' } });
    expect(skipping - services({})).toBeCloseTo(0.000025, 10);
  });

  it('adds up for any size and duration', () => {
    const sizes = fc.record({ cpu: fc.integer({ min: 1, max: 16 }), memory: fc.integer({ min: 64, max: 60_000 }) });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 5000 }), (size, duration) => {
        const [one] = checked({ resources: { one: job(size) } }, minutes(duration)).jobs;
        const { alone = 0, instance = 0, rootVolume = 0, address = 0, services = 0 } = one?.run ?? {};
        expect(instance + rootVolume + address + services).toBeCloseTo(alone, 10);
        expect(instance).toBeCloseTo(((one?.price?.alone ?? 0) * duration) / 60, 10);
      }),
      { numRuns: 6 },
    );
  });
});

describe('while nothing runs', () => {
  const idle = (given: Parameters<typeof checked>[0]) => checked({ resources: { one: job({}) }, ...given }).idle;
  const lines = ({ costs }: StackCheck['idle']) => costs.map(({ what, count }) => `${count} ${what}`);

  it('a stack in its default network costs nothing', () => {
    expect(idle({})).toEqual({ costs: [], monthly: 0, known: 0 });
  });

  it('instances that are kept running have volumes and addresses', () => {
    const kept = idle({ compute: { minVcpus: 3 } });
    expect(lines(kept)).toEqual([
      '1 instance that on-demand-cpu-x86-64 keeps running (c6i.xlarge)',
      '1 root volume of on-demand-cpu-x86-64',
      '1 public IPv4 address of on-demand-cpu-x86-64',
    ]);
    expect(kept.monthly).toBeCloseTo(0.17 * 730 + 8 + 3.65, 6);
  });

  it('Spot instances that are kept have their on-demand price, and say so', () => {
    const spot = job({}, { useSpotInstances: true });
    const { costs } = checked({ compute: { minVcpus: 3 }, resources: { one: spot } }).idle;
    expect(costs.map(standingLine)[0]).toBe(
      '$124: instance that spot-cpu-x86-64 keeps running (c6i.xlarge), at its on-demand price: Spot costs up to 90% less',
    );
    expect(costs[0]?.monthly).toBeCloseTo(0.17 * 730, 6);
  });

  it('private subnets have no addresses, and a NAT gateway has one', () => {
    const kept = idle({ compute: { minVcpus: 3 }, vpc: { privateSubnets: true } });
    expect(lines(kept)).toEqual([
      '1 instance that on-demand-cpu-x86-64 keeps running (c6i.xlarge)',
      '1 NAT gateway',
      '1 root volume of on-demand-cpu-x86-64',
      '1 public IPv4 address',
    ]);
    expect(checked({ resources: { one: job({}) }, vpc: { privateSubnets: true } }).jobs[0]?.price?.address).toBe(0);
  });

  it('what is unknown comes first, and makes the sum unknown', () => {
    const unknown = idle({
      compute: { minVcpus: 2 },
      vpc: { vpcId: 'vpc-0123456789abcdef0', subnetIds: ['subnet-0123456789abcdef0'] },
      dashboard: true,
    });
    expect(lines(unknown)[0]).toBe('1 public IPv4 address of on-demand-cpu-x86-64');
    expect(unknown).not.toHaveProperty('monthly');
    expect(unknown.known).toBeCloseTo(0.085 * 730 + 8 + 3, 6);
    const kept = checked({ compute: { minVcpus: 2 }, resources: { one: job({ instanceTypes: ['x99'] }) } });
    expect(kept.idle.costs[0]).toMatchObject({ why: 'its instance types have no known price' });
    expect(kept).not.toHaveProperty('atMost');
  });

  it('the costs add up', () => {
    const { costs, monthly } = idle({ dashboard: true, vpc: { privateSubnets: true }, compute: { minVcpus: 8 } });
    expect(knownSum(costs.map((cost) => cost.monthly))).toBeCloseTo(monthly ?? 0, 10);
  });
});

describe('prices', () => {
  const resources = { one: job({ instanceTypes: ['m6i'] }, { useSpotInstances: true }) };

  it('are of the list, which says so when it is old', () => {
    expect(checked({ resources }).prices).toEqual({
      instances: { from: 'list', region: 'us-east-1', asOf: '2026-07-20' },
      services: { region: 'us-east-1', asOf: '2026-11-27' },
      isOld: false,
    });
    const at = (now: string) => checked({ resources }, { now: new Date(now) }).prices.isOld;
    expect(at('2027-01-16T00:00:00Z')).toBe(false);
    expect(at('2027-01-16T00:00:00.001Z')).toBe(true);
  });

  it('are those of AWS if they are given, for on-demand and for Spot', () => {
    const found = checked(
      { resources, compute: { minVcpus: 2 } },
      {
        regional: { region: 'eu-west-1', asOf: '2026-12-01', of: (type) => (type === 'm6i.large' ? 2 : undefined) },
        spot: (type) => (type === 'm6i.large' ? { lowest: 0.5, highest: 0.75 } : undefined),
        region: 'eu-west-1',
      },
    );
    expect(found).toMatchObject({ region: 'eu-west-1', prices: { instances: { from: 'aws', region: 'eu-west-1' } } });
    expect(found.jobs[0]?.price).toMatchObject({
      instanceType: 'm6i.large',
      alone: 2,
      spot: { lowest: 0.5, highest: 0.75 },
    });
    expect(found.idle.known).toBeCloseTo(2 * 730 + 8 + 3.65, 6);
    // A type without a price there: the dearest hour is unknown, although the list has one.
    expect(found.environments[0]).not.toHaveProperty('dearest');
    const old = checked(
      { resources },
      { now: new Date('2027-02-01'), regional: { region: 'eu-west-1', asOf: '2027-02-01', of: () => 1 } },
    );
    expect(old.prices.isOld).toBe(false);
    expect(NOW.getTime()).toBeLessThan(Date.parse('2027-01-16'));
  });
});

describe('the memory of attempts that follow one that was killed for it', () => {
  const more = (maxMemory: number, attempts: number, resources: object = {}) => {
    const retryConfig = { attempts, onOutOfMemory: { maxMemory } };
    const { jobs } = checked({
      resources: { one: job({ memory: 1800, instanceTypes: ['m6i'], ...resources }, { retryConfig }) },
    });
    return jobs[0]?.moreMemory;
  };

  it('has the instance and the price of each', () => {
    expect(more(30_000, 9)).toEqual({
      levels: [
        { memory: 3600, instanceType: 'm6i.large', hourly: 0.096 },
        { memory: 7200, instanceType: 'm6i.large', hourly: 0.096 },
        { memory: 14_400, instanceType: 'm6i.xlarge', hourly: 0.192 },
        { memory: 28_800, instanceType: 'm6i.2xlarge', hourly: 0.384 },
        { memory: 30_000, instanceType: 'm6i.2xlarge', hourly: 0.384 },
      ],
    });
  });

  it('says which maximum the attempts are too few for', () => {
    expect(more(30_000, 2)).toEqual({
      levels: [{ memory: 3600, instanceType: 'm6i.large', hourly: 0.096 }],
      unreached: 30_000,
    });
  });

  it('is absent without more memory', () => {
    expect(checked({ resources: { one: job({}) } }).jobs[0]).not.toHaveProperty('moreMemory');
  });
});
