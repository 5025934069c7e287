import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { run } from './image-process';
import { ObjectStore } from './object-store';

const START = resolve(__dirname, '../../../modules/container/resolver/start.sh');
const [, major = 0, minor = 0] =
  /^curl (\d+)\.(\d+)/.exec(spawnSync('curl', ['--version'], { encoding: 'utf8' }).stdout ?? '') ?? [];
const hasCurl = Number(major) > 7 || (Number(major) === 7 && Number(minor) >= 86);
const shells = ['sh', 'bash', 'dash', 'busybox'].filter(
  (name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0,
);

const SHOW = ['sh', '-c', 'printf "%s|" "$STP_TRIGGER_EVENT_DATA" "${STP_TRIGGER_EVENT_FILE:+file}" "$@"', 'show'];
const FILE = ['sh', '-c', 'cat "$STP_TRIGGER_EVENT_FILE"; printf "|%s" "$STP_TRIGGER_EVENT_DATA"'];

(hasCurl ? describe.each(shells) : describe.skip.each(shells))(
  'the start of other languages, run by %s with curl',
  (shell) => {
    const store = new ObjectStore();
    const start = (env: { readonly [name: string]: string }, command: readonly string[]) =>
      run([shell, ...(shell === 'busybox' ? ['sh'] : []), START, ...command], '.', env);

    beforeAll(() => store.start());
    afterAll(() => store.stop());
    beforeEach(() => {
      store.requests.length = 0;
      store.failures = 0;
    });

    it('leaves a small event as it is, without a request', async () => {
      const event = '{"a":"it\'s  \\"b\\" $HOME"}';
      const { status, stdout, stderr } = await start(store.environment(event), [...SHOW, 'a b', '']);
      expect([status, stderr, stdout]).toEqual([0, '', `${event}||a b||`]);
      expect(store.requests).toEqual([]);
    });

    it('runs without any event', async () => {
      const { stdout } = await start({ PATH: process.env.PATH ?? '' }, ['echo', 'started']);
      expect(stdout).toBe('started\n');
    });

    it('fetches an event by its reference, with any characters in it', async () => {
      const event = JSON.stringify({ text: 'é \\ "q" $HOME `id` \n %s', pad: 'x'.repeat(9000) });
      const { status, stdout, stderr } = await start(store.environment(store.store(event, 'nightly/a-1/b.json')), FILE);
      expect([status, stderr, stdout]).toEqual([0, '', `${event}|${event}`]);
    });

    it('fetches the longest event that a variable can hold', async () => {
      const event = `"${'x'.repeat(131_046)}"`;
      const { status, stdout } = await start(store.environment(store.store(event, 'a/b')), FILE);
      expect([status, stdout === `${event}|${event}`]).toEqual([0, true]);
    });

    it('leaves a longer one in the file, and the reference in the variable', async () => {
      const event = `"${'x'.repeat(131_047)}"`;
      const reference = store.store(event, 'a/b');
      const { status, stdout } = await start(store.environment(reference), FILE);
      expect([status, stdout === `${event}|${reference}`]).toEqual([0, true]);
    });

    it('takes a reference with its properties in another order, as Step Functions may write it', async () => {
      store.store('{"c":3}', 'a/b');
      const { stpPayload } = JSON.parse(store.store('{"c":3}', 'a/b'));
      const { s3Uri, sha256, bytes } = stpPayload;
      const reference = JSON.stringify({ stpPayload: { bytes, sha256, s3Uri } }, null, 1);
      expect((await start(store.environment(reference), SHOW)).stdout).toBe('{"c":3}|file|');
    });

    it('takes a reference of a run that repeats the failed items of another', async () => {
      const { stpPayload } = JSON.parse(store.store('{"c":3}', 'a/b'));
      const reference = JSON.stringify({ stpPayload: { ...stpPayload, failedItemsOf: 'nightly-0123_a.b' } });
      expect((await start(store.environment(reference), SHOW)).stdout).toBe('{"c":3}|file|');
    });

    it("signs with the credentials of the job's role, and tries again while S3 is busy", async () => {
      store.failures = 1;
      const { status, stdout } = await start(store.roleEnvironment(store.store('{"b":2}', 'a/b')), SHOW);
      expect([status, stdout]).toEqual([0, '{"b":2}|file|']);
    });

    it.each<[string, (input: string) => string, string]>([
      ['that is gone', (input) => input.replace('a/b', 'a/c'), '404'],
      ['that was changed', (input) => input.replace(/"sha256":"./, '"sha256":"x'), 'has the SHA-256'],
    ])('does not start the job with an event %s', async (_, change, message) => {
      const input = change(store.store('{"b":2}', 'a/b'));
      const { status, stdout, stderr } = await start(store.environment(input), ['echo', 'started']);
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toContain(message);
      expect(stderr).toContain("The job's event could not be fetched: s3://events/a/");
    });

    it.each([
      ['AWS_REGION', 'the container has no AWS_REGION'],
      ['AWS_ACCESS_KEY_ID', 'the container has no AWS credentials'],
    ])('says what is missing: %s', async (name, message) => {
      const { [name]: _, ...env } = store.environment(store.store('{}', 'a/b'));
      const { status, stderr } = await start(env, ['echo', 'started']);
      expect([status, stderr]).toEqual([1, `The job's event could not be fetched: ${message}\n`]);
    });

    it.each([
      '{"stpPayload":{"s3Uri":"x"}}',
      '{"stpPayload":{"s3Uri":"s3://a/b","sha256":"c","bytes":1},"more":1}',
      '["{\\"stpPayload\\":{\\"s3Uri\\":\\"s3://a/b\\"}}"]',
      'stpPayload',
    ])('takes for an event what is no reference: %s', async (event) => {
      expect((await start(store.environment(event), SHOW)).stdout).toBe(`${event}||`);
    });

    it('ends as its command does', async () => {
      expect((await start({ PATH: process.env.PATH ?? '' }, ['sh', '-c', 'exit 7'])).status).toBe(7);
    });
  },
);

it('is a script for any POSIX shell', () => {
  expect(readFileSync(START, 'utf8')).toMatch(/^#!\/bin\/sh\n/);
  expect(shells).toContain('sh');
});
