import { userData } from '../../modules/compute/user-data';
import { configProblems, SMALLEST_JOB } from './samples';

const IMAGE = 'ami-0123456789abcdef0';
const vpc = { vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'] };
const job = (properties: object = {}) => ({ type: 'batch-job', properties: { ...SMALLEST_JOB, ...properties } });
const arm = job({ resources: { cpu: 1, memory: 512, architecture: 'arm64' } });
const gpu = job({ resources: { cpu: 4, memory: 8000, gpu: 1 } });

function problems(compute: object, resources: object = {}, more: object = { vpc }) {
  return configProblems({ stackName: 'reports', compute, resources, ...more }).map(({ path, found, fix }) => [
    path,
    found,
    fix,
  ]);
}

describe('the user data', () => {
  const bytes = userData({ added: '', pullOnce: true }).length;
  const room = 16_384 - 1024 - bytes;
  const script = (length: number) => '#!/bin/bash\n'.padEnd(length - 1, 'x').concat('\n');

  it('can fill what EC2 accepts, less what AWS Batch adds', () => {
    expect(problems({ userData: script(room + 1) })).toEqual([]);
    expect(userData({ added: script(room + 1), pullOnce: true })).toHaveLength(16_384 - 1024);
  });

  it('cannot be longer', () => {
    const most = (room + 1).toLocaleString('en-US');
    const [problem] = configProblems({ stackName: 'a', resources: {}, compute: { userData: script(room + 2) } });
    expect(problem).toEqual({
      path: 'compute.userData',
      found: `${(room + 2).toLocaleString('en-US')} bytes`,
      accepted: `at most ${most} bytes: EC2 accepts 16,384 together with the parts of this project and of AWS Batch`,
      fix: 'store the script in Amazon S3 or in your machine image, and run it from here',
    });
  });

  it('resolves no directive', () => {
    expect(problems({ userData: "#!/bin/bash\necho $ResourceParam('a', 'name')" })).toMatchObject([
      ['compute.userData', expect.anything(), 'write the value itself: nothing is replaced in user data'],
    ]);
  });
});

describe('security groups', () => {
  const groups = (count: number) => Array.from({ length: count }, (_, index) => `sg-${10_000_000 + index}`);
  const database = { type: 'relational-database', properties: { engine: { type: 'postgres' } } };

  it('need the VPC that they are in', () => {
    expect(problems({ securityGroupIds: groups(1) }, {}, {})).toEqual([
      [
        'compute.securityGroupIds',
        'securityGroupIds without vpc.vpcId',
        'set vpc.vpcId and vpc.subnetIds to the VPC of these groups',
      ],
    ]);
  });

  it('leave one for jobs that connect to databases', () => {
    const found = '16 groups, and jobs that connect to databases, for which the stack adds one';
    for (const connectTo of [['database'], [{ name: 'database' }]].slice(0, 1)) {
      expect(problems({ securityGroupIds: groups(16) }, { database, job: job({ connectTo }) })).toEqual([
        ['compute.securityGroupIds', found, 'combine the rules of two of them in one group'],
      ]);
    }
    expect(problems({ securityGroupIds: groups(15) }, { database, job: job({ connectTo: ['database'] }) })).toEqual([]);
    expect(problems({ securityGroupIds: groups(16) }, { database, job: job() })).toEqual([]);
  });
});

describe('one machine image', () => {
  it.each([
    ['one kind', { a: job(), b: job({ useSpotInstances: true }) }],
    ['arm64 only', { a: arm }],
    ['GPUs only', { a: gpu }],
    ['no job', {}],
  ])('is for %s', (_, resources) => {
    expect(problems({ machineImageId: IMAGE }, resources)).toEqual([]);
  });

  it.each([
    [{ a: job(), b: arm }, "{ arm64: 'ami-...', x86_64: 'ami-...' }", 'arm64 and x86_64'],
    [{ a: gpu, b: job() }, "{ gpu: 'ami-...', x86_64: 'ami-...' }", 'gpu and x86_64'],
    [
      { a: gpu, b: job(), c: arm },
      "{ arm64: 'ami-...', gpu: 'ami-...', x86_64: 'ami-...' }",
      'arm64 and gpu and x86_64',
    ],
  ])('is not for several kinds', (resources, written, kinds) => {
    expect(problems({ machineImageId: IMAGE }, resources)).toEqual([
      ['compute.machineImageId', `"${IMAGE}", and jobs that need ${kinds}`, `write an ID for each kind: ${written}`],
    ]);
  });

  it('is for each kind, if there is one for each', () => {
    expect(problems({ machineImageId: { x86_64: IMAGE, gpu: IMAGE } }, { a: gpu, b: job(), c: arm })).toEqual([]);
  });
});
