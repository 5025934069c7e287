import { randomFillSync } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Measurement, measure } from './bench/measure';

/** What to measure. */
export interface ContextBenchOptions {
  /** Size of the build context in MiB. @default 1023: the maximum of 1024, minus 1 for the Dockerfile */
  readonly mebibytes?: number;
  /** Numbers of files. @default 1 and 20,000 */
  readonly files?: readonly number[];
}

/** The measurements of one build context. */
export interface ContextBenchRow {
  readonly files: number;
  /** Synthesis that hashes and compresses it. */
  readonly first: Measurement;
  /** A second synthesis of the same files, which hashes them again. */
  readonly again: Measurement;
}

/**
 * Measures the synthesis of a job with a large build context, of which one half can be compressed. Each synthesis is a new process.
 *
 * @returns the baseline, a context of two small files, as the first row
 * @throws Error if synthesis fails
 */
export async function benchContext(options: ContextBenchOptions = {}): Promise<ContextBenchRow[]> {
  const { mebibytes = 1023, files = [1, 20_000] } = options;
  const rows: ContextBenchRow[] = [await row(1, 1)];
  for (const count of files) rows.push({ ...(await row(mebibytes * 2 ** 20, count)) });
  return rows;
}

async function row(bytes: number, files: number): Promise<ContextBenchRow> {
  const folder = mkdtempSync(join(tmpdir(), 'batch-jobs-context-'));
  try {
    mkdirSync(join(folder, 'job'));
    writeFileSync(join(folder, 'job/Dockerfile'), 'FROM scratch\nCOPY . .\n');
    for (let index = 0; index < files; index++) {
      mkdirSync(join(folder, `job/${index % 100}`), { recursive: true });
      fill(join(folder, `job/${index % 100}/${index}`), Math.floor(bytes / files));
    }
    const packaging = { type: 'custom-dockerfile', properties: { buildContextPath: 'job' } };
    const properties = { container: { packaging }, resources: { cpu: 1, memory: 512 } };
    const resources = { job: { type: 'batch-job', properties } };
    const config = join(folder, 'batch-jobs.json');
    writeFileSync(config, JSON.stringify({ stackName: 'bench', region: 'eu-west-1', resources }));
    const synthesis = () =>
      measure('main.ts', [], { BATCH_JOBS_CONFIG: config, CDKTF_OUTDIR: join(folder, 'cdktf.out') });
    return { files, first: await synthesis(), again: await synthesis() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file that alternates random bytes and spaces. */
function fill(path: string, size: number): void {
  const block = Buffer.alloc(2 ** 20, ' ');
  const file = openSync(path, 'w');
  for (let rest = size; rest > 0; rest -= block.length) {
    randomFillSync(block, 0, block.length / 2);
    writeSync(file, block, 0, Math.min(rest, block.length));
  }
  closeSync(file);
}

/** The rows as a table in Markdown. */
export function contextTable(rows: readonly ContextBenchRow[], mebibytes: number): string {
  const cells = rows.map(({ files, first, again }, index) => [
    index === 0
      ? 'two small files'
      : `${mebibytes} MiB in ${files.toLocaleString('en-US')} file${files === 1 ? '' : 's'}`,
    ...[first, again].flatMap(({ seconds, megabytes }) => [seconds.toFixed(1), megabytes.toFixed(0)]),
  ]);
  const lines = [
    ['Build context', 'first, s', 'first, MB', 'again, s', 'again, MB'],
    ['---', '---:', '---:', '---:', '---:'],
    ...cells,
  ];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { mebibytes: { type: 'string', default: '1023' } } });
  if (!/^[1-9]\d{0,3}$/.test(values.mebibytes)) throw new Error(`"${values.mebibytes}" is not a number from 1 to 1023`);
  const mebibytes = Number(values.mebibytes);
  const rows = await benchContext({ mebibytes });
  console.log(`Node.js ${process.version}, ${availableParallelism()} cores\n`);
  console.log(contextTable(rows, mebibytes));
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
