// First: what is loaded after it is compiled only once.
import '../../command/compile-cache';
import { inspect } from 'node:util';
import { loadConfig } from '../../../modules/load';
import { prepareTriggerBundle } from '../../../modules/orchestration/trigger-bundle';
import { withoutTokenTraces } from '../../../modules/terraform/token-traces';
import { keepCompiled } from '../../command/compile-cache';
import { UsageError } from '../../command/usage-error';
import { loadedFiles } from '../../watch/loaded-files';
import { READY } from '../../watch/warm-process';
import { synthesizedPicture } from '../picture/picture';
import { answerFault, refusal } from './fault';
import type { Answer, FromLoader, Loaded, Refused, ToLoader } from './messages';
import { type Known, QUESTIONS } from './questions';

// A process that has loaded everything that synthesis needs, and waits for a message to load the config. Then it answers questions about it.

/** Milliseconds without an order after which there is time to load what only some configs need. */
const SPARE_MS = 200;

void prepareTriggerBundle().catch(() => {});
setTimeout(() => require('../../../modules/config/yaml'), SPARE_MS).unref();

let known: Known | undefined;

process.on('message', (message: ToLoader) => {
  if (message.type === 'load') void load().then(tell).then(keepCompiled);
  else void answered(message).then(tell);
});
// The console has ended, maybe by SIGKILL.
process.once('disconnect', () => process.exit());
process.send?.(READY);

function tell(message: FromLoader): void {
  process.send?.(message);
}

async function load(): Promise<Loaded | Refused> {
  try {
    const loaded = await loadConfig(undefined, prepareTriggerBundle());
    known = { loaded, synthesized: withoutTokenTraces(() => synthesizedPicture(loaded)) };
    const { file, config } = loaded;
    return { type: 'loaded', file, config, picture: known.synthesized.picture, files: loadedFiles() };
  } catch (error) {
    return { type: 'refused', ...refusal(error), files: loadedFiles() };
  } finally {
    // What the config's code has left behind must not end this process.
    for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, report);
  }
}

function report(error: unknown): void {
  console.error(inspect(error));
}

async function answered({ number, name, argument }: Extract<ToLoader, { type: 'ask' }>): Promise<Answer> {
  try {
    if (known === undefined) throw new UsageError('The config has problems.');
    const answer = (QUESTIONS as Record<string, (known: Known, argument: unknown) => unknown>)[name];
    return { type: 'answer', number, value: await answer?.(known, argument) };
  } catch (error) {
    return { type: 'answer', number, error: answerFault(error) };
  }
}
