import { storageProblems } from '../../modules/config/storage-problems';
import { formatPath } from '../../modules/problems/problem';
import { tokens } from '../stack-config/samples';

const found = (...args: Parameters<typeof storageProblems>) =>
  [...storageProblems(...args)].map(({ path, finding }) => `${formatPath(path)}: ${finding.fix}`);
const tmpfs = (sizeMb: unknown, mountPath = '/tmp') => ({ type: 'tmpfs', properties: { mountPath, sizeMb } });

describe('shared memory and tmpfs volumes', () => {
  it('are less than the memory of the job', () => {
    const resources = { memory: 512, sharedMemoryMb: 256 };
    expect(found({ resources, volumes: [tmpfs(255)] })).toEqual([]);
    expect(found({ resources, volumes: [tmpfs(256)] })).toEqual([
      'resources.sharedMemoryMb: raise resources.memory above 512, or make them smaller',
    ]);
    expect(found({ resources, volumes: [tmpfs(10, '/a'), tmpfs(400, '/b')] })).toEqual([
      'volumes[1].properties.sizeMb: raise resources.memory above 666, or make them smaller',
    ]);
  });

  it('can have sizes that only Terraform knows, or that another check refuses', () => {
    const { NUMBER } = tokens();
    expect(found({ resources: { memory: NUMBER, sharedMemoryMb: 900 }, volumes: [] })).toEqual([]);
    expect(found({ resources: { memory: 512 }, volumes: [tmpfs(NUMBER)] })).toEqual([]);
    expect(found({ resources: { memory: 512 }, volumes: [tmpfs('900')] })).toEqual([]);
    expect(found({ resources: 5, volumes: 'x' })).toEqual([]);
  });
});

it('two volumes are at different paths', () => {
  expect(found({ resources: { memory: 512 }, volumes: [tmpfs(1), tmpfs(1, '/b'), tmpfs(1)] })).toEqual([
    'volumes[2].properties.mountPath: use another path for one of them',
  ]);
});

it('no volume is in a read-only one, where its folder cannot be made', () => {
  const efs = (mountPath: string, readOnly?: boolean) => ({ type: 'efs', properties: { mountPath, readOnly } });
  const nested = (...volumes: object[]) => found({ resources: { memory: 512 }, volumes });
  const fix = (index: number) => [
    `volumes[${index}].properties.mountPath: use a path outside of /models, or set readOnly: false for that volume`,
  ];
  expect(nested(efs('/models', true), tmpfs(1, '/models/cache'))).toEqual(fix(1));
  expect(nested(efs('/models/a/b'), efs('/models', true))).toEqual(fix(0));
  expect(nested(efs('/models'), tmpfs(1, '/models/cache'))).toEqual([]);
  expect(nested(efs('/models', true), tmpfs(1, '/models2'))).toEqual([]);
  expect(nested(efs('/models/a', true), efs('/models'))).toEqual([]);
});

describe("the folders of the job's image", () => {
  const mounted = (type: string, mountPath: string) =>
    found({ container: { packaging: { type } }, resources: { memory: 512 }, volumes: [tmpfs(1, mountPath)] });
  const FIX = ['volumes[0].properties.mountPath: use a path such as /data'];

  it('are not hidden by a volume', () => {
    expect(mounted('stacktape-image-buildpack', '/app')).toEqual(FIX);
    expect(mounted('stacktape-image-buildpack', '/opt')).toEqual(FIX);
    expect(mounted('external-buildpack', '/workspace')).toEqual(FIX);
  });

  it('can have volumes in them, and are unknown in images from elsewhere', () => {
    expect(mounted('stacktape-image-buildpack', '/app/data')).toEqual([]);
    expect(mounted('stacktape-image-buildpack', '/application')).toEqual([]);
    expect(mounted('prebuilt-image', '/app')).toEqual([]);
    expect(mounted('constructor', '/app')).toEqual([]);
  });
});

describe('the instance store', () => {
  const store = (more: object, region?: string) =>
    found({ resources: { memory: 1, useInstanceStore: true, ...more } }, region);
  const FIX = 'resources.useInstanceStore: set instanceTypes to families such as';

  it('is there on families with local disks, and on those that GPU jobs get', () => {
    expect(store({ instanceTypes: ['m6id', 'c5d.xlarge', 'i4i'] })).toEqual([]);
    expect(store({ gpu: 1 })).toEqual([]);
  });

  it('is missing on the default families, and on each family without local disks', () => {
    expect(store({})).toEqual([`${FIX} m6id, c6id, r6id, or remove useInstanceStore`]);
    expect(store({ architecture: 'arm64' })).toEqual([`${FIX} m7gd, c7gd, r7gd, or remove useInstanceStore`]);
    const [{ finding } = { finding: { found: '' } }] = storageProblems({
      resources: { useInstanceStore: true, instanceTypes: ['m6id', 'm6i', 'c6i.large'] },
    });
    expect(String(finding.found)).toBe('"m6i", "c6i.large", without an instance store');
  });

  it('is not asked of families that are unknown here, or known only to Terraform', () => {
    const { TEXT } = tokens();
    expect(store({ instanceTypes: ['m99x'] })).toEqual([]);
    expect(store({ instanceTypes: [TEXT] })).toEqual([]);
    expect(store({ gpu: 1, architecture: 'arm64' })).toEqual([]);
    expect(store({ useInstanceStore: false })).toEqual([]);
  });
});
