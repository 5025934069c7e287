import { createHash } from 'node:crypto';
import { INDEX_LINE_BYTES, type ItemsSource } from '../../../modules/orchestration/items/format';
import type { ObjectStore } from '../../../modules/orchestration/items/object-store';
import { plan } from '../../../modules/orchestration/items/plan';
import { RunObjects } from '../../../modules/orchestration/items/run-objects';
import { StartError } from '../../../modules/orchestration/trigger/start-error';

type Address = { readonly bucket: string; readonly key: string };

/** Objects in memory. A fault is thrown when its object is read. */
class MemoryStore {
  readonly objects = new Map<string, string>();
  readonly faults = new Map<string, StartError>();

  private text({ bucket, key }: Address): string {
    const uri = `${bucket}/${key}`;
    const fault = this.faults.get(uri);
    if (fault !== undefined) throw fault;
    const text = this.objects.get(uri);
    if (text === undefined) throw new StartError('NoSuchKey', 'NoSuchKey (HTTP 404): gone', false);
    return text;
  }

  async read(address: Address): Promise<Buffer> {
    return Buffer.from(this.text(address));
  }

  async *stream(address: Address): AsyncGenerator<Buffer> {
    yield Buffer.from(this.text(address));
  }

  async write({ bucket, key }: Address, body: Buffer): Promise<void> {
    this.objects.set(`${bucket}/${key}`, String(body));
  }

  async storeOnce(address: Address, chunks: AsyncIterable<Buffer>): Promise<boolean> {
    const parts: Buffer[] = [];
    for await (const chunk of chunks) parts.push(chunk);
    if (this.objects.has(`${address.bucket}/${address.key}`)) return false;
    await this.write(address, Buffer.concat(parts));
    return true;
  }
}

let memory: MemoryStore;
beforeEach(() => {
  memory = new MemoryStore();
});

function planned(event: unknown, source: Partial<ItemsSource>, arraySize?: number) {
  const store = memory as unknown as ObjectStore;
  const objects = new RunObjects(store, { jobName: 'tile', bucket: 'events' }, 'run-1');
  const given = { input: JSON.stringify(event), source: { MaxItems: 3, ...source } as ItemsSource, arraySize };
  return plan(given, store, objects);
}

const stored = (name: string) => memory.objects.get(`events/tile/run-1/${name}`);
const array = (number: number, size: number) => ({
  Number: number,
  Size: size,
  Items: `s3://events/tile/run-1/1-${number}.index`,
});
const RUN = { Next: 'run', Attempt: 1, OnDemand: false, Wait: 0, Aside: 0 };
const RECORDS = { Records: [{ a: 1 }, { a: 22 }] };

it('the items of an event are lines, and an index has the place of each', async () => {
  const answer = await planned(RECORDS, {});
  expect(answer).toEqual({ ...RUN, Count: 2, Children: 2, Arrays: [array(0, 2)] });
  expect(stored('items.jsonl')).toBe('{"a":1}\n{"a":22}\n');
  const index = stored('1-0.index') ?? '';
  expect(index).toHaveLength(2 * INDEX_LINE_BYTES);
  expect(index.match(/\d+/g)?.map(Number)).toEqual([0, 7, 0, 8, 16, 1]);
});

it('items that are more than an array may have are in several', async () => {
  expect(await planned(RECORDS, {}, 1)).toMatchObject({ Count: 2, Arrays: [array(0, 1), array(1, 1)] });
});

it('the items can be at another place of the event', async () => {
  await planned({ files: ['x', 'y'] }, { Items: '$.files' });
  expect(stored('items.jsonl')).toBe('"x"\n"y"\n');
});

it('children that are only counted keep the event', async () => {
  expect(await planned({}, { Total: 2 })).toMatchObject({ Next: 'run', Count: 2, Arrays: [array(0, 2)] });
  expect(stored('items.jsonl')).toBeUndefined();
});

it('a run without items has ended', async () => {
  expect(await planned({ Records: [] }, {})).toEqual({
    Next: 'end',
    Result: { items: 0, succeeded: 0, failed: 0, failures: [] },
  });
});

it('as many items as the run may have are not too many, and one more is', async () => {
  await expect(planned({ Records: [1, 2, 3, 4] }, {})).rejects.toMatchObject({
    name: 'TooManyItems',
    message: 'The run has 4 items, and may have 3. Raise maxItems of forEach, or send fewer items.',
  });
  expect(await planned({ Records: [1, 2, 3] }, {})).toMatchObject({ Count: 3 });
});

it('what an earlier try stored counts, also if the event would now be refused', async () => {
  memory.objects.set('events/tile/run-1/items.jsonl', '"first"\n');
  expect(await planned(RECORDS, {})).toMatchObject({ Count: 1 });
  expect(await planned({ Records: [1, 2, 3, 4] }, {})).toMatchObject({ Count: 1 });
});

describe('an event that is in an object', () => {
  const whole = JSON.stringify(RECORDS);
  const sha256 = createHash('sha256').update(whole).digest('hex');
  const reference = (more: object = {}) => ({ stpPayload: { s3Uri: 's3://events/tile/a b', ...more } });

  it('is read, and must be the one that started the run', async () => {
    memory.objects.set('events/tile/a b', whole);
    expect(await planned(reference({ sha256 }), {})).toMatchObject({ Count: 2 });
    expect(await planned(reference(), {})).toMatchObject({ Count: 2 });
    await expect(planned(reference({ sha256: 'other' }), {})).rejects.toMatchObject({
      name: 'ItemsNotFound',
      message: 'The object s3://events/tile/a b is not the event that started the run.',
    });
  });

  it('must be readable, now or with another try', async () => {
    await expect(planned(reference(), {})).rejects.toMatchObject({
      name: 'ItemsNotFound',
      message: 'The event in s3://events/tile/a b cannot be read: NoSuchKey (HTTP 404): gone.',
    });
    const busy = new StartError('SlowDown', 'busy', true);
    memory.faults.set('events/tile/a b', busy);
    await expect(planned(reference(), {})).rejects.toBe(busy);
  });
});

describe('a manifest', () => {
  const SOURCE = { S3Manifest: '$.list' };
  const uri = 's3://lists/all.jsonl';

  it('has an item in each line', async () => {
    memory.objects.set('lists/all.jsonl', '{"a":1}\n2\n');
    expect(await planned({ list: uri }, SOURCE)).toMatchObject({ Count: 2 });
    expect(stored('items.jsonl')).toBe('{"a":1}\n2\n');
  });

  it('is read to its first item too many', async () => {
    memory.objects.set('lists/all.jsonl', '1\n2\n3\n4\n5\n');
    await expect(planned({ list: uri }, SOURCE)).rejects.toMatchObject({
      name: 'TooManyItems',
      message: 'The run has more than the 3 items that it may have. Raise maxItems of forEach, or send fewer items.',
    });
  });

  it.each(['AccessDenied', 'HTTP 403'])('that the job may not read says so: %s', async (code) => {
    memory.faults.set('lists/all.jsonl', new StartError(code, 'refused', false));
    await expect(planned({ list: uri }, SOURCE)).rejects.toMatchObject({
      name: 'ManifestNotReadable',
      message:
        `${uri} cannot be read: refused. Let the job read it (s3:GetObject): with connectTo or iamRoleStatements. ` +
        'S3 says the same of a key that does not exist.',
    });
  });

  it('that is not there is a problem of the run', async () => {
    await expect(planned({ list: uri }, SOURCE)).rejects.toMatchObject({
      name: 'ManifestNotReadable',
      message: `${uri} cannot be read: NoSuchKey (HTTP 404): gone.`,
    });
  });

  it('that changed while it was read, or cannot be reached, is tried again', async () => {
    memory.faults.set('lists/all.jsonl', new StartError('PreconditionFailed', 'changed', false));
    await expect(planned({ list: uri }, SOURCE)).rejects.toMatchObject({ code: 'ManifestChanged', curable: true });
    const busy = new StartError('SlowDown', 'busy', true);
    memory.faults.set('lists/all.jsonl', busy);
    await expect(planned({ list: uri }, SOURCE)).rejects.toBe(busy);
  });
});
