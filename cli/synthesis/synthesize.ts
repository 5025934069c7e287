import { relative } from 'node:path';
import { App } from 'cdktf';
import { loadConfig } from '../../modules/load';
import { prepareTriggerBundle } from '../../modules/orchestration/trigger-bundle';
import { CollectedProblems } from '../../modules/problems/collected-problems';
import { shownPath } from '../../modules/problems/shown-path';
import { BatchJobsStack } from '../../modules/stack';
import type { LoadedConfig } from '../../modules/stack-config/loaded-config';
import { synthesized } from '../../modules/stack-config/synthesis-problems';
import { withoutTokenTraces } from '../../modules/terraform/token-traces';
import { DONE } from '../command/exit-code';
import { endWith } from '../command/process-end';
import { reportError } from '../command/reported-error';
import { outputFolder, StackFolder } from './stack-folder';
import { printSummary } from './summary';

/** The variable with which the command leaves out the summary (`none`) or makes it one line (`brief`). */
export const SUMMARY_VARIABLE = 'BATCH_JOBS_SUMMARY';

/** Adds constructs to the stack of a config, or stacks to its app, before they are synthesized. */
export type SynthesisExtension = (stack: BatchJobsStack, app: App) => void;

/**
 * The whole program that `cdktf synth` runs: reads the config, writes its Terraform JSON to `cdktf.out`, and prints a summary. Then it ends the
 * process, with exit code 1 and a report on standard error if the config has problems.
 *
 * The config is the file in the variable `BATCH_JOBS_CONFIG`. Default: `batch-jobs.config.ts`, `.yml` or `.json`.
 *
 * @param extend adds your own constructs. Default: the stack is what the config says.
 *
 * @example
 * import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
 * import { synthesize } from 'cdktf-batch-jobs';
 *
 * synthesize((stack) => {
 *   new SnsTopic(stack, 'on-call', { name: 'on-call' });
 * });
 */
export function synthesize(extend?: SynthesisExtension): void {
  // Timers or servers of the config's modules would keep the process alive.
  synthesizedConfig(extend).then(
    () => endWith(DONE),
    (error: unknown) => endWith(reportError(error)),
  );
}

/**
 * Reads the config and writes its Terraform JSON.
 *
 * @throws ConfigError if the config has problems
 */
export async function synthesizedConfig(extend?: SynthesisExtension): Promise<void> {
  // Started first: esbuild runs in a separate process while the config is read.
  const loaded = await loadConfig(undefined, prepareTriggerBundle());
  const { file, config, hints } = loaded;
  const { app, stack } = synthesized(loaded, () => withoutTokenTraces(() => written(loaded, extend)));
  const shown = process.env[SUMMARY_VARIABLE];
  if (shown === 'none') return;
  const places = { configFile: relative('.', file), outdir: relative('.', app.outdir), hints };
  printSummary(config, stack, places, shown === 'brief');
}

function written(loaded: LoadedConfig, extend: SynthesisExtension = () => {}) {
  const outdir = outputFolder();
  const folder = new StackFolder(loaded, outdir);
  const problems = new CollectedProblems();
  // Checked before the app is created, which creates its output folder.
  problems.attempt(() => folder.check());
  try {
    const app = new App({ outdir });
    const stack = problems.attempt(() => new BatchJobsStack(app, loaded));
    problems.report(shownPath(loaded.file));
    if (stack === undefined) throw new Error('a stack without problems was not made');
    extend(stack, app);
    app.synth();
    folder.claim();
    return { app, stack };
  } catch (error) {
    folder.withdraw();
    throw error;
  }
}
