import { BatchJobsStack, type StackOptions } from './stack';
import type { ResolvedConfig } from './stack-config/config';
import { unwrittenApp } from './terraform/stacks/unwritten-app';
import { withoutTokenTraces } from './terraform/token-traces';

/**
 * The stack of a config, which is written nowhere.
 *
 * @throws ConfigError if the config cannot be synthesized
 */
export function unwrittenStack(config: ResolvedConfig, options: StackOptions): BatchJobsStack {
  return withoutTokenTraces(() => new BatchJobsStack(unwrittenApp(), config, options));
}
