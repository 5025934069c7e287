import { asObject } from '../modules/config/value-at';
import type { FilterCriteria } from './filter-criteria';
import { matches } from './patterns/matches';

/** How much of an event a source's filter lets through. */
export interface Delivery {
  /** The property with the filter. */
  readonly property: string;
  /** Records of the event, or 1 for an event that is one. */
  readonly sent: number;
  readonly delivered: number;
}

type Fields = { readonly [key: string]: unknown };

/** The records of a type of source in an event, or undefined if they are of another. */
export function recordsOf(event: unknown, source: string): readonly Fields[] | undefined {
  const records = asObject(event).Records;
  if (!Array.isArray(records) || records.length === 0) return undefined;
  const fields = records.map(asObject);
  return fields.every(({ eventSource, EventSource }) => (eventSource ?? EventSource) === source) ? fields : undefined;
}

/**
 * How many records of a batch one of the filters matches.
 *
 * @param seen a record as filters see it
 */
export function recordDelivery(
  criteria: FilterCriteria | undefined,
  records: readonly Fields[] | undefined,
  seen: (record: Fields) => unknown,
): Delivery | undefined {
  if (criteria === undefined || records === undefined) return undefined;
  const delivered = records.filter((record) => criteria.filters.some(({ pattern }) => matches(pattern, seen(record))));
  return { property: 'filterCriteria', sent: records.length, delivered: delivered.length };
}

/** The content of JSON text, if it is an object or a list, or else the text. */
export function contentOf(text: unknown): unknown {
  try {
    const content: unknown = JSON.parse(String(text));
    return typeof content === 'object' && content !== null ? content : text;
  } catch {
    return text;
  }
}
