import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchConfig, STACK_NAME } from './bench/config';
import { type Measurement, measure } from './bench/measure';
import { countBlocks, readTerraformJson, sameness } from './bench/terraform-json';

/** How much is measured. */
export interface BenchOptions {
  /** Numbers of jobs. @default 1, 10, 100, 1000 */
  readonly jobs?: readonly number[];
  /** Runs of each program for each number of jobs. @default 5 */
  readonly runs?: number;
}

/** What one number of jobs takes: medians over the runs. */
export interface BenchRow {
  readonly jobs: number;
  /** Resources and data sources in the synthesized stack. */
  readonly resources: number;
  readonly ours: Measurement;
  readonly floor: Measurement;
  /** Median of the runs' own ratios of seconds, ours to floor: what slows the machine down slows down both. */
  readonly ratio: number;
}

/**
 * Measures whole-process synthesis of configs with many jobs, and beside it the floor: the same resources by the provider's classes
 * alone. The two take turns, so that both meet the same machine.
 *
 * @throws Error if a program fails, or if the floor's resources are not ours to the last attribute.
 */
export async function bench({ jobs = [1, 10, 100, 1000], runs = 5 }: BenchOptions = {}): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'batch-jobs-bench-'));
  try {
    const template = await synthesize(folder, 1);
    // The first run of a program compiles it for all later ones.
    await makeRaw(folder, template.file, 1);
    const rows: BenchRow[] = [];
    for (const count of jobs) rows.push(await row(folder, template.file, count, runs));
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Synthesis {
  readonly measurement: Measurement;
  /** Path of the Terraform JSON. */
  readonly file: string;
}

async function row(folder: string, template: string, jobs: number, runs: number): Promise<BenchRow> {
  const ours: Measurement[] = [];
  const floor: Measurement[] = [];
  let resources = 0;
  for (let run = 0; run < runs; run++) {
    const own = await synthesize(folder, jobs);
    const raw = await makeRaw(folder, template, jobs);
    ours.push(own.measurement);
    floor.push(raw.measurement);
    if (run === 0) resources = checkedCount(own.file, raw.file);
  }
  const ratio = median(ours.map(({ seconds }, run) => seconds / (floor[run]?.seconds ?? Number.NaN)));
  return { jobs, resources, ours: medians(ours), floor: medians(floor), ratio };
}

function checkedCount(ours: string, floor: string): number {
  const own = readTerraformJson(ours);
  if (sameness(own) !== sameness(readTerraformJson(floor))) {
    throw new Error('The floor makes other resources than ours: the comparison would mean nothing.');
  }
  return countBlocks(own);
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

function medians(runs: readonly Measurement[]): Measurement {
  return {
    seconds: median(runs.map(({ seconds }) => seconds)),
    megabytes: median(runs.map(({ megabytes }) => megabytes)),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

/** The rows as a table in Markdown. */
export function benchTable(rows: readonly BenchRow[]): string {
  const cells = [
    ['jobs', 'resources', 'ours, s', 'ours, MB', 'floor, s', 'floor, MB', 'ratio'],
    ...rows.map(({ jobs, resources, ours, floor, ratio }) => [
      jobs.toLocaleString('en-US'),
      resources.toLocaleString('en-US'),
      ...[ours, floor].flatMap(({ seconds, megabytes }) => [seconds.toFixed(2), megabytes.toFixed(0)]),
      ratio.toFixed(2),
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

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { jobs: { type: 'string' }, runs: { type: 'string' } } });
  const rows = await bench({
    ...(values.jobs !== undefined && { jobs: values.jobs.split(',').map(Number) }),
    ...(values.runs !== undefined && { runs: Number(values.runs) }),
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
