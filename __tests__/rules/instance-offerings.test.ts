import { readFileSync } from 'node:fs';
import { GPU_DEFAULTS, INSTANCE_BUNDLES, OLDER_GPU_DEFAULTS } from '../../modules/rules/instance-families';
import { familiesIn, OFFERING_REGIONS } from '../../modules/rules/instance-offerings';
import { REGIONS } from '../../modules/rules/regions';
import { OFFERINGS_FILE, withOfferings } from '../../scripts/instance-offerings';

const families = (region: string) => [...(familiesIn(region) ?? [])];

describe('the table of families by region', () => {
  it('is what its script writes of it', () => {
    const offerings = OFFERING_REGIONS.flatMap((Location) =>
      families(Location).map((family) => ({ InstanceType: `${family}.xlarge`, Location })),
    );
    const source = readFileSync(OFFERINGS_FILE, 'utf8');
    expect(withOfferings(source, offerings)).toBe(source);
    expect(withOfferings(source, [{ InstanceType: 'm9z.large', Location: 'eu-west-9' }])).toContain(
      "= {\n  'eu-west-9': `\n    m9z`,\n};",
    );
  });

  it('has only regions and families, each once', () => {
    expect(OFFERING_REGIONS.filter((region) => !REGIONS.includes(region))).toEqual([]);
    for (const region of OFFERING_REGIONS) {
      expect(families(region)).toEqual([...new Set(families(region))].sort());
      expect(families(region).filter((family) => !/^[a-z][a-z0-9-]+$/.test(family))).toEqual([]);
    }
  });

  it('knows nothing of other regions', () => {
    for (const region of ['cn-north-1', 'us-gov-west-1', 'eu-west-9', 'toString'])
      expect(familiesIn(region)).toBeUndefined();
  });

  it('has instances for CPU jobs of either architecture everywhere', () => {
    for (const bundle of INSTANCE_BUNDLES.values()) {
      expect(OFFERING_REGIONS.filter((region) => !bundle.some((family) => familiesIn(region)?.has(family)))).toEqual(
        [],
      );
    }
  });

  // Whoever changes the defaults sees here where GPU jobs can no longer run.
  it('has GPUs for jobs that list none, but in three regions', () => {
    const gpus = [...GPU_DEFAULTS, ...OLDER_GPU_DEFAULTS];
    const without = OFFERING_REGIONS.filter((region) => !gpus.some((family) => familiesIn(region)?.has(family)));
    expect(without).toEqual(['ap-south-2', 'ap-southeast-4', 'ca-west-1']);
    expect(
      OFFERING_REGIONS.filter((region) => GPU_DEFAULTS.every((family) => familiesIn(region)?.has(family))),
    ).toHaveLength(12);
  });
});
