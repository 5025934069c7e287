import { type PathStep, pathSteps } from '../../rules/items';
import { listTexts, members, valueText } from './json-text';
import { ItemsProblem } from './problem';

/** How many characters of an event an error shows. */
const SHOWN = 200;

/**
 * The items of an event: the list at a path, or its records, as the event has them.
 *
 * @param event the event's JSON
 * @throws ItemsProblem if the event has no such list
 */
export function eventItems(event: string, items: string): string[] {
  return items === 'records' ? records(event) : listAt(event, items);
}

function listAt(event: string, path: string): string[] {
  const text = valueText(event, pathSteps(path) ?? []);
  if (text === undefined) throw missing(event, path);
  const list = listTexts(text);
  if (list === undefined) throw new ItemsProblem('ItemsNotFound', `${path} of the event is no list: ${short(text)}`);
  return list;
}

/** Queues, topics, streams and buckets send a list. Kafka sends a list for each partition of a topic. */
function records(event: string): string[] {
  const list = valueText(event, ['Records']);
  const sent = list === undefined ? undefined : listTexts(list);
  if (sent !== undefined) return sent;
  const partitions = valueText(event, ['records']);
  const lists = Array.from(members(partitions ?? ''), ([, records]) => listTexts(records));
  if (lists.length === 0 || lists.includes(undefined)) {
    const sentence = 'The event has no Records, and no records of Kafka';
    throw new ItemsProblem('ItemsNotFound', `${sentence}: ${short(event)}`);
  }
  return lists.flatMap((items) => items ?? []);
}

/** Where a manifest is. */
export interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
}

const DEFAULT_BUCKETS = ['$.detail.bucket.name', '$.Records[0].s3.bucket.name'];

/**
 * @param path path to `s3://bucket/key` or to a key
 * @param bucket name of the key's bucket, or a path to it. @default where S3's own events have it
 * @throws ItemsProblem if the event doesn't say where the manifest is
 */
export function manifestAddress(event: string, path: string, bucket: string | undefined): ObjectAddress {
  const steps = pathSteps(path) ?? [];
  const value = textAt(event, path, steps);
  const [, named, keyInUri] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(value) ?? [];
  if (named !== undefined && keyInUri !== undefined) return { bucket: named, key: keyInUri };
  const key = isNotificationKey(steps) ? decodedKey(value, path) : value;
  if (bucket !== undefined && !bucket.startsWith('$')) return { bucket, key };
  if (bucket !== undefined) return { bucket: textAt(event, bucket, pathSteps(bucket) ?? []), key };
  for (const place of DEFAULT_BUCKETS) {
    const text = valueText(event, pathSteps(place) ?? []);
    if (text?.startsWith('"')) return { bucket: JSON.parse(text) as string, key };
  }
  const sentence = `${path} of the event is a key without its bucket, and neither ${DEFAULT_BUCKETS.join(' nor ')} has a name`;
  throw new ItemsProblem('ItemsNotFound', `${sentence}. Set bucket of forEach: ${short(event)}`);
}

/** Notifications of S3 encode keys as forms do, also those in a message of a queue or topic. Its events in EventBridge don't. */
function isNotificationKey(steps: readonly PathStep[]): boolean {
  const [records, index, ...rest] = steps.slice(-5);
  return records === 'Records' && typeof index === 'number' && rest.join('.') === 's3.object.key';
}

function decodedKey(value: string, path: string): string {
  try {
    return decodeURIComponent(value.replace(/\+/g, ' '));
  } catch {
    throw new ItemsProblem(
      'ItemsNotFound',
      `${path} of the event is no key as S3 encodes it: ${short(JSON.stringify(value))}`,
    );
  }
}

function textAt(event: string, path: string, steps: readonly PathStep[]): string {
  const text = valueText(event, steps);
  if (text === undefined) throw missing(event, path);
  const value: unknown = text.startsWith('"') ? JSON.parse(text) : undefined;
  if (typeof value === 'string' && value !== '') return value;
  throw new ItemsProblem('ItemsNotFound', `${path} of the event is no text: ${short(text)}`);
}

function missing(event: string, path: string): ItemsProblem {
  return new ItemsProblem('ItemsNotFound', `The event has no ${path}: ${short(event)}`);
}

function short(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}
