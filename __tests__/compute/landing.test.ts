import * as fc from 'fast-check';
import { landing, savings, smallestLanding } from '../../modules/compute/landing';
import { instanceType, KNOWN_FAMILIES, typesOfFamily } from '../../modules/rules/instance-families';
import { type FitRequest, usableMemory } from '../../modules/rules/instance-fit';
import { hourlyPrice } from '../../modules/rules/prices';

const request = (given: Partial<FitRequest> = {}): FitRequest => ({
  cpu: 2,
  memory: 1800,
  architecture: 'x86_64',
  maxVcpus: 256,
  ...given,
});

describe('where a job lands', () => {
  it('are all allowed types that it fits on, the smallest first', () => {
    const { types, isSure } = landing(request({ instanceTypes: ['m6i.xlarge', 'c6i.large', 'm6i.large'] }));
    expect(isSure).toBe(true);
    expect(types).toEqual([
      {
        name: 'c6i.large',
        vcpus: 2,
        gpus: 0,
        usableMemory: 3891,
        jobs: 1,
        vcpusLeft: 0,
        memoryLeft: 2091,
        gpusLeft: 0,
        hourly: 0.085,
      },
      {
        name: 'm6i.large',
        vcpus: 2,
        gpus: 0,
        usableMemory: 7782,
        jobs: 1,
        vcpusLeft: 0,
        memoryLeft: 5982,
        gpusLeft: 0,
        hourly: 0.096,
      },
      {
        name: 'm6i.xlarge',
        vcpus: 4,
        gpus: 0,
        usableMemory: 15564,
        jobs: 2,
        vcpusLeft: 0,
        memoryLeft: 11964,
        gpusLeft: 0,
        hourly: 0.192,
      },
    ]);
  });

  it.each([
    [
      { cpu: 2, memory: 8192 },
      { name: 'm6i.large', lacks: 'memory', has: 7782, memory: 8192 },
    ],
    [
      { cpu: 3, memory: 1000 },
      { name: 'r6i.large', lacks: 'vCPUs', has: 2, memory: 16_384 },
    ],
    [
      { cpu: 1, memory: 1000, gpu: 2, instanceTypes: ['g5'] },
      { name: 'g5.16xlarge', lacks: 'GPUs', has: 1, memory: 262_144 },
    ],
    [{ cpu: 1, memory: 1000 }, undefined],
  ] as const)('says of %j why it is no smaller type', (given, expected) => {
    expect(landing(request(given)).tooSmall).toEqual(expected);
  });

  it('shares GPUs too, and a job without GPUs fills vCPUs or memory', () => {
    expect(landing(request({ cpu: 8, memory: 60_000, gpu: 2, instanceTypes: ['g5.12xlarge'] })).types).toMatchObject([
      { jobs: 2, vcpusLeft: 32, memoryLeft: usableMemory({ memory: 196_608 }) - 120_000 },
    ]);
    expect(landing(request({ cpu: 1, memory: 500, architecture: 'arm64' })).types[0]).toMatchObject({
      name: 'c6g.medium',
      jobs: 1,
    });
  });

  it('is not sure between what surely and what never fits, where one job fits', () => {
    const { types, isSure } = landing(request({ memory: 8000, instanceTypes: ['m6i.large'] }));
    expect(isSure).toBe(false);
    expect(types).toMatchObject([{ name: 'm6i.large', jobs: 1, memoryLeft: 0 }]);
  });

  it('is unknown with an unknown type, and has no price without one', () => {
    expect(landing(request({ instanceTypes: ['x99', 'm6i'] }))).toEqual({ types: [], isSure: true });
    const unpriced = landing(request({ instanceTypes: ['m6i.large'] }), () => undefined);
    expect(unpriced.types[0]).not.toHaveProperty('hourly');
    expect(unpriced).toMatchObject({ cheapest: undefined, fullHourly: undefined });
  });
});

it('of several types with the same size, the cheapest is the smallest, in any order of the list', () => {
  for (const instanceTypes of [
    ['m7i.large', 'm6a.large', 'm6i.large'],
    ['m6a.large', 'm6i.large', 'm7i.large'],
  ]) {
    const asked = { cpu: 2, memory: 4096, architecture: 'x86_64', maxVcpus: 256, instanceTypes } as const;
    expect(landing(asked).types.map(({ name }) => name)).toEqual(['m6a.large', 'm6i.large', 'm7i.large']);
    expect(smallestLanding(asked)?.name).toBe('m6a.large');
    // A type without a known price is the last one.
    expect(smallestLanding(asked, (type) => (type === 'm6a.large' ? undefined : 1))?.name).not.toBe('m6a.large');
  }
});

it('half the memory of a type costs half the price: 7,680 instead of 8,192 MiB', () => {
  expect(savings(request({ memory: 8192, instanceTypes: ['m6i'] }))).toEqual([
    { property: 'memory', from: 8192, to: 7680, instanceType: 'm6i.large', hourly: 0.096, share: 0.5 },
  ]);
  expect(savings(request({ instanceTypes: ['m6i'] }))).toEqual([]);
  expect(savings(request({ cpu: 3, instanceTypes: ['m6i'] }))).toMatchObject([{ property: 'cpu', to: 2, share: 0.5 }]);
  expect(savings(request({ gpu: 2, instanceTypes: ['g5'] }))).toMatchObject([{ property: 'gpu', to: 1 }]);
});

describe('of any request', () => {
  const families = KNOWN_FAMILIES.filter((family) => typesOfFamily(family).every(({ name }) => hourlyPrice(name)));
  const x86 = families.filter((family) => typesOfFamily(family)[0]?.architecture === 'x86_64');
  const lists = fc.option(fc.subarray(x86, { minLength: 1, maxLength: 6 }), { nil: undefined });
  const requests = fc.record({
    cpu: fc.integer({ min: 1, max: 96 }),
    memory: fc.integer({ min: 4, max: 800_000 }),
    gpu: fc.constantFrom(undefined, undefined, 1, 2, 4),
    instanceTypes: lists,
  });
  const options = { numRuns: 300 };

  it('a fit is real: the jobs of an instance have its vCPUs, memory and GPUs, and the rest is left over', () => {
    fc.assert(
      fc.property(requests, ({ cpu, memory, gpu, instanceTypes }) => {
        const { types, isSure } = landing(request({ cpu, memory, gpu, instanceTypes }));
        for (const { name, jobs, vcpusLeft, memoryLeft, gpusLeft } of types) {
          const type = instanceType(name);
          if (type === undefined) throw new Error(name);
          const used = jobs * memory;
          // One more would be too many of something.
          const more = jobs + 1;
          const found = {
            hasJob: jobs >= 1,
            isLeft: [vcpusLeft, memoryLeft, gpusLeft].every((left) => left >= 0),
            vcpus: jobs * cpu + vcpusLeft,
            gpus: jobs * (gpu ?? 0) + gpusLeft,
            fits: isSure ? used + memoryLeft === usableMemory(type) : used <= type.memory,
            isFull: more * cpu > type.vcpus || more * memory > usableMemory(type) || more * (gpu ?? 0) > type.gpus,
          };
          const { vcpus, gpus } = type;
          expect(found).toEqual({ hasJob: true, isLeft: true, vcpus, gpus, fits: true, isFull: true });
        }
      }),
      options,
    );
  });

  it('more of anything is never cheaper, alone or on full instances', () => {
    const more = fc.record({ cpu: fc.nat(40), memory: fc.nat(300_000), gpu: fc.nat(2) });
    fc.assert(
      fc.property(requests, more, (small, { cpu, memory, gpu }) => {
        const large = {
          ...small,
          cpu: small.cpu + cpu,
          memory: small.memory + memory,
          ...(small.gpu !== undefined && { gpu: small.gpu + gpu }),
        };
        const [fewer, greater] = [landing(request(small)), landing(request(large))];
        // Where the smaller one only might fit, the larger one can surely fit nowhere else.
        fc.pre(fewer.isSure && greater.isSure);
        if (greater.cheapest === undefined) return;
        expect(fewer.cheapest?.hourly).toBeLessThanOrEqual(greater.cheapest.hourly);
        expect(fewer.fullHourly).toBeLessThanOrEqual((greater.fullHourly ?? 0) + 1e-12);
      }),
      options,
    );
  });

  it('savings are true: the smaller request lands where it says, for what it says, and one in between does not', () => {
    fc.assert(
      fc.property(requests, (given) => {
        const now = landing(request(given)).cheapest;
        for (const { property, from, to, instanceType: name, hourly, share } of savings(request(given))) {
          expect(from).toBe(given[property]);
          expect(to).toBeLessThan(from);
          const then = landing(request({ ...given, [property]: to }));
          expect(then).toMatchObject({ isSure: true, cheapest: { name, hourly } });
          expect(hourly).toBe(hourlyPrice(name));
          expect(hourly).toBeCloseTo((now?.hourly ?? 0) * (1 - share), 10);
          expect(share).toBeGreaterThan(0);
        }
      }),
      options,
    );
  });
});
