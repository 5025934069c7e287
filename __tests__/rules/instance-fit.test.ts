import fc from 'fast-check';
import { fitAdvice } from '../../modules/rules/instance-advice';
import { KNOWN_FAMILIES, KNOWN_TYPES, UNSUPPORTED_FAMILIES } from '../../modules/rules/instance-families';
import { type FitRequest, smallestFit, usableMemory } from '../../modules/rules/instance-fit';
import { checkFit } from '../../modules/rules/instance-fit-problems';

const job = (request: Partial<FitRequest> = {}): FitRequest => ({
  cpu: 2,
  memory: 3800,
  architecture: 'x86_64',
  maxVcpus: 256,
  ...request,
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
