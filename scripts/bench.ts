import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchConfig, STACK_NAME } from './bench/config';
import { type Measurement, measure } from './bench/measure';
import { countBlocks, readTerraformJson, sameness } from './bench/terraform-json';

/** What to measure. */
export interface BenchOptions {
  /** Numbers of jobs. @default 1, 10, 100, 1000 */
  readonly jobs?: readonly number[];
  /** Runs of each program for each number of jobs. @default 5 */
  readonly runs?: number;
}

/** The measurements for one number of jobs. */
export interface BenchRow {
  readonly jobs: number;
  /** Resources and data sources in the synthesized stack. */
  readonly resources: number;
  /** The seconds of the fastest run, because other programs can only slow a run down, and the maximum memory of all runs. */
  readonly ours: Measurement;
  readonly floor: Measurement;
}

/**
 * Measures the synthesis of configs with many jobs, and the floor: the same resources, created with only the provider's classes. Both
 * programs and all numbers of jobs take turns, so that all run under the same conditions.
 *
 * @throws Error if a program fails, or if the floor's resources differ from ours in any attribute.
 */
export async function bench({ jobs = [1, 10, 100, 1000], runs = 5 }: BenchOptions = {}): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'batch-jobs-bench-'));
  try {
    const template = await synthesize(folder, 1);
    // The first run of a program compiles it for all later runs.
    await makeRaw(folder, template.file, 1);
    let rows: BenchRow[] = [];
    for (let run = 0; run < runs; run++) {
      const latest: BenchRow[] = [];
      for (const count of jobs) latest.push(await row(folder, template.file, count));
      rows = latest.map((item, index) => combined(item, rows[index]));
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function row(folder: string, template: string, jobs: number): Promise<BenchRow> {
  const own = await synthesize(folder, jobs);
  const raw = await makeRaw(folder, template, jobs);
  return { jobs, resources: checkedCount(own.file, raw.file), ours: own.measurement, floor: raw.measurement };
}

function combined(row: BenchRow, other = row): BenchRow {
  const both = (a: Measurement, b: Measurement): Measurement => ({
    seconds: Math.min(a.seconds, b.seconds),
    cpuSeconds: Math.min(a.cpuSeconds, b.cpuSeconds),
    megabytes: Math.max(a.megabytes, b.megabytes),
  });
  return { ...row, ours: both(row.ours, other.ours), floor: both(row.floor, other.floor) };
}

function checkedCount(ours: string, floor: string): number {
  const own = readTerraformJson(ours);
  if (sameness(own) !== sameness(readTerraformJson(floor))) {
    throw new Error('The floor creates other resources than ours, so the programs cannot be compared.');
  }
  return countBlocks(own);
}

interface Synthesis {
  readonly measurement: Measurement;
  /** Path of the Terraform JSON. */
  readonly file: string;
}

async function synthesize(folder: string, jobs: number): Promise<Synthesis> {
  const config = join(folder, `${jobs}.json`);
  const outdir = join(folder, `ours-${jobs}`);
  writeFileSync(config, JSON.stringify(benchConfig(jobs)));
  const measurement = await measure('main.ts', [], { BATCH_JOBS_CONFIG: config, CDKTF_OUTDIR: outdir });
  return { measurement, file: terraformJson(outdir) };
}

async function makeRaw(folder: string, template: string, jobs: number): Promise<Synthesis> {
  const outdir = join(folder, `floor-${jobs}`);
  const args = [template, String(jobs)];
  const measurement = await measure('scripts/bench/raw-resources.ts', args, { CDKTF_OUTDIR: outdir });
  return { measurement, file: terraformJson(outdir) };
}

function terraformJson(outdir: string): string {
  return join(outdir, 'stacks', STACK_NAME, 'cdk.tf.json');
}

/** The rows as a table in Markdown. */
export function benchTable(rows: readonly BenchRow[]): string {
  const cells = [
    ['jobs', 'resources', 'ours, s', 'ours, MB', 'floor, s', 'floor, MB', 'ratio'],
    ...rows.map(({ jobs, resources, ours, floor }) => [
      jobs.toLocaleString('en-US'),
      resources.toLocaleString('en-US'),
      ...[ours, floor].flatMap(({ seconds, megabytes }) => [seconds.toFixed(2), megabytes.toFixed(0)]),
      (ours.seconds / floor.seconds).toFixed(2),
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const lines = cells.map((line) => line.map((cell, column) => cell.padStart(widths[column] ?? 0)));
  lines.splice(
    1,
    0,
    widths.map((width) => `${'-'.repeat(width - 1)}:`),
  );
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function positive(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new Error(`"${text}" is not a number from 1 to 999999. Write, for example, --jobs 1,10,100 --runs 3.`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { jobs: { type: 'string' }, runs: { type: 'string' } } });
  const rows = await bench({
    jobs: values.jobs?.split(',').map(positive),
    runs: values.runs === undefined ? undefined : positive(values.runs),
  });
  console.log(`Node.js ${process.version}, ${availableParallelism()} cores\n`);
  console.log(benchTable(rows));
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
