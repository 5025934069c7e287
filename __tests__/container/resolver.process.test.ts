import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { BuildContext } from '../../modules/container/build-context';
import { made } from './buildpack/made';
import { removeFolders } from './folder';
import { type Ended, run, unpacked } from './resolver/image-process';
import { ObjectStore } from './resolver/object-store';

const START_SH = resolve(__dirname, '../../modules/container/resolver/start.sh');
const PYTHON = process.env.PYTHON ?? 'python3';
const hasBusybox = spawnSync('busybox', ['true']).status === 0;

/** What each job prints: its item, from the variable or else from the file, its number and count, and what a child process has. */
const JAVASCRIPT = `
const { execFileSync } = require('node:child_process');
const { env } = process;
const child = (env.STP_TRIGGER_EVENT_DATA ?? '').length > 131048 ? '-' : execFileSync('sh', ['-c', 'printf %s "$STP_TRIGGER_EVENT_DATA"']);
process.stdout.write([env.STP_TRIGGER_EVENT_DATA, env.STP_ITEM_INDEX, env.STP_ITEM_COUNT, child].join('|'));
`;
const PYTHON_JOB = `
import os, subprocess, sys
env = os.environ
child = subprocess.check_output(["sh", "-c", 'printf %s "\${STP_TRIGGER_EVENT_DATA--}"'])
text = "|".join([env["STP_TRIGGER_EVENT_DATA"], env.get("STP_ITEM_INDEX", ""), env.get("STP_ITEM_COUNT", ""), ""])
sys.stdout.buffer.write(text.encode("utf-8") + child)
`;
const SHELL = [
  'sh',
  '-c',
  'if [ -n "${STP_TRIGGER_EVENT_DATA-}" ]; then printf %s "$STP_TRIGGER_EVENT_DATA"; else cat "$STP_TRIGGER_EVENT_FILE"; fi; printf "|%s|%s|" "${STP_ITEM_INDEX-}" "${STP_ITEM_COUNT-}"; printf %s "${STP_TRIGGER_EVENT_DATA--}"',
];

type Variables = { readonly [name: string]: string };

async function inImage(
  image: BuildContext,
  command: (dir: string) => readonly string[],
  env: Variables,
): Promise<Ended> {
  const { dir, remove } = unpacked(image);
  try {
    return await run(command(dir), join(dir, 'app'), env);
  } finally {
    remove();
  }
}

const javascript = (env: Variables) =>
  inImage(
    made({ 'job.js': JAVASCRIPT }, { entryfilePath: 'job.js', languageSpecificConfig: { outputModuleFormat: 'cjs' } }),
    (dir) => [process.execPath, join(dir, 'start.cjs'), join(dir, 'app/job.cjs')],
    env,
  );
const python = (env: Variables) =>
  inImage(
    made({ 'job.py': PYTHON_JOB }, { entryfilePath: 'job.py' }),
    (dir) => [PYTHON, join(dir, 'start.py'), 'job.py'],
    env,
  );
const shell = (env: Variables) => run(['sh', START_SH, ...SHELL], '.', env);
const busybox = (env: Variables) => run(['busybox', 'sh', START_SH, ...SHELL], '.', env);

afterAll(removeFolders);

describe.each([
  ['JavaScript', javascript],
  ['Python', python],
  ['other languages', shell],
  ...(hasBusybox ? [['other languages, run by busybox', busybox] as const] : []),
] as const)("the start of an image, before the item's code: %s", (language, start) => {
  const store = new ObjectStore();
  const EVENT = '{"all":true}';
  const ITEMS = ['"a"', '{"é ∑ 🎉":"\\"q\\" $HOME `id` %s"}', '[1,{"stpPayload":1}]'];
  const environment = (items: Variables, event = EVENT) => ({ ...store.environment(event), ...items });

  beforeAll(() => store.start());
  afterAll(() => store.stop());
  beforeEach(() => {
    store.requests.length = 0;
    store.failures = 0;
    store.objects.clear();
  });

  it.each([0, 1, 2])(
    'child %d finds its item in the place of the event, and so do the processes that it starts',
    async (child) => {
      const ended = await start(environment(store.storeItems(ITEMS, child)));
      expect(ended).toEqual({ status: 0, stderr: '', stdout: `${ITEMS[child]}|${70 + child}|100|${ITEMS[child]}` });
      expect(store.requests).toHaveLength(2);
    },
  );

  it('a run of one item is no array, and finds it all the same, with the credentials of a role', async () => {
    const ended = await start({ ...store.roleEnvironment(EVENT), ...store.storeItems(['"one"']) });
    expect(ended).toEqual({ status: 0, stderr: '', stdout: '"one"|70|100|"one"' });
  });

  it('gets an item of any size, and shows the event of all items to nobody', async () => {
    const long = JSON.stringify({ text: 'é'.repeat(1_000_000) });
    const { status, stderr, stdout } = await start(environment(store.storeItems(['1', long, '2'], 1)));
    expect([status, stderr, stdout === `${long}|71|100|-`]).toEqual([0, '', true]);
  });

  it('keeps the event if the items are only counted', async () => {
    const ended = await start(environment(store.storeItems([undefined, undefined], 1)));
    expect(ended).toEqual({ status: 0, stderr: '', stdout: `${EVENT}|71|100|${EVENT}` });
    expect(store.requests).toHaveLength(1);
  });

  it('fetches a large event if the items are only counted', async () => {
    const event = JSON.stringify({ text: 'é'.repeat(10_000) });
    const reference = store.store(event, 'nightly/nightly-1/event.json');
    const { status, stderr, stdout } = await start(environment(store.storeItems([undefined, undefined], 1), reference));
    expect([status, stderr, stdout.startsWith(`${event}|71|100|`)]).toEqual([0, '', true]);
  });

  it("doesn't fetch what an item seems to refer to", async () => {
    const item = '{"stpPayload":{"s3Uri":"s3://other/key","sha256":"aa","bytes":1}}';
    const ended = await start(environment(store.storeItems([item], 0)));
    expect(ended).toEqual({ status: 0, stderr: '', stdout: `${item}|70|100|${item}` });
  });

  it('tries again while S3 is busy', async () => {
    store.failures = 1;
    expect((await start(environment(store.storeItems(ITEMS, 0)))).stdout).toBe(`"a"|70|100|"a"`);
  });

  it.each<[string, (env: { [name: string]: string }) => void, RegExp]>([
    [
      'an index that is gone',
      () => store.objects.delete('/events/nightly/nightly-1/2-0.index'),
      /s3:\/\/events\/nightly\/nightly-1\/2-0\.index: .*[Tt]he object has expired, or was never there\n$/,
    ],
    [
      'items that are gone',
      () => store.objects.delete('/events/nightly/nightly-1/items.jsonl'),
      /s3:\/\/events\/nightly\/nightly-1\/items\.jsonl: .*[Tt]he object has expired, or was never there\n$/,
    ],
    [
      'an index without its line',
      (env) => Object.assign(env, { AWS_BATCH_JOB_ARRAY_INDEX: '7' }),
      /2-0\.index: .*[Tt]he object has changed since the run began\n$/,
    ],
    [
      'items that are shorter now',
      () => store.objects.set('/events/nightly/nightly-1/items.jsonl', '"'),
      /items\.jsonl: the job asked for 3 bytes of it and got 1\. The object has changed since the run began/,
    ],
    [
      'a line that is none',
      () => store.objects.set('/events/nightly/nightly-1/2-0.index', `0000000000000 000000000000x 0000000\n`),
      /2-0\.index: line 1 is "0000000000000 000000000000x 0000000(\\n)?", which names no item/,
    ],
    [
      'a line that ends before it begins',
      () => store.objects.set('/events/nightly/nightly-1/2-0.index', `0000000000009 0000000000008 0000000\n`),
      /2-0\.index: line 1 is "0000000000009 0000000000008 0000000(\\n)?", which names no item/,
    ],
    [
      'no address',
      (env) => Object.assign(env, { STP_ITEMS: 's3://events' }),
      /STP_ITEMS.*s3:\/\/<bucket>\/<key>\. A run/,
    ],
    [
      'no number of a child',
      (env) => Object.assign(env, { AWS_BATCH_JOB_ARRAY_INDEX: 'x' }),
      /AWS_BATCH_JOB_ARRAY_INDEX.* number\. A run of a job with forEach sets it/,
    ],
    ['no credentials', (env) => delete env.AWS_ACCESS_KEY_ID, /no AWS credentials/],
    ['no region', (env) => delete env.AWS_REGION, /AWS_REGION/],
    ['keys that nobody knows', (env) => Object.assign(env, { AWS_SECRET_ACCESS_KEY: 'other' }), /\b403\b/],
  ])('does not start the code with %s, and says it', async (_, change, message) => {
    const env: { [name: string]: string } = environment(store.storeItems(ITEMS, 0));
    change(env);
    const { status, stdout, stderr } = await start(env);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(
      language === 'JavaScript'
        ? /^The item of child \w+ could not be read from /
        : /The job's item could not be fetched: /,
    );
  });
});
