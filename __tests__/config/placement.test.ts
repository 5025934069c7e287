import { leastDemand, placementProblem, placementProblems } from '../../modules/config/placement';
import { tokens } from '../stack-config/samples';

const job = { cpu: 2, memory: 1800, architecture: 'x86_64' } as const;
const { NUMBER, TEXT, LIST_ITEM } = tokens();

describe('placementProblem', () => {
  it('finds the job that no instance could run', () => {
    expect(placementProblem(job, 256)).toBeUndefined();
    expect(placementProblem({ ...job, cpu: 300 }, 256)).toMatchObject({ property: 'cpu' });
    expect(placementProblem({ ...job, memory: 100_000, instanceTypes: ['c6i.large'] }, 256)).toMatchObject({
      property: 'memory',
    });
  });

  it.each([
    [{ ...job, cpu: NUMBER }, 1],
    [{ ...job, memory: NUMBER, instanceTypes: ['m6i.huge'] }, 1],
    [{ ...job, gpu: NUMBER, instanceTypes: ['m5.large'] }, 256],
    [{ ...job, cpu: 300 }, NUMBER],
    [{ ...job, cpu: 300, instanceTypes: [TEXT] }, 256],
    [{ ...job, cpu: 300, instanceTypes: [LIST_ITEM] }, 256],
  ])('says nothing of sizes that only Terraform knows: %#', (resources, maxVcpus) => {
    expect(placementProblem(resources, maxVcpus)).toBeUndefined();
  });
});

describe('placementProblems', () => {
  it('names each wrong instance type, and then what is wrong with the rest', () => {
    const large = { ...job, memory: 100_000 };
    const instanceTypes = ['m6i.huge', 'c6i.large', 'nonsense', 'm6g'];
    const problems = placementProblems({ ...large, instanceTypes }, 256);
    expect(problems.map(({ property, found }) => [property, found])).toEqual([
      ['instanceTypes', '"m6i.huge"'],
      ['instanceTypes', '"nonsense"'],
      ['instanceTypes', '"m6g", which is arm64'],
      ['memory', '2 vCPUs, 100000 MiB'],
    ]);
    expect(problems[3]).toEqual(placementProblem({ ...large, instanceTypes: ['c6i.large'] }, 256));
  });

  it('ends when all are wrong', () => {
    expect(placementProblems({ ...job, instanceTypes: ['a', 'b', 'b'] }, 256)).toHaveLength(2);
  });
});

describe('leastDemand', () => {
  it('is the job itself if nothing is wrong with it', () => {
    expect(leastDemand({ ...job, gpu: 2, instanceTypes: ['g5'] })).toEqual({ ...job, gpu: 2, instanceTypes: ['g5'] });
    expect(leastDemand({ cpu: 2, memory: 1800 })).toEqual(job);
  });

  it('counts what is wrong as its minimum', () => {
    expect(leastDemand({ cpu: 0.5, memory: '1 GB', gpu: 1.5 })).toEqual({
      cpu: 1,
      memory: 4,
      gpu: 1,
      architecture: 'x86_64',
    });
    expect(leastDemand({})).toEqual({ cpu: 1, memory: 4, architecture: 'x86_64' });
  });

  it.each([
    undefined,
    null,
    5,
    'x',
    { ...job, architecture: 'arm' },
    { ...job, instanceTypes: [] },
    { ...job, instanceTypes: [5] },
  ])('is unknown for %j', (resources) => {
    expect(leastDemand(resources)).toBeUndefined();
  });
});
