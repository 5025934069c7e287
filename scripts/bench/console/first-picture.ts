import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openConsole, printedAddress } from './opened-console';
import type { Result } from './result';

const ROOT = resolve(__dirname, '../../..');

/** A way to run the command, in a folder where the example finds this package. */
interface Way {
  readonly name: string;
  /** Words for Node.js. */
  readonly program: readonly string[];
  readonly prepare: (folder: string) => void;
  /** Milliseconds until the first picture. */
  readonly budget: number;
}

const SOURCE: Way = {
  name: 'from source',
  program: ['--import', require.resolve('tsx'), join(ROOT, 'cli/batch-jobs.ts')],
  prepare: (folder) => {
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: join(ROOT, 'tsconfig.json') }));
  },
  budget: 2000,
};

const PACKAGE: Way = {
  name: 'as a package',
  program: [join(ROOT, 'dist/cli/batch-jobs.js')],
  prepare: (folder) => {
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(ROOT, join(folder, 'node_modules/cdktf-batch-jobs'));
  },
  budget: 1000,
};

/** Starts of each kind. The fastest counts, because other programs can only slow a start down. */
const STARTS = 5;

/** A start of the console, in milliseconds after the command. */
interface Start {
  /** The address is printed. */
  readonly printed: number;
  /** The page has got a picture. */
  readonly picture: number;
}

/** Measures how long it takes until a page shows the example's stack: from source, and as a package if that was built. */
export async function measureFirstPicture(): Promise<readonly Result[]> {
  const isBuilt = existsSync(join(ROOT, 'dist/cli/console.js'));
  return [...(await measured(SOURCE)), ...(isBuilt ? await measured(PACKAGE) : [])];
}

async function measured({ name, program, prepare, budget }: Way): Promise<readonly Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-console-'));
  const first: Start[] = [];
  const later: Start[] = [];
  try {
    for (const file of ['batch-jobs.config.ts', 'jobs'])
      cpSync(join(ROOT, file), join(folder, file), { recursive: true });
    prepare(folder);
    for (let start = 0; start < STARTS; start++) {
      rmSync(join(folder, '.batch-jobs'), { recursive: true, force: true });
      first.push(await measuredStart(program, folder));
      later.push(await measuredStart(program, folder));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const fastest = (starts: readonly Start[], time: keyof Start) => Math.min(...starts.map((start) => start[time]));
  const result = (what: string, value: number, limit: number): Result => ({
    what: `Console ${name}: ${what}`,
    value,
    unit: 'ms',
    budget: limit,
  });
  return [
    result('its address is printed', fastest(first, 'printed'), 1000),
    result('first picture of the example', fastest(first, 'picture'), budget),
    result('first picture of a later start', fastest(later, 'picture'), 1000),
  ];
}

async function measuredStart(program: readonly string[], cwd: string): Promise<Start> {
  const begun = performance.now();
  const elapsed = () => performance.now() - begun;
  const child = spawn(process.execPath, [...program, 'console'], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((closed) => child.once('exit', closed));
  try {
    const address = await printedAddress(child.stdout);
    const printed = elapsed();
    const { get } = await openConsole(address);
    const changes = (await get('/api/events')).body?.getReader();
    for (; ; await changes?.read()) {
      const { picture, report } = JSON.parse(await (await get('/api/stack')).text());
      if (report !== undefined) throw new Error(report);
      if (picture !== undefined) return { printed, picture: elapsed() };
    }
  } finally {
    child.kill();
    await ended;
  }
}
