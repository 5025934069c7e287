import * as fc from 'fast-check';
import { dearestHour } from '../../modules/compute/dearest-hour';
import type { FitRequest } from '../../modules/rules/instance-fit';
import { fittingTypes } from '../../modules/rules/instance-fit';
import { hourlyPrice } from '../../modules/rules/prices';

const request = (given: Partial<FitRequest> = {}): FitRequest => ({
  cpu: 2,
  memory: 1800,
  architecture: 'x86_64',
  maxVcpus: 256,
  ...given,
});

it('fills maxVcpus with the dearest type, and exceeds it by a part of the last instance at most', () => {
  const list = ['m6i.large', 'r6i.12xlarge'];
  expect(dearestHour([request({ instanceTypes: list })], 256)).toEqual({
    instanceType: 'r6i.12xlarge',
    instances: 6,
    hourly: 6 * 3.024,
  });
  // The larger type has more vCPUs than the maximum.
  expect(dearestHour([request({ instanceTypes: list })], 10)).toMatchObject({
    instanceType: 'm6i.large',
    instances: 5,
  });
  expect(dearestHour([request({ cpu: 8, instanceTypes: list })], 10)).toMatchObject({ instances: 1, hourly: 3.024 });
});

it('is that of the dearest job of those that share an environment', () => {
  const small = request({ instanceTypes: ['m6i.large'] });
  const large = request({ instanceTypes: ['r6i.12xlarge'] });
  expect(dearestHour([small, large], 256)).toEqual(dearestHour([large], 256));
});

it('is unknown if one price is, and without jobs', () => {
  expect(dearestHour([request({ instanceTypes: ['m6i', 'p5e.48xlarge'] })], 256)).toBeUndefined();
  expect(dearestHour([request(), request({ instanceTypes: ['x99'] })], 256)).toBeUndefined();
  expect(dearestHour([], 256)).toBeUndefined();
  expect(dearestHour([request()], 256, (type) => (type === 'm6i.metal' ? undefined : 1))).toBeUndefined();
});

it('no type that fits within the maximum costs more', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 2000 }), fc.integer({ min: 1, max: 16 }), (maxVcpus, cpu) => {
      const hour = dearestHour([request({ cpu })], maxVcpus)?.hourly ?? 0;
      for (const { name, vcpus } of fittingTypes(request({ cpu })).filter((type) => type.vcpus <= maxVcpus)) {
        expect(Math.floor(maxVcpus / vcpus) * (hourlyPrice(name) ?? 0)).toBeLessThanOrEqual(hour + 1e-9);
      }
    }),
    { numRuns: 60 },
  );
});
