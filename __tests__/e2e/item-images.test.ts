import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AwsClient } from 'aws4fetch';
import { indexLine } from '../../modules/orchestration/items/format';
import { made, textOf } from '../container/buildpack/made';
import { folder, removeFolders } from '../container/folder';
import { unpacked } from '../container/resolver/image-process';
import { blocksOf } from '../docs-pages';
import { describeWith } from './engines/availability';
import { BaseImages, baseImagesAvailable } from './engines/base-images';
import { type Moto, startMoto, unavailable } from './engines/moto';
import { podmanCommandAvailable } from './engines/podman';
import { type PodmanStorage, podmanStorage } from './engines/podman-storage';

const ROOT = resolve(__dirname, '../..');
const REGION = 'us-east-1';
const KEYS = { accessKeyId: 'emulated', secretAccessKey: 'emulated' };
const RUN = 'nightly/nightly-1';

/** What each job prints: its user, its item's length and end, its number and the number of items. */
const JOBS = {
  JavaScript: [
    'job.js',
    'const { STP_TRIGGER_EVENT_DATA: item, STP_ITEM_INDEX, STP_ITEM_COUNT } = process.env;\n' +
      'console.log([process.getuid(), Buffer.byteLength(item), item.slice(-9), STP_ITEM_INDEX, STP_ITEM_COUNT].join(" "));\n',
  ],
  Python: [
    'job.py',
    'import os\nitem = os.environ["STP_TRIGGER_EVENT_DATA"]\n' +
      'print(os.getuid(), len(item.encode()), item[-9:], os.environ["STP_ITEM_INDEX"], os.environ["STP_ITEM_COUNT"])\n',
  ],
  Ruby: [
    'job.rb',
    'item = (ENV["STP_TRIGGER_EVENT_DATA"] || File.read(ENV["STP_TRIGGER_EVENT_FILE"])).dup.force_encoding("UTF-8")\n' +
      'puts [Process.uid, item.bytesize, item[-9..], ENV["STP_ITEM_INDEX"], ENV["STP_ITEM_COUNT"]].join(" ")\n',
  ],
} as const;

/** In an image of somebody else, by the lines of the page. */
const SHELL =
  'if [ -n "${STP_TRIGGER_EVENT_DATA-}" ]; then printf %s "$STP_TRIGGER_EVENT_DATA" >/tmp/item; else cp "$STP_TRIGGER_EVENT_FILE" /tmp/item; fi\n' +
  'echo "$(id -u) $(wc -c </tmp/item) $(tail -c 9 /tmp/item) $STP_ITEM_INDEX $STP_ITEM_COUNT"\n';

const ITEMS = ['{"n":"one"}', JSON.stringify({ text: 'é ∑ 🎉'.repeat(30_000), n: 'two' }), '{"n":"tre"}'];

const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

describeWith(
  [moto, podmanCommandAvailable(), baseImagesAvailable()],
  'images of jobs with forEach, as containers of Podman with items in the S3 of moto',
  () => {
    let server: Moto;
    let storage: PodmanStorage;
    let bases: BaseImages;

    beforeAll(async () => {
      storage = await podmanStorage();
      bases = new BaseImages(storage);
      server = await startMoto();
      await put('');
      await put(`/${RUN}/items.jsonl`, ITEMS.map((item) => `${item}\n`).join(''));
      let end = -1;
      const lines = ITEMS.map((text, item) => {
        const start = end + 1;
        end = start + Buffer.byteLength(text);
        return indexLine({ start, end, item });
      });
      // The second attempt has only the last two.
      await put(`/${RUN}/1-0.index`, lines.join(''));
      await put(`/${RUN}/2-0.index`, lines.slice(1).join(''));
      await put(`/${RUN}/1-1.index`, indexLine({ start: 0, end: 0, item: 41 }));
    });

    afterAll(async () => {
      removeFolders();
      await server?.stop();
      await storage?.dispose();
    });

    async function put(path: string, body?: string): Promise<void> {
      const client = new AwsClient({ ...KEYS, region: REGION, service: 's3' });
      const answer = await client.fetch(`${server.endpoint}/events${path}`, { method: 'PUT', body });
      if (!answer.ok) throw new Error(`PUT ${path}: ${answer.status} ${await answer.text()}`);
    }

    /** Runs a child of an array as a container, and returns what it prints. */
    async function child(image: string, index: string, number?: number): Promise<string> {
      const variables = {
        STP_TRIGGER_EVENT_DATA: '{"all":true}',
        STP_ITEMS: `s3://events/${RUN}/${index}`,
        STP_ITEM_COUNT: '42',
        AWS_REGION: REGION,
        AWS_ENDPOINT_URL: server.endpoint,
        AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
        ...(number !== undefined && { AWS_BATCH_JOB_ARRAY_INDEX: String(number) }),
      };
      const words = Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
      return storage.podman('run', '--rm', '--init', ...words, image);
    }

    async function build(name: string, dir: string, dockerfile: string): Promise<string> {
      await bases.provide(dockerfile);
      const image = `localhost/items-${name.toLowerCase()}:1`;
      await storage.podman('build', '--isolation', 'chroot', '--tag', image, dir);
      return image;
    }

    async function findsItsItem(image: string, user: number): Promise<void> {
      const sizes = ITEMS.map((item) => Buffer.byteLength(item));
      const line = (item: number) => `${user} ${sizes[item]} ${ITEMS[item]?.slice(-9)} ${item} 42\n`;
      expect(await child(image, '1-0.index', 0)).toBe(line(0));
      expect(await child(image, '1-0.index', 1)).toBe(line(1));
      expect(await child(image, '2-0.index', 1)).toBe(line(2));
      // An array of one is a plain job; its items are only counted.
      expect(await child(image, '1-1.index')).toBe(`${user} 12 ll":true} 41 42\n`);
      await expect(child(image, '1-0.index', 3)).rejects.toThrow(
        /1-0\.index: .*[Tt]he object has changed since the run began/,
      );
      await expect(child(image, '9-0.index', 0)).rejects.toThrow(
        /9-0\.index: .*[Tt]he object has expired, or was never there/,
      );
    }

    it.each(Object.entries(JOBS))('an image that the stack builds: %s', async (language, [path, text]) => {
      const context = made({ [path]: text }, { entryfilePath: path });
      const { dir, remove } = unpacked(context);
      try {
        await findsItsItem(await build(language, dir, textOf(context.files, 'Dockerfile')), 1000);
      } finally {
        remove();
      }
    });

    it('an image of somebody else, with the two lines of the page', async () => {
      const { code = '' } = blocksOf('docs/code/dockerfile.md').find(({ code }) => code.includes('start.sh')) ?? {};
      expect(code).toContain('ENTRYPOINT');
      const dockerfile = `FROM public.ecr.aws/docker/library/debian:bookworm\n${code}COPY job.sh /\nCMD ["sh", "/job.sh"]\n`;
      const dir = folder({ Dockerfile: dockerfile, 'job.sh': SHELL });
      cpSync(join(ROOT, 'modules/container/resolver/start.sh'), join(dir, 'start.sh'));
      await findsItsItem(await build('own', dir, dockerfile), 0);
    });
  },
);
