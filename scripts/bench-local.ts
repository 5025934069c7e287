/**
 * Measures what a local run of a job with `forEach` needs: time, and the most memory of the command, without its containers.
 *
 *   npm run bench:local [-- --items 100,1000,10000] [-- --jobs 8]
 *
 * Each item is a Node.js process that does nothing: the start program of its image, and an empty file.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Measurement, measure } from './bench/measure';

const PROGRAM = 'cli/batch-jobs.ts';

async function run(items: number, jobs: string | undefined): Promise<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-local-'));
  try {
    const packaging = { type: 'stacktape-image-buildpack', properties: { entryfilePath: 'noop.js' } };
    const properties = {
      container: { packaging },
      resources: { cpu: 1, memory: 128 },
      forEach: { items: '$.items' },
    };
    const resources = { noop: { type: 'batch-job', properties } };
    writeFileSync(join(folder, 'jobs.json'), JSON.stringify({ stackName: 'bench', region: 'eu-west-1', resources }));
    writeFileSync(join(folder, 'noop.js'), '');
    writeFileSync(
      join(folder, 'event.json'),
      JSON.stringify({ items: Array.from({ length: items }, (_, item) => item) }),
    );
    const words = ['local', 'noop', '--config', 'jobs.json', '--event', 'event.json', '--plain', '--json'];
    return await measure(PROGRAM, [...words, ...(jobs === undefined ? [] : ['--jobs', jobs])], {}, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { items: { type: 'string', default: '100,1000,10000' }, jobs: { type: 'string' } },
  });
  for (const items of values.items.split(',').map(Number)) {
    const { seconds, megabytes } = await run(items, values.jobs);
    const rate = (items / seconds).toFixed(1);
    process.stdout.write(
      `${items.toLocaleString('en')} items: ${seconds.toFixed(1)} s, ${rate} a second, at most ${Math.round(megabytes)} MiB\n`,
    );
  }
}

void main();
