import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmulator } from '../__tests__/e2e/engines/ministack';
import { workspace } from '../__tests__/e2e/engines/terraform';
import { benchConfig, STACK_NAME } from './bench/config';
import { readTerraformJson } from './bench/terraform-json';

const ROOT = resolve(__dirname, '..');

/** What to measure. */
export interface BenchApplyOptions {
  /** Commit to compare with. */
  readonly base: string;
  /** Numbers of jobs. @default 1, 2 */
  readonly jobs?: readonly number[];
  /** Deployments of each stack, each to a new emulator. @default 3 */
  readonly runs?: number;
}

/** One stack as one commit writes it. */
export interface Deployments {
  readonly resources: number;
  /** Seconds of the fastest apply to an empty account. */
  readonly first: number;
  /** Seconds of the fastest apply that changes nothing. */
  readonly second: number;
}

/** The measurements for one number of jobs. */
export interface ApplyRow {
  readonly jobs: number;
  readonly before: Deployments;
  readonly after: Deployments;
}

/**
 * Deploys stacks of an earlier commit and of this folder, in turns, each to a new emulator with the real Terraform and AWS provider: once,
 * and again without a change.
 *
 * @throws Error if the commit is not there, or if a stack can't be synthesized or applied
 */
export async function benchApply({ base, jobs = [1, 2], runs = 3 }: BenchApplyOptions): Promise<ApplyRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'batch-jobs-bench-apply-'));
  const earlier = join(folder, 'base');
  try {
    git('worktree', 'add', '--quiet', '--detach', earlier, base);
    symlinkSync(join(ROOT, 'node_modules'), join(earlier, 'node_modules'));
    const rows: ApplyRow[] = [];
    for (const count of jobs) {
      const config = join(folder, `${count}.json`);
      writeFileSync(config, JSON.stringify(benchConfig(count)));
      const before = synthesize(earlier, config, join(folder, `before-${count}`));
      const after = synthesize(ROOT, config, join(folder, `after-${count}`));
      let row: ApplyRow | undefined;
      for (let run = 0; run < runs; run++) {
        const latest = { jobs: count, before: await deployTwice(before), after: await deployTwice(after) };
        row = { jobs: count, before: faster(latest.before, row?.before), after: faster(latest.after, row?.after) };
      }
      if (row !== undefined) rows.push(row);
    }
    return rows;
  } finally {
    if (existsSync(earlier)) git('worktree', 'remove', '--force', earlier);
    rmSync(folder, { recursive: true, force: true });
  }
}

function git(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr.trim());
}

/** The folder of the stack. */
function synthesize(project: string, config: string, outdir: string): string {
  execFileSync(process.execPath, ['--import', 'tsx', 'main.ts'], {
    cwd: project,
    env: { ...process.env, BATCH_JOBS_CONFIG: config, CDKTF_OUTDIR: outdir },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return join(outdir, 'stacks', STACK_NAME);
}

async function deployTwice(stack: string): Promise<Deployments> {
  const emulator = await startEmulator();
  const copy = workspace(stack, { emulator });
  try {
    // Not measured: it links the provider.
    await copy.init();
    const first = await seconds(() => copy.applyOf(stack));
    const second = await seconds(() => copy.applyOf(stack));
    const { resource = {} } = readTerraformJson(join(stack, 'cdk.tf.json'));
    const resources = Object.values(resource).reduce((sum, blocks) => sum + Object.keys(blocks).length, 0);
    return { resources, first, second };
  } finally {
    copy.dispose();
    await emulator.stop();
  }
}

async function seconds(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return (performance.now() - started) / 1000;
}

/** Other programs can only slow a deployment down. */
function faster(latest: Deployments, earlier = latest): Deployments {
  const { resources } = latest;
  return {
    resources,
    first: Math.min(latest.first, earlier.first),
    second: Math.min(latest.second, earlier.second),
  };
}

/** The rows as a table in Markdown. */
export function applyTable(rows: readonly ApplyRow[]): string {
  const lines = rows.map(({ jobs, before, after }) => {
    const cells = (['resources', 'first', 'second'] as const).map((what) => {
      const [from, to] = [before[what], after[what]].map((value) =>
        what === 'resources' ? String(value) : value.toFixed(1),
      );
      return `${from} → ${to} (${(after[what] / before[what]).toFixed(2)})`;
    });
    return `| ${jobs} | ${cells.join(' | ')} |`;
  });
  return ['| Jobs | Resources | First, s | Second, s |', '| ---: | ---: | ---: | ---: |', ...lines].join('\n');
}

function positive(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new Error(`"${text}" is not a number from 1 to 999. Write, for example, --jobs 1,10 --runs 3.`);
}

async function main(): Promise<void> {
  const options = { base: { type: 'string' }, jobs: { type: 'string' }, runs: { type: 'string' } } as const;
  const { values } = parseArgs({ options });
  if (values.base === undefined) throw new Error('Name the commit to compare with: --base main~10.');
  const rows = await benchApply({
    base: values.base,
    jobs: values.jobs?.split(',').map(positive),
    runs: values.runs === undefined ? undefined : positive(values.runs),
  });
  console.log(`Node.js ${process.version}, ${availableParallelism()} cores, compared with ${values.base}\n`);
  console.log(applyTable(rows));
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
