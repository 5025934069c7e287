import { jobPrice } from '../../modules/compute/job-price';
import { defaultInstanceTypes, KNOWN_TYPES, typesOfFamily } from '../../modules/rules/instance-families';
import { hourlyPrice, PRICE_LIST } from '../../modules/rules/prices';

const request = { cpu: 1, memory: 1024, architecture: 'x86_64' as const, maxVcpus: 16 };

it('each known instance type has a price, except one that us-east-1 does not list', () => {
  const missing = KNOWN_TYPES.filter(({ name }) => hourlyPrice(name) === undefined).map(({ name }) => name);
  expect(missing).toEqual(['p5e.48xlarge']);
  expect(PRICE_LIST).toMatchObject({ region: 'us-east-1', asOf: '2026-07-20' });
});

it('each default family is priced', () => {
  for (const [gpu, architecture] of [
    [false, 'x86_64'],
    [false, 'arm64'],
    [true, 'x86_64'],
  ] as const) {
    for (const family of defaultInstanceTypes({ gpu, architecture }).flatMap(typesOfFamily)) {
      expect(hourlyPrice(family.name)).toBeGreaterThan(0);
    }
  }
});

it('a job pays for the largest of its parts of an instance', () => {
  // c6i.large: 2 vCPUs, 4,096 MiB, of which 3,891 are usable; $0.085 per hour.
  expect(jobPrice(request, 'c6i.large')).toEqual({
    hourly: 0.0425,
    instanceType: 'c6i.large',
    isAssumed: false,
    share: 0.5,
    instanceHourly: 0.085,
  });
  expect(jobPrice({ ...request, memory: 3891 }, 'c6i.large')?.share).toBe(1);
  expect(jobPrice({ ...request, memory: 4000 }, 'c6i.large')?.share).toBe(1);
  expect(jobPrice({ ...request, gpu: 1 }, 'g5.12xlarge')?.share).toBe(0.25);
});

it('a job whose instance is not known has the smallest that fits, and one of an unknown type has no price', () => {
  expect(jobPrice(request)).toMatchObject({ isAssumed: true, share: 0.5 });
  expect(jobPrice(request, 'x99.large')).toBeUndefined();
  expect(jobPrice({ ...request, instanceTypes: ['x99'] })).toBeUndefined();
});
