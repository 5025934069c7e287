import { prepareTriggerBundle } from '../../modules/orchestration/trigger-bundle';
import { DONE } from '../command/exit-code';
import { endWith } from '../command/process-end';
import { reportError } from '../command/reported-error';
import { SUMMARY_VARIABLE, synthesizedConfig } from '../synthesis/synthesize';
import { loadedFiles } from './loaded-files';
import { READY } from './warm-process';

// A process that has loaded everything that synthesis needs, and waits for a message to synthesize. It reads the config and its imports
// only then, so it sees their current text.

/** The message that starts the check. */
export interface CheckRequest {
  /** The program that synthesizes, such as `main.ts`. @default the config is synthesized without a program */
  readonly program?: string;
  /** How much of the summary to print. */
  readonly summary: string;
}

/** The message that it sends: the files outside packages that it has loaded. */
export interface CheckedFiles {
  readonly files: readonly string[];
}

// Parsers and languages are loaded only when a config needs them, so they are loaded here in advance.
void prepareTriggerBundle().catch(() => {});
require('../../modules/config/yaml');

process.once('message', (order: CheckRequest) => {
  // From now on, only the synthesis keeps the process alive.
  process.channel?.unref();
  process.once('exit', () => process.send?.({ files: loadedFiles() } satisfies CheckedFiles));
  process.env[SUMMARY_VARIABLE] = order.summary;
  synthesized(order).catch((error: unknown) => endWith(reportError(error)));
});
process.send?.(READY);

async function synthesized({ program }: CheckRequest): Promise<void> {
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
