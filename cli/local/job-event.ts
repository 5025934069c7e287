import { readFileSync } from 'node:fs';
import { errorMessage } from '../../modules/error-message';
import { UsageError } from '../usage-error';
import type { LocalArguments } from './arguments';
import type { LocalJob } from './local-job';
import { sampleEvent } from './sample-events/registry';

/** An event for a local run, and where it is from. */
export interface GivenEvent {
  readonly source: string;
  readonly event: unknown;
  /** The event's own JSON text. */
  readonly text: string;
}

/**
 * The event in a file.
 *
 * @throws UsageError if it cannot be read, or is no JSON
 */
export function eventOfFile(file: string): GivenEvent {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`the event cannot be read: ${errorMessage(error)}`);
  }
  try {
    text = text.replace(/^\uFEFF/, '');
    const event = JSON.parse(text);
    // What is nested deeper than can be written again, nobody could hand on.
    JSON.stringify(event);
    return { source: file, event, text };
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`${file} is nested too deeply`);
    const reason = errorMessage(error).replace(/\s+/g, ' ');
    throw new UsageError(`${file} is no JSON: ${reason}`);
  }
}

function generated(source: string, event: unknown): GivenEvent {
  return { source, event, text: JSON.stringify(event) };
}

/**
 * A sample event of one of a job's triggers; an empty object for a job without triggers, which is started by hand.
 *
 * @throws UsageError if the job has no such trigger
 */
export function sampleOf({ name, events, surroundings }: LocalJob, wanted: LocalArguments['eventType']): GivenEvent {
  if (wanted === undefined && events.length === 0) return generated('by hand', {});
  const { type, place } = wanted ?? { type: events[0]?.type, place: 1 };
  const ofType = events.filter((event) => event.type === type);
  const event = ofType[place - 1];
  if (event !== undefined) return generated(`sample of ${event.type}`, sampleEvent(event, surroundings));
  const types = [...new Set(events.map((event) => event.type))].join(', ') || 'none';
  if (ofType.length > 0) throw new UsageError(`${name} has ${ofType.length} triggers of type ${type}, not ${place}`);
  throw new UsageError(`${name} has no trigger of type ${type}; its triggers are: ${types}`);
}
