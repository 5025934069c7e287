import { LogFile } from '../../../cli/console/log/log-file';
import { linesOf } from '../../../cli/console/log/log-lines';
import { type Search, search } from '../../../cli/console/log/log-search';
import { RARE_WORD } from './large-log';
import type { Result } from './result';

/** Reads a log as the console's server does for a page, and prints what it took. */
async function main(path: string): Promise<void> {
  const before = process.resourceUsage().maxRSS;
  const log = new LogFile(path);
  const results: Result[] = [];
  const take = async (what: string, budget: number, work: () => Promise<unknown>) => {
    const began = performance.now();
    await work();
    results.push({ what: `Log of 100 MB: ${what}`, value: performance.now() - began, unit: 'ms', budget });
  };
  await take('first lines', 500, async () => {
    void log.read(true);
    await log.has(500, {});
    await linesOf(log, 0, 500, {});
  });
  await take('index of all lines', 3000, () => log.read(true));
  const { rows } = log.index;
  await take('end', 100, () => linesOf(log, -1, 500, {}));
  await take('middle', 100, () => linesOf(log, rows / 2, 500, {}));
  await take('middle of one attempt and stderr', 200, () =>
    linesOf(log, rows / 100, 500, { start: '2', stream: 'stderr' }),
  );
  await take('search of a rare word', 3000, () => searched(log, { text: RARE_WORD }));
  await take('search of a frequent word', 5000, () => searched(log, { text: 'CHECKPOINT' }));
  await take('search of errors', 8000, () => searched(log, { errors: true }));
  const memory = (process.resourceUsage().maxRSS - before) / 1024;
  results.push({ what: 'Log of 100 MB: peak memory of all that', value: memory, unit: 'MB', budget: 150 });
  console.log(JSON.stringify(results));
}

async function searched(log: LogFile, what: Search): Promise<void> {
  for await (const _ of search(log, what, {}, new AbortController().signal));
}

void main(process.argv[2] as string);
