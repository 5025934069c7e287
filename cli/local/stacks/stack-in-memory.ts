import { dirname } from 'node:path';
import { Aspects } from 'cdktf';
import type { BatchJobsStack } from '../../../modules/stack';
import type { LoadedConfig } from '../../../modules/stack-config/loaded-config';
import { withoutTokenTraces } from '../../../modules/terraform/token-traces';
import { unwrittenStack } from '../../../modules/unwritten-stack';
import type { TerraformDocument } from '../placeholders';

/**
 * The stack of a config, which is written nowhere.
 *
 * @throws ConfigError if the config cannot be synthesized
 */
export function createStackInMemory({ file, config }: Pick<LoadedConfig, 'file' | 'config'>): BatchJobsStack {
  return unwrittenStack(config, { baseDir: dirname(file), configFile: file });
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
