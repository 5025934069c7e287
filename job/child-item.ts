import { fetchItem, type Item } from './fetch-item';

let fetched: Promise<Item> | undefined;

/**
 * This child's item, if nothing has read it yet: an image's start program sets `STP_ITEM_INDEX` when the item is in the event's place.
 * It is read from Amazon S3 only once.
 */
export function childItem(): Promise<Item> | undefined {
  const { STP_ITEMS: index, STP_ITEM_INDEX: found } = process.env;
  if (!index || found) return undefined;
  if (fetched === undefined) {
    const item = fetchItem(index, process.env);
    fetched = item;
    // A failure is not cached: the next call tries again.
    item.catch(() => {
      fetched = undefined;
    });
  }
  return fetched;
}
