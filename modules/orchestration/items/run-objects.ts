import type { ItemsEnvironment } from './environment';
import type { ObjectAddress } from './event-items';
import { runFolder } from './format';
import type { ObjectStore } from './object-store';

/** The objects of one run in the payload bucket, by their names in its folder. */
export class RunObjects {
  constructor(
    private readonly store: ObjectStore,
    private readonly environment: Pick<ItemsEnvironment, 'jobName' | 'bucket'>,
    private readonly execution: string,
  ) {}

  /** Those of another run of the job. */
  of(execution: string): RunObjects {
    return new RunObjects(this.store, this.environment, execution);
  }

  copyFrom(other: RunObjects, name: string): Promise<void> {
    return this.store.copy(other.address(name), this.address(name));
  }

  address(name: string): ObjectAddress {
    const { jobName, bucket } = this.environment;
    return { bucket, key: `${runFolder(jobName, this.execution)}${name}` };
  }

  uri(name: string): string {
    const { bucket, key } = this.address(name);
    return `s3://${bucket}/${key}`;
  }

  read(name: string): Promise<Buffer> {
    return this.store.read(this.address(name));
  }

  write(name: string, body: Buffer): Promise<void> {
    return this.store.write(this.address(name), body);
  }

  stream(name: string): AsyncIterable<Buffer> {
    return this.store.stream(this.address(name));
  }

  storeOnce(name: string, chunks: AsyncIterable<Buffer>): Promise<boolean> {
    return this.store.storeOnce(this.address(name), chunks);
  }

  /** Writes a line of JSON for each value. */
  writeLines(name: string, values: readonly unknown[]): Promise<void> {
    return this.write(name, Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join('')));
  }

  async readLines<T>(name: string): Promise<T[]> {
    const text = (await this.read(name)).toString('utf8');
    return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as T]));
  }
}
