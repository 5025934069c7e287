import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { configOption } from './common-options';
import { DONE } from './subcommands';

/** Writes Terraform JSON as `cdktf synth` does. */
export function define(command: Command) {
  configOption(command);
  return () => synth();
}

/**
 * Runs the program that `cdktf.json` names, or without that file synthesizes the config.
 *
 * @returns the exit code
 */
async function synth(): Promise<number> {
  if (existsSync('cdktf.json')) return app().runApp();
  await synthesis().synthesizedConfig();
  return DONE;
}

function app() {
  return require('./cdktf-app') as typeof import('./cdktf-app');
}

function synthesis() {
  return require('./synthesize') as typeof import('./synthesize');
}
