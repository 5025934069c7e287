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
import { SMALLEST_JOB } from './stack-config/samples';

const ROOT = join(__dirname, '..');
const MAIN = join(ROOT, 'main.ts');
/** In another folder tsx does not find by itself where this repository has the package that main.ts imports. */
const TSX_TSCONFIG_PATH = join(ROOT, 'tsconfig.json');
const JOB = { type: 'batch-job', properties: SMALLEST_JOB };

interface Run {
  /** Folder that the program ran in. */
  readonly folder: string;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Runs the program in a new folder with one file. Node.js loads tsx, whose own command would start a second Node.js for each. */
async function run(file: string, text: string, env: NodeJS.ProcessEnv = { BATCH_JOBS_CONFIG: file }): Promise<Run> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'main-')));
  folders.push(folder);
  if (file !== '') writeFileSync(join(folder, file), text);
  return runIn(folder, env);
}

async function runIn(folder: string, env: NodeJS.ProcessEnv): Promise<Run> {
  const { BATCH_JOBS_CONFIG, CDKTF_OUTDIR, STACK_NAME, AWS_REGION, ...inherited } = process.env;
  const child = spawn(process.execPath, ['--import', require.resolve('tsx'), MAIN], {
    cwd: folder,
    env: { ...inherited, TSX_TSCONFIG_PATH, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text16 = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      text16[stream] += chunk;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { folder, code, ...text16 };
}

/** One readable report and nothing else: no stack trace, nothing written. */
function expectReport({ folder, code, stdout, stderr }: Run, files: string[]) {
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr).not.toMatch(/Error:|Node\.js v/);
  expect(readdirSync(folder)).toEqual(files);
}

it('makes Terraform JSON of a good config, and tells what and where', async () => {
  const rule = (source: string) => ({
    type: 'event-bus',
    properties: { useDefaultBus: true, eventPattern: { source: [source] } },
  });
  const nightlyReport = { ...JOB, properties: { ...JOB.properties, events: [rule('a'), rule('b'), rule('c')] } };
  const config = { stackName: 'reports', region: 'eu-west-1', resources: { nightlyReport } };
  const { folder, code, stdout, stderr } = await run('jobs.json', JSON.stringify(config));
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toContain('Stack reports from jobs.json: 1 job');
  expect(stdout).toMatch(/^ {2}nightlyReport .*\n +3 × event-bus\n/m);
  expect(stdout).toContain('Wrote cdktf.out/stacks/reports/cdk.tf.json');
  const document = JSON.parse(readFileSync(join(folder, 'cdktf.out/stacks/reports/cdk.tf.json'), 'utf8'));
  expect(Object.keys(document.output).sort()).toEqual([
    'nightlyReportJobDefinitionArn',
    'nightlyReportLogGroupArn',
    'nightlyReportStateMachineArn',
  ]);
});

it('reports every problem of a bad config at once', async () => {
  const config = { stackName: 'my reports', resources: { nightlyReport: { ...JOB, propertys: 1 }, backend: JOB } };
  const result = await run('jobs.ts', `export default ${JSON.stringify(config)};`);
  expectReport(result, ['jobs.ts']);
  expect(result.stderr).toBe(
    [
      'jobs.ts: 3 problems',
      '',
      ' 1  stackName is "my reports". It must have up to 128 letters, digits and hyphens, starting with a letter.',
      '    Use a name such as reports-production: every physical name starts with it.',
      '    stackName',
      '',
      ' 2  Unknown property "propertys". Did you mean "properties"?',
      '    resources.nightlyReport.propertys',
      '',
      ' 3  "backend" is not a valid name. It must be a name that is not in use.',
      '    Rename it, such as to backendJob: every stack has a part of this name.',
      '    resources.backend',
      '',
    ].join('\n'),
  );
});

it('reports a config that does not load', async () => {
  const result = await run('jobs.ts', 'export default {\n  stackName: "reports"\n  resources: {},\n};');
  expectReport(result, ['jobs.ts']);
  expect(result.stderr).toBe(
    [
      'jobs.ts: 1 problem',
      '',
      ' 3:3  The config failed to load: Expected "}" but found "resources"',
      '      Correct it.',
      '      jobs.ts:3:3',
      '',
    ].join('\n'),
  );
});

it('reports that the config which it reads by default is not there', async () => {
  const result = await run('', '', {});
  expectReport(result, []);
  expect(result.stderr).toBe(
    [
      'batch-jobs.config.ts: 1 problem',
      '',
      ' 1  The file batch-jobs.config.ts does not exist.',
      '    Start a project with batch-jobs init, or name another file in BATCH_JOBS_CONFIG or --config (default batch-jobs.config.ts).',
      '',
    ].join('\n'),
  );
});

const CONFIG = JSON.stringify({ stackName: 'reports', resources: { nightlyReport: JOB } });

it.each([
  ['an interval', `setInterval(() => {}, 1000);\nexport default ${CONFIG};`],
  ['a server', `require('node:http').createServer().listen(0, '127.0.0.1');\nexport default ${CONFIG};`],
])('ends although the config leaves %s open', async (_, text) => {
  const { code, stdout, stderr } = await run('jobs.ts', text);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toContain('Stack reports from jobs.ts: 1 job');
});

it.each([
  ['ends the process', 'process.exit(0);', 'The config ends the process with process.exit.'],
  [
    'ends it later',
    'setTimeout(() => process.exit(3), 1);\nexport default new Promise(() => {});',
    'The config ends the process with process.exit.',
  ],
  ['is never there', 'export default new Promise(() => {});', 'The config waits for a promise that never settles.'],
  [
    'throws while it is awaited',
    "setTimeout(() => { throw new Error('late'); });\nexport default new Promise(() => setInterval(() => {}, 1000));",
    'The config failed with an error that nothing catches: late',
  ],
  [
    'leaves a rejected promise',
    `Promise.reject(new Error('lost'));\nexport default ${CONFIG};`,
    'The config failed with an error that nothing catches: lost',
  ],
])('reports a config that %s', async (_, text, message) => {
  const result = await run('jobs.ts', text);
  expectReport(result, ['jobs.ts']);
  expect(result.stderr).toMatch(/^jobs\.ts: 1 problem\n\n /);
  expect(result.stderr).toContain(`  ${message}\n`);
});

it('reports a folder that it cannot write to', async () => {
  const config = { stackName: 'reports', resources: { nightlyReport: JOB } };
  const env = { BATCH_JOBS_CONFIG: 'jobs.json', CDKTF_OUTDIR: 'jobs.json/out' };
  const result = await run('jobs.json', JSON.stringify(config), env);
  expectReport({ ...result, stderr: result.stderr.replace('Error:', '') }, ['jobs.json']);
  expect(result.stderr).toMatch(/^ENO\w+: .*mkdir .*jobs\.json\/out'\n$/);
  expect(existsSync(join(result.folder, 'cdktf.out'))).toBe(false);
});

/** A job of each kind whose problem shows only when the stack is created, and a function. */
const YAML = `stackName: reports
region: eu-west-1
resources:
  nightlyReport:
    type: batch-job
    properties:
      container:
        packaging:
          type: custom-dockerfile
          properties:
            buildContextPath: nowhere
      resources: { cpu: 1, memory: 1024 }
  weekly:
    type: batch-job
    properties:
      container:
        packaging:
          type: stacktape-image-buildpack
          properties: { entryfilePath: src/job.ts }
      resources: { cpu: 1, memory: 1024 }
`;

const PREBUILT = `stackName: reports
region: eu-west-1
resources:
  nightlyReport:
    type: batch-job
    properties:
      container:
        packaging: { type: prebuilt-image, properties: { image: "public.ecr.aws/docker/library/busybox:1.37" } }
      resources: { cpu: 1, memory: 1024 }
`;

it.each([
  [
    'folders and entry files that are not there',
    YAML,
    [
      'resources.nightlyReport.properties.container.packaging.properties.buildContextPath  jobs.yml:11:13',
      'resources.weekly.properties.container.packaging.properties.entryfilePath  jobs.yml:19:25',
    ],
  ],
  [
    'an override of nothing',
    `${PREBUILT}    overrides:\n      constructor: { a: 1 }\n`,
    ['resources.nightlyReport.overrides.constructor  jobs.yml:11:7'],
  ],
  [
    'a Sid that the project uses',
    `${PREBUILT}      iamRoleStatements:\n        - { Effect: Allow, Action: ["s3:GetObject"], Resource: ["*"], Sid: ReadLargeEvents }\n`,
    ['resources.nightlyReport.properties.iamRoleStatements[0].Sid  jobs.yml:11:'],
  ],
  [
    'a function without code',
    `${PREBUILT}  hook:
    type: function
    properties:
      packaging:
        type: stacktape-lambda-buildpack
        properties:
          entryfilePath: nowhere.ts
`,
    ['resources.hook.properties.packaging.properties.entryfilePath  jobs.yml:16:11'],
  ],
])('says where in the file it has %s', async (_, text, titles) => {
  const result = await run('jobs.yml', text);
  expect(result).toMatchObject({ code: 1, stdout: '' });
  expect(result.stderr).toMatch(/^jobs\.yml: \d problem/);
  expect(result.stderr).not.toMatch(/^\s+at /m);
  const places = result.stderr.split('\n').filter((line) => /^ +resources\S* {2}jobs\.yml:\d+:\d+$/.test(line));
  expect(places.map((line) => line.trim())).toEqual(titles.map((title) => expect.stringContaining(title)));
  expect(readdirSync(result.folder)).toEqual(['jobs.yml']);
});

it('refuses a STACK_NAME that would have no effect', async () => {
  const config = { stackName: 'reports', resources: { nightlyReport: JOB } };
  const env = { BATCH_JOBS_CONFIG: 'jobs.json', STACK_NAME: 'staging' };
  const result = await run('jobs.json', JSON.stringify(config), env);
  expectReport(result, ['jobs.json']);
  expect(result.stderr).toContain('  stackName is "reports", and STACK_NAME is "staging". ');
});

it('refuses two files whose stacks would have one name and one state', async () => {
  const config = JSON.stringify({ resources: { nightlyReport: JOB } });
  const env = { AWS_REGION: 'eu-west-1' };
  const first = await run('jobs.json', config, { ...env, BATCH_JOBS_CONFIG: 'jobs.json' });
  expect(first).toMatchObject({ code: 0, stderr: '' });
  const state = (stack: string) => readFileSync(join(first.folder, `cdktf.out/stacks/${stack}/cdk.tf.json`), 'utf8');
  const before = state('jobs');
  expect(JSON.parse(before).terraform.backend).toEqual({
    local: { path: '../../../terraform.jobs.eu-west-1.tfstate' },
  });
  mkdirSync(join(first.folder, 'other'));
  writeFileSync(join(first.folder, 'other/jobs.json'), config);
  const second = await runIn(first.folder, { ...env, BATCH_JOBS_CONFIG: 'other/jobs.json' });
  expect(second).toMatchObject({ code: 1, stdout: '' });
  expect(second.stderr).toBe(
    [
      'other/jobs.json: 1 problem',
      '',
      ' 1:1  The stack "jobs" already belongs to jobs.json.',
      '      Give one of them another stackName. If that file is no longer in use, delete cdktf.out/stacks/jobs.',
      '      stackName  other/jobs.json:1:1',
      '',
    ].join('\n'),
  );
  expect(state('jobs')).toBe(before);
});
