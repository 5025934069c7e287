import { dirname, relative } from 'node:path';
import { App } from 'cdktf';
import { type LoadedConfig, loadConfig } from '../modules/config/load';
import { ConfigError } from '../modules/config/problem';
import { synthesized } from '../modules/config/synthesis-problems';
import { prepareTriggerBundle } from '../modules/orchestration/trigger-bundle';
import { BatchJobsStack } from '../modules/stack';
import { withoutTokenTraces } from '../modules/token-traces';
import { outputFolder, StackFolder } from './stack-folder';
import { printSummary } from './summary';
import { terminalLines } from './terminal-lines';

/** Adds constructs to the stack of a config, or stacks to its app, before they are synthesized. */
export type SynthesisExtension = (stack: BatchJobsStack, app: App) => void;

/**
 * The whole program that `cdktf synth` runs: reads the config, writes its Terraform JSON to `cdktf.out`, and prints a summary. Then it ends the
 * process, with exit code 1 and a report on standard error if the config has problems.
 *
 * The config is the file in the variable `BATCH_JOBS_CONFIG`. Default: `batch-jobs.config.ts`.
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
  run(extend).then(
    // A module may have left timers or servers behind, which would keep the process alive.
    () => process.stdout.write('', () => process.exit()),
    (error: unknown) => {
      // Anything else is a defect of this project, and its stack trace belongs into the report.
      console.error(isReadable(error) ? terminalLines(error.message, process.stderr) : error);
      process.stderr.write('', () => process.exit(1));
    },
  );
}

async function run(extend?: SynthesisExtension): Promise<void> {
  // At once: esbuild works in a process of its own while the config is read.
  const loaded = await loadConfig(undefined, prepareTriggerBundle());
  const { file, config } = loaded;
  const { app, stack } = synthesized(loaded, () => withoutTokenTraces(() => written(loaded, extend)));
  printSummary(config, stack, { configFile: relative('.', file), outdir: relative('.', app.outdir) });
}

/** Whether an error is about what a person gave us, a config or a folder, and its message says all there is to know. */
function isReadable(error: unknown): error is Error {
  // A system call that failed, such as a folder that may not be written.
  return error instanceof ConfigError || (error instanceof Error && 'syscall' in error);
}

function written(loaded: LoadedConfig, extend: SynthesisExtension = () => {}) {
  const { file, config } = loaded;
  const outdir = outputFolder();
  const folder = new StackFolder(loaded, outdir);
  // Before the app, which makes the folder of its output at once.
  folder.check();
  try {
    const app = new App({ outdir });
    const stack = new BatchJobsStack(app, config, { baseDir: dirname(file), configFile: file });
    extend(stack, app);
    app.synth();
    folder.claim();
    return { app, stack };
  } catch (error) {
    folder.withdraw();
    throw error;
  }
}
