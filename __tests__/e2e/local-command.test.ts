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
import { EngineStandIn } from '../cli/local/engine-stand-in';

const PROGRAM = join(__dirname, '..', '..', 'cli', 'local.ts');

const JOB = `
const { STP_TRIGGER_EVENT_DATA = '', STP_CURRENT_ATTEMPT, GREETING } = process.env;
console.log('attempt ' + STP_CURRENT_ATTEMPT + ': ' + GREETING);
const event = JSON.parse(STP_TRIGGER_EVENT_DATA);
console.log('event ' + (event.size === undefined ? JSON.stringify(event) : STP_TRIGGER_EVENT_DATA.length));
if (event.lines) for (let line = 0; line < event.lines; line++) process.stdout.write('x'.repeat(event.width - 1) + '\\n');
if (event.hang) setInterval(() => {}, 1000);
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
  const child = spawn(process.execPath, ['--import', require.resolve('tsx'), PROGRAM, ...words], {
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

const happenings = (stdout: string) =>
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
    expect(states.filter((line) => /^(Event|Trigger|Delivered|Attempt|Wait|SUCCEEDED)/.test(line))).toEqual([
      expect.stringMatching(/^Event: sample of s3, \d+ bytes$/),
      expect.stringMatching(/^Trigger function started report-[\da-f]{32}$/),
      expect.stringMatching(/^Delivered again: report-[\da-f]{32} is there already, nothing was started$/),
      'Attempt 1 (Task)',
      'Attempt 1 failed (Choice)',
      'Wait before attempt 2 (Wait)',
      'Attempt 2 (Task)',
      'SUCCEEDED',
    ]);
    expect(stdout).toContain('waits 30 s, shortened to 1 s');
    expect(stdout).toContain('| attempt 2: hello');
    expect(stdout).toContain('"bucket":{"name":"shop-uploads"');
    expect(stdout).not.toContain('\u001B');
    expect(stdout).not.toContain('\r');
    expect(readdirSync(folder)).not.toContain('cdktf.out');
    expect(leftBehind()).toEqual([]);
  }, 60_000);

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
    const result = happenings(stdout).at(-1);
    expect(result).toMatchObject({ type: 'result', status: 'FAILED', attempts: 3, error: 'States.TaskFailed' });
    expect(result.executionName).toMatch(/^report-/);
    expect(JSON.parse(result.cause)).toMatchObject({ Container: { ExitCode: 7 }, JobName: result.executionName });
  }, 60_000);

  test('hands an event of any size to the job, whole', async () => {
    const event = { size: 1, text: 'ü'.repeat(200_000) };
    const { code, stdout } = await local(['report', '--plain', '--event', eventFile(event, 'large.json'), '--json']);
    expect(code).toBe(0);
    const all = happenings(stdout);
    expect(all).toContainEqual(expect.objectContaining({ type: 'started', claimCheck: true }));
    expect(all).toContainEqual(expect.objectContaining({ text: `event ${JSON.stringify(event).length}` }));
  }, 60_000);

  test('shows 100 MB of output as it comes, in little memory', async () => {
    const [lines, width] = [1_048_576, 100];
    const file = eventFile({ lines, width }, 'much.json');
    let [bytes, memory] = [0, ''];
    // The runner's own peak, from the system.
    const child = spawn(
      process.execPath,
      ['--import', require.resolve('tsx'), PROGRAM, 'report', '--plain', '--event', file],
      {
        cwd: folder,
        env: { PATH: process.env.PATH, HOME: folder, TMPDIR: temporary, BATCH_JOBS_CONFIG: 'jobs.json' },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > 50_000_000 && memory === '' && existsSync('/proc'))
        memory = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(0);
    expect(bytes).toBeGreaterThan(lines * width);
    // Most of it is for synthesis. Only Linux tells.
    if (existsSync('/proc')) expect(Number(/VmHWM:\s+(\d+) kB/.exec(memory)?.[1])).toBeLessThan(300_000);
  }, 120_000);

  test('and another at once do not meet', async () => {
    const runs = await Promise.all(
      ['one', 'two'].map((name) => local(['report', '--plain', '--event', eventFile({ name }, `${name}.json`)])),
    );
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(runs.map(({ stdout }) => /event (.*)/.exec(stdout)?.[1])).toEqual(['{"name":"one"}', '{"name":"two"}']);
    expect(leftBehind()).toEqual([]);
  }, 60_000);

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
      expect(processesIn(temporary)).toEqual([]);
    },
    60_000,
  );
});

/** Processes whose working folder lies in a folder. */
function processesIn(path: string): string[] {
  // Only Linux tells.
  if (!existsSync('/proc')) return [];
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`TMPDIR=${path}/`);
    } catch {
      return false;
    }
  });
}

describe('where an engine answers', () => {
  let engine: EngineStandIn;
  beforeEach(() => {
    engine = new EngineStandIn(mkdtempSync(join(folder, 'engine-')));
  });

  test('the image of an entry file is built once, and each attempt is a container of it', async () => {
    const words = ['report', '--json', '--fast', '--fail-attempts', '1'];
    const { code, stdout, stderr } = await local(words, { env: engine.variables });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const all = happenings(stdout);
    expect(all.flatMap(({ type, by }) => (type === 'container' ? [by] : []))).toEqual(['docker', 'docker']);
    const output = all.flatMap(({ type, text }) => (type === 'output' ? [text] : []));
    expect(output.filter((text) => text.startsWith('attempt'))).toEqual(['attempt 1: hello', 'attempt 2: hello']);
    const container = ['create', 'start', 'inspect', 'rm'];
    expect(engine.commands).toEqual(['info', 'build', ...container, ...container]);
    expect(leftBehind()).toEqual([]);
  }, 60_000);

  test('--plain leaves it alone', async () => {
    const { code, stdout } = await local(['report', '--json', '--plain'], { env: engine.variables });
    expect(code).toBe(0);
    expect(happenings(stdout)).toContainEqual(expect.objectContaining({ type: 'container', by: 'plain process' }));
    expect(engine.calls).toEqual([]);
  }, 60_000);

  test('a large event is fetched by the container', async () => {
    const event = { size: 1, text: 'ü'.repeat(200_000) };
    const { code, stdout } = await local(['report', '--event', eventFile(event, 'fetched.json')], {
      env: engine.variables,
    });
    expect(stdout).toContain(`| event ${JSON.stringify(event).length}`);
    expect(code).toBe(0);
  }, 60_000);

  test('Ctrl-C removes the container', async () => {
    let sent = false;
    const { code } = await local(['report', '--event', eventFile({ hang: true }, 'hang.json')], {
      env: engine.variables,
      onOutput: (output, signal) => {
        if (sent || !output.includes('event {"hang":true}')) return;
        sent = true;
        signal('SIGINT');
      },
    });
    expect(code).toBe(130);
    expect(engine.commands).toEqual(['info', 'build', 'create', 'start', 'rm']);
    // Its container too, which lives on without its client.
    expect(readdirSync(engine.folder).filter((name) => name.startsWith('batch-jobs-local-'))).toEqual([]);
    expect(leftBehind()).toEqual([]);
  }, 60_000);
});

describe('an event is printed', () => {
  test.each([
    [['--event-type', 's3'], { Records: [{ s3: { bucket: { name: 'shop-uploads' } } }] }],
    [['--event-type', 'schedule'], { daily: true }],
    [['--event-type', 'schedule:2'], { daily: false }],
  ])(
    '%j',
    async (words, event) => {
      const { code, stdout } = await local(['report', '--print-event', ...words]);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject(event);
    },
    30_000,
  );
});

describe('one line, exit code 2, and nothing started:', () => {
  const engineless = () => ({ PATH: join(folder, 'engineless') });
  test.each<[string, () => string[], Options | (() => Options), RegExp]>([
    ['unknown job', () => ['reprot'], {}, /^there is no job "reprot"; did you mean "report"\?$/],
    ['no job', () => ['uploads'], {}, /^"uploads" is no job but a bucket; the jobs are report, mirror$/],
    ['no job named', () => [], {}, /^name a job: /],
    ['unknown option', () => ['report', '--faster'], {}, /^Unknown option '--faster'; --help lists the options$/],
    [
      'unreadable event',
      () => ['report', '--event', 'missing.json'],
      {},
      /^the event cannot be read: ENOENT.*missing\.json'$/,
    ],
    ['invalid JSON', () => ['report', '--event', eventFile('{"a":\n\n', 'bad.json')], {}, /^bad\.json is no JSON: /],
    [
      'no such trigger',
      () => ['report', '--event-type', 'sqs'],
      {},
      /^report has no trigger of type sqs; its triggers are: s3, schedule$/,
    ],
    ['no such place', () => ['report', '--event-type', 's3:2'], {}, /^report has 1 triggers of type s3, not 2$/],
    [
      'missing config',
      () => ['report'],
      { config: 'nowhere.json' },
      /^nowhere\.json: found no file at nowhere\.json; /,
    ],
    [
      'missing entry file',
      () => {
        writeFileSync(join(folder, 'entry.json'), JSON.stringify(CONFIG).replace('job.ts', 'jbo.ts'));
        return ['report'];
      },
      { config: 'entry.json' },
      /^shop: resources\.report\.properties\.container\.packaging\.properties\.entryfilePath: found "jbo\.ts": no such file; /,
    ],
    [
      'a plain process of what is none',
      () => ['mirror', '--plain'],
      {},
      /^mirror runs the image of a prebuilt-image, which is no plain process: leave --plain out /,
    ],
    [
      'no AWS credentials',
      () => ['report', '--aws'],
      { env: { AWS_EC2_METADATA_DISABLED: 'true' } },
      /^--aws: no AWS credentials are found \(.+\): set AWS_PROFILE, or sign in with aws sso login$/,
    ],
    [
      'no engine',
      () => ['mirror'],
      () => ({ env: engineless() }),
      /^mirror runs the image of a prebuilt-image, and neither docker nor podman answers: /,
    ],
  ])(
    '%s',
    async (_, words, options, line) => {
      const { code, stdout, stderr } = await local(words(), typeof options === 'function' ? options() : options);
      expect(stderr.trimEnd()).toMatch(line);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(stdout).toBe('');
      expect(code).toBe(2);
      expect(leftBehind()).toEqual([]);
    },
    30_000,
  );
});

test('an event that starts no job is one line too', async () => {
  const { code, stderr } = await local([
    'report',
    '--plain',
    '--event',
    eventFile({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'b' }, 'test.json'),
  ]);
  expect(stderr).toBe('the trigger function starts no job for this event\n');
  expect(code).toBe(2);
}, 30_000);

test('--help', async () => {
  const { code, stdout } = await local(['--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('Usage: npm run local -- <job> [options]');
}, 30_000);
