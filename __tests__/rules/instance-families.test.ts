import {
  defaultInstanceTypes,
  INSTANCE_BUNDLES,
  instanceType,
  KNOWN_FAMILIES,
  KNOWN_TYPES,
  typesOfFamily,
  UNSUPPORTED_FAMILIES,
} from '../../modules/rules/instance-families';

describe('instance types', () => {
  it.each([
    ['m6i.large', 'x86_64', 2, 8192, 0],
    ['m6g.medium', 'arm64', 1, 4096, 0],
    ['c7i.48xlarge', 'x86_64', 192, 393216, 0],
    ['r6i.32xlarge', 'x86_64', 128, 1048576, 0],
    ['c5.9xlarge', 'x86_64', 36, 73728, 0],
    ['c5n.large', 'x86_64', 2, 5376, 0],
    ['c5n.18xlarge', 'x86_64', 72, 196608, 0],
    ['m6i.metal', 'x86_64', 128, 524288, 0],
    ['m8g.metal-24xl', 'arm64', 96, 393216, 0],
    ['g4dn.metal', 'x86_64', 96, 393216, 8],
    ['g5.12xlarge', 'x86_64', 48, 196608, 4],
    ['p4d.24xlarge', 'x86_64', 96, 1179648, 8],
    ['p5.4xlarge', 'x86_64', 16, 262144, 1],
    ['p5.48xlarge', 'x86_64', 192, 2097152, 8],
    ['g5g.16xlarge', 'arm64', 64, 131072, 2],
  ] as const)('%s is %s with %i vCPUs, %i MiB and %i GPUs', (name, architecture, vcpus, memory, gpus) => {
    const family = name.split('.')[0];
    expect(instanceType(name)).toEqual({ name, family, architecture, vcpus, memory, gpus });
  });

  it('are unknown by other names', () => {
    expect(instanceType('m6i.3xlarge')).toBeUndefined();
    expect(instanceType('m6i')).toBeUndefined();
    expect(typesOfFamily('m99')).toEqual([]);
  });

  it('have whole numbers, a unique name and a size of their family', () => {
    expect(new Set(KNOWN_TYPES.map(({ name }) => name)).size).toBe(KNOWN_TYPES.length);
    const isRight = ({ name, family, vcpus, memory, gpus }: (typeof KNOWN_TYPES)[number]) =>
      /^[a-z]+\d[a-z\d]*(-[a-z\d]+)?\.(medium|large|\d*xlarge|metal(-\d+xl)?)$/.test(name) &&
      name.startsWith(`${family}.`) &&
      [vcpus, memory].every((value) => Number.isInteger(value) && value >= 1) &&
      Number.isInteger(gpus) &&
      gpus <= 8;
    expect(KNOWN_TYPES.length).toBeGreaterThan(0);
    expect(KNOWN_TYPES.filter((type) => !isRight(type))).toEqual([]);
  });

  it('grow in memory with their vCPUs, and share an architecture, within a family', () => {
    for (const family of KNOWN_FAMILIES) {
      const types = typesOfFamily(family);
      expect(new Set(types.map(({ architecture }) => architecture)).size).toBe(1);
      const memories = types.map(({ memory }) => memory);
      expect(memories).toEqual([...memories].sort((a, b) => a - b));
    }
  });

  it('have GPUs in the families that are named for them, and in no other', () => {
    const withGpu = KNOWN_FAMILIES.filter((family) => typesOfFamily(family).some(({ gpus }) => gpus > 0));
    expect(withGpu).toEqual(KNOWN_FAMILIES.filter((family) => /^(g|p)/.test(family)));
  });

  it('are arm64 where the family says g after its generation', () => {
    expect(KNOWN_TYPES.map(({ family, architecture }) => [family, architecture])).toEqual(
      KNOWN_TYPES.map(({ family }) => [family, /^[a-z]+\dg/.test(family) ? 'arm64' : 'x86_64']),
    );
  });
});

describe("Batch's bundles", () => {
  it.each([...INSTANCE_BUNDLES])('%s holds known families of one architecture', (_, families) => {
    const architectures = families.map((family) => typesOfFamily(family)[0]?.architecture);
    expect(architectures).not.toContain(undefined);
    expect(new Set(architectures).size).toBe(1);
  });

  it('are the default of CPU jobs', () => {
    expect(defaultInstanceTypes({ gpu: false, architecture: 'x86_64' })).toEqual(['default_x86_64']);
    expect(defaultInstanceTypes({ gpu: false, architecture: 'arm64' })).toEqual(['default_arm64']);
  });
});

describe('GPU jobs', () => {
  it('get A10G, L4 and A100 by default', () => {
    const families = defaultInstanceTypes({ gpu: true, architecture: 'x86_64' });
    expect(families).toEqual(['g5', 'g6', 'p4d']);
    expect(families.flatMap(typesOfFamily).every(({ gpus }) => gpus > 0)).toBe(true);
    expect(families.some((family) => UNSUPPORTED_FAMILIES.has(family))).toBe(false);
  });

  it('have no default on arm64', () => {
    expect(() => defaultInstanceTypes({ gpu: true, architecture: 'arm64' })).toThrow(
      'Accepted is x86_64 for GPU jobs: AWS Batch has no arm64 image for GPUs; use architecture x86_64, or remove gpu.',
    );
  });
});
