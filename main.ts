import { relative } from 'node:path';
import { App } from 'cdktf';
import { printSummary } from './cli/summary';
import { loadConfig } from './modules/config/load';
import { ConfigError } from './modules/config/problem';
import { BatchJobsStack } from './modules/stack';

async function main(): Promise<void> {
  const { file, config } = await loadConfig();
  const app = new App();
  const stack = new BatchJobsStack(app, config);
  app.synth();
  printSummary(config, stack, { configFile: relative('.', file), outdir: relative('.', app.outdir) });
}

main().catch((error: unknown) => {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
