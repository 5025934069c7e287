import { ITEM_LIMITS } from '../../rules/items';
import { INDEX_LINE_BYTES, type IndexLine, type ItemArray, indexLine, indexName } from './format';
import type { RunObjects } from './run-objects';

/** Indexes that are written at the same time. */
const WRITES_AT_ONCE = 8;

/** The indexes of the arrays of an attempt, filled one after another. They take 36 bytes an item. */
export class Indexes {
  private readonly arrays: Buffer[] = [];
  private inLast = 0;

  /** @param arraySize most children of an array */
  constructor(private readonly arraySize: number = ITEM_LIMITS.arraySize) {}

  add(line: IndexLine): void {
    let last = this.arrays.at(-1);
    if (last === undefined || this.inLast === this.arraySize) {
      last = Buffer.alloc(this.arraySize * INDEX_LINE_BYTES);
      this.arrays.push(last);
      this.inLast = 0;
    }
    last.write(indexLine(line), this.inLast * INDEX_LINE_BYTES, 'latin1');
    this.inLast++;
  }

  /** @param first number of the first array in the attempt */
  async store(objects: RunObjects, attempt: number, first = 0): Promise<ItemArray[]> {
    const stored = this.arrays.map(async (bytes, index) => {
      const name = indexName(attempt, first + index);
      const size = index === this.arrays.length - 1 ? this.inLast : this.arraySize;
      return { Number: first + index, Size: size, Items: objects.uri(name), bytes, name };
    });
    const arrays = await Promise.all(stored);
    for (let start = 0; start < arrays.length; start += WRITES_AT_ONCE) {
      const some = arrays.slice(start, start + WRITES_AT_ONCE);
      await Promise.all(
        some.map(({ bytes, name, Size }) => objects.write(name, bytes.subarray(0, Size * INDEX_LINE_BYTES))),
      );
    }
    return arrays.map(({ Number: number, Size, Items }) => ({ Number: number, Size, Items }));
  }
}
