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
import { AwsApi } from './engines/aws-api';
import { type Emulator, emulatorAvailable, startEmulator } from './engines/ministack';
import { describeWith, terraformAvailable } from './engines/terraform';

const ROOT = join(__dirname, '../..');
const FIXTURES = join(__dirname, 'fixtures');
const PROGRAM = join(ROOT, 'cli/batch-jobs.ts');

const JOBS = {
  stackName: 'reports',
  region: 'eu-west-1',
  resources: {
    nightlyReport: {
      type: 'batch-job',
      properties: {
        container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
        resources: { cpu: 1, memory: 512 },
        events: [{ type: 'schedule', properties: { scheduleRate: 'rate(12 hours)' } }],
      },
    },
  },
};

const terraform = terraformAvailable();

// The command runs Terraform and the AWS provider as people do, against an emulator. Only the app has one more part than theirs: the shim.
describeWith([terraform, emulatorAvailable()], 'the command deploys', () => {
  let emulator: Emulator;
  let folder: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    emulator = await startEmulator();
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'deploy-command-')));
    const cliConfig = join(folder, 'terraform.rc');
    const mirror = terraform.available && terraform.providers.kind === 'mirror' ? terraform.providers.path : undefined;
    const installation = `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`;
    writeFileSync(cliConfig, mirror === undefined ? '' : installation);
    mkdirSync(join(folder, 'tmp'));
    const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|TF|CDKTF|BATCH_JOBS)_/.test(name));
    env = {
      ...Object.fromEntries(inherited),
      NO_COLOR: '1',
      TERRAFORM_BINARY_NAME: terraform.available ? terraform.binary : '',
      TF_CLI_CONFIG_FILE: cliConfig,
      CHECKPOINT_DISABLE: '1',
      TSX_TSCONFIG_PATH: join(ROOT, 'tsconfig.json'),
      TMPDIR: join(folder, 'tmp'),
      AWS_ENDPOINT_URL: emulator.endpoint,
      AWS_ACCESS_KEY_ID: emulator.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: emulator.credentials.secretAccessKey,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    };
  });

  afterAll(async () => {
    await emulator?.stop();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  const project = (name: string, program: string) => {
    const dir = join(folder, name);
    mkdirSync(dir);
    const node = `"${process.execPath}" --import "${require.resolve('tsx')}"`;
    const app = `${node} "${program}" && ${node} "${join(FIXTURES, 'shim-stacks.ts')}"`;
    writeFileSync(join(dir, 'cdktf.json'), JSON.stringify({ language: 'typescript', app }));
    return dir;
  };

  async function run(dir: string, words: readonly string[], more: NodeJS.ProcessEnv = {}) {
    const child = spawn(process.execPath, ['--import', require.resolve('tsx'), PROGRAM, ...words], {
      cwd: dir,
      env: { ...env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (chunk: string) => {
        output[stream] += chunk;
      });
    }
    const code = await new Promise((resolve) => child.on('close', resolve));
    const plans = readdirSync(join(folder, 'tmp')).filter((name) => name.startsWith('batch-jobs'));
    expect(plans).toEqual([]);
    return { code, ...output };
  }

  it('a config with a job, and prints its outputs', async () => {
    const dir = project('jobs', join(ROOT, 'main.ts'));
    writeFileSync(join(dir, 'batch-jobs.config.json'), JSON.stringify(JOBS));
    const { code, stdout, stderr } = await run(dir, ['deploy', '--yes']);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^Stack reports in eu-west-1: comparing with what is deployed \.\.\.\n/);
    expect(stdout).toMatch(/ {2}\+ job nightlyReport +\d+ resources\n/);
    expect(stdout).toMatch(/ done {2}job nightlyReport\n/);
    expect(stdout).toMatch(/^Done in \d+ s: \d+ added$/m);
    expect(stdout).toMatch(
      /nightlyReportStateMachineArn +arn:aws:states:eu-west-1:\d+:stateMachine:reports-nightlyReport\n/,
    );
    expect(code).toBe(0);
  });

  it('nothing that deletes what is protected, until the protection was lifted', async () => {
    const dir = join(folder, 'jobs');
    const deployed = (
      protect: boolean | undefined,
      more: object = {},
      { resources, ...stack }: { resources?: object; namePrefix?: string } = {},
    ) => {
      const [nightlyReport, uploads] = [
        { ...JOBS.resources.nightlyReport, protect },
        { type: 'bucket', protect },
      ];
      const config = { ...JOBS, ...stack, resources: resources ?? { nightlyReport, uploads, ...more } };
      writeFileSync(join(dir, 'batch-jobs.config.json'), JSON.stringify(config));
    };
    deployed(true);
    const protecting = await run(dir, ['deploy', '--yes']);
    expect([protecting.code, protecting.stderr]).toEqual([0, '']);
    expect(protecting.stdout).toMatch(/ {2}\+ bucket uploads +\d resources?\n/);
    // What jobs share is protected with them.
    for (const owner of ['job nightlyReport', 'capacity', 'network', 'large events', 'undelivered events']) {
      expect(protecting.stdout.replace(/\s+/g, ' ')).toContain(`~ ${owner} protected from now on: no deployment`);
    }
    expect(await run(dir, ['diff'])).toMatchObject({ code: 0, stderr: '' });

    // Terraform itself refuses what is still in the config.
    deployed(true, {}, { namePrefix: 'other-' });
    const renamed = await run(dir, ['diff']);
    expect(renamed.stderr).toMatch(/^terraform plan failed/);
    expect(renamed.stderr).toContain('It is protected by protect: true');
    expect(renamed.code).toBe(1);

    // It forgets the protection of what is not.
    const renamedJob = { dailyReport: JOBS.resources.nightlyReport };
    deployed(true, {}, { resources: renamedJob });
    const refused =
      /^Nothing was changed, because the plan deletes or replaces what is protected:\n(?: {2}.*\n)* {2}state machine of job nightlyReport\n(?: {2}.*\n)*To go ahead, first deploy with protect: false\. Add again what/;
    for (const words of [['diff'], ['deploy', '--yes', '--accept-loss'], ['destroy', '--yes']]) {
      const { code, stderr } = await run(dir, words);
      expect(stderr).toMatch(refused);
      expect(stderr).toContain('\n  bucket uploads\n');
      expect(stderr).toContain('\n  trigger function of job nightlyReport\n');
      expect(code).toBe(1);
    }
    const json = await run(dir, ['diff', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      loses: true,
      protected: expect.arrayContaining(['bucket uploads']),
    });
    expect(json.stderr).toMatch(
      /^Stack reports in eu-west-1: comparing .*\nNothing was changed, because the plan deletes/,
    );
    expect(json.code).toBe(1);

    deployed(false);
    expect(await run(dir, ['deploy', '--yes'])).toMatchObject({ code: 0, stderr: '' });
    deployed(undefined, {}, { resources: renamedJob });
    const { code, stderr, stdout } = await run(dir, ['deploy', '--yes', '--accept-loss']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Done in \d+ s: \d+ added, (\d+ changed, )?\d+ destroyed$/m);
  });

  it('nothing of a plan that AWS refuses a part of', async () => {
    const dir = join(folder, 'jobs');
    const before = JSON.parse((await run(dir, ['diff', '--json'])).stdout);
    const events = [
      { type: 'schedule', properties: { scheduleRate: 'rate(1 hour)', startDate: '2026-01-01T00:00:00Z' } },
    ];
    const { nightlyReport } = JOBS.resources;
    const late = { ...nightlyReport, properties: { ...nightlyReport.properties, events } };
    const file = join(dir, 'batch-jobs.config.json');
    const config = readFileSync(file, 'utf8');
    writeFileSync(file, JSON.stringify({ ...JOBS, resources: { ...JSON.parse(config).resources, late } }));
    for (const words of [['diff'], ['deploy', '--yes'], ['deploy', '--yes', '--accept-loss']]) {
      const { code, stderr, stdout } = await run(dir, words);
      expect(stdout).toMatch(/ {2}\+ job late +\d+ resources\n(?:.*\n)* {2}Refused {2}/);
      expect(stderr).toMatch(
        /^Nothing was changed, because AWS will refuse a part of the plan:\n {2}schedule trigger rate\(1 hour\) of job late /,
      );
      expect(stderr).toContain('Remove startDate, or set a later one.');
      expect(code).toBe(1);
    }
    writeFileSync(file, config);
    expect(JSON.parse((await run(dir, ['diff', '--json'])).stdout)).toEqual(before);
    expect(before).toMatchObject({ hasChanges: false, refused: [] });
  });

  it('a CDKTF app: nothing to change, its state copied to S3, changes, a lock, and everything destroyed', async () => {
    const dir = project('topics', join(FIXTURES, 'topics-app.ts'));
    const first = await run(dir, ['deploy', '--yes', '--json']);
    expect(JSON.parse(first.stdout)).toMatchObject({
      stack: 'topics',
      counts: { add: 2 },
      applied: true,
      outputs: { ordersArn: expect.stringMatching(/^arn:aws:sns:/) },
    });
    expect(existsSync(join(dir, 'topics.tfstate'))).toBe(true);

    // A name without a key is the bucket itself.
    const api = new AwsApi(emulator, 'eu-west-1');
    const place =
      '<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>';
    await api.putObject('states-of-topics', '', place);
    const shared = { STATE_BUCKET: 'states-of-topics' };
    const moved = await run(dir, ['deploy', '--yes'], shared);
    expect(moved.stderr).toContain('The config names another backend than the last deployment did.');
    expect(moved.code).toBe(1);
    const copied = await run(dir, ['deploy', '--migrate-state'], shared);
    expect([copied.code, copied.stderr]).toEqual([0, '']);
    expect(copied.stdout).toContain('Nothing to change: the deployed stack matches the config.\n');
    expect(await api.getObject('states-of-topics', 'topics.tfstate')).toContain('aws_sns_topic');

    const other = { ...shared, TOPICS: 'payments' };
    const diff = await run(dir, ['diff', '--verbose'], other);
    expect(diff.stdout).toContain('# aws_sns_topic.payments will be created');
    expect(diff.stdout).toMatch(
      / {2}- topic orders +1 resource\n {2}\+ topic payments +1 resource\n\n {2}Data loss {2}topic orders will be deleted with its subscriptions\n\nPlan: 1 to add, 1 to destroy\n/,
    );
    expect(diff.code).toBe(3);

    const Created = '2026-01-01T00:00:00Z';
    const lock = { ID: '4f1e', Operation: 'apply', Who: 'ann@laptop', Version: '1.11.4', Created };
    await api.putObject('states-of-topics', 'topics.tfstate.tflock', JSON.stringify(lock));
    const locked = await run(dir, ['deploy', '--yes'], other);
    expect(locked.stderr).toMatch(
      /ann@laptop \(since 2026-01-01 00:00:00 .*\) holds the lock of the state\. Wait until/,
    );
    expect(locked.stderr).toContain('-chdir=cdktf.out/stacks/topics force-unlock');
    expect(locked.code).toBe(1);
    await api.deleteObject('states-of-topics', 'topics.tfstate.tflock');

    const unasked = await run(dir, ['destroy'], shared);
    expect(unasked.stdout).toMatch(/Data loss {2}bucket archive will be deleted with its objects\n/);
    expect(unasked.stderr).toBe(
      'Nothing was changed: standard input is not a terminal to ask on. Add --yes to go ahead.\n',
    );
    expect(unasked.code).toBe(2);
    const gone = await run(dir, ['destroy', '--yes'], shared);
    expect(gone.stdout).toMatch(/^Done in \d+ s: 2 destroyed$/m);
    expect(gone.code).toBe(0);
  });

  it('not without credentials, with a short error', async () => {
    const dir = project('nobody', join(FIXTURES, 'topics-app.ts'));
    const { code, stderr } = await run(dir, ['deploy', '--yes'], { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' });
    expect(stderr).toContain('No AWS credentials were found. Set AWS_PROFILE');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(1);
  });
});
