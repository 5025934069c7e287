// First: what is loaded after it is compiled only once.
import '../../command/compile-cache';
import { inspect } from 'node:util';
import { prepareTriggerBundle } from '../../../modules/orchestration/trigger-bundle';
import { type ConfigError, statedProblems } from '../../../modules/problems/config-error';
import { errorMessage } from '../../../modules/problems/error-message';
import { instructionOf } from '../../../modules/problems/problem-message';
import { loadConfig } from '../../../modules/stack-config/load';
import { withoutTokenTraces } from '../../../modules/terraform/token-traces';
import { keepCompiled } from '../../command/compile-cache';
import { configError } from '../../command/error-document';
import { CommandFailure } from '../../command/reported-error';
import { UsageError } from '../../command/usage-error';
import { shownText } from '../../model/log-text';
import type { ConfigProblem } from '../../model/stack';
import { loadedFiles } from '../../watch/loaded-files';
import { READY } from '../../watch/warm-process';
import { synthesizedPicture } from '../picture/picture';
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
    return { type: 'refused', ...fault(error), files: loadedFiles() };
  } finally {
    // What the config's code has left behind must not end this process.
    for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, report);
  }
}

function report(error: unknown): void {
  console.error(inspect(error));
}

function fault(error: unknown): Pick<Refused, 'problems' | 'report'> {
  const config = configError(error);
  if (config !== undefined) return { problems: problemsOf(config), report: shownText(config.message) };
  const isComplete = error instanceof UsageError || error instanceof CommandFailure;
  return { problems: [], report: shownText(isComplete ? error.message : inspect(error)) };
}

function problemsOf(error: ConfigError): ConfigProblem[] {
  return statedProblems(error).map(({ code, path, message, fix, place }) => ({
    code,
    path: shownText(path),
    message: shownText(message),
    instruction: shownText(instructionOf(fix) ?? '') || undefined,
    file: error.source,
    line: place?.line,
    column: place?.column,
  }));
}

async function answered({ number, name, argument }: Extract<ToLoader, { type: 'ask' }>): Promise<Answer> {
  try {
    if (known === undefined) throw new UsageError('The config has problems.');
    const answer = (QUESTIONS as Record<string, (known: Known, argument: unknown) => unknown>)[name];
    return { type: 'answer', number, value: await answer?.(known, argument) };
  } catch (error) {
    const kind = error instanceof UsageError ? 'usage' : error instanceof CommandFailure ? 'failure' : 'defect';
    const message = kind === 'defect' && configError(error) === undefined ? inspect(error) : errorMessage(error);
    return { type: 'answer', number, error: { kind: configError(error) ? 'usage' : kind, message } };
  }
}
