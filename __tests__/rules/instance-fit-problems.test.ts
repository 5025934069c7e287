import type { FitRequest } from '../../modules/rules/instance-fit';
import { checkFit } from '../../modules/rules/instance-fit-problems';

const job = (request: Partial<FitRequest> = {}): FitRequest => ({
  cpu: 2,
  memory: 3800,
  architecture: 'x86_64',
  maxVcpus: 256,
  ...request,
});

describe('checkFit accepts', () => {
  it.each<[string, Partial<FitRequest>]>([
    ['the smallest job', { cpu: 1, memory: 4 }],
    ['7,680 MiB on 8 GiB', { memory: 7680, instanceTypes: ['m6i.large'] }],
    ['what was measured on m6i.large', { memory: 7817, instanceTypes: ['m6i.large'] }],
    ['what was measured on r6id.xlarge', { cpu: 4, memory: 31_517, instanceTypes: ['r6id.xlarge'] }],
    ['what was measured on r6id.4xlarge', { cpu: 16, memory: 126_722, instanceTypes: ['r6id.4xlarge'] }],
    ['the largest default instance', { cpu: 192, memory: 100_000 }],
    ['a family', { instanceTypes: ['m7i-flex'] }],
    ['a bundle', { instanceTypes: ['optimal', 'c7a.xlarge'] }],
    ['arm64', { architecture: 'arm64' }],
    ['arm64 by its bundle', { architecture: 'arm64', instanceTypes: ['default_arm64'] }],
    ['one GPU', { gpu: 1, memory: 15_000 }],
    ['eight GPUs', { gpu: 8, cpu: 96, memory: 1_000_000 }],
    ['a GPU job on a list with CPU types in it', { gpu: 1, instanceTypes: ['m6i', 'g4dn'] }],
    ['no GPU, said as 0', { gpu: 0, architecture: 'arm64' }],
    ['a CPU job on GPU instances', { instanceTypes: ['g5.xlarge'] }],
    ['a family that is newer than the table', { cpu: 1000, instanceTypes: ['m9i'], maxVcpus: 1000 }],
    ['a size that is newer than the table', { cpu: 500, instanceTypes: ['m6i.128xlarge'], maxVcpus: 500 }],
    ['families with a hyphen', { instanceTypes: ['u-6tb1.56xlarge', 'u7i-12tb.224xlarge'], memory: 5_000_000 }],
    ['one instance over maxVcpus', { gpu: 8, memory: 900_000, instanceTypes: ['p4d'], maxVcpus: 8 }],
    ['all of maxVcpus', { cpu: 16, maxVcpus: 16 }],
  ])('%s', (_, request) => {
    expect(checkFit(job(request))).toBeUndefined();
  });
});

describe('checkFit refuses', () => {
  it('all of an 8 GiB instance', () => {
    expect(checkFit(job({ memory: 8192, instanceTypes: ['m6i.large'] }))).toEqual({
      property: 'memory',
      found: '2 vCPUs, 8192 MiB',
      accepted:
        'a size that one instance has; the largest allowed instances have 2 vCPUs (m6i.large), 7782 MiB (m6i.large)',
      fix: 'lower memory to 7782 (m6i.large), or list r6i in instanceTypes',
    });
  });

  it('more vCPUs than any allowed instance has', () => {
    expect(checkFit(job({ cpu: 200 }))).toEqual({
      property: 'cpu',
      found: '200 vCPUs, 3800 MiB',
      accepted:
        'a size that one instance has; the largest allowed instances have 192 vCPUs (c7i.48xlarge), 996147 MiB (r6i.32xlarge)',
      fix: 'lower cpu to 192, or list c8i in instanceTypes',
    });
  });

  it('a number of vCPUs that is one of CPU units', () => {
    expect(checkFit(job({ cpu: 256 }))?.fix).toBe(
      '256 ECS CPU units are 0.25 vCPU: write 1, the next whole number; if vCPUs are meant, lower cpu to 192, or list c8i in instanceTypes',
    );
    expect(checkFit(job({ cpu: 256, maxVcpus: 64 }))?.fix).toBe(
      '256 ECS CPU units are 0.25 vCPU: write 1, the next whole number; if vCPUs are meant, lower cpu, or raise compute.maxVcpus to 256 or more',
    );
  });

  it.each(['inf1', 'inf2.xlarge', 'trn1.2xlarge', 'trn1n', 'trn2.48xlarge', 'dl1.24xlarge', 'vt1', 'f2.6xlarge'])(
    '%s, whose accelerators no job gets',
    (entry) => {
      for (const gpu of [0, 1]) {
        expect(checkFit(job({ gpu, instanceTypes: [entry] }))).toEqual({
          property: 'instanceTypes',
          found: `"${entry}"`,
          accepted: expect.stringMatching(/^families that AWS Batch can use: .*(Neuron devices|NVIDIA|FPGAs)/),
          fix: 'list g5 or g6 with gpu: 1, whose NVIDIA GPUs jobs can use, or m6i or c6i for a job without an accelerator',
        });
      }
    },
  );

  it('more memory than any allowed instance has', () => {
    expect(checkFit(job({ memory: 1_200_000 }))).toMatchObject({
      property: 'memory',
      fix: 'lower memory to 996147 (r6i.32xlarge), or list x2iedn in instanceTypes',
    });
  });

  it('vCPUs and memory that exist, but not together', () => {
    expect(checkFit(job({ cpu: 160, memory: 500_000 }))).toMatchObject({
      property: 'memory',
      found: '160 vCPUs, 500000 MiB',
      fix: 'lower memory to 373555 (c7i.48xlarge), or list m7i in instanceTypes',
    });
  });

  it('GPUs and vCPUs that exist, but not together', () => {
    expect(checkFit(job({ gpu: 1, cpu: 8, instanceTypes: ['g5.xlarge', 'm6i'] }))).toEqual({
      property: 'cpu',
      found: '8 vCPUs, 3800 MiB and 1 GPU',
      accepted:
        'a size that one instance has; the largest allowed instances have 128 vCPUs (m6i.32xlarge), 498073 MiB (m6i.32xlarge), 1 GPU (g5.xlarge)',
      fix: 'lower cpu to 4, or list g4dn in instanceTypes',
    });
  });

  it('more GPUs than any instance has', () => {
    expect(checkFit(job({ gpu: 16 }))).toMatchObject({
      property: 'gpu',
      found: '2 vCPUs, 3800 MiB and 16 GPUs',
      fix: 'lower gpu to 8',
    });
    expect(checkFit(job({ gpu: 8, instanceTypes: ['g5.12xlarge'] }))).toMatchObject({
      property: 'gpu',
      fix: 'lower gpu to 4, or list g4dn in instanceTypes',
    });
  });

  it('a GPU on instances without one', () => {
    expect(checkFit(job({ gpu: 1, instanceTypes: ['m6i', 'c6i.large'] }))).toEqual({
      property: 'instanceTypes',
      found: '["m6i","c6i.large"], none of which has a GPU',
      accepted: 'a family or type with GPUs for a job with gpu',
      fix: 'list g4dn, or remove instanceTypes for g5, g6, p4d',
    });
  });

  it('a GPU on arm64', () => {
    for (const instanceTypes of [undefined, ['g5g'], ['g5g.xlarge']]) {
      expect(checkFit(job({ gpu: 1, architecture: 'arm64', instanceTypes }))).toEqual({
        property: 'architecture',
        found: '"arm64" for a job with gpu',
        accepted: 'x86_64 for GPU jobs: AWS Batch has no arm64 image for GPUs',
        fix: 'use architecture x86_64, or remove gpu',
      });
    }
  });

  it.each([
    ['m6i', 'arm64', 'set architecture to x86_64, or list default_arm64'],
    ['m7g.large', 'x86_64', 'set architecture to arm64, or list default_x86_64'],
    ['m7g.99xlarge', 'x86_64', 'set architecture to arm64, or list default_x86_64'],
    ['optimal', 'arm64', 'set architecture to x86_64, or list default_arm64'],
    ['default_arm64', 'x86_64', 'set architecture to arm64, or list default_x86_64'],
  ] as const)('%s for a job on %s', (entry, architecture, fix) => {
    const listed = architecture === 'arm64' ? 'm7g' : 'm7i';
    expect(checkFit(job({ architecture, instanceTypes: [listed, entry] }))).toEqual({
      property: 'instanceTypes',
      found: `"${entry}", which is ${architecture === 'arm64' ? 'x86_64' : 'arm64'}`,
      accepted: `families and types of the job's architecture, ${architecture}`,
      fix,
    });
  });

  it('more vCPUs than the environment may have', () => {
    expect(checkFit(job({ cpu: 17, maxVcpus: 16 }))).toEqual({
      property: 'cpu',
      found: '17 vCPUs',
      accepted: "at most 16, the compute environment's maxVcpus",
      fix: 'lower cpu, or raise compute.maxVcpus to 17 or more',
    });
  });

  it('an empty list', () => {
    expect(checkFit(job({ instanceTypes: [] }))).toMatchObject({ property: 'instanceTypes', found: 'an empty list' });
  });

  it.each([
    ['m6i_large', 'did you mean m6i.large?'],
    ['M6I.large', 'did you mean m6i.large?'],
    ['m6i large', 'did you mean m6i.large?'],
    ['m6i.', 'did you mean m6i?'],
    ['m6i.big', 'did you mean m6i?'],
    ['m6i.large.xl', 'did you mean m6i.large?'],
    ['default-x86_64', 'did you mean default_x86_64?'],
    ['default_arm', 'did you mean default_arm64?'],
    ['Optimal', 'did you mean optimal?'],
    ['something else entirely', 'write a family or a type in lower case'],
    ['', 'write a family or a type in lower case'],
  ])('%j, which is no name of an instance type', (entry, fix) => {
    expect(checkFit(job({ instanceTypes: ['m6i', entry] }))).toEqual({
      property: 'instanceTypes',
      found: JSON.stringify(entry),
      accepted: 'a family (m6i), a type (m6i.xlarge), default_x86_64, default_arm64 or optimal',
      fix,
    });
  });

  it.each([
    ['t3.large', 0, 'AWS Batch takes no burstable instances', 'list m6i or c6i'],
    ['t4g', 0, 'AWS Batch takes no burstable instances', 'list m7g or c7g'],
    ['a1', 0, 'Amazon Linux 2023, which the instances run, does not support it', 'list m7g or c7g'],
    ['p3.2xlarge', 1, "the Amazon Linux 2023 GPU image's driver does not support its GPU", 'list g5 or g6'],
    ['g4ad', 1, 'its GPUs are not NVIDIA ones, and AWS Batch hands out only those', 'list g5 or g6'],
    ['g5g', 0, 'AWS Batch has no GPU image for arm64', 'list m7g or c7g'],
  ])('%s, which no job can run on', (entry, gpu, why, fix) => {
    const architecture = fix.includes('g or') ? 'arm64' : 'x86_64';
    expect(checkFit(job({ gpu, architecture, instanceTypes: [entry] }))).toEqual({
      property: 'instanceTypes',
      found: JSON.stringify(entry),
      accepted: `families that AWS Batch can use: ${why}`,
      fix,
    });
  });
});
