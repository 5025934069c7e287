import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { parse } from '../../modules/config/parse';
import { BatchJobsStack } from '../../modules/stack';
import { type BatchJobsConfig, batchJobsConfig } from '../../modules/stack-config/config';

/** The folder of a synthesized stack, as `npm run synth` writes it, in a temporary place. */
export interface SynthesizedStack {
  /** The folder with `cdk.tf.json`. */
  readonly dir: string;
  /** The content of `cdk.tf.json`. */
  readonly document: {
    readonly resource: { readonly [type: string]: { readonly [name: string]: { readonly [key: string]: unknown } } };
    readonly terraform: { readonly backend: { readonly [type: string]: unknown } };
  };
  /** Deletes the folder. */
  dispose(): void;
}

/** Synthesizes a config with everything that `npm run synth` does but printing. Paths in it are relative to this folder. */
export function synthesize(config: BatchJobsConfig): SynthesizedStack {
  const checked = parse(batchJobsConfig, config, 'test');
  const outdir = mkdtempSync(join(tmpdir(), 'synthesized-'));
  const app = new App({ outdir });
  new BatchJobsStack(app, checked, { baseDir: __dirname });
  app.synth();
  const dir = join(outdir, 'stacks', config.stackName);
  return {
    dir,
    document: JSON.parse(readFileSync(join(dir, 'cdk.tf.json'), 'utf8')),
    dispose: () => rmSync(outdir, { recursive: true, force: true }),
  };
}
