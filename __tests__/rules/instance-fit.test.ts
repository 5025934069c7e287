import fc from 'fast-check';
import { fitAdvice } from '../../modules/rules/instance-advice';
import { KNOWN_FAMILIES, KNOWN_TYPES, UNSUPPORTED_FAMILIES } from '../../modules/rules/instance-families';
import { checkFit, type FitRequest, smallestFit, usableMemory } from '../../modules/rules/instance-fit';

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

describe('in a region', () => {
  const none = 'which offers none of g5, g6, p4d, g4dn as far as is known here';
  const accepted = 'a region that offers what the job needs, or instanceTypes that this one offers';

  it.each([
    ['ca-west-1', 'us-west-2, us-west-1, us-east-2'],
    ['ap-south-2', 'ap-south-1, me-central-1, me-south-1'],
    ['ap-southeast-4', 'ap-southeast-2, ap-southeast-3, ap-southeast-1'],
  ])('%s, which offers no GPUs, a GPU job is refused with the nearest that do', (region, near) => {
    expect(checkFit(job({ gpu: 1, region }))).toEqual({
      property: 'gpu',
      found: `1 GPU in ${region}, ${none}`,
      accepted,
      fix: `set region to one that offers it; the nearest are ${near}`,
    });
  });

  it('suggests GPUs other than the default ones for a larger job', () => {
    expect(checkFit(job({ gpu: 8, region: 'us-west-1', memory: 900_000 }))).toMatchObject({
      property: 'memory',
      fix: 'lower memory to 373555 (g4dn.metal), or list p5 in instanceTypes',
    });
  });

  it('that lacks the large default, the nearest one with it is suggested', () => {
    expect(checkFit(job({ gpu: 8, region: 'eu-west-3', memory: 900_000 }))).toMatchObject({
      property: 'memory',
      accepted:
        'a size that one instance has; the largest allowed instances in eu-west-3 have 192 vCPUs (g6.48xlarge), 747110 MiB (g6.48xlarge), 8 GPUs (g6.48xlarge)',
      fix: 'lower memory to 747110 (g6.48xlarge), or set region to one that offers it; the nearest are eu-west-2, eu-central-1, eu-west-1',
    });
    expect(checkFit(job({ gpu: 8, region: 'eu-west-1', memory: 900_000 }))).toBeUndefined();
  });

  it('whose bundle is small, a CPU job fits what is left of it', () => {
    // ap-southeast-4 has c7i of m6i, c6i, r6i and c7i.
    const request = job({ memory: 500_000, cpu: 4, region: 'ap-southeast-4' });
    expect(checkFit(request)).toMatchObject({
      property: 'memory',
      fix: expect.stringMatching(/, or list \w+ in instanceTypes$/),
    });
    expect(checkFit({ ...request, instanceTypes: ['default_x86_64'] })).toMatchObject({ property: 'memory' });
    expect(checkFit({ ...request, region: 'eu-west-1' })).toBeUndefined();
    expect(smallestFit(job({ region: 'ap-southeast-4' }))?.name).toBe('c7i.large');
  });

  it.each([undefined, 'cn-north-1', 'eu-west-9'])(
    'of which nothing is known here (%s), everything is taken',
    (region) => {
      expect(checkFit(job({ gpu: 8, memory: 900_000, region }))).toBeUndefined();
      expect(fitAdvice(job({ gpu: 1, instanceTypes: ['g6'], region }))).toEqual([]);
    },
  );

  it('types in the config that it lacks get a hint, and no error', () => {
    const request = job({ gpu: 1, instanceTypes: ['g5', 'g6.xlarge'], region: 'eu-west-1' });
    expect(checkFit(request)).toBeUndefined();
    expect(fitAdvice(request)).toEqual([
      {
        property: 'instanceTypes',
        message:
          'g6.xlarge is not offered in eu-west-1 as far as is known here, and AWS Batch refuses the whole list for it; the nearest regions with it are eu-west-2, eu-west-3, eu-central-1',
      },
    ]);
    expect(checkFit({ ...request, region: 'ca-west-1' })).toBeUndefined();
    expect(fitAdvice({ ...request, region: 'eu-west-2' })).toEqual([]);
  });

  it('every fix names GPUs that it offers', () => {
    expect(checkFit(job({ gpu: 1, instanceTypes: ['p3'], region: 'eu-west-3' }))?.fix).toBe('list g6');
    expect(checkFit(job({ gpu: 1, instanceTypes: ['p3'] }))?.fix).toBe('list g5 or g6');
  });
});

describe('smallestFit', () => {
  it.each<[string, Partial<FitRequest>, string | undefined]>([
    ['the smallest type of the bundle', { cpu: 1, memory: 2000 }, 'c6i.large'],
    ['the next size up in memory', { memory: 4096 }, 'm6i.large'],
    ['a family with more memory', { memory: 8192 }, 'r6i.large'],
    ['the smallest of arm64', { cpu: 1, memory: 1900, architecture: 'arm64' }, 'c6g.medium'],
    ['one GPU', { gpu: 1, memory: 10_000 }, 'g5.xlarge'],
    ['four GPUs', { gpu: 4 }, 'g5.12xlarge'],
    ['eight GPUs with much memory', { gpu: 8, memory: 900_000 }, 'p4d.24xlarge'],
    ['no GPU when none is asked for', { instanceTypes: ['g5', 'm6i.8xlarge'] }, 'm6i.8xlarge'],
    ['a type that may just fit, when there is no other', { memory: 7817, instanceTypes: ['m6i.large'] }, 'm6i.large'],
    ['nothing that is too small', { cpu: 500 }, undefined],
    ['nothing when an entry is not known', { instanceTypes: ['m6i', 'm9i'] }, undefined],
  ])('finds %s', (_, request, name) => {
    expect(smallestFit(job(request))?.name).toBe(name);
  });
});

describe('fitAdvice', () => {
  it('has nothing to say of a job that fits', () => {
    expect(fitAdvice(job())).toEqual([]);
    expect(fitAdvice(job({ memory: 7680 }))).toEqual([]);
    expect(fitAdvice(job({ cpu: 500 }))).toEqual([]);
  });

  it('proposes the memory that fits the smaller instance', () => {
    expect(fitAdvice(job({ memory: 8192 }))).toEqual([
      {
        property: 'memory',
        message:
          '8192 MiB does not fit m6i.large (2 vCPUs, 8192 MiB), whose system takes a part of it, so the job needs r6i.large (2 vCPUs, 16384 MiB): 7680 would fit the smaller one',
      },
    ]);
  });

  it('doubts the memory that is nearly all of the only instance', () => {
    expect(fitAdvice(job({ memory: 7900, instanceTypes: ['m6i.large'] }))).toEqual([
      {
        property: 'memory',
        message:
          '7900 MiB may not fit m6i.large (2 vCPUs, 8192 MiB), whose system takes about 5 % of it: 7680 surely does',
      },
    ]);
  });

  it('says what was not checked, and what may have been meant', () => {
    expect(fitAdvice(job({ instanceTypes: ['m6i', 'm6i.3xlarge', 'zz9'] }))).toEqual([
      {
        property: 'instanceTypes',
        message: 'm6i.3xlarge is not known here, so whether the job fits it was not checked; did you mean m6i.xlarge?',
      },
      { property: 'instanceTypes', message: 'zz9 is not known here, so whether the job fits it was not checked' },
    ]);
  });

  it('says that GPUs are paid for', () => {
    expect(fitAdvice(job({ instanceTypes: ['g5'] }))).toEqual([
      { property: 'instanceTypes', message: 'the job asks for no gpu and runs on g5.xlarge, whose GPUs it pays for' },
    ]);
    expect(fitAdvice(job({ gpu: 1, instanceTypes: ['g5'] }))).toEqual([]);
  });

  it('says that an instance is larger than the environment', () => {
    expect(fitAdvice(job({ gpu: 8, memory: 900_000, instanceTypes: ['p4d'], maxVcpus: 8 }))).toEqual([
      {
        property: 'maxVcpus',
        message:
          'the smallest instance for the job, p4d.24xlarge, has 96 vCPUs, more than maxVcpus 8: Batch goes over the maximum by one instance, so only one runs at a time; raise compute.maxVcpus to 96 or more',
      },
    ]);
  });
});

describe('laws', () => {
  const usable = KNOWN_TYPES.filter(({ family }) => !UNSUPPORTED_FAMILIES.has(family));
  const type = fc.constantFrom(...usable);

  it('a job of 15/16 of a type fits it, a job of all of its memory does not', () => {
    fc.assert(
      fc.property(type, ({ name, architecture, vcpus, memory, gpus }) => {
        const request = job({ cpu: vcpus, gpu: gpus, architecture, instanceTypes: [name], maxVcpus: vcpus });
        expect(checkFit({ ...request, memory: (memory * 15) / 16 })).toBeUndefined();
        expect(smallestFit({ ...request, memory: (memory * 15) / 16 })?.name).toBe(name);
        expect(checkFit({ ...request, memory })?.property).toBe('memory');
        expect(checkFit({ ...request, memory: 4, cpu: vcpus + 1, maxVcpus: vcpus + 1 })?.property).toBe('cpu');
        expect(checkFit({ ...request, memory: 4, gpu: 9 })).toBeDefined();
      }),
    );
  });

  const entries = fc.constantFrom(...KNOWN_FAMILIES.filter((family) => !UNSUPPORTED_FAMILIES.has(family)));
  const request = fc.record({
    cpu: fc.integer({ min: 1, max: 400 }),
    memory: fc.integer({ min: 4, max: 4_000_000 }),
    gpu: fc.integer({ min: 0, max: 9 }),
    architecture: fc.constantFrom('x86_64' as const, 'arm64' as const),
    instanceTypes: fc.option(fc.array(entries, { minLength: 1, maxLength: 3 }), { nil: undefined }),
    maxVcpus: fc.integer({ min: 1, max: 1000 }),
  });

  it('what is accepted has an instance, and what is refused says all three things', () => {
    fc.assert(
      fc.property(request, (asked) => {
        const problem = checkFit(asked);
        if (problem === undefined) {
          const fit = smallestFit(asked);
          expect(fit?.vcpus).toBeGreaterThanOrEqual(asked.cpu);
          expect(fit?.memory).toBeGreaterThan(asked.memory);
          expect(fit?.gpus).toBeGreaterThanOrEqual(asked.gpu);
          expect(fit?.architecture).toBe(asked.architecture);
        } else {
          expect([problem.found, problem.accepted, problem.fix].every((text) => String(text) !== '')).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('the fix of a misfit fits', () => {
    fc.assert(
      fc.property(request, (asked) => {
        const roomy = { ...asked, maxVcpus: 1000 };
        const [, property, value] = /^lower (cpu|memory|gpu) to (\d+)/.exec(String(checkFit(roomy)?.fix)) ?? [];
        const [, family] = /list (\S+) in instanceTypes/.exec(String(checkFit(roomy)?.fix)) ?? [];
        if (family !== undefined) expect(checkFit({ ...roomy, instanceTypes: [family] })).toBeUndefined();
        if (property === 'memory') expect(checkFit({ ...roomy, memory: Number(value) })).toBeUndefined();
        // Lowering one of the others may show that the memory does not fit either, but the same thing is not said twice.
        else if (property !== undefined) {
          expect(checkFit({ ...roomy, [property]: Number(value) })?.property).not.toBe(property);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('advised memory fits a smaller instance', () => {
    fc.assert(
      fc.property(type, ({ name, architecture, vcpus, memory, gpus }) => {
        const asked = job({
          cpu: vcpus,
          memory,
          gpu: gpus,
          architecture,
          instanceTypes: [name, name.split('.')[0] ?? ''],
        });
        const message = fitAdvice(asked).find(({ property }) => property === 'memory')?.message ?? '';
        const [, advised] = /: (\d+) would fit/.exec(message) ?? [];
        if (advised === undefined) return;
        const [before, after] = [smallestFit(asked), smallestFit({ ...asked, memory: Number(advised) })];
        expect(after && usableMemory(after)).toBeGreaterThanOrEqual(Number(advised));
        expect(after?.memory).toBeLessThan(before?.memory ?? 0);
      }),
    );
  });
});
