import { INDEX_LINE_BYTES, readIndexLine } from '../../../modules/orchestration/items/format';
import { objectOfUri } from '../../model/object-uri';
import type { Deployment } from '../deployment';
import type { AttemptArray } from '../run-story';

/** Which item each child of an array has: its index, one line of a fixed width a child. */
export class IndexObject {
  private items: Promise<readonly number[]> | undefined;

  constructor(
    private readonly deployment: Pick<Deployment, 'clients'>,
    private readonly array: AttemptArray,
  ) {}

  /** The items of all children, in their order. At most 10,000 lines, of 360 kB. */
  all(): Promise<readonly number[]> {
    this.items ??= this.read();
    return this.items;
  }

  /** The item of the first child: the least one, because children have the order of their items. */
  async first(): Promise<number | undefined> {
    if (this.items !== undefined) return (await this.items)[0];
    return (await this.read(`bytes=0-${INDEX_LINE_BYTES - 1}`))[0];
  }

  private async read(Range?: string): Promise<number[]> {
    type S3 = typeof import('@aws-sdk/client-s3');
    const { GetObjectCommand } = require('@aws-sdk/client-s3') as S3;
    const { bucket: Bucket, key: Key } = objectOfUri(this.array.indexUri) ?? {};
    const { Body } = await this.deployment.clients.s3.send(new GetObjectCommand({ Bucket, Key, Range }));
    const text = (await Body?.transformToString()) ?? '';
    const lines = Math.floor(text.length / INDEX_LINE_BYTES);
    return Array.from(
      { length: lines },
      (_, line) => readIndexLine(text.slice(line * INDEX_LINE_BYTES, (line + 1) * INDEX_LINE_BYTES)).item,
    );
  }
}
