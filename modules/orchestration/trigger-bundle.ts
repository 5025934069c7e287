import { BUNDLE_FILE, BundledProgram } from '../bundled-program';

/** Name of the bundle's file, in the function's zip too. */
export const TRIGGER_BUNDLE_FILE = BUNDLE_FILE;

/** The `handler` of the Lambda function: the bundle's file and what it exports. */
export const TRIGGER_HANDLER = 'index.handler';

export const triggerProgram = new BundledProgram('trigger', 'modules/orchestration/trigger/handler.ts', 'node24');

/** The trigger function's whole source as one minified file. */
export function bundleTriggerFunction(): string {
  return triggerProgram.text();
}

/** Builds {@link bundleTriggerFunction}'s bundle ahead, beside whatever else the process does meanwhile. */
export function prepareTriggerBundle(): Promise<void> {
  return triggerProgram.prepare();
}
