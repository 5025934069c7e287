import { batchJobOf } from './batch-job';
import { endText } from './end-text';
import { itemsResult, itemsResultText } from './items-result';

/** What Step Functions writes around the message of an API error. */
const API_ERROR =
  /^(?:Error executing request, Exception : )?(.+?)(?:, RequestId: [\w-]+)? \(Service: [^)]*; Status Code: \d+[^)]*\)$/;

/**
 * A cause as a person reads it: for a failed job its end, for a run with items which failed, for an error of an API its message, otherwise
 * its text; in one line.
 */
export function reasonText(cause: string | undefined): string | undefined {
  const items = itemsResult(cause);
  if (items !== undefined) return itemsResultText(items);
  const job = batchJobOf(cause);
  const text = (job === undefined ? cause : endText(job))?.replace(/\s+/g, ' ').trim();
  return text ? (API_ERROR.exec(text)?.[1] ?? text) : undefined;
}
