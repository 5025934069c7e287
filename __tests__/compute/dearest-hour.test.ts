import * as fc from 'fast-check';
import { type DearestHour, dearestHour, type UnknownHour } from '../../modules/compute/dearest-hour';
import { type Architecture, instanceType, KNOWN_TYPES } from '../../modules/rules/instance-families';
import { type FitRequest, possibleTypes, usableMemory } from '../../modules/rules/instance-fit';
import { hourlyPrice } from '../../modules/rules/prices';

const request = (given: Partial<FitRequest> = {}): FitRequest => ({
  cpu: 2,
  memory: 1800,
  architecture: 'x86_64',
  maxVcpus: 256,
  ...given,
});

/** The dearest hour, which must be known. */
function known(hour: DearestHour | UnknownHour): DearestHour {
  if (!('hourly' in hour)) throw new Error(`unknown: ${hour.unpriced.join(', ')}`);
  return hour;
}

it('fills less than maxVcpus with the dearest mix, and adds the dearest instance', () => {
  const list = ['m6i.large', 'r6i.12xlarge'];
  // 5 of the large ones have 240 vCPUs, 7 of the small ones 14 of the other 15, and one more large one exceeds the maximum.
  expect(known(dearestHour([request({ instanceTypes: list })], 256))).toEqual({
    instances: [
      { instanceType: 'r6i.12xlarge', count: 6 },
      { instanceType: 'm6i.large', count: 7 },
    ],
    vcpus: 302,
    hourly: expect.closeTo(6 * 3.024 + 7 * 0.096, 9),
  });
  // No mix of one type costs as much.
  expect(known(dearestHour([request()], 256)).hourly).toBeCloseTo(8.568 + 254 * 0.063, 9);
});

it('is a single instance, of any size, at the least maximum', () => {
  const hour = known(dearestHour([request({ instanceTypes: ['m6i.large', 'r6i.12xlarge'] })], 2));
  expect(hour).toEqual({ instances: [{ instanceType: 'r6i.12xlarge', count: 1 }], vcpus: 48, hourly: 3.024 });
});

it('is of the fewest instances among mixes with the same price', () => {
  const { instances } = known(dearestHour([request({ instanceTypes: ['r6i'] })], 129));
  expect(instances.map(({ count }) => count)).toEqual([2]);
  expect(instances[0]?.instanceType).toMatch(/^r6i\.(32xlarge|metal)$/);
});

it('has the types of all jobs that share an environment, and with kept instances each allowed type', () => {
  const small = request({ instanceTypes: ['m6i.large'] });
  const large = request({ instanceTypes: ['r6i.12xlarge'] });
  expect(dearestHour([small, large], 256)).toEqual(
    dearestHour([request({ instanceTypes: ['m6i.large', 'r6i.12xlarge'] })], 256),
  );
  // A job that needs the larger one: the smaller runs only as an instance that is kept.
  const needs = [request({ cpu: 48, instanceTypes: ['m6i.large', 'r6i.12xlarge'] })];
  expect(known(dearestHour(needs, 256)).instances).toEqual([{ instanceType: 'r6i.12xlarge', count: 6 }]);
  expect(known(dearestHour(needs, 256, hourlyPrice, true)).instances).toHaveLength(2);
});

it('has types on which a job might fit', () => {
  const tight = usableMemory(instanceType('m6i.large') ?? { memory: 0 }) + 1;
  const list = ['m6i.large', 'c6i.xlarge'];
  expect(known(dearestHour([request({ memory: tight, instanceTypes: list })], 6)).instances).toHaveLength(2);
});

it('is unknown without a price, and names the types and families', () => {
  expect(
    dearestHour([request({ instanceTypes: ['m6i', 'p6-b200.48xlarge'] })], 256, (type) => hourlyPrice(type) && 1),
  ).toHaveProperty('hourly');
  expect(dearestHour([request(), request({ instanceTypes: ['x99', 'm6i.metal'] })], 256)).toEqual({
    unpriced: ['x99'],
  });
  expect(dearestHour([request()], 256, (type) => (type === 'm6i.metal' ? undefined : 1))).toEqual({
    unpriced: ['m6i.metal'],
  });
  expect(dearestHour([], 256)).toEqual({ unpriced: [] });
});

describe('a bound', () => {
  const types = ['x86_64', 'arm64'] as const satisfies readonly Architecture[];
  const environment = fc.constantFrom(...types).chain((architecture) =>
    fc.record({
      architecture: fc.constant(architecture),
      cpu: fc.integer({ min: 1, max: 16 }),
      instanceTypes: fc.uniqueArray(
        fc.constantFrom(
          ...KNOWN_TYPES.filter((type) => type.architecture === architecture && type.vcpus >= 16).map(
            ({ name }) => name,
          ),
          ...KNOWN_TYPES.filter((type) => type.architecture === architecture).map(({ name }) => name),
        ),
        { minLength: 1, maxLength: 8 },
      ),
    }),
  );
  const price = (name: string) => hourlyPrice(name) ?? 1.5;

  it('is a mix that AWS Batch can run, and none that it can run costs more', () => {
    fc.assert(
      fc.property(
        environment,
        fc.integer({ min: 16, max: 700 }),
        fc.infiniteStream(fc.nat()),
        (given, maxVcpus, choices) => {
          const asked = request(given);
          const possible = possibleTypes(asked);
          fc.pre(possible.length > 0);
          const hour = known(dearestHour([asked], maxVcpus, price));

          // The mix itself: it is what it says, and its last instance started below the maximum.
          const mix = hour.instances.map(({ instanceType: name, count }) => {
            const type = possible.find((each) => each.name === name);
            if (type === undefined) throw new Error(`${name} does not fit`);
            return { vcpus: type.vcpus, count };
          });
          expect(mix.reduce((sum, { vcpus, count }) => sum + vcpus * count, 0)).toBe(hour.vcpus);
          expect(hour.vcpus - Math.max(...mix.map(({ vcpus }) => vcpus))).toBeLessThan(maxVcpus);
          const sum = hour.instances.reduce((all, { instanceType: name, count }) => all + price(name) * count, 0);
          expect(hour.hourly).toBeCloseTo(sum, 6);

          // Any instances, one after another, as long as there are fewer vCPUs than the maximum.
          let [vcpus, dollars] = [0, 0];
          for (const choice of choices) {
            if (vcpus >= maxVcpus) break;
            const type = possible[choice % possible.length];
            vcpus += type?.vcpus ?? 0;
            dollars += price(type?.name ?? '');
          }
          expect(dollars).toBeLessThanOrEqual(hour.hourly + 1e-6);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is the price of the dearest mix, by trying all of them', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.constantFrom(
            'c6i.large',
            'r6i.large',
            'm6i.xlarge',
            'c7i.xlarge',
            'c6i.2xlarge',
            'm6i.4xlarge',
            'c5n.9xlarge',
          ),
          {
            minLength: 1,
            maxLength: 4,
          },
        ),
        fc.integer({ min: 1, max: 30 }),
        (instanceTypes, maxVcpus) => {
          const possible = possibleTypes(request({ instanceTypes })).map(({ name, vcpus }) => ({
            vcpus,
            price: price(name),
          }));
          const most = new Map<number, number>();
          const dearest = (vcpus: number): number => {
            if (vcpus >= maxVcpus) return 0;
            const before =
              most.get(vcpus) ?? Math.max(...possible.map((type) => type.price + dearest(vcpus + type.vcpus)));
            most.set(vcpus, before);
            return before;
          };
          expect(known(dearestHour([request({ instanceTypes })], maxVcpus, price)).hourly).toBeCloseTo(dearest(0), 6);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is no lower for a higher maximum', () => {
    fc.assert(
      fc.property(
        environment,
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 1, max: 64 }),
        (given, maxVcpus, more) => {
          const asked = request(given);
          fc.pre(possibleTypes(asked).length > 0);
          const [low, high] = [maxVcpus, maxVcpus + more].map((max) => known(dearestHour([asked], max, price)).hourly);
          expect(high).toBeGreaterThanOrEqual((low ?? 0) - 1e-6);
        },
      ),
      { numRuns: 200 },
    );
  });
});
