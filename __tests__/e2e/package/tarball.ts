import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { execute } from './execute';

export const ROOT = resolve(__dirname, '../../..');

/** All that the package is made of. */
const SOURCES = [
  'index.ts',
  'main.ts',
  'batch-jobs.config.ts',
  'cli',
  'job',
  'jobs',
  'modules',
  'triggers',
  'scripts/build.ts',
  'scripts/build',
  'tsconfig.json',
  'tsconfig.build.json',
  'package.json',
];

/** Files of the package other than compiled ones. */
const BESIDE = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'batch-jobs.schema.json'];

/** The package as npm publishes it. Built once for each state of the source, and by one process at a time. */
export async function tarball(): Promise<string> {
  const folder = join(ROOT, 'node_modules/.cache/package', sourceHash());
  const file = join(folder, 'cdktf-batch-jobs.tgz');
  mkdirSync(folder, { recursive: true });
  for (const lock = join(folder, 'lock'); !existsSync(file); await setTimeout(200)) {
    if (!taken(lock)) continue;
    try {
      await pack(join(folder, 'package'), file);
    } finally {
      rmSync(lock, { force: true });
    }
  }
  return file;
}

/** Whether this process has the lock now. One of a process that is gone, which somebody has killed, counts for nothing. */
function taken(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isAlive(readOwner(lock))) rmSync(lock, { force: true });
    return false;
  }
}

/** The process that has the lock; undefined while it is written or removed. */
function readOwner(lock: string): number | undefined {
  try {
    return Number(readFileSync(lock, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function pack(folder: string, file: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const build = `require('./scripts/build').build(${JSON.stringify(join(folder, 'dist'))})`;
  await execute(process.execPath, ['--import', 'tsx', '--eval', build], { cwd: ROOT });
  for (const name of BESIDE) cpSync(join(ROOT, name), join(folder, name));
  const { stdout } = await execute('npm', ['pack', '--json', '--ignore-scripts', folder], { cwd: join(folder, '..') });
  renameSync(join(folder, '..', JSON.parse(stdout)[0].filename), file);
}

function sourceHash(): string {
  const hash = createHash('sha256');
  for (const path of SOURCES.filter((source) => existsSync(join(ROOT, source))).flatMap(filesOf)) {
    hash.update(path).update(readFileSync(join(ROOT, path)));
  }
  return hash.digest('hex').slice(0, 16);
}

function filesOf(path: string): string[] {
  try {
    return readdirSync(join(ROOT, path))
      .sort()
      .flatMap((name) => filesOf(join(path, name)));
  } catch {
    return [path];
  }
}
