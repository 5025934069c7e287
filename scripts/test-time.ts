import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Profile, partsOf } from './test-time/profile';

// Prints where the time of the unit tests goes, all of them or those whose paths are given: `npm run test:time -- triggers`.

/** What this project reads of Jest's results. */
interface Results {
  readonly testResults: readonly {
    readonly name: string;
    readonly startTime: number;
    readonly endTime: number;
    readonly assertionResults: readonly { readonly duration?: number | null }[];
  }[];
}

const ROOT = join(__dirname, '..');
const LISTED = 25;

const seconds = (value: number) => `${value.toFixed(1).padStart(7)} s`;
const folder = mkdtempSync(join(tmpdir(), 'test-time-'));
const results = join(folder, 'results.json');
try {
  const profiler = ['--cpu-prof', '--cpu-prof-interval=2000', `--cpu-prof-dir=${folder}`];
  // In one process, so that there is one profile.
  const jest = [join(ROOT, 'node_modules/jest/bin/jest.js'), '--runInBand', '--json', `--outputFile=${results}`];
  const { status } = spawnSync(
    process.execPath,
    ['--max-semi-space-size=64', ...profiler, ...jest, ...process.argv.slice(2)],
    { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  process.exitCode = status ?? 1;
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))) {
    const profile: Profile = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    process.stdout.write('\nTime by part\n');
    for (const [part, time] of partsOf(profile)) process.stdout.write(`${seconds(time)}  ${part}\n`);
  }
  const { testResults }: Results = JSON.parse(readFileSync(results, 'utf8'));
  const files = testResults.map(({ name, startTime, endTime, assertionResults }) => ({
    path: relative(ROOT, name),
    all: (endTime - startTime) / 1000,
    tests: assertionResults.reduce((sum, { duration }) => sum + (duration ?? 0), 0) / 1000,
  }));
  process.stdout.write(`\nTime of the slowest of ${files.length} files, and of their tests alone\n`);
  for (const { path, all, tests } of files.sort((one, other) => other.all - one.all).slice(0, LISTED)) {
    process.stdout.write(`${seconds(all)} ${seconds(tests)}  ${path}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
