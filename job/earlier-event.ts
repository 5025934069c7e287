import { eventReference } from './event-reference';
import type { RunEndEvent } from './event-types';
import { fetchEvent } from './fetch-event';

/**
 * The event that started the run whose end started this run, of any size. The job of a stack can read large events of the jobs that its
 * events name. `T` is not checked.
 *
 * @returns undefined if Step Functions left the event out, which it does if the event and the run's output are larger than 248 KB
 *
 * @example
 * import { earlierEvent, event, type RunEndEvent } from 'cdktf-batch-jobs/job';
 *
 * async function main() {
 *   const end = await event<RunEndEvent>();
 *   const started = await earlierEvent<{ readonly day: string }>(end);
 *   console.log(`${end.detail.name} has ended. It was for ${started?.day}.`);
 * }
 * void main();
 *
 * @throws Error if the event is stored in Amazon S3 and cannot be read, or is not JSON
 */
export async function earlierEvent<T = unknown>(end: RunEndEvent): Promise<T | undefined> {
  const { input } = end.detail;
  if (input === null) return undefined;
  const reference = eventReference(input);
  const text = reference === undefined ? input : await fetchEvent(reference, process.env);
  try {
    return JSON.parse(text);
  } catch (error) {
    const where = reference?.uri ?? 'detail.input';
    throw new Error(`${where} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}
