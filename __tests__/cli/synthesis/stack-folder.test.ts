import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { StackFolder } from '../../../cli/synthesis/stack-folder';
import type { ConfigError } from '../../../modules/problems/config-error';
import { batchJobsConfig } from '../../../modules/stack-config/config';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'stack-folder-')));
});

afterEach(() => rmSync(root, { recursive: true }));

function write(path: string): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  return file;
}

/** Does what a synthesis does to the folder; gives the problem that stops it, if one does. */
function synthesize(configFile: string, config: object = {}) {
  const resolved = batchJobsConfig.parse({ stackName: 'reports', region: 'eu-west-1', resources: {}, ...config });
  const folder = new StackFolder({ file: write(configFile), config: resolved }, join(root, 'cdktf.out'));
  try {
    folder.check();
  } catch (error) {
    const { message, ...problem } = (error as ConfigError).problems[0] ?? {};
    return problem;
  }
  mkdirSync(join(root, 'cdktf.out/stacks', resolved.stackName), { recursive: true });
  folder.claim();
  return undefined;
}

const rememberedBackend = () => join(root, 'cdktf.out/stacks/reports/.terraform/terraform.tfstate');

it('takes the same config again and again', () => {
  expect(synthesize('reports.yml')).toBeUndefined();
  expect(synthesize('reports.yml')).toBeUndefined();
});

it('is refused to a second config whose stack has the same name and the same state', () => {
  synthesize('a/reports.yml');
  expect(synthesize('b/reports.yml')).toEqual({
    code: 'stack-in-use',
    path: 'stackName',
    found: expect.stringMatching(/^"reports", which is also the stack of .*a\/reports\.yml$/),
    accepted: 'a stack for each config',
    fix: expect.stringMatching(
      /^give one of them another stackName\. If that file .* delete .*cdktf\.out\/stacks\/reports$/,
    ),
  });
  expect(synthesize('a/reports.yml')).toBeUndefined();
});

it.each([
  ['another region', { region: 'us-east-1' }],
  ['another bucket', { backend: { type: 's3', bucket: 'production-states' } }],
  ['another workspace', { backend: { type: 'cloud', organization: 'me', workspace: 'production' } }],
])('goes on to a second config whose state is elsewhere: %s', (_, config) => {
  synthesize('staging.yml');
  expect(synthesize('production.yml', config)).toBeUndefined();
});

it('goes on to a file that was moved', () => {
  synthesize('a/reports.yml');
  rmSync(join(root, 'a'), { recursive: true });
  expect(synthesize('b/reports.yml')).toBeUndefined();
});

it('makes Terraform forget the state of another region, and no other', () => {
  synthesize('reports.yml');
  write('cdktf.out/stacks/reports/.terraform/terraform.tfstate');
  synthesize('reports.yml', { backend: { type: 's3', bucket: 'states' } });
  expect(existsSync(rememberedBackend())).toBe(true);
  synthesize('reports.yml', { region: 'us-east-1' });
  expect(existsSync(rememberedBackend())).toBe(false);
});

it('finds a state that earlier versions named without the region', () => {
  write('terraform.reports.tfstate');
  expect(synthesize('reports.yml')).toEqual({
    code: 'stack-in-use',
    path: 'backend',
    found: expect.stringMatching(/^the state .*terraform\.reports\.tfstate, without a region in its name$/),
    accepted: 'a state for each region',
    fix: expect.stringMatching(
      /^if it is the state of eu-west-1, run: mv .*reports\.tfstate .*terraform\.reports\.eu-west-1\.tfstate$/,
    ),
  });
  write('terraform.reports.eu-west-1.tfstate');
  expect(synthesize('reports.yml')).toBeUndefined();
});

it('leaves a state alone that the config names', () => {
  write('terraform.reports.tfstate');
  expect(synthesize('reports.yml', { backend: { type: 'local', path: '../../../my.tfstate' } })).toBeUndefined();
});

describe('names that start alike', () => {
  const prefixed = { stackName: 'reports', namePrefix: 'acme-' };

  it('are refused in one region, whichever stack is first', () => {
    expect(synthesize('a.yml', prefixed)).toBeUndefined();
    expect(synthesize('b.yml', { stackName: 'acme-reports' })).toMatchObject({
      code: 'stack-in-use',
      path: 'stackName',
      fix: 'change namePrefix or stackName of one of them',
    });
    expect(synthesize('c.yml', { stackName: 'rts', namePrefix: 'acme-repo' })).toMatchObject({ path: 'namePrefix' });
    expect(synthesize('a.yml', prefixed)).toBeUndefined();
  });

  it('are accepted in another region, with another start, and after the other config is gone', () => {
    synthesize('a.yml', prefixed);
    expect(synthesize('b.yml', { stackName: 'acme-reports', region: 'us-east-1' })).toBeUndefined();
    expect(synthesize('c.yml', { stackName: 'other', namePrefix: 'acme-' })).toBeUndefined();
    rmSync(join(root, 'a.yml'));
    expect(synthesize('d.yml', { stackName: 'ports', namePrefix: 'acme-re' })).toBeUndefined();
  });
});
