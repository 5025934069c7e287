import { indexed } from '../../modules/config/indexed-config';
import { findingsOf } from '../../modules/config/rule';
import { placeable, usableMoreMemory } from '../../modules/stack-config/placement-rules';

const job = (resources: unknown) => ({ type: 'batch-job', properties: { resources } });

function findings(resources: unknown, more: object = {}) {
  return findingsOf(
    [placeable],
    indexed({ resources: { small: job({ cpu: 1, memory: 512 }), job: job(resources) }, ...more }),
  );
}

const at = (property: string) => ['resources', 'job', 'properties', 'resources', property];

it('accepts a job that an instance can run', () => {
  expect(findings({ cpu: 4, memory: 8000 })).toEqual([]);
});

it('refuses a job that none of its instance types can run', () => {
  expect(findings({ cpu: 2, memory: 8192, instanceTypes: ['m6i.large'] })).toMatchObject([
    { path: at('memory'), finding: { code: 'no-capacity', found: '2 vCPUs, 8192 MiB' } },
  ]);
});

it('refuses a job over the vCPUs of the stack', () => {
  expect(findings({ cpu: 8, memory: 8000 }, { compute: { maxVcpus: 8 } })).toEqual([]);
  expect(findings({ cpu: 8, memory: 8000 }, { compute: { maxVcpus: 7 } })).toMatchObject([{ path: at('cpu') }]);
});

it.each([[0], ['many'], [undefined]])('expects no limit from maxVcpus %p, which another check judges', (maxVcpus) => {
  expect(findings({ cpu: 64, memory: 8000 }, { compute: { maxVcpus } })).toEqual([]);
});

it('knows which instances the region has', () => {
  const resources = { cpu: 1, memory: 8000, gpu: 1 };
  expect(findings(resources)).toEqual([]);
  expect(findings(resources, { region: 'eu-west-1' })).toEqual([]);
  expect(findings(resources, { region: 'ap-south-2' })).toMatchObject([{ path: at('gpu') }]);
});

it('says nothing about resources that tell nothing', () => {
  expect(findings('large')).toEqual([]);
  expect(findings({ cpu: 4, memory: 8192, instanceTypes: ['m6i.large'], architecture: 'sparc' })).toEqual([]);
});

it('refuses more memory than the instances of a job have', () => {
  const properties = (maxMemory: number) => ({
    resources: { cpu: 1, memory: 512, instanceTypes: ['m6i.large'] },
    retryConfig: { attempts: 2, onOutOfMemory: { maxMemory } },
  });
  const found = (maxMemory: number, maxVcpus = 256) =>
    findingsOf(
      [usableMoreMemory],
      indexed({
        compute: { maxVcpus },
        resources: { job: { type: 'batch-job', properties: properties(maxMemory) } },
      }),
    );
  expect(found(7000)).toEqual([]);
  expect(found(9000)).toMatchObject([
    {
      path: ['resources', 'job', 'properties', 'retryConfig', 'onOutOfMemory', 'maxMemory'],
      finding: { code: 'no-capacity', found: '1 vCPU, 9000 MiB' },
    },
  ]);
});
