import { childItem } from './child-item';
import { event } from './event';

/**
 * The item that this container works on, of any size, if the job has `forEach`; else the event. Each call returns a new object. `T` is not
 * checked. An item takes the event's place, so {@link event} returns the same. With `count`, all items are the event.
 *
 * @example
 * import { item, itemCount, itemIndex } from 'cdktf-batch-jobs/job';
 *
 * async function main() {
 *   const { key } = await item<{ readonly key: string }>();
 *   console.log(`item ${await itemIndex()} of ${itemCount}: ${key}`);
 * }
 * void main();
 *
 * @throws Error that names the object and the fix if the item cannot be read from Amazon S3. Requests are repeated for up to a minute.
 */
export function item<T = unknown>(): Promise<T> {
  return event<T>();
}

/**
 * The position of this container's item in the run's list of items, from 0. It is the same in each attempt, unlike AWS Batch's
 * `AWS_BATCH_JOB_ARRAY_INDEX`: a second attempt has only the items that failed. 0 if the job has no `forEach`.
 *
 * @example
 * import { itemIndex } from 'cdktf-batch-jobs/job';
 *
 * async function main() {
 *   console.log(`part-${await itemIndex()}.csv`);
 * }
 * void main();
 *
 * @throws Error that names the object and the fix if the index cannot be read from Amazon S3
 */
export async function itemIndex(): Promise<number> {
  const child = await childItem();
  return child?.index ?? Number(process.env.STP_ITEM_INDEX || 0);
}
