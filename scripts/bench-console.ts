import { availableParallelism } from 'node:os';
import { measureFirstPicture } from './bench/console/first-picture';
import { measureLargeLog } from './bench/console/large-log';
import { measurePage } from './bench/console/page-size';
import type { Result } from './bench/console/result';
import { measureRunList } from './bench/console/run-list';

/** Measures what the console must not exceed. */
export async function benchConsole(): Promise<readonly Result[]> {
  return [...(await measureFirstPicture()), ...measurePage(), ...measureRunList(), ...measureLargeLog()];
}

/** The results as a table in Markdown. */
export function resultTable(results: readonly Result[]): string {
  const lines = results.map(
    ({ what, value, unit, budget }) => `| ${what} | ${value.toFixed(1)} ${unit} | ${budget} ${unit} |`,
  );
  return ['| What | Measured | Budget |', '| --- | ---: | ---: |', ...lines].join('\n');
}

async function main(): Promise<void> {
  const results = await benchConsole();
  console.log(`Node.js ${process.version}, ${availableParallelism()} cores\n`);
  console.log(resultTable(results));
  if (results.some(({ value, budget }) => value > budget)) process.exitCode = 1;
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
