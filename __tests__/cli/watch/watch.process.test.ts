import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const ROOT = join(__dirname, '../../..');
const PROGRAM = join(ROOT, 'cli/batch-jobs.ts');

const CONFIG = `import { memory } from './shared';

export default {
  stackName: 'reports',
  region: 'eu-west-1',
  resources: {
    nightlyReport: {
      type: 'batch-job',
      properties: {
        container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
        resources: { cpu: 1, memory },
      },
    },
  },
};
`;
const MAIN = `import { Fn, TerraformOutput } from 'cdktf';
import { synthesize } from '${ROOT}/index';

synthesize((stack) => {
  new TerraformOutput(stack, 'extra', { value: Fn.upper('x') });
});
`;

/** Longest time of one check on a busy machine, in milliseconds. */
const LONGEST_MS = 180_000;

let folder: string;
let child: ChildProcess;
let output = '';

const words = (...more: string[]) => ['--import', require.resolve('tsx'), PROGRAM, 'synth', ...more];
const write = (file: string, text: string) => writeFileSync(join(folder, file), text);

beforeAll(() => {
  // Where the packages of main.ts are found.
  const cache = join(ROOT, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  folder = realpathSync(mkdtempSync(join(cache, 'watch-')));
  write('batch-jobs.config.ts', CONFIG);
  write('shared.ts', 'export const memory = 512;\n');
  write('main.ts', MAIN);
  write('package.json', '{ "type": "commonjs" }');
  write('cdktf.json', JSON.stringify({ app: 'npx tsx main.ts', language: 'typescript' }));
});

afterAll(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const env = () => {
  const { BATCH_JOBS_CONFIG, CDKTF_OUTDIR, ...inherited } = process.env;
  return { ...inherited, NO_COLOR: '1', TSX_TSCONFIG_PATH: join(ROOT, 'tsconfig.json'), TMPDIR: tmpdir() };
};

/** What is printed from now on, as soon as it holds a text. */
async function printed(text: string, from: number): Promise<string> {
  const end = Date.now() + LONGEST_MS;
  while (!output.slice(from).includes(text)) {
    if (Date.now() > end) throw new Error(`printed no "${text}" after:\n${output}`);
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}:\n${output}`);
    await delay(5);
  }
  return output.slice(from);
}

/** Milliseconds that a synthesis takes in a process of its own. */
async function coldStart(): Promise<number> {
  const started = Date.now();
  const cold = spawn(process.execPath, words(), { cwd: folder, env: env(), stdio: ['ignore', 'ignore', 'inherit'] });
  expect(await new Promise((resolve) => cold.on('close', resolve))).toBe(0);
  return Date.now() - started;
}

/** Does something, and waits for the check that follows. */
async function checkedAfter(change: () => void): Promise<{ readonly text: string; readonly ms: number }> {
  const [from, started] = [output.length, Date.now()];
  change();
  const text = await printed('Watching ...', from);
  return { text, ms: Date.now() - started };
}

it('checks again when a file changes, much faster than at first, goes on after problems, and ends by Ctrl-C', async () => {
  child = spawn(process.execPath, words('--watch'), { cwd: folder, env: env(), stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  expect(await printed('Watching ...', 0)).toMatch(
    /^Stack reports: 1 job, \d+ Terraform resources\n[\s\S]*\nNo problems, /,
  );

  // A file that the config imports. Each check is compared with a cold start just before it, while the next process gets warm:
  // whatever else the machine does, it does to both.
  const ratios: number[] = [];
  for (const memory of [600, 700, 800, 900, 1000, 1100, 1200, 1300]) {
    const coldMs = await coldStart();
    const { text, ms } = await checkedAfter(() => write('shared.ts', `export const memory = ${memory};\n`));
    expect(text).toMatch(/changed shared\.ts\nStack reports: 1 job, \d+ Terraform resources\nNo problems, /);
    ratios.push(ms / coldMs);
    const written = readFileSync(join(folder, 'cdktf.out/stacks/reports/cdk.tf.json'), 'utf8');
    expect(written).toContain(`\\"${memory}\\"`);
    expect(JSON.parse(written).output).toHaveProperty('extra');
    // One that was not disturbed is enough.
    if (ms / coldMs < 0.7) break;
  }
  expect(Math.min(...ratios)).toBeLessThan(0.7);

  const broken = await checkedAfter(() => write('shared.ts', 'export const memory = "much";\n'));
  expect(broken.text).toMatch(/changed shared\.ts\n[\s\S]*memory/);
  expect(broken.text).not.toContain('No problems');

  // Many events at once are one check; those of a test that is held up in the middle are not at once.
  let many: { readonly text: string } = { text: '' };
  for (let round = 0; round < 8 && !/changed .* and \d+ more\n/.test(many.text); round += 1) {
    // What is left of the round before is checked first.
    if (round > 0) await checkedAfter(() => write('shared.ts', `export const memory = 60${round};\n`));
    many = await checkedAfter(() => {
      write('shared.ts', 'export const memory = 512;\n');
      for (let file = 0; file < 50; file += 1) write(`job-${round}-${file}.js`, '');
      write('.env', `A=${round}`);
    });
  }
  expect(many.text).toMatch(/changed .* and \d+ more\n/);
  expect(many.text).toContain('No problems');
  expect(output.slice(output.indexOf(many.text)).match(/changed/g)?.length).toBeLessThanOrEqual(2);

  const ended = new Promise((resolve) => child.on('close', (code) => resolve(code)));
  child.kill('SIGINT');
  expect(await ended).toBe(0);
});
