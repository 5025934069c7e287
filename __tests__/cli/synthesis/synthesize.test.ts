import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StackFolder } from '../../../cli/synthesis/stack-folder';
import { synthesizedConfig } from '../../../cli/synthesis/synthesize';
import { loadConfig } from '../../../modules/load';
import type { ConfigError } from '../../../modules/problems/config-error';

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'synthesize-')));
  process.env.CDKTF_OUTDIR = join(root, 'cdktf.out');
});

afterEach(() => {
  delete process.env.CDKTF_OUTDIR;
  delete process.env.BATCH_JOBS_CONFIG;
  rmSync(root, { recursive: true });
});

function written(name: string, resources: object): string {
  const file = join(root, name);
  writeFileSync(file, JSON.stringify({ stackName: 'reports', region: 'eu-west-1', resources }, undefined, 1));
  return file;
}

it('a folder that another config has taken is reported with what the stack itself lacks, each at its line', async () => {
  const other = await loadConfig(written('other.json', {}));
  const folder = join(root, 'cdktf.out/stacks/reports');
  mkdirSync(folder, { recursive: true });
  new StackFolder(other, join(root, 'cdktf.out')).claim();
  const packaging = { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'missing.ts' } };
  process.env.BATCH_JOBS_CONFIG = written('jobs.json', { hook: { type: 'function', properties: { packaging } } });
  const error = (await synthesizedConfig().catch((thrown: unknown) => thrown)) as ConfigError;
  expect(error.problems.map(({ path, place }) => [path, place?.line])).toEqual([
    ['stackName', 2],
    ['resources.hook.properties.packaging.properties.entryfilePath', 11],
  ]);
  expect(existsSync(join(folder, 'cdk.tf.json'))).toBe(false);
});
