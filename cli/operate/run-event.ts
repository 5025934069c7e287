import { earlierRun, isTriggerName } from '../model/earlier-run';
import { BY_HAND } from '../model/sample-source';
import { eventSource } from './event-source';
import type { EventReference } from './payload';
import type { RunEvent } from './run-story';

/**
 * The event of a run by its execution's input.
 *
 * @param name of the execution
 */
export function runEvent(input: string, name: string): RunEvent {
  const event = parsed(input);
  const reference = payloadReference(event);
  if (reference !== undefined) {
    const { bytes, s3Uri, sha256, failedItemsOf } = reference;
    return { bytes, s3Uri, sha256, ...(failedItemsOf !== undefined && { failedItemsOf }), input };
  }
  return { source: sourceOf(event, name), earlier: earlierRun(input), bytes: Buffer.byteLength(input), input };
}

/** What sent an event: a source of the config, `by hand` or `custom`. */
export function sourceOf(event: unknown, name: string): string {
  return eventSource(event) ?? (isTriggerName(name) ? 'custom' : BY_HAND);
}

/** The reference to a stored event, if an execution's input is one. */
function payloadReference(input: unknown): EventReference['stpPayload'] | undefined {
  const { stpPayload } = (input ?? {}) as Partial<EventReference>;
  if (typeof stpPayload?.s3Uri !== 'string' || !stpPayload.s3Uri.startsWith('s3://')) return undefined;
  return typeof stpPayload.bytes === 'number' ? stpPayload : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
