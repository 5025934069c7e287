import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { parse } from '../../modules/config/parse';
import { BatchJobsStack } from '../../modules/stack';
import { batchJobsConfig } from '../../modules/stack-config/config';
import { CYCLES, NO_CYCLES } from '../cycle-cases';
import { describeWith, TerraformError, terraformAvailable, workspace } from './engines/terraform';

/** What Terraform says of a config that is synthesized without the checks of rings. */
async function verdict(config: object): Promise<string> {
  const outdir = mkdtempSync(join(tmpdir(), 'rings-'));
  const app = new App({ outdir, skipValidation: true });
  new BatchJobsStack(app, parse(batchJobsConfig, { stackName: 'rings', ...config }, 'test'), { baseDir: __dirname });
  app.synth();
  const space = workspace(join(outdir, 'stacks', 'rings'));
  try {
    await space.validate();
    return 'valid';
  } catch (error) {
    if (error instanceof TerraformError) return error.message;
    throw error;
  } finally {
    space.dispose();
    rmSync(outdir, { recursive: true, force: true });
  }
}

describeWith([terraformAvailable()], 'rings of references', () => {
  it.each(Object.entries(CYCLES))('%s: Terraform refuses what synthesis refuses', async (_, [config]) => {
    expect(await verdict(config)).toMatch(/Cycle: |Self-referential block/);
  });

  it.each(Object.entries(NO_CYCLES))('%s: Terraform accepts what synthesis accepts', async (_, config) => {
    expect(await verdict(config)).toBe('valid');
  });
});
