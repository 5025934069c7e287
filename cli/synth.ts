import type { Command } from 'commander';
import { configOption, jsonOption } from './common-options';
import { DONE } from './subcommands';

interface SynthOptions {
  readonly json: boolean;
}

/** Writes Terraform JSON as `cdktf synth` does. */
export function define(command: Command) {
  configOption(command);
  jsonOption(command, 'print what was written as one JSON document');
  return (options: SynthOptions) => synth(options);
}

async function synth({ json }: SynthOptions): Promise<number> {
  const { projectOutput, synthesizeProject } = require('./cdktf-app') as typeof import('./cdktf-app');
  const code = await synthesizeProject(json ? 'none' : 'print');
  if (!json || code !== DONE) return code;
  const { writtenStacks } = require('./deploy/synthesized-stack') as typeof import('./deploy/synthesized-stack');
  console.log(JSON.stringify({ stacks: writtenStacks(projectOutput()) }, undefined, 2));
  return DONE;
}
