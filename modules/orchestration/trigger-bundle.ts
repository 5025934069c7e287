import { BUNDLE_FILE, BundledProgram } from './bundled-program';

/** File name of the bundle, also in the function's zip. */
export const TRIGGER_BUNDLE_FILE = BUNDLE_FILE;

/** The `handler` setting of the Lambda function: the bundle's file and its export. */
export const TRIGGER_HANDLER = 'index.handler';

export const triggerProgram = new BundledProgram('trigger', 'modules/orchestration/trigger/handler.ts', 'node24');

/**
 * The trigger function of jobs with scheduled inputs. A separate program, so that the function of all other jobs keeps its bytes.
 */
export const firingProgram = new BundledProgram(
  'trigger-firings',
  'modules/orchestration/trigger/firing-handler.ts',
  'node24',
);

/** The trigger function's source as one minified file. */
export function bundleTriggerFunction(): string {
  return triggerProgram.text();
}

/** Starts the build of {@link bundleTriggerFunction}'s bundle in parallel with the rest of the process. */
export function prepareTriggerBundle(): Promise<void> {
  return triggerProgram.prepare();
}
