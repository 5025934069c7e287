import { userData } from '../../modules/compute/user-data';
import { indexed } from '../../modules/config/indexed-config';
import { findingsOf } from '../../modules/config/rule';
import { COMPUTE_RULES } from '../../modules/stack-config/compute-rules';
import { configProblems, SMALLEST_JOB } from './samples';

const IMAGE = 'ami-0123456789abcdef0';
const vpc = { vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'] };
const job = (properties: object = {}) => ({ type: 'batch-job', properties: { ...SMALLEST_JOB, ...properties } });
const arm = job({ resources: { cpu: 1, memory: 512, architecture: 'arm64' } });
const gpu = job({ resources: { cpu: 4, memory: 8000, gpu: 1 } });

/** The findings of the rules alone, past the schema. */
function findings(compute: object, resources: object = {}, more: object = { vpc }) {
  return findingsOf(COMPUTE_RULES, indexed({ compute, resources, ...more }));
}

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

  it('has less room where jobs use the instance store, whose script is a part of it', () => {
    const store = job({ resources: { cpu: 1, memory: 512, instanceTypes: ['m6id'], useInstanceStore: true } });
    const others = { a: job(), b: job({ resources: { cpu: 1, memory: 512, useInstanceStore: false } }) };
    expect(findings({ userData: script(room + 1) }, others)).toEqual([]);
    expect(findings({ userData: script(room + 1) }, { ...others, store })).toMatchObject([
      { path: ['compute', 'userData'], finding: { code: 'aws-limit' } },
    ]);
  });

  it('is no text that another check refuses', () => {
    expect(findings({ userData: 5 })).toEqual([]);
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
    expect(findings({ securityGroupIds: groups(1) }, {}, {})).toEqual([
      {
        path: ['compute', 'securityGroupIds'],
        finding: {
          code: 'conflict',
          found: 'securityGroupIds without vpc.vpcId',
          accepted: 'groups of an existing VPC, in which the instances are',
          fix: 'set vpc.vpcId and vpc.subnetIds to the VPC of these groups',
        },
      },
    ]);
    expect(findings({ securityGroupIds: 'sg-1' }, {}, {})).toEqual([]);
  });

  it.each([
    ['connect to databases', job({ connectTo: ['files', 'database'] })],
    ['mount file systems', job({ volumes: [{ type: 'tmpfs' }, { type: 'efs' }] })],
  ])('leave one for jobs that %s', (use, user) => {
    const resources = { database, files: { type: 'bucket' }, other: job(), job: user };
    expect(findings({ securityGroupIds: groups(16) }, resources)).toEqual([
      {
        path: ['compute', 'securityGroupIds'],
        finding: {
          code: 'aws-limit',
          found: `16 groups, and jobs that ${use}, for which the stack adds one`,
          accepted: 'at most 15 groups',
          fix: 'combine the rules of two of them in one group',
        },
      },
    ]);
    expect(findings({ securityGroupIds: groups(15) }, resources)).toEqual([]);
  });

  it('can be 16 for other jobs', () => {
    const files = { type: 'bucket' };
    const other = job({ connectTo: ['files', 'nothing'], volumes: [{ type: 'tmpfs' }] });
    expect(findings({ securityGroupIds: groups(16) }, { database, files, other })).toEqual([]);
  });

  it('leave one only for what the properties of a target tell', () => {
    const known = { type: 'existing', properties: { securityGroup: { id: 'sg-12345678', port: 5432 } } };
    const open = { type: 'existing', properties: {} };
    const count = (target: object) =>
      findings({ securityGroupIds: groups(16) }, { target, job: job({ connectTo: ['target'] }) }).length;
    expect([count(known), count(open)]).toEqual([1, 0]);
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
    expect(findings({ machineImageId: IMAGE }, resources)).toEqual([
      {
        path: ['compute', 'machineImageId'],
        finding: {
          code: 'conflict',
          found: `"${IMAGE}", and jobs that need ${kinds}`,
          accepted: 'one ID for each kind of instance',
          fix: `write an ID for each kind: ${written}`,
        },
      },
    ]);
  });

  it('is for each kind, if there is one for each', () => {
    expect(problems({ machineImageId: { x86_64: IMAGE, gpu: IMAGE } }, { a: gpu, b: job(), c: arm })).toEqual([]);
  });
});
