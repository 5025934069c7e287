import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Availability, describeWith } from './engines/availability';
import { runCommand } from './engines/command';
import { type Moto, startMoto, unavailable } from './engines/moto';

const PAGE = readFileSync(resolve(__dirname, '../../docs/events/large-events.md'), 'utf8');

/** The page's one block of a language: what a reader would copy. */
function snippet(language: string): string {
  const [, code] = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(PAGE) ?? [];
  if (code === undefined) throw new Error(`the page has no ${language}`);
  return code;
}

function motoAvailable(): Availability<object> {
  const reason = unavailable();
  return reason === undefined ? { available: true } : { available: false, reason };
}

function commandAvailable(command: string, args: readonly string[], fix: string): Availability<object> {
  const { status } = spawnSync(command, args);
  return status === 0 ? { available: true } : { available: false, reason: `${command} does not run: ${fix}` };
}

const EVENT = { Records: [{ text: `"é ∑ 🎉" ${'x'.repeat(200_000)}` }], n: [1, null] };
const KEY = 'report/report-0123456789abcdef/9f86d081.json';

describe.each([
  [
    'sh',
    ['sh', '-c', snippet('sh')],
    commandAvailable('sh', ['-c', 'jq --version && aws --version'], 'the AWS CLI and jq'),
  ],
  [
    'python',
    ['python3', '-c', `${snippet('python')}\nopen("event.json", "w").write(json.dumps(event))`],
    commandAvailable('python3', ['-c', 'import boto3'], 'pip install boto3'),
  ],
] as const)('the page on large events, its lines in %s', (_language, [command, ...args], available) => {
  describeWith([motoAvailable(), available], 'as written on the page', () => {
    let moto: Moto;
    let folder: string;

    beforeAll(async () => {
      moto = await startMoto();
      const put = async (path: string, body?: string) => {
        const { ok, status } = await fetch(`${moto.endpoint}/${path}`, { method: 'PUT', body });
        if (!ok) throw new Error(`moto answers ${status} to PUT ${path}`);
      };
      await put('events-bucket');
      await put(`events-bucket/${KEY}`, JSON.stringify(EVENT));
    });

    afterAll(() => moto.stop());

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'large-events-'));
    });

    afterEach(() => rmSync(folder, { recursive: true }));

    async function run(data: string): Promise<unknown> {
      const env = {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        AWS_ENDPOINT_URL: moto.endpoint,
        AWS_ACCESS_KEY_ID: 'emulated',
        AWS_SECRET_ACCESS_KEY: 'emulated',
        STP_TRIGGER_EVENT_DATA: data,
      };
      const { status, stderr } = await runCommand(command, args, { cwd: folder, env, timeLimit: 300 });
      if (status !== 0) throw new Error(stderr);
      const written = join(folder, 'event.json');
      return existsSync(written) ? JSON.parse(readFileSync(written, 'utf8')) : undefined;
    }

    it.each([
      ['as a reference', { stpPayload: { s3Uri: `s3://events-bucket/${KEY}`, sha256: 'x', bytes: 1 } }, EVENT],
      ['as it is', { any: 'event' }, { any: 'event' }],
      ['as a list', [1, { stpPayload: 1 }], [1, { stpPayload: 1 }]],
      ['as a string', 'text', 'text'],
      ['as null', null, null],
    ])('get an event that comes %s', async (_form, data, expected) => {
      expect(await run(JSON.stringify(data))).toEqual(expected);
    });

    it('fail where the object is not there', async () => {
      const reference = { stpPayload: { s3Uri: 's3://events-bucket/report/none.json', sha256: 'x', bytes: 1 } };
      await expect(run(JSON.stringify(reference))).rejects.toThrow(/404|NoSuchKey/);
    });
  });
});
