import type { Command } from 'commander';
import { configOption, jsonOption } from './command/common-options';
import { DONE } from './command/exit-code';
import { UsageError } from './command/usage-error';

interface SynthOptions {
  readonly json: boolean;
  readonly watch: boolean;
}

/** `batch-jobs synth`: writes Terraform JSON like `cdktf synth`. */
export function define(command: Command) {
  command.option('--watch', 'do it again whenever a file of the project changes', false);
  configOption(command);
  jsonOption(command, 'print what was written as one JSON document');
  return (options: SynthOptions) => synth(options);
}

async function synth({ json, watch }: SynthOptions): Promise<number> {
  if (watch && json) throw new UsageError('--watch and --json exclude each other. Remove one of the two.');
  if (watch) return (require('./watch/watch') as typeof import('./watch/watch')).watch();
  const { projectOutput, synthesizeProject } =
    require('./synthesis/cdktf-app') as typeof import('./synthesis/cdktf-app');
  const code = await synthesizeProject(json ? 'none' : 'print');
  if (!json || code !== DONE) return code;
  const { writtenStacks } = require('./deploy/synthesized-stack') as typeof import('./deploy/synthesized-stack');
  console.log(JSON.stringify({ stacks: writtenStacks(projectOutput()) }, undefined, 2));
  return DONE;
}
