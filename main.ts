import { dirname, relative } from 'node:path';
import { App } from 'cdktf';
import { outputFolder, StackFolder } from './cli/stack-folder';
import { printSummary } from './cli/summary';
import { terminalLines } from './cli/terminal-lines';
import { type LoadedConfig, loadConfig } from './modules/config/load';
import { ConfigError } from './modules/config/problem';
import { synthesized } from './modules/config/synthesis-problems';
import { prepareTriggerBundle } from './modules/orchestration/trigger-bundle';
import { BatchJobsStack } from './modules/stack';
import { withoutTokenTraces } from './modules/token-traces';

async function main(): Promise<void> {
  // At once: esbuild works in a process of its own while the config is read.
  const loaded = await loadConfig(undefined, prepareTriggerBundle());
  const { file, config } = loaded;
  const { app, stack } = synthesized(loaded, () => withoutTokenTraces(() => synthesize(loaded)));
  printSummary(config, stack, { configFile: relative('.', file), outdir: relative('.', app.outdir) });
}

/** Whether an error is about what a person gave us, a config or a folder, and its message says all there is to know. */
function isReadable(error: unknown): error is Error {
  // A system call that failed, such as a folder that may not be written.
  return error instanceof ConfigError || (error instanceof Error && 'syscall' in error);
}

function synthesize(loaded: LoadedConfig) {
  const { file, config } = loaded;
  const outdir = outputFolder();
  const folder = new StackFolder(loaded, outdir);
  // Before the app, which makes the folder of its output at once.
  folder.check();
  try {
    const app = new App({ outdir });
    const stack = new BatchJobsStack(app, config, { baseDir: dirname(file), configFile: file });
    app.synth();
    folder.claim();
    return { app, stack };
  } catch (error) {
    folder.withdraw();
    throw error;
  }
}

main().then(
  // A module may have left timers or servers behind, which would keep the process alive for ever.
  () => process.stdout.write('', () => process.exit()),
  (error: unknown) => {
    // Anything else is a defect of this project, and its stack trace belongs into the report.
    console.error(isReadable(error) ? terminalLines(error.message, process.stderr) : error);
    process.stderr.write('', () => process.exit(1));
  },
);
