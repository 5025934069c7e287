import { prepareTriggerBundle } from '../../modules/orchestration/trigger-bundle';
import { endWith } from '../process-end';
import { reportError } from '../reported-error';
import { DONE } from '../subcommands';
import { SUMMARY_VARIABLE, synthesizedConfig } from '../synthesize';

// A process that has loaded everything that synthesis takes, and waits until it is told to do one. It reads the config and what that
// imports for the first time then, so it sees them as they are.

/** What it is told. */
export interface Order {
  /** The program that synthesizes, such as `main.ts`. @default the config is synthesized as it is */
  readonly program?: string;
  /** How much of a summary is printed. */
  readonly summary: string;
}

/** What it tells: the files outside of packages that it has loaded. */
export interface Report {
  readonly files: readonly string[];
}

// Parsers and languages are loaded when a config needs them, and warmed up here.
void prepareTriggerBundle().catch(() => {});
require('../../modules/config/yaml');

process.once('message', (order: Order) => {
  // Nothing but the work keeps the process alive now.
  process.channel?.unref();
  process.once('exit', () => process.send?.({ files: loadedFiles() } satisfies Report));
  process.env[SUMMARY_VARIABLE] = order.summary;
  synthesized(order).catch((error: unknown) => endWith(reportError(error)));
});
process.send?.('ready');

async function synthesized({ program }: Order): Promise<void> {
  if (program === undefined) {
    await synthesizedConfig();
    endWith(DONE);
    return;
  }
  const { loadModule } =
    require('../../modules/config/module-loader') as typeof import('../../modules/config/module-loader');
  process.argv[1] = program;
  await loadModule(program);
}

function loadedFiles(): string[] {
  return Object.keys(require.cache).filter((file) => !file.includes('node_modules'));
}
