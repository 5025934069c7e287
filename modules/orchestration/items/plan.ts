import { createHash } from 'node:crypto';
import { asObject, asText } from '../trigger/json';
import { StartError } from '../trigger/start-error';
import { eventItems, manifestAddress, type ObjectAddress } from './event-items';
import { ITEMS_OBJECT, type ItemsAnswer, type ItemsSource } from './format';
import { Indexes } from './indexes';
import { linesOf, manifestItems } from './lines';
import type { ObjectStore } from './object-store';
import { ItemsProblem } from './problem';
import { repeatedItems } from './repeated-items';
import type { RunObjects } from './run-objects';

const LINE_FEED = Buffer.from('\n');

export interface PlanRequest {
  /** The execution's input as JSON: the event, or the reference to it. */
  readonly input: string;
  readonly source: ItemsSource;
  /** Most children of an array. @default 10,000 */
  readonly arraySize?: number;
}

/**
 * Finds the items of a run, stores them and the indexes of its arrays. The same request again has the same answer: what an earlier one
 * stored stays, also if the manifest has changed since.
 *
 * @throws ItemsProblem if the run cannot have its items
 */
export async function plan(
  { input, source, arraySize }: PlanRequest,
  store: ObjectStore,
  objects: RunObjects,
): Promise<ItemsAnswer> {
  const reference = asObject(asObject(JSON.parse(input))?.stpPayload);
  const earlier = asText(reference?.failedItemsOf);
  if (earlier !== undefined) return repeatedItems(objects.of(earlier), objects, arraySize);
  const { indexes, count } =
    source.Total === undefined
      ? await stored({ input, source, arraySize }, store, objects)
      : counted(source.Total, arraySize);
  if (count === 0) return { Next: 'end', Result: { items: 0, succeeded: 0, failed: 0, failures: [] } };
  const Arrays = await indexes.store(objects, 1);
  return { Next: 'run', Count: count, Children: count, Attempt: 1, OnDemand: false, Wait: 0, Arrays, Aside: 0 };
}

/** The lines of items, one after another. */
class LineIndex {
  readonly indexes: Indexes;
  count = 0;
  private offset = 0;

  constructor(arraySize: number | undefined) {
    this.indexes = new Indexes(arraySize);
  }

  add(length: number): void {
    const end = this.offset + length;
    this.indexes.add({ start: this.offset, end, item: this.count });
    this.offset = end + 1;
    this.count++;
  }
}

/** Children without items: they keep the event. */
function counted(count: number, arraySize: number | undefined): Pick<LineIndex, 'indexes' | 'count'> {
  const indexes = new Indexes(arraySize);
  for (let item = 0; item < count; item++) indexes.add({ start: 0, end: 0, item });
  return { indexes, count };
}

async function stored(
  { input, source, arraySize }: PlanRequest,
  store: ObjectStore,
  objects: RunObjects,
): Promise<Pick<LineIndex, 'indexes' | 'count'>> {
  const event = await wholeEvent(input, store);
  const items = source.S3Manifest === undefined ? listed(event, source) : manifest(event, source, store);
  const index = new LineIndex(arraySize);
  let problem: ItemsProblem | undefined;
  try {
    if (await objects.storeOnce(ITEMS_OBJECT, indexed(items, index, source.MaxItems))) return index;
  } catch (error) {
    if (!(error instanceof ItemsProblem)) throw error;
    problem = error;
  }
  // The answer of an earlier try was lost. Its items count, not those of a manifest that has changed or is gone since.
  return earlierItems(objects, problem, arraySize);
}

/** @throws the problem of this try, if no earlier one stored items */
async function earlierItems(
  objects: RunObjects,
  problem: ItemsProblem | undefined,
  arraySize: number | undefined,
): Promise<LineIndex> {
  const earlier = new LineIndex(arraySize);
  try {
    for await (const line of linesOf(objects.stream(ITEMS_OBJECT))) earlier.add(line.length);
  } catch (error) {
    if (problem !== undefined && error instanceof StartError && !error.curable) throw problem;
    throw error;
  }
  return earlier;
}

/** Stops at the first item too many. */
async function* indexed(items: AsyncIterable<Buffer>, index: LineIndex, most: number): AsyncGenerator<Buffer> {
  for await (const item of items) {
    if (index.count === most) {
      const fix = 'Raise maxItems of forEach, or send fewer items.';
      throw new ItemsProblem('TooManyItems', `The run has more than the ${most} items that it may have. ${fix}`);
    }
    index.add(item.length);
    yield item;
    yield LINE_FEED;
  }
}

async function* listed(event: string, { Items = 'records', MaxItems: most }: ItemsSource): AsyncGenerator<Buffer> {
  const items = eventItems(event, Items);
  if (items.length > most) {
    const fix = 'Raise maxItems of forEach, or send fewer items.';
    throw new ItemsProblem('TooManyItems', `The run has ${items.length} items, and may have ${most}. ${fix}`);
  }
  for (const item of items) yield Buffer.from(item);
}

async function* manifest(event: string, source: ItemsSource, store: ObjectStore): AsyncGenerator<Buffer> {
  const address = manifestAddress(event, source.S3Manifest ?? '', source.Bucket);
  const uri = `s3://${address.bucket}/${address.key}`;
  try {
    yield* manifestItems(linesOf(store.stream(address)), uri);
  } catch (error) {
    throw unreadable(error, address);
  }
}

/** What no further try can change is a problem of the run. A manifest that changed is read again from its start. */
function unreadable(error: unknown, { bucket, key }: ObjectAddress): unknown {
  if (!(error instanceof StartError) || error.curable) return error;
  const uri = `s3://${bucket}/${key}`;
  if (error.code === 'PreconditionFailed')
    return new StartError('ManifestChanged', `${uri} changed while it was read.`, true);
  const fix =
    error.code === 'AccessDenied' || error.code === 'HTTP 403'
      ? ' Let the job read it (s3:GetObject): with connectTo or iamRoleStatements. S3 says the same of a key that does not exist.'
      : '';
  return new ItemsProblem('ManifestNotReadable', `${uri} cannot be read: ${error.message}.${fix}`);
}

/** The event itself, if the input refers to it. */
async function wholeEvent(input: string, store: ObjectStore): Promise<string> {
  const { s3Uri, sha256 } = asObject<{ s3Uri: string; sha256: string }>(asObject(JSON.parse(input))?.stpPayload) ?? {};
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(asText(s3Uri) ?? '') ?? [];
  if (bucket === undefined || key === undefined) return input;
  let bytes: Buffer;
  try {
    bytes = await store.read({ bucket, key });
  } catch (error) {
    if (!(error instanceof StartError) || error.curable) throw error;
    throw new ItemsProblem('ItemsNotFound', `The event in ${asText(s3Uri)} cannot be read: ${error.message}.`);
  }
  if (asText(sha256) !== undefined && createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw new ItemsProblem('ItemsNotFound', `The object ${asText(s3Uri)} is not the event that started the run.`);
  return bytes.toString('utf8');
}
