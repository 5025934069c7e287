import { readFileSync } from 'node:fs';
import { ignoredEvent } from '../../modules/orchestration/trigger/ignored-event';
import { errorMessage } from '../../modules/problems/error-message';
import { counted } from '../../modules/problems/phrases';
import type { JobEvent } from '../../triggers/events';
import type { SampleContext } from '../../triggers/sample-context';
import { sampleEvent } from '../../triggers/sample-events';
import type { WantedSample } from '../command/event-options';
import { printMessage } from '../command/terminal-lines';
import { UsageError } from '../command/usage-error';
import { BY_HAND, sampleSource } from '../model/sample-source';
import { givenText } from './text-file';

/** The event of a run that a person starts, and its source. */
export interface GivenEvent {
  readonly source: string;
  readonly event: unknown;
  /** The event's own JSON text. */
  readonly text: string;
  /** What a person should know of how it was read. */
  readonly note?: string;
}

/** What names standard input instead of a file. */
const STANDARD_INPUT = '-';

/**
 * The event in a file, or in standard input.
 *
 * @throws UsageError if it cannot be read, or is not JSON
 */
export async function givenEvent(file: string): Promise<GivenEvent> {
  const source = file === STANDARD_INPUT ? 'Standard input' : file;
  const { text, note } = givenText(await contentOf(file), source);
  if (text.trim() === '') throw new UsageError(`${source} is empty. An event is JSON, for example {}.`);
  try {
    const event = JSON.parse(text);
    // Throws if it is nested too deeply to be serialized again.
    JSON.stringify(event);
    return {
      source: file === STANDARD_INPUT ? process.env.BATCH_JOBS_EVENT_SOURCE || 'standard input' : file,
      event,
      text,
      ...(note !== undefined && { note }),
    };
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`${source} is nested too deeply.`);
    const reason = errorMessage(error).replace(/\s+/g, ' ');
    throw new UsageError(`${source} is not JSON: ${reason}.`);
  }
}

async function contentOf(file: string): Promise<Buffer> {
  const isInput = file === STANDARD_INPUT;
  if (isInput && process.stdin.isTTY) {
    const end = process.platform === 'win32' ? 'Ctrl-Z and Enter' : 'Ctrl-D';
    printMessage(`Type the event as JSON. End it with a new line and ${end}.`);
  }
  try {
    return isInput ? await standardInput() : readFileSync(file);
  } catch (error) {
    throw new UsageError(`The event cannot be read: ${errorMessage(error)}.`);
  }
}

/** All of standard input. Read asynchronously, so that Ctrl-C works. */
async function standardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function generated(source: string, event: unknown): GivenEvent {
  return { source, event, text: JSON.stringify(event) };
}

/** What sample events are made of. */
interface SampledJob {
  readonly name: string;
  readonly events: readonly JobEvent[];
  readonly sampleContext: SampleContext;
}

/**
 * A sample event of one of a job's triggers; an empty object for a job without triggers, which is started by hand.
 *
 * @throws UsageError if the job has no such trigger
 */
export function sampleOf({ name, events, sampleContext }: SampledJob, wanted: WantedSample | undefined): GivenEvent {
  if (wanted === undefined && events.length === 0) return generated(BY_HAND, {});
  const { type, place } = wanted ?? { type: events[0]?.type, place: 1 };
  const ofType = events.filter((event) => event.type === type);
  const event = ofType[place - 1];
  if (event !== undefined) return generated(sampleSource(event.type), sampleEvent(event, sampleContext));
  const types = [...new Set(events.map((event) => event.type))].join(', ') || 'none';
  if (ofType.length > 0)
    throw new UsageError(`${name} has ${counted(ofType.length, 'trigger')} of type ${type}. Found ${type}:${place}.`);
  throw new UsageError(`${name} has no trigger of type ${type}. Its triggers are: ${types}.`);
}

/** What to say of an event for which the trigger function starts no job. */
export function startsNoJob(event: unknown): UsageError {
  const why = ignoredEvent(event);
  return new UsageError(`The trigger function starts no job for this event${why === undefined ? '' : `: ${why}`}.`);
}
