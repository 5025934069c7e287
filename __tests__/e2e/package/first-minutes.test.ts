import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { ROOT, tarball } from './tarball';

// The first minutes with the package on a machine with Node.js and npm, but no Docker, Python, Terraform or AWS account.

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'first-minutes-')));
/** The programs of that machine. */
const programs = join(folder, 'bin');
/** An empty folder, in which the commands run one after another. */
const reports = join(folder, 'reports');
let file: string;

/** Finds a program on this machine. */
function programPath(name: string): string {
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
  return realpathSync(found);
}

/** A folder that shares the packages installed in another one, which are never changed. */
function sharing(other: string, name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  expect(spawnSync('cp', ['-a', '-l', join(other, 'node_modules'), path]).status).toBe(0);
  writeFileSync(join(path, 'package.json'), JSON.stringify({ dependencies: { 'cdktf-batch-jobs': `file:${file}` } }));
  return path;
}

interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a line of a shell on that machine. */
function run(line: string, cwd = reports, path = programs): Result {
  const env = { PATH: path, HOME: folder, TMPDIR: folder, NO_COLOR: '1', AWS_EC2_METADATA_DISABLED: 'true' };
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 26 });
  return { status, stdout, stderr };
}

/** What a line that has to succeed prints. */
function output(line: string, cwd = reports, path = programs): string {
  const { status, stdout, stderr } = run(line, cwd, path);
  if (status !== 0) throw new Error(`${line} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

beforeAll(async () => {
  file = await tarball();
  mkdirSync(programs);
  mkdirSync(reports);
  symlinkSync(process.execPath, join(programs, 'node'));
  for (const name of ['npm', 'npx', 'sh', 'mkdir']) symlinkSync(programPath(name), join(programs, name));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('five commands in an empty folder', () => {
  it('install', () => {
    output(`npm install --no-audit --no-fund --prefer-offline ${file}`);
  });

  it('init', () => {
    const printed = output('npx batch-jobs init');
    expect(printed).toContain('New project in this folder\n');
    expect(printed).toMatch(/Next {2}npm install .*\n {6}npm run local -- nightlyReport /);
    const { dependencies } = JSON.parse(readFileSync(join(reports, 'package.json'), 'utf8'));
    expect(dependencies['cdktf-batch-jobs']).toMatch(new RegExp(`^file:.*${basename(file)}$`));
  });

  it('synth', () => {
    expect(output('npx batch-jobs synth')).toMatch(/^Stack reports: 1 job, /);
    const stack = JSON.parse(readFileSync(join(reports, 'cdktf.out/stacks/reports/cdk.tf.json'), 'utf8'));
    expect(Object.keys(stack.resource)).toContain('aws_batch_job_definition');
  });

  it('local', () => {
    const printed = output('npx batch-jobs local nightlyReport');
    expect(printed).toMatch(/\| report for \d{4}-.*\n.*\| wrote report\.csv\n/);
    expect(printed).toMatch(/Succeeded on attempt 1 of 3/);
  });

  it('its own test', () => {
    expect(output('npm test')).toMatch(/^\S+ pass 1$/m);
  });
});

describe('and what init says next', () => {
  it('installs what its types take', () => {
    output('npm install --no-audit --no-fund --prefer-offline');
    output('npm run typecheck');
  });

  it('the scripts do what the commands do', () => {
    expect(output('npm run synth')).toContain('npm run local -- nightlyReport');
    expect(output('npm run local -- nightlyReport --fast --fail-attempts 1')).toContain('Succeeded on attempt 2 of 3');
  });

  it('the app of the CDKTF CLI synthesizes the same', () => {
    const { app } = JSON.parse(readFileSync(join(reports, 'cdktf.json'), 'utf8'));
    output(`CDKTF_OUTDIR=by-cdktf ${app}`);
    const of = (outdir: string) => readFileSync(join(reports, outdir, 'stacks/reports/cdk.tf.json'), 'utf8');
    expect(of('by-cdktf')).toBe(of('cdktf.out'));
  });

  it('a second init has nothing to add', () => {
    expect(output('npx batch-jobs init')).toMatch(/^Nothing to add/);
  });
});

describe('another project with the same packages', () => {
  it('in a folder below keeps the file that the package was installed from', () => {
    output('npx batch-jobs init below/nightly --yes');
    const { dependencies } = JSON.parse(readFileSync(join(reports, 'below/nightly/package.json'), 'utf8'));
    const path = dependencies['cdktf-batch-jobs'].replace('file:', '');
    expect(realpathSync(join(reports, 'below/nightly', path))).toBe(realpathSync(file));
  });

  it('of ECMAScript modules is synthesized, run, tested and type-checked', () => {
    const path = sharing(reports, 'modules');
    writeFileSync(join(path, 'package.json'), '{ "name": "modules", "type": "module" }');
    output('npx batch-jobs init --yes', path);
    expect(output('npm run synth', path)).toContain('Stack modules: 1 job');
    expect(output('npm run local -- nightlyReport', path)).toContain('Succeeded');
    expect(output('npm test', path)).toMatch(/^\S+ pass 1$/m);
    output('npm run typecheck', path);
  });

  it('of Python, with a config in YAML, is run and tested where Python is, and says what is missing where it is not', () => {
    const path = sharing(reports, 'python');
    output('npx batch-jobs init --language python --config-format yaml', path);
    expect(output('npm run synth', path)).toContain('Stack python: 1 job');
    expect(run('npx batch-jobs local nightlyReport', path)).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /nightlyReport needs python3, which does not run here\. Install it, or start Docker or Podman\.\n$/,
      ),
    });
    const withPython = [programs, process.env.PATH].join(delimiter);
    if (run('python3 --version', path, withPython).status !== 0) return;
    expect(output('npx batch-jobs local nightlyReport --plain', path, withPython)).toContain('| wrote report.csv');
    expect(run('npm test', path, withPython)).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('Ran 1 test'),
    });
  });
});

it('every command of "Get started" runs as the page says it, up to the deployment', () => {
  const [page = ''] = readFileSync(join(ROOT, 'docs/get-started.md'), 'utf8').split('## 6. Deploy it');
  const lines = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, code]) => code).join('');
  const script = lines.replace('npm ci && npm pack\n', '').replace(/^npm install \S+\.tgz$/m, `npm install ${file}`);
  expect(script).not.toBe(lines);
  const checkout = join(folder, 'get-started', 'cdktf-batch-jobs');
  mkdirSync(checkout, { recursive: true });
  const printed = output(`export npm_config_prefer_offline=true\nset -e\n${script}`, checkout);
  expect(printed.match(/Succeeded on attempt \d of 3/g)).toEqual([
    'Succeeded on attempt 1 of 3',
    'Succeeded on attempt 1 of 3',
    'Succeeded on attempt 2 of 3',
    'Succeeded on attempt 1 of 3',
    'Succeeded on attempt 1 of 3',
  ]);
  expect(printed).toContain('Wrote cdktf.out/stacks/reports/cdk.tf.json');
});
