import { TerraformStack, Testing } from 'cdktf';
import { parse } from '../modules/config/parse';
import { batchJobsConfig } from '../modules/stack-config/config';
import { createBackend, createProviders } from '../modules/stack-providers';
import { SMALLEST_JOB } from './stack-config/samples';
import { Synthesis } from './synthesis';

function made(settings: object): Synthesis {
  const resources = { report: { type: 'batch-job', properties: SMALLEST_JOB } };
  const config = parse(batchJobsConfig, { stackName: 'reports', region: 'eu-west-1', resources, ...settings }, 'test');
  const stack = new TerraformStack(Testing.app(), 'reports');
  createProviders(stack, config);
  createBackend(stack, config);
  return new Synthesis(stack);
}

it('the provider has the region, the accounts and the tags of the config', () => {
  const settings = { allowedAccountIds: ['123456789012'], tags: { team: 'data' } };
  expect(made(settings).section('provider')).toMatchObject({
    aws: [{ region: 'eu-west-1', allowed_account_ids: ['123456789012'], default_tags: [{ tags: { team: 'data' } }] }],
    archive: [{}],
  });
  expect(JSON.stringify(made({}).section('provider'))).not.toContain('default_tags');
});

it.each<[object, object]>([
  [{ type: 'local' }, { local: { path: expect.stringMatching(/^[^/].*\.tfstate$/) } }],
  [
    { type: 's3', bucket: 'states', useLockfile: true },
    { s3: { bucket: 'states', key: expect.stringContaining('.tfstate'), encrypt: true, use_lockfile: true } },
  ],
  [
    { type: 'cloud', organization: 'acme', workspace: 'nightly' },
    { cloud: { organization: 'acme', workspaces: { name: 'nightly' } } },
  ],
])('the backend of %j', (backend, block) => {
  const { backend: one, cloud } = made({ backend }).section('terraform') as { backend?: object; cloud?: object };
  expect(one ?? { cloud }).toMatchObject(block);
});
