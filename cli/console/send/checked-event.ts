import { executionName } from '../../../modules/orchestration/trigger/execution-name';
import { identity } from '../../../modules/orchestration/trigger/identity';
import { ignoredEvent } from '../../../modules/orchestration/trigger/ignored-event';
import { fitsOverrides } from '../../../modules/orchestration/trigger/payload';
import { UsageError } from '../../command/usage-error';
import { NOT_WITH_AWS } from '../../local/local-run';
import type { EventCheck, SendJob, SendRequest } from '../../model/send';
import { refuseOversized } from '../../operate/start/invoke';

/**
 * What the trigger function makes of an event.
 *
 * @returns undefined if the text is not JSON
 */
export function checkedEvent(
  text: string,
  { name, eventBudget }: SendJob,
  { place, faults }: SendRequest,
): EventCheck | undefined {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    return undefined;
  }
  const id = identity(event, { awsRequestId: '' });
  const isNamed = id.kind !== 'invocation';
  const ignored = ignoredEvent(event);
  const fits = fitsOverrides(text, eventBudget);
  const problem = problemOf(text, event, place) ?? (faults.aws && !fits ? NOT_WITH_AWS : undefined);
  return {
    kind: id.kind,
    parts: isNamed ? id.parts : [],
    ...(isNamed && { executionName: executionName(name, id) }),
    ...(ignored !== undefined && { ignored }),
    fits,
    ...(problem !== undefined && { problem }),
  };
}

function problemOf(text: string, event: unknown, place: SendRequest['place']): string | undefined {
  try {
    JSON.stringify(event);
    if (place === 'aws') refuseOversized(text);
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return 'The event is nested too deeply.';
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}
