import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { globSync } from 'tinyglobby';
import { PAGE_FOLDER, readReleasedPage } from '../cli/console/server/page-bundle';
import { builderProgram } from '../modules/container/builder/builder-bundle';
import { stringsProgram } from '../modules/container/connection-strings/strings-bundle';
import { functionStartProgram } from '../modules/container/resolver/function-start-bundle';
import { startProgram } from '../modules/container/resolver/start-bundle';
import { bundlePath } from '../modules/orchestration/bundled-program';
import { itemsProgram } from '../modules/orchestration/items-bundle';
import { firingProgram, triggerProgram } from '../modules/orchestration/trigger-bundle';
import { lazyExports } from './build/lazy-exports';

const ROOT = join(__dirname, '..');

/** Programs that run in AWS. They are bundled for the release. */
export const PROGRAMS = [
  triggerProgram,
  firingProgram,
  itemsProgram,
  builderProgram,
  stringsProgram,
  startProgram,
  functionStartProgram,
];

/** Source folders that are compiled into the package. */
const COMPILED = ['cli', 'job', 'modules', 'triggers'];

/** Files that `batch-jobs init` copies into a project. */
const TEMPLATES = ['main.ts', 'batch-jobs.config.ts', 'jobs', 'cli/init/templates'];

/** Entry points that load the modules they re-export on first use, since a config needs no constructs. */
const ENTRY_POINTS = ['index.js', 'triggers/index.js', 'modules/resources/index.js'];

/**
 * Maximum size of the package in bytes, packed and installed. Every user downloads them, so don't raise them without a reason. The compiled
 * code keeps lines and comments, and source maps would be two fifths of the package.
 */
export const LIMITS = { packed: 2_200_000, unpacked: 8_000_000 };

/** Writes the files of the package to a folder, as `npm run build` does. */
export function build(outdir = join(ROOT, 'dist')): void {
  rmSync(outdir, { recursive: true, force: true });
  compile(outdir);
  for (const folder of COMPILED) copyAssets(folder, outdir);
  for (const template of TEMPLATES) cpSync(join(ROOT, template), join(outdir, template), { recursive: true });
  for (const program of PROGRAMS) write(bundlePath(program.name, outdir), program.text());
  for (const [name, text] of readReleasedPage()) write(join(outdir, relative(ROOT, PAGE_FOLDER), name), text);
  for (const entry of ENTRY_POINTS) {
    const path = join(outdir, entry);
    writeFileSync(path, lazyExports(readFileSync(path, 'utf8')));
  }
}

function compile(outdir: string): void {
  const tsc = require.resolve('typescript/bin/tsc');
  const words = [tsc, '--project', join(ROOT, 'tsconfig.build.json'), '--outDir', resolve(outdir)];
  execFileSync(process.execPath, words, { stdio: 'inherit' });
}

/** Files that the compiled code reads from its folder: shell and Python scripts, pages, data. The console's page is bundled instead. */
function copyAssets(folder: string, outdir: string): void {
  const ignore = ['**/*.ts', '**/*.md', `${relative(ROOT, PAGE_FOLDER)}/**`];
  for (const path of globSync(`${folder}/**`, { cwd: ROOT, dot: true, ignore }).sort()) {
    write(join(outdir, path), readFileSync(join(ROOT, path)));
  }
}

function write(path: string, contents: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}

/** The size of the package, packed and installed, in bytes. */
function measured(): { readonly size: number; readonly unpackedSize: number; readonly entryCount: number } {
  const words = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const [packed] = JSON.parse(execFileSync('npm', words, { cwd: ROOT, encoding: 'utf8' }));
  return packed;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

if (require.main === module) {
  build();
  const { size, unpackedSize, entryCount } = measured();
  console.log(`${megabytes(size)} packed, ${megabytes(unpackedSize)} installed, ${entryCount} files`);
  if (size > LIMITS.packed || unpackedSize > LIMITS.unpacked) {
    console.error(`More than ${megabytes(LIMITS.packed)} packed or ${megabytes(LIMITS.unpacked)} installed.`);
    process.exitCode = 1;
  }
}
