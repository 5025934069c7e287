import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gone, processesWith } from './engines/living-processes';

const PROGRAM = join(__dirname, '..', '..', 'cli', 'batch-jobs.ts');

const JOB = `
const { STP_TRIGGER_EVENT_DATA = '', STP_CURRENT_ATTEMPT, GREETING } = process.env;
console.log('attempt ' + STP_CURRENT_ATTEMPT + ': ' + GREETING);
const event = JSON.parse(STP_TRIGGER_EVENT_DATA);
console.log('event ' + (event.size === undefined ? JSON.stringify(event) : STP_TRIGGER_EVENT_DATA.length));
if (event.lines) for (let line = 0; line < event.lines; line++) process.stdout.write('x'.repeat(event.width - 1) + '\\n');
if (event.lock) {
  require('fs').mkdirSync('locked/inner', { recursive: true });
  require('fs').writeFileSync('locked/inner/file', '');
  for (const path of ['locked/inner', 'locked']) require('fs').chmodSync(path, 0o500);
}
if (event.hang) setInterval(() => {}, 1000);
if (event.write) for (let file = 0; ; file++) require('fs').writeFileSync(process.env.TMPDIR + '/' + file, '');
if (event.leave) {
  const child = require('child_process').spawn('sleep', ['600'], { detached: true, stdio: event.leave });
  child.unref();
  console.log('left ' + child.pid);
}
process.exitCode = event.exitCode ?? 0;
`;

const PROPERTIES = {
  container: {
    packaging: { type: 'stacktape-image-buildpack', properties: { entryfilePath: 'job.ts' } },
    environment: { GREETING: 'hello' },
  },
  resources: { cpu: 1, memory: 512 },
};

const CONFIG = {
  stackName: 'shop',
  region: 'eu-west-1',
  resources: {
    uploads: { type: 'bucket' },
    report: {
      type: 'batch-job',
      properties: {
        ...PROPERTIES,
        retryConfig: { attempts: 3, retryIntervalSeconds: 30 },
        events: [
          {
            type: 's3',
            properties: { bucketArn: "$ResourceParam('uploads', 'arn')", s3EventType: 's3:ObjectCreated:*' },
          },
          { type: 'schedule', properties: { scheduleRate: 'rate(1 day)', input: { daily: true } } },
          { type: 'schedule', properties: { scheduleRate: 'rate(2 days)', input: { daily: false } } },
        ],
      },
    },
    mirror: {
      type: 'batch-job',
      properties: {
        ...PROPERTIES,
        container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox', command: ['true'] } } },
      },
    },
  },
};

/** A folder that no other test looks into, for all that a run writes. */
let folder: string;
let temporary: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'local-')));
  temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  mkdirSync(join(folder, 'engineless'));
  writeFileSync(join(folder, 'job.ts'), JOB);
  writeFileSync(join(folder, 'jobs.json'), JSON.stringify(CONFIG));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Options {
  readonly config?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Called with all of the output so far. */
  readonly onOutput?: (output: string, signal: (name: NodeJS.Signals) => void) => void;
}

async function local(words: readonly string[], { config = 'jobs.json', env = {}, onOutput }: Options = {}) {
  // The program itself, as tsx starts it: signals reach it without a detour.
  const child = spawn(process.execPath, ['--import', require.resolve('tsx'), PROGRAM, 'local', ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, TMPDIR: temporary, NO_COLOR: '1', BATCH_JOBS_CONFIG: config, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    onOutput?.(stdout, (name) => child.kill(name));
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { code, stdout, stderr };
}

const progressEvents = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** tsx keeps what it has compiled. */
const leftBehind = () =>
  readdirSync(temporary).filter((name) => !name.startsWith('tsx-') && name !== 'node-compile-cache');

function eventFile(event: unknown, name = 'event.json'): string {
  writeFileSync(join(folder, name), typeof event === 'string' ? event : JSON.stringify(event));
  return name;
}

describe('a run', () => {
  test('goes from a sample event through the trigger and a failed attempt to success', async () => {
    const { code, stdout, stderr } = await local([
      'report',
      '--plain',
      '--fast',
      '--fail-attempts',
      '1',
      '--deliver-twice',
    ]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const [time, states] = [/^\d\d:\d\d\.\d {2}/gm, stdout.replace(/^\d\d:\d\d\.\d {2}/gm, '').split('\n')];
    expect(stdout).toMatch(time);
    expect(states.filter((line) => /^(Event|Started|Duplicate|Attempt|Succeeded| +next)/.test(line))).toEqual([
      expect.stringMatching(/^Event {5}sample of s3, \d+ bytes$/),
      expect.stringMatching(/^Started {3}report-[\da-f]{32}$/),
      expect.stringMatching(/^Duplicate event: report-[\da-f]{32} already exists\. Nothing started\.$/),
      'Attempt 1 of 3, as a plain process',
      'Attempt 1 failed: exit code 1 (--fail-attempts)',
      '         next attempt in 1 s (30 s, shortened by --fast)',
      'Attempt 2 of 3',
      expect.stringMatching(/^Succeeded on attempt 2 of 3, \d+(\.\d)? s$/),
    ]);
    expect(stdout).toContain('| attempt 2: hello');
    expect(stdout).toContain('"bucket":{"name":"shop-uploads"');
    expect(stdout).not.toContain('\u001B');
    expect(stdout).not.toContain('\r');
    expect(readdirSync(folder)).not.toContain('cdktf.out');
    expect(leftBehind()).toEqual([]);
  });

  test('that fails exits with 1, and says why as JSON', async () => {
    const { code, stdout } = await local([
      'report',
      '--plain',
      '--event',
      eventFile({ exitCode: 7 }),
      '--json',
      '--fast',
    ]);
    expect(code).toBe(1);
    const result = progressEvents(stdout).at(-1);
    expect(result).toMatchObject({ type: 'result', status: 'FAILED', attempts: 3, error: 'States.TaskFailed' });
    expect(result.executionName).toMatch(/^report-/);
    expect(JSON.parse(result.cause)).toMatchObject({ Container: { ExitCode: 7 }, JobName: result.executionName });
  });

  test('passes an event of any size to the job, complete', async () => {
    const event = { size: 1, text: 'ü'.repeat(200_000) };
    const { code, stdout } = await local(['report', '--plain', '--event', eventFile(event, 'large.json'), '--json']);
    expect(code).toBe(0);
    const all = progressEvents(stdout);
    expect(all).toContainEqual(expect.objectContaining({ type: 'started', claimCheck: true }));
    expect(all).toContainEqual(expect.objectContaining({ text: `event ${JSON.stringify(event).length}` }));
  });

  test('shows 100 MB of output as it comes, in little memory, though its reader pauses', async () => {
    const [lines, width] = [1_048_576, 100];
    const file = eventFile({ lines, width }, 'much.json');
    let bytes = 0;
    let before: number | undefined;
    let after = 0;
    const child = spawn(
      process.execPath,
      ['--import', require.resolve('tsx'), PROGRAM, 'local', 'report', '--plain', '--event', file],
      {
        cwd: folder,
        env: { PATH: process.env.PATH, HOME: folder, TMPDIR: temporary, BATCH_JOBS_CONFIG: 'jobs.json' },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    // The runner's own peak, from the system. Most of it is for synthesis, before the output.
    const peak = () => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]);
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes < 1_000_000 || bytes > 95_000_000 || !existsSync('/proc')) return;
      after = peak();
      if (before !== undefined) return;
      before = after;
      child.stdout.pause();
      setTimeout(() => child.stdout.resume(), 2000);
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(0);
    expect(bytes).toBeGreaterThan(lines * width);
    // Only Linux shows this.
    if (existsSync('/proc')) expect(after - (before ?? 0)).toBeLessThan(40_000);
  });

  test('and another at once do not meet', async () => {
    const runs = await Promise.all(
      ['one', 'two'].map((name) => local(['report', '--plain', '--event', eventFile({ name }, `${name}.json`)])),
    );
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(runs.map(({ stdout }) => /event (.*)/.exec(stdout)?.[1])).toEqual(['{"name":"one"}', '{"name":"two"}']);
    expect(leftBehind()).toEqual([]);
  });

  test('names the options that come too late', async () => {
    const words = ['--plain', '--interrupt-after', '10m', '--timeout-after', '10m', '--fail-attempts', '7'];
    const { code, stdout } = await local(['report', ...words]);
    expect(code).toBe(0);
    const ended = (option: string) => `${option} had no effect: the run ended first`;
    for (const option of ['--interrupt-after', '--timeout-after', '--fail-attempts 7'])
      expect(stdout).toContain(ended(option));
  });

  test('deletes what a job has locked', async () => {
    const { code, stderr } = await local(['report', '--plain', '--event', eventFile({ lock: true }, 'lock.json')]);
    expect([code, stderr]).toEqual([0, '']);
    expect(leftBehind()).toEqual([]);
  });

  test('that is ended in the middle of its writing leaves no folder behind', async () => {
    let sent = false;
    const { code, stderr } = await local(['report', '--plain', '--event', eventFile({ write: true }, 'write.json')], {
      onOutput: (output, signal) => {
        if (sent || !output.includes('event {"write":true}')) return;
        sent = true;
        setTimeout(() => signal('SIGINT'), 100);
      },
    });
    expect([code, stderr]).toEqual([130, '']);
    expect(leftBehind()).toEqual([]);
  });

  test.each(['inherit', 'ignore'])('ends with what has left its process group, its output %sed', async (leave) => {
    const words = ['report', '--plain', '--event', eventFile({ leave }, 'leave.json')];
    const { code, stdout } = await local(words);
    expect(code).toBe(0);
    const [, pid] = /left (\d+)/.exec(stdout) ?? [];
    expect(Number(pid)).toBeGreaterThan(0);
    await gone(Number(pid));
    // What it has left would work for ten minutes, and hold the output open.
    expect(stdout).toMatch(/Succeeded on attempt 1 of 3, [\d.]+ s/);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'that %s ends leaves no process and no folder behind',
    async (name) => {
      let sent = false;
      const { code, stdout } = await local(['report', '--plain', '--event', eventFile({ hang: true }, 'hang.json')], {
        onOutput: (output, signal) => {
          if (sent || !output.includes('event {"hang":true}')) return;
          sent = true;
          expect(leftBehind().length).toBeGreaterThan(0);
          signal(name);
        },
      });
      expect(code).toBe({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[name]);
      expect(stdout).toContain('attempt 1: hello');
      expect(leftBehind()).toEqual([]);
      await gone(...processesWith(`TMPDIR=${temporary}/`));
    },
  );
});

describe('an event is printed', () => {
  test.each([
    [['--event-type', 's3'], { Records: [{ s3: { bucket: { name: 'shop-uploads' } } }] }],
    [['--event-type', 'schedule'], { daily: true }],
    [['--event-type', 'schedule:2'], { daily: false }],
  ])('%j', async (words, event) => {
    const { code, stdout } = await local(['report', '--print-event', ...words]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject(event);
  });
});

test.each<[string, string, RegExp]>([
  ['missing config', 'nowhere.json', /^nowhere\.json: 1 problem\n[\s\S]*does not exist/],
  [
    'missing entry file',
    'entry.json',
    /^entry\.json: 1 problem\n[\s\S]*jbo\.ts[\s\S]*entryfilePath {2}entry\.json:1:\d+$/,
  ],
])('a %s is a report, exit code 2', async (_, config, report) => {
  writeFileSync(join(folder, 'entry.json'), JSON.stringify(CONFIG).replace('job.ts', 'jbo.ts'));
  const { code, stdout, stderr } = await local(['report'], { config });
  expect(stderr.trimEnd()).toMatch(report);
  expect([code, stdout]).toEqual([2, '']);
});

describe('one line, exit code 2, and nothing started:', () => {
  const engineless = () => ({ PATH: join(folder, 'engineless') });
  test.each<[string, () => string[], Options | (() => Options), RegExp]>([
    ['unknown job', () => ['reprot'], {}, /^There is no job "reprot"\. Did you mean "report"\?$/],
    ['no job', () => ['uploads'], {}, /^"uploads" is a bucket, not a job\. The jobs are: report, mirror\.$/],
    ['inherited name', () => ['constructor'], {}, /^There is no job "constructor"\. The jobs are: report, mirror\.$/],
    ['no job named', () => [], {}, /^Missing required argument "job"\. /],
    [
      'unknown option',
      () => ['report', '--faster'],
      {},
      /^Unknown option "--faster"\. Did you mean --fast\? See --help\.$/,
    ],
    [
      'unreadable event',
      () => ['report', '--event', 'missing.json'],
      {},
      /^The event cannot be read: ENOENT.*missing\.json'\.$/,
    ],
    ['invalid JSON', () => ['report', '--event', eventFile('{"a":\n\n', 'bad.json')], {}, /^bad\.json is not JSON: /],
    [
      'no such trigger',
      () => ['report', '--event-type', 'sqs'],
      {},
      /^report has no trigger of type sqs\. Its triggers are: s3, schedule\.$/,
    ],
    ['no such place', () => ['report', '--event-type', 's3:2'], {}, /^report has 1 trigger of type s3\. Found s3:2\.$/],
    [
      'a plain process of what is none',
      () => ['mirror', '--plain'],
      {},
      /^mirror runs an image of type prebuilt-image and cannot run as a plain process: only .* Remove --plain\.$/,
    ],
    [
      'no AWS credentials',
      () => ['report', '--aws', '--event-type', 'schedule'],
      { env: { AWS_EC2_METADATA_DISABLED: 'true' } },
      /^--aws: no AWS credentials were found \(.+\)\. Set AWS_PROFILE, or sign in with aws sso login\.$/,
    ],
    [
      'an image of a builder',
      () => {
        const packaging = { type: 'external-buildpack', properties: { sourceDirectoryPath: '.' } };
        const { mirror } = CONFIG.resources;
        const properties = { ...mirror.properties, container: { packaging } };
        const resources = { mirror: { ...mirror, properties } };
        writeFileSync(join(folder, 'pack.json'), JSON.stringify({ ...CONFIG, resources }));
        return ['mirror'];
      },
      { config: 'pack.json' },
      /^mirror runs an image of type external-buildpack, which cannot be built locally\. Use another packaging to try the job\.$/,
    ],
    [
      'an event that cannot be passed on',
      () => ['report', '--event', eventFile(`${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'deep.json')],
      {},
      /^deep\.json is nested too deeply\.$/,
    ],
    [
      'a sample of what is not deployed',
      () => ['report', '--plain', '--aws'],
      { env: { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' } },
      /^--aws: the sample event needs the name of uploads, and cdktf\.out\/stacks\/shop is not there\. Run npx batch-jobs deploy --config jobs\.json, or use --event\.$/,
    ],
    [
      'no Python',
      () => {
        writeFileSync(join(folder, 'job.py'), '');
        writeFileSync(join(folder, 'python.json'), JSON.stringify(CONFIG).replace('job.ts', 'job.py'));
        return ['report', '--plain'];
      },
      () => ({ config: 'python.json', env: engineless() }),
      /^report needs python3, which does not run here\. Install it, or start Docker or Podman\.$/,
    ],
    [
      'an event too large for --aws',
      () => ['report', '--plain', '--aws', '--event', eventFile({ text: 'x'.repeat(20_000) }, 'toolarge.json')],
      { env: { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' } },
      /^--aws cannot be used with an event larger than 8,192 characters: /,
    ],
    [
      'no engine',
      () => ['mirror'],
      () => ({ env: engineless() }),
      /^mirror runs an image of type prebuilt-image, and neither Docker nor Podman is available: /,
    ],
  ])('%s', async (_, words, options, line) => {
    const { code, stdout, stderr } = await local(words(), typeof options === 'function' ? options() : options);
    expect(stderr.trimEnd()).toMatch(line);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(leftBehind()).toEqual([]);
  });
});

test('an event that starts no job is one line too', async () => {
  const { code, stdout, stderr } = await local([
    'report',
    '--plain',
    '--event',
    eventFile({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'b' }, 'test.json'),
  ]);
  expect(stderr).toBe('The trigger function starts no job for this event: s3-test-event.\n');
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

test('--help', async () => {
  const { code, stdout } = await local(['--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('Usage: batch-jobs local [options] <job>');
});
