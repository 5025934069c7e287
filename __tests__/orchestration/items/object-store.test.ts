import { ObjectStore } from '../../../modules/orchestration/items/object-store';
import { deadlineIn } from '../../../modules/orchestration/trigger/deadline';
import { environmentAt, FakeAws, type Fault } from './fake-aws';

const PART = 8 * 1024 * 1024;
const ADDRESS = { bucket: 'events', key: 'tile/run 1/ä.jsonl' };
const PATH = '/events/tile/run 1/ä.jsonl';

let aws: FakeAws;
let store: ObjectStore;

beforeEach(async () => {
  aws = new FakeAws();
  await aws.listen();
  store = new ObjectStore(environmentAt(aws.url), deadlineIn(20_000));
});
afterEach(() => aws.close());

async function* chunks(...all: Buffer[]): AsyncGenerator<Buffer> {
  yield* all;
}
async function streamed(): Promise<string> {
  const found: Buffer[] = [];
  for await (const chunk of store.stream(ADDRESS)) found.push(chunk);
  return Buffer.concat(found).toString();
}
/** Each of the first requests fails so. */
const failFirst = (...faults: Fault[]) => {
  aws.fault = (_, index) => faults[index];
};
const BUSY = { status: 503, code: 'SlowDown' };

describe('a small object', () => {
  it('is written and read as a whole', async () => {
    await store.write(ADDRESS, Buffer.from('text'));
    expect(aws.text(PATH)).toBe('text');
    expect((await store.read(ADDRESS)).toString()).toBe('text');
  });

  it('is asked for again if S3 is busy or the connection breaks', async () => {
    aws.objects.set(PATH, Buffer.from('text'));
    failFirst(BUSY, 'reset', 'broken');
    expect((await store.read(ADDRESS)).toString()).toBe('text');
    expect(aws.requests).toHaveLength(4);
  });

  it('that is not there has its error', async () => {
    await expect(store.read(ADDRESS)).rejects.toMatchObject({ code: 'NoSuchKey', curable: false });
  });

  it('is copied within S3', async () => {
    aws.objects.set('/events/from here', Buffer.from('text'));
    await store.copy({ bucket: 'events', key: 'from here' }, ADDRESS);
    expect(aws.text(PATH)).toBe('text');
    await expect(store.copy({ bucket: 'events', key: 'gone' }, ADDRESS)).rejects.toMatchObject({ code: 'NoSuchKey' });
  });
});

describe('a stream', () => {
  it('goes on where it broke, with the same object', async () => {
    aws.objects.set(PATH, Buffer.from('0123456789'));
    failFirst('broken', 'broken');
    expect(await streamed()).toBe('0123456789');
    expect(aws.requests).toHaveLength(3);
  });

  it('ends with an error if the object has changed meanwhile', async () => {
    aws.objects.set(PATH, Buffer.from('0123456789'));
    aws.fault = (_, index) => {
      if (index === 1) aws.objects.set(PATH, Buffer.from('other bytes'));
      return index === 0 ? 'broken' : undefined;
    };
    await expect(streamed()).rejects.toMatchObject({ code: 'PreconditionFailed' });
  });

  it('of nothing ends at once', async () => {
    aws.objects.set(PATH, Buffer.alloc(0));
    expect(await streamed()).toBe('');
    expect(aws.requests).toHaveLength(1);
  });
});

describe('a stream that is stored once', () => {
  it('is one request if it is small, and none if it has nothing', async () => {
    expect(await store.storeOnce(ADDRESS, chunks(Buffer.from('a'), Buffer.from('b')))).toBe(true);
    expect(aws.text(PATH)).toBe('ab');
    expect(aws.requests).toEqual([`PUT ${PATH}`]);
    expect(await store.storeOnce(ADDRESS, chunks())).toBe(true);
    expect(aws.requests).toHaveLength(1);
  });

  it('leaves an object that is there', async () => {
    aws.objects.set(PATH, Buffer.from('old'));
    expect(await store.storeOnce(ADDRESS, chunks(Buffer.from('new')))).toBe(false);
    expect(await store.storeOnce(ADDRESS, chunks(Buffer.alloc(PART + 1)))).toBe(false);
    expect(aws.text(PATH)).toBe('old');
    expect(aws.openUploads).toBe(0);
  });

  it('has parts if it is large, in their order', async () => {
    const bytes = Buffer.concat([Buffer.alloc(PART, 'a'), Buffer.alloc(PART, 'b'), Buffer.from('c')]);
    expect(await store.storeOnce(ADDRESS, chunks(bytes.subarray(0, 5), bytes.subarray(5)))).toBe(true);
    expect(bytes.equals(aws.objects.get(PATH) as Buffer)).toBe(true);
    expect(aws.requests).toHaveLength(5);
    expect(aws.openUploads).toBe(0);
  });

  it('was stored by an earlier try if its upload is gone', async () => {
    aws.fault = (request, index) => (index === 3 && request.startsWith('POST') ? 'lost' : undefined);
    expect(await store.storeOnce(ADDRESS, chunks(Buffer.alloc(PART + 1)))).toBe(false);
    expect((aws.objects.get(PATH) as Buffer).length).toBe(PART + 1);
  });

  it('is taken back if it fails', async () => {
    const failing = (async function* () {
      yield Buffer.alloc(PART + 1);
      throw new Error('no more');
    })();
    await expect(store.storeOnce(ADDRESS, failing)).rejects.toThrow('no more');
    await expect(
      store.storeOnce(
        ADDRESS,
        (async function* () {
          yield Buffer.alloc(PART);
          yield Buffer.alloc(PART);
          throw new Error('no more');
        })(),
      ),
    ).rejects.toThrow('no more');
    expect(aws.openUploads).toBe(0);
    expect(aws.objects.size).toBe(0);
  });

  it('is taken back if a part is refused', async () => {
    aws.fault = (request) => (request.includes('partNumber') ? { status: 403, code: 'AccessDenied' } : undefined);
    await expect(store.storeOnce(ADDRESS, chunks(Buffer.alloc(PART + 1)))).rejects.toMatchObject({
      code: 'AccessDenied',
    });
    expect(aws.openUploads).toBe(0);
    expect(aws.requests.at(-1)).toMatch(/^DELETE /);
  });
});
