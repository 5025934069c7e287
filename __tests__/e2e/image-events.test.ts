import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { AwsClient } from 'aws4fetch';
import { dockerfileOf, made } from '../container/buildpack/made';
import { folder, removeFolders } from '../container/folder';
import { run, unpacked } from '../container/resolver/image-process';
import { JobPrograms } from '../job/job-process';
import { describeWith } from './engines/availability';
import { type Moto, startMoto, unavailable } from './engines/moto';

const KEYS = { accessKeyId: 'emulated', secretAccessKey: 'emulated' };
const REGION = 'us-east-1';
const SHELL_START = resolve(__dirname, '../../modules/container/resolver/start.sh');
const PYTHON = process.env.PYTHON ?? 'python3';

const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };
const curl = spawnSync('curl', ['--version']).status === 0;

describeWith([moto], "an image's start, run as a process, with events in the S3 of moto", () => {
  const event = JSON.stringify({ Records: [{ text: 'é'.repeat(150_000) }] });
  const short = JSON.stringify({ Records: [{ text: 'x'.repeat(20_000) }] });
  let server: Moto;

  beforeAll(async () => {
    server = await startMoto();
    await request('PUT', '');
  });

  afterAll(async () => {
    removeFolders();
    await server.stop();
  });

  async function request(method: string, path: string, body?: string): Promise<void> {
    const client = new AwsClient({ ...KEYS, region: REGION, service: 's3' });
    const answer = await client.fetch(`${server.endpoint}/events${path}`, { method, body });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  }

  /** Stores an event as the trigger function does, and returns what a container is given. */
  async function environment(text: string): Promise<{ [name: string]: string }> {
    const sha256 = createHash('sha256').update(text).digest('hex');
    const key = `nightly/nightly-1/${sha256}.json`;
    await request('PUT', `/${key}`, text);
    const stpPayload = { s3Uri: `s3://events/${key}`, sha256, bytes: Buffer.byteLength(text) };
    return {
      PATH: process.env.PATH ?? '',
      STP_TRIGGER_EVENT_DATA: JSON.stringify({ stpPayload }),
      AWS_REGION: REGION,
      AWS_ENDPOINT_URL: server.endpoint,
      AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    };
  }

  it.each(['esm', 'cjs'] as const)('JavaScript gets the event: %s', async (outputModuleFormat) => {
    const text = "process.stdout.write(process.env.STP_TRIGGER_EVENT_DATA ?? 'nothing');\n";
    const image = made({ 'job.ts': text }, { entryfilePath: 'job.ts', languageSpecificConfig: { outputModuleFormat } });
    const { dir, remove } = unpacked(image);
    const entry = join(dir, 'app', outputModuleFormat === 'esm' ? 'job.mjs' : 'job.cjs');
    try {
      const ended = await run([process.execPath, join(dir, 'start.cjs'), entry], dir, await environment(event));
      expect([ended.status, ended.stderr, ended.stdout === event]).toEqual([0, '', true]);
    } finally {
      remove();
    }
  });

  it('Python gets the event', async () => {
    const text = 'import os, sys\nsys.stdout.buffer.write(os.environ["STP_TRIGGER_EVENT_DATA"].encode("utf-8"))\n';
    const image = made({ 'job.py': text }, { entryfilePath: 'job.py' });
    expect(dockerfileOf(image).at(-1)).toBe('CMD ["python","/opt/stp/start.py","job.py"]');
    const { dir, remove } = unpacked(image);
    try {
      const ended = await run([PYTHON, join(dir, 'start.py'), 'job.py'], join(dir, 'app'), await environment(event));
      expect([ended.status, ended.stderr, ended.stdout === event]).toEqual([0, '', true]);
    } finally {
      remove();
    }
  });

  it.each([
    [
      'JavaScript',
      (programs: JobPrograms) =>
        programs.typescript(
          "import { event } from 'cdktf-batch-jobs/job';\nevent().then((value) => process.stdout.write(JSON.stringify(value)));\n",
        ),
    ],
    [
      'Python',
      (programs: JobPrograms) =>
        programs.python(
          'import json\nfrom batch_job import event\ntext = json.dumps(event(), ensure_ascii=False, separators=(",", ":"))\nsys.stdout.buffer.write(text.encode("utf-8"))\n',
        ),
    ],
  ])('in an image without a start, the library of jobs gets it: %s', async (_, program) => {
    const programs = new JobPrograms();
    try {
      const long = JSON.stringify({ Records: [{ text: 'é ∑ 🎉'.repeat(200_000) }] });
      const { code, stdout, stderr } = await programs.run(program(programs), await environment(long));
      expect([code, stderr, stdout === long]).toEqual([0, '', true]);
    } finally {
      programs.remove();
    }
  });

  (curl ? it : it.skip)(
    'any other program gets a short event in the variable, and a long one in the file',
    async () => {
      const show = ['sh', '-c', 'cat "$STP_TRIGGER_EVENT_FILE"; printf "|%s" "$STP_TRIGGER_EVENT_DATA"'];
      const dir = folder({});
      const variables = await environment(short);
      const one = await run(['sh', SHELL_START, ...show], dir, variables);
      expect([one.status, one.stderr, one.stdout === `${short}|${short}`]).toEqual([0, '', true]);
      const long = await environment(event);
      const other = await run(['sh', SHELL_START, ...show], dir, long);
      expect([other.status, other.stdout === `${event}|${long.STP_TRIGGER_EVENT_DATA}`]).toEqual([0, true]);
    },
  );
});
