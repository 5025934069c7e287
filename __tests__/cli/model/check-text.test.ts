import { dearestLines, leftText, requestText, spotText, typesText, unknownText } from '../../../cli/model/check-text';
import type { EnvironmentCheck, InstanceCheck, JobCheck, JobRequest } from '../../../cli/model/stack-check';

const REQUEST: JobRequest = {
  cpu: 2,
  memory: 1800,
  architecture: 'x86_64',
  isSpot: true,
  thenOnDemand: false,
  useInstanceStore: false,
};

const request = (differences: Partial<JobRequest>) => requestText({ ...REQUEST, ...differences });

describe('what a job asks for', () => {
  it.each<[string, Partial<JobRequest>]>([
    ['2 vCPUs, 1,800 MiB, Spot', {}],
    ['1 vCPU, 1,800 MiB, on-demand', { cpu: 1, isSpot: false }],
    ['2 vCPUs, 1,800 MiB, 1 GPU, Spot', { gpu: 1 }],
    ['2 vCPUs, 1,800 MiB, arm64, Spot', { architecture: 'arm64' }],
    ['2 vCPUs, 1,800 MiB, instance store, Spot', { useInstanceStore: true }],
    [
      '2 vCPUs, 1,800 MiB, 4 GPUs, arm64, instance store, Spot',
      { gpu: 4, architecture: 'arm64', useInstanceStore: true },
    ],
  ])('is %s', (text, differences) => {
    expect(request(differences)).toBe(text);
  });

  it('is unknown for tokens, and says so once', () => {
    const token = -1.8881545897087503e289;
    const unknown = 'a size that is known at deployment';
    expect(request({ cpu: token })).toBe(`${unknown}, 1,800 MiB, Spot`);
    expect(request({ memory: token })).toBe(`2 vCPUs, ${unknown}, Spot`);
    expect(request({ gpu: token })).toBe(`2 vCPUs, 1,800 MiB, ${unknown}, Spot`);
    expect(request({ cpu: token, memory: token, gpu: token })).toBe(`${unknown}, Spot`);
  });
});

const INSTANCE: InstanceCheck = {
  instanceType: 'c6i.large',
  vcpus: 2,
  usableMemory: 3891,
  gpus: 0,
  jobs: 1,
  vcpusLeft: 0,
  memoryLeft: 0,
  gpusLeft: 0,
};

const check = (differences: Partial<JobCheck>): JobCheck => ({
  job: 'report',
  request: REQUEST,
  instances: [INSTANCE],
  isSure: true,
  savings: [],
  ...differences,
});

describe('what is left of the smallest instance', () => {
  const left = (differences: Partial<InstanceCheck>) =>
    leftText(
      check({
        instances: [
          { ...INSTANCE, ...differences },
          { ...INSTANCE, vcpusLeft: 99 },
        ],
      }),
    );

  it.each<[string, Partial<InstanceCheck>]>([
    ['nothing', {}],
    ['1 vCPU, 2,091 MiB', { vcpusLeft: 1, memoryLeft: 2091 }],
    ['2 GPUs, 32 vCPUs, 66,777 MiB', { gpusLeft: 2, vcpusLeft: 32, memoryLeft: 66_777 }],
    ['1 GPU', { gpusLeft: 1 }],
    ['1 MiB', { memoryLeft: 1 }],
    // More is asked than surely fits.
    ['nothing', { memoryLeft: -5, vcpusLeft: -1, gpusLeft: -1 }],
  ])('is %s', (text, differences) => {
    expect(left(differences)).toBe(text);
  });

  it('is not known without an instance', () => {
    expect(leftText(check({ instances: [] }))).toBe('');
  });
});

describe('the types that a job lands on', () => {
  const types = (...names: string[]) =>
    typesText(check({ instances: names.map((instanceType) => ({ ...INSTANCE, instanceType })) }));

  it('are told by their families, in order, each once', () => {
    expect(types('m6i.large', 'c6i.large', 'c6i.xlarge')).toBe('3 types of c6i, m6i');
    expect(types('c6i.large')).toBe('1 type of c6i');
  });

  it('are cut after 6 families', () => {
    const six = ['a1.large', 'b1.large', 'c1.large', 'd1.large', 'e1.large', 'f1.large'];
    expect(types(...six)).toBe('6 types of a1, b1, c1, d1, e1, f1');
    expect(types(...six, 'g1.large')).toBe('7 types of a1, b1, c1, d1, e1, f1 and 1 more');
    expect(types(...six, 'g1.large', 'h1.large')).toBe('8 types of a1, b1, c1, d1, e1, f1 and 2 more');
  });
});

describe('what Spot costs', () => {
  const price = { instanceType: 'c6i.large', alone: 0.085, full: 0.085 };
  const thenOnDemand = { ...REQUEST, thenOnDemand: true };

  it('is known by AWS only', () => {
    expect(spotText(check({}))).toBe('up to 90% less');
    expect(spotText(check({ price }))).toBe('up to 90% less');
    expect(spotText(check({ request: thenOnDemand }))).toBe(
      'up to 90% less. On demand when its free restarts are used up',
    );
  });

  it('is a price, or a range of those in several zones', () => {
    const spot = (lowest: number, highest: number, request = REQUEST) =>
      spotText(check({ request, price: { ...price, spot: { lowest, highest } } }));
    expect(spot(0.03, 0.03)).toBe('$0.03 per hour now for c6i.large, from AWS');
    expect(spot(0.03, 0.045)).toBe('$0.03 to $0.045 per hour now for c6i.large, from AWS');
    expect(spot(0.03, 0.03, thenOnDemand)).toMatch(/from AWS\. On demand when its free restarts are used up$/);
  });
});

describe('the dearest hour', () => {
  const mix = (...counts: number[]) => ({
    instances: counts.map((count, index) => ({ instanceType: `m6i.${index + 1}xlarge`, count })),
    vcpus: 256,
    hourly: 18.144,
  });
  const environment = (differences: Partial<EnvironmentCheck> = {}): EnvironmentCheck => ({
    name: 'spot-cpu-x86-64',
    jobs: ['report'],
    isSpot: true,
    isFallback: false,
    maxVcpus: 256,
    dearest: mix(6),
    ...differences,
  });
  const line = '256 vCPUs of spot-cpu-x86-64, as 6 × m6i.1xlarge';

  it('of one environment is one line', () => {
    expect(dearestLines([environment()], 18.144, undefined)).toEqual({ lines: [`$18.14 per hour on demand: ${line}`] });
    expect(dearestLines([environment()], 18.144, "us-east-1's price")).toEqual({
      lines: [`$18.14 per hour on demand, us-east-1's price: ${line}`],
    });
  });

  it('of several is their sum, and a line for each', () => {
    const two = [environment(), environment({ name: 'on-demand', maxVcpus: 1, dearest: { ...mix(1), vcpus: 1 } })];
    expect(dearestLines(two, 36.288, "us-east-1's price")).toEqual({
      sum: "$36.29 per hour on demand, us-east-1's price, of all compute environments at once",
      lines: [`$18.14: ${line}`, '$18.14: 1 vCPU of on-demand, as m6i.1xlarge'],
    });
    expect(dearestLines(two, undefined, undefined).sum).toBe('unknown per hour, of all compute environments at once');
    expect(dearestLines([], 0, undefined)).toEqual({
      sum: '$0 per hour on demand, of all compute environments at once',
      lines: [],
    });
  });

  it.each([
    [[1, 1, 1], 'm6i.1xlarge, m6i.2xlarge, m6i.3xlarge'],
    [[2, 1, 3, 1], '2 × m6i.1xlarge, m6i.2xlarge, 3 × m6i.3xlarge and 1 smaller'],
    [[1, 1, 1, 2, 3], 'm6i.1xlarge, m6i.2xlarge, m6i.3xlarge and 5 smaller'],
  ])('names three types of a mix of %j', (counts, expected) => {
    const [text] = dearestLines([environment({ dearest: mix(...counts) })], 1, undefined).lines;
    expect(text).toBe(`$18.14 per hour on demand: 256 vCPUs of spot-cpu-x86-64, as ${expected}`);
  });

  it('says by how much the last instance exceeds what the environment can have', () => {
    const dearest = { ...mix(1), vcpus: 446 };
    expect(dearestLines([environment({ dearest })], 1, undefined).lines).toEqual([
      '$18.14 per hour on demand: 256 vCPUs of spot-cpu-x86-64, which the last instance exceeds by 190, as m6i.1xlarge',
    ]);
  });

  it('can be unknown, for a reason', () => {
    const unknown = (differences: Partial<EnvironmentCheck>) =>
      dearestLines([environment({ dearest: undefined, ...differences })], undefined, undefined).lines[0];
    const later = 'a number of which is known at deployment';
    expect(unknown({})).toBe(`unknown: 256 vCPUs of spot-cpu-x86-64, ${later}`);
    expect(unknown({ maxVcpus: undefined, dearest: mix(1) })).toBe(`unknown: maxVcpus of spot-cpu-x86-64, ${later}`);
    const without = (...unpriced: string[]) =>
      unknown({ unpriced })?.replace('unknown: 256 vCPUs of spot-cpu-x86-64, ', '');
    expect(without()).toBe(later);
    expect(without('x1', 'x2', 'x3')).toBe('with x1, x2, x3, of which no price is known here');
    expect(without('x1', 'x2', 'x3', 'x4', 'x5')).toBe('with x1, x2, x3 and 2 more, of which no price is known here');
  });
});

describe('why it is not known what a job lands on', () => {
  const unknown = (differences: Partial<JobRequest>, unknownTypes?: string[]) =>
    unknownText(check({ request: { ...REQUEST, ...differences }, unknownTypes }));

  it('is that no type fits, or that its size is not known yet', () => {
    expect(unknown({})).toBe('No known instance type fits');
    expect(unknown({ gpu: 1 }, [])).toBe('No known instance type fits');
    for (const size of ['cpu', 'memory', 'gpu']) {
      expect(unknown({ [size]: -1.8881545897087503e289 })).toBe(
        'What it lands on is known at deployment, as its size is',
      );
    }
  });

  it('is that this version does not know its types', () => {
    const end = 'in the table of instance types of this version: what the job lands on and costs is not known here';
    expect(unknown({}, ['m99'])).toBe(`m99 in instanceTypes is not ${end}`);
    expect(unknown({}, ['m99', 'c99.large'])).toBe(`m99, c99.large in instanceTypes are not ${end}`);
  });
});
