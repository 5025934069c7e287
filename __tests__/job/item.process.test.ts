import { ObjectStore } from '../container/resolver/object-store';
import { JobPrograms } from './job-process';

const programs = new JobPrograms();
const store = new ObjectStore();

beforeAll(() => store.start());

beforeEach(() => {
  store.requests.length = 0;
  store.failures = 0;
  store.region = undefined;
  store.objects.clear();
});

afterAll(async () => {
  programs.remove();
  await store.stop();
});

const TYPESCRIPT = `
  import { event, item, itemCount, itemIndex } from 'cdktf-batch-jobs/job';
  Promise.all([item(), itemIndex(), itemCount, event()]).then(
    (found) => process.stdout.write(JSON.stringify(found)),
    (error) => { console.error(error.message); process.exitCode = 1; },
  );
`;

const PYTHON = `
import json, sys
from batch_job import event, item, item_count, item_index
try:
    found = [item(), item_index(), item_count, event()]
except Exception as error:
    sys.exit(str(error))
sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode('utf-8'))
`;

const EVENT = { all: true };
const ITEMS = ['"a"', '{"é ∑ 🎉":1}', '{"stpPayload":{"s3Uri":"s3://other/key","sha256":"aa","bytes":1}}'];

describe.each([
  ['JavaScript', () => programs.typescript(TYPESCRIPT)],
  ['Python', () => programs.python(PYTHON)],
])('a job in %s', (_language, program) => {
  let job: readonly string[];
  const environment = (items: { readonly [name: string]: string }) => ({
    ...store.environment(JSON.stringify(EVENT)),
    ...items,
  });

  beforeAll(() => {
    job = program();
  });

  it('without forEach has one item, which is the event', async () => {
    const { code, stdout, stderr } = await programs.run(job, environment({}));
    expect([code, stderr, JSON.parse(stdout)]).toEqual([0, '', [EVENT, 0, 1, EVENT]]);
    expect(store.requests).toEqual([]);
  });

  it('gets what the start program of its image has found', async () => {
    const found = { STP_TRIGGER_EVENT_DATA: '"b"', STP_ITEM_INDEX: '71' };
    const { code, stdout, stderr } = await programs.run(job, environment({ ...store.storeItems(ITEMS, 0), ...found }));
    expect([code, stderr, JSON.parse(stdout)]).toEqual([0, '', ['b', 71, 100, 'b']]);
    expect(store.requests).toEqual([]);
  });

  it.each([0, 1, 2])('finds its item itself in an image without such a program: child %d', async (child) => {
    store.region = 'ap-southeast-2';
    store.failures = 1;
    const { code, stdout, stderr } = await programs.run(job, environment(store.storeItems(ITEMS, child)));
    const item = JSON.parse(ITEMS[child] ?? '');
    expect([code, stderr, JSON.parse(stdout)]).toEqual([0, '', [item, 70 + child, 100, item]]);
    // One that failed, one for the region of each, and each only once.
    expect(store.requests).toHaveLength(5);
  });

  it('finds the only item of a run, of 2 MB', async () => {
    const long = { text: `é${'x'.repeat(2_000_000)}` };
    const { stdout } = await programs.run(job, environment(store.storeItems([JSON.stringify(long)])));
    expect(JSON.parse(stdout)).toEqual([long, 70, 100, long]);
  });

  it('gets the event if the items are only counted', async () => {
    const { stdout } = await programs.run(job, environment(store.storeItems([undefined, undefined], 1)));
    expect(JSON.parse(stdout)).toEqual([EVENT, 71, 100, EVENT]);
  });

  it.each<[string, (env: Record<string, string>) => void, RegExp]>([
    [
      'an index that is gone',
      () => store.objects.clear(),
      /from s3:\/\/events\/nightly\/nightly-1\/2-0\.index: NoSuchKey \(HTTP 404\): gone\. The object has expired, or was never there\n$/,
    ],
    [
      'items that are gone',
      () => store.objects.delete('/events/nightly/nightly-1/items.jsonl'),
      /from s3:\/\/events\/nightly\/nightly-1\/items\.jsonl: NoSuchKey \(HTTP 404\)/,
    ],
    [
      'an index without its line',
      (env) => Object.assign(env, { AWS_BATCH_JOB_ARRAY_INDEX: '7' }),
      /^The item of child 7 could not be read from .*: InvalidRange \(HTTP 416\): too far\. The object has changed since the run began\n$/,
    ],
    [
      'items that are shorter now',
      () => store.objects.set('/events/nightly/nightly-1/items.jsonl', '"'),
      /: the job asked for 3 bytes of it and got 1\. The object has changed since the run began\n$/,
    ],
    [
      'a line that is none',
      () => store.objects.set('/events/nightly/nightly-1/2-0.index', 'x'.repeat(36)),
      /2-0\.index: line 1 is "x{36}", which names no item\n$/,
    ],
    [
      'a line that ends before it begins',
      () => store.objects.set('/events/nightly/nightly-1/2-0.index', '0000000000009 0000000000008 0000000\n'),
      /2-0\.index: line 1 is "0000000000009 0000000000008 0000000\\n", which names no item\n$/,
    ],
    [
      'an item that is not JSON',
      () => store.objects.set('/events/nightly/nightly-1/items.jsonl', '{a}'),
      /^item 70 is not JSON: /,
    ],
    [
      'no address',
      (env) => Object.assign(env, { STP_ITEMS: 's3://events' }),
      /"s3:\/\/events", which STP_ITEMS is: it must be s3:\/\/<bucket>\/<key>\. A run of a job with forEach sets it\n$/,
    ],
    [
      'no number of a child',
      (env) => Object.assign(env, { AWS_BATCH_JOB_ARRAY_INDEX: 'x' }),
      /2-0\.index: AWS_BATCH_JOB_ARRAY_INDEX must be a number\. A run of a job with forEach sets it\n$/,
    ],
    ['no region', (env) => delete env.AWS_REGION, /: AWS_REGION is not set\. Set it to the region of the stack\n$/],
    [
      'no credentials',
      (env) => delete env.AWS_ACCESS_KEY_ID,
      /: there are no AWS credentials\. In AWS Batch the job's role/,
    ],
  ])('is told of %s', async (_, change, message) => {
    const env: Record<string, string> = environment(store.storeItems(ITEMS, 0));
    change(env);
    const { code, stdout, stderr } = await programs.run(job, env);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
  });
});
