import { dirname } from 'node:path';
import { App, Aspects } from 'cdktf';
import { BatchJobsStack } from '../../../modules/stack';
import type { LoadedConfig } from '../../../modules/stack-config/load';
import { withoutTokenTraces } from '../../../modules/terraform/token-traces';
import type { TerraformDocument } from '../placeholders';

/**
 * An output folder that nothing is written to. CDKTF makes `stacks` in it at once unless it is there, and this file is in such a folder:
 * so nothing is left where a process is killed, and nothing has to be writable.
 */
const OUTPUT_FOLDER = dirname(__dirname);

/**
 * The stack of a config, which is written nowhere.
 *
 * @throws ConfigError if the config cannot be synthesized
 */
export function createStackInMemory({ file, config }: Pick<LoadedConfig, 'file' | 'config'>): BatchJobsStack {
  const app = new App({ outdir: OUTPUT_FOLDER });
  return withoutTokenTraces(() => new BatchJobsStack(app, config, { baseDir: dirname(file), configFile: file }));
}

/** The resources that Terraform would make. */
export function documentOf(stack: BatchJobsStack): TerraformDocument {
  stack.prepareStack();
  invokeAspects(stack);
  return withoutTokenTraces(() => stack.toTerraform());
}

/** As CDKTF does before it writes a stack: roles write down then what was granted to them. */
function invokeAspects({ node }: BatchJobsStack): void {
  for (const scope of node.findAll()) {
    for (const aspect of Aspects.of(scope).all) for (const child of scope.node.findAll()) aspect.visit(child);
  }
}
