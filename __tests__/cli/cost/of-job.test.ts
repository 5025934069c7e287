import { ofJob } from '../../../cli/cost/of-job';
import { checked, job } from './checked';

const spot = { useSpotInstances: true, retryConfig: { attempts: 2, spotInterruption: { thenOnDemand: true } } };
const found = checked({
  resources: {
    small: job({ cpu: 2, memory: 1800 }, spot),
    big: job({ cpu: 2, memory: 8192, instanceTypes: ['m6i'] }),
    odd: job({ instanceTypes: ['x99'] }),
  },
});

it('adds up the compute environments of the job, also if that of another one is unknown', () => {
  expect(found).not.toHaveProperty('atMost');
  const one = ofJob(found, 'small');
  expect(one.jobs.map((each) => each.job)).toEqual(['small']);
  const hours = one.environments.map(({ name, dearest }) => [name, dearest?.hourly]);
  expect(hours).toEqual([
    ['spot-cpu-x86-64', expect.closeTo(24.57, 6)],
    ['on-demand-cpu-x86-64', expect.closeTo(24.57, 6)],
  ]);
  expect(one.atMost).toBeCloseTo(49.14, 6);
  expect(one.idle).toBe(found.idle);
});

it('has no sum if the environment of the job is unknown', () => {
  expect(ofJob(found, 'odd')).not.toHaveProperty('atMost');
});
