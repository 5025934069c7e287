import * as fc from 'fast-check';
import type { CapacityDemand } from '../../modules/compute/capacity';
import { keptInstances } from '../../modules/compute/kept-price';

const demand = (given: Partial<CapacityDemand> = {}): CapacityDemand => ({
  spot: false,
  gpu: false,
  architecture: 'x86_64',
  ...given,
});

it('takes the cheapest instances that have the vCPUs', () => {
  // c6i.large: 2 vCPUs for $0.085. c6i.xlarge: 4 for twice that.
  const cpu = demand({ instanceTypes: ['c6i', 'm6i'] });
  expect(keptInstances(cpu, 1)).toEqual({ instanceType: 'c6i.large', instances: 1, hourly: 0.085 });
  expect(keptInstances(cpu, 3)).toEqual({ instanceType: 'c6i.xlarge', instances: 1, hourly: 0.17 });
  expect(keptInstances(demand({ instanceTypes: ['c6i.large'] }), 3)).toMatchObject({ instances: 2, hourly: 0.17 });
});

it('takes the types of the kind of capacity by default', () => {
  expect(keptInstances(demand({ architecture: 'arm64' }), 2)?.instanceType).toMatch(/^[cm]\d+g\./);
  expect(keptInstances(demand({ gpu: true }), 2)?.instanceType).toMatch(/^g\d/);
});

it('knows no price of types that it does not know', () => {
  expect(keptInstances(demand({ instanceTypes: ['m9z'] }), 2)).toBeUndefined();
});

it('never costs less for more', () => {
  const vcpus = fc.integer({ min: 1, max: 500 });
  fc.assert(
    fc.property(vcpus, vcpus, (one, other) => {
      const [fewer, more] = [Math.min(one, other), Math.max(one, other)];
      expect(keptInstances(demand(), fewer)?.hourly).toBeLessThanOrEqual(keptInstances(demand(), more)?.hourly ?? 0);
    }),
    { numRuns: 50 },
  );
});
