import { readFileSync } from 'node:fs';
import { childItem } from './child-item';
import { type EventReference, eventReference } from './event-reference';
import { fetchEvent } from './fetch-event';

/** Events that were fetched, by SHA-256, so that `event()` reads each one from Amazon S3 only once. */
const fetched = new Map<string, Promise<string>>();

/**
 * The event that started the run, as its source sent it, of any size: from `STP_TRIGGER_EVENT_DATA`, from the file that
 * `STP_TRIGGER_EVENT_FILE` names, or, if it is larger than 8,192 characters, from Amazon S3 by the job's role. Each call returns a new
 * object. `T` is not checked. A job with `forEach` gets its item instead, see {@link item}.
 *
 * Do not name the result `event` as well: in `const event = await event()` the name means the constant. Take it apart, or name it for
 * what it is.
 *
 * @example
 * import { event, type SqsEvent } from 'cdktf-batch-jobs/job';
 *
 * async function main() {
 *   const { Records } = await event<SqsEvent>();
 *   console.log(`${Records.length} messages`);
 * }
 * void main();
 *
 * @throws Error that names the variable and the fix if there is no event, it is not JSON, or it cannot be read from Amazon S3. Requests are
 *   repeated for up to a minute.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html for what each source sends
 */
export async function event<T = unknown>(): Promise<T> {
  const child = await childItem();
  if (child?.text !== undefined) return parsed<T>(child.text, `item ${child.index}`);
  const { STP_TRIGGER_EVENT_DATA: data, STP_TRIGGER_EVENT_FILE: file } = process.env;
  if (!data) return file ? parsed<T>(textOf(file), fileName(file)) : noEvent();
  const reference = eventReference(data);
  if (reference === undefined) return parsed<T>(data, 'STP_TRIGGER_EVENT_DATA');
  // The start program of the image has already fetched it.
  if (file) return parsed<T>(textOf(file), fileName(file));
  return parsed<T>(await referred(reference), reference.uri);
}

function referred(reference: EventReference): Promise<string> {
  const known = fetched.get(reference.sha256);
  if (known !== undefined) return known;
  const text = fetchEvent(reference, process.env);
  fetched.set(reference.sha256, text);
  // A failure is not cached: the next call tries again.
  text.catch(() => fetched.delete(reference.sha256));
  return text;
}

function noEvent(): never {
  throw new Error(
    'This job has no event: STP_TRIGGER_EVENT_DATA is not set. A run in AWS Batch and a local run set it. ' +
      `To start the program by itself, set it to any JSON, such as STP_TRIGGER_EVENT_DATA='{"orderId":1}', ` +
      'or set STP_TRIGGER_EVENT_FILE to the path of a file with JSON.',
  );
}

function fileName(file: string): string {
  return `${file} (STP_TRIGGER_EVENT_FILE)`;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`STP_TRIGGER_EVENT_FILE: the event cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

function parsed<T>(text: string, where: string): T {
  try {
    // Editors on Windows begin a file with a byte order mark.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const begins = text.length > 60 ? `${text.slice(0, 60)}...` : text;
    throw new Error(`${where} is not JSON: ${messageOf(error)}. It is "${begins}"`, { cause: error });
  }
}

function messageOf(error: unknown): string {
  return (error as Error).message;
}
