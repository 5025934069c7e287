import { dirname } from 'node:path';
import { App } from 'cdktf';
import type { LoadedConfig } from '../../modules/config/load';
import { BatchJobsStack } from '../../modules/stack';
import { withoutTokenTraces } from '../../modules/token-traces';
import type { TerraformDocument } from './placeholders';
import { temporaryFolder } from './temporary-folder';

/**
 * The stack of a config, which is written nowhere.
 *
 * @throws ConfigError if the config cannot be synthesized
 */
export function stackInMemory({ file, config }: Pick<LoadedConfig, 'file' | 'config'>): BatchJobsStack {
  // CDKTF makes the folder of its output at once, and would write to it only later.
  const outdir = temporaryFolder([]);
  const app = new App({ outdir: outdir.path });
  outdir.dispose();
  return withoutTokenTraces(() => new BatchJobsStack(app, config, { baseDir: dirname(file), configFile: file }));
}

/** The resources that Terraform would make. */
export function documentOf(stack: BatchJobsStack): TerraformDocument {
  stack.prepareStack();
  return withoutTokenTraces(() => stack.toTerraform());
}
