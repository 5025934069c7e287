import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArchiveProvider } from '@cdktf/provider-archive/lib/provider';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import { bundleTriggerFunction } from '../../modules/orchestration/trigger-bundle';
import { TriggerCode } from '../../modules/orchestration/trigger-code';
import { foreignStack, Synthesis } from '../synthesis';

describe('TriggerCode', () => {
  it('zips one file inside the stack, with a fixed mode', () => {
    const stack = foreignStack();
    const code = new TriggerCode(stack, 'code');
    expect(new Synthesis(stack).byId('data.archive_file')).toEqual({});
    expect(code.archive).toBe(code.archive);
    expect(new Synthesis(stack).one('data.archive_file')).toEqual({
      type: 'zip',
      source_file: expect.stringMatching(/^assets\/code_Bundle\/[0-9A-F]{32}\/index\.js$/),
      output_path: expect.stringMatching(/^assets\/code_Bundle\/[0-9A-F]{32}\/trigger\.zip$/),
      output_file_mode: '0644',
    });
  });

  it('puts the bundle where the archive looks for it', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'trigger-code-'));
    try {
      const app = new App({ outdir, skipBackendValidation: true });
      const stack = new TerraformStack(app, 'stack');
      new ArchiveProvider(stack, 'archives');
      new LocalBackend(stack, {});
      expect(new TriggerCode(stack, 'code').archive).toBeDefined();
      app.synth();
      const folder = join(outdir, 'stacks/stack');
      const { data } = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8'));
      const [archive] = Object.values<{ source_file: string; output_path: string }>(data.archive_file);
      if (archive === undefined) throw new Error('no archive');
      expect(readFileSync(join(folder, archive.source_file), 'utf8')).toBe(bundleTriggerFunction());
      // Terraform makes the zip, so that its own hash of it is the one that counts.
      expect(existsSync(join(folder, archive.output_path))).toBe(false);
    } finally {
      rmSync(outdir, { recursive: true, force: true });
    }
  });
});
