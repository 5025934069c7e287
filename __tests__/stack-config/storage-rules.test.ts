import { indexed } from '../../modules/config/indexed-config';
import { findingsOf } from '../../modules/config/rule';
import { usableStorage } from '../../modules/stack-config/storage-rules';

const job = (properties: object) => ({ type: 'batch-job', properties });

it('reports the storage of each job, with the path in the config', () => {
  const resources = { cpu: 1, memory: 512, sharedMemoryMb: 512 };
  const config = {
    resources: {
      a: job({ resources }),
      queue: { type: 'sqs-queue' },
      b: job({ resources: { ...resources, sharedMemoryMb: 511 } }),
    },
  };
  expect(findingsOf([usableStorage], indexed(config))).toMatchObject([
    {
      path: ['resources', 'a', 'properties', 'resources', 'sharedMemoryMb'],
      finding: { code: 'conflict', fix: 'raise resources.memory above 512, or make them smaller' },
    },
  ]);
});

it('has a code for what has none', () => {
  const container = { packaging: { type: 'stacktape-image-buildpack' } };
  const volumes = [{ type: 'tmpfs', properties: { mountPath: '/app', sizeMb: 8 } }];
  expect(findingsOf([usableStorage], indexed({ resources: { a: job({ container, volumes }) } }))).toMatchObject([
    {
      path: ['resources', 'a', 'properties', 'volumes', 0, 'properties', 'mountPath'],
      finding: { code: 'invalid-value' },
    },
  ]);
});

it('knows which instances with a store the region has', () => {
  const resources = { cpu: 1, memory: 512, useInstanceStore: true };
  const fixes = (region?: string) =>
    findingsOf([usableStorage], indexed({ region, resources: { a: job({ resources }) } })).map(
      ({ finding }) => finding.fix,
    );
  expect(fixes()).toEqual(['set instanceTypes to families such as m6id, c6id, r6id, or remove useInstanceStore']);
  expect(fixes('ap-east-1')).toEqual([
    'set instanceTypes to families such as m5d, c5d, r5d, or remove useInstanceStore',
  ]);
});
