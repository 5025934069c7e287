import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { bundlePath } from '../modules/bundled-program';
import { builderProgram } from '../modules/container/builder/builder-bundle';
import { startProgram } from '../modules/container/resolver/start-bundle';
import { triggerProgram } from '../modules/orchestration/trigger-bundle';
import { lazyExports } from './build/lazy-exports';

const ROOT = join(__dirname, '..');

/** What runs at AWS, and is bundled for the release. */
export const PROGRAMS = [triggerProgram, builderProgram, startProgram];

/** Folders of the source that the package has, compiled. */
const COMPILED = ['cli', 'job', 'modules', 'triggers'];

/** What `batch-jobs init` copies into a project as it is. */
const TEMPLATES = ['main.ts', 'batch-jobs.config.ts', 'jobs', 'cli/init/templates'];

/** What the package's entry points re-export is loaded when it is first used: a config needs no construct. */
const ENTRY_POINTS = ['index.js', 'triggers/index.js', 'modules/resources/index.js'];

/** Most bytes of the package, as npm sends it and as it is installed. Raise them knowingly: everybody downloads them. */
const LIMITS = { packed: 2_500_000, unpacked: 9_000_000 };

/** Writes the package's files to a folder: what `npm run build` does. */
export function build(outdir = join(ROOT, 'dist')): void {
  rmSync(outdir, { recursive: true, force: true });
  compile(outdir);
  for (const folder of COMPILED) copyAssets(folder, outdir);
  for (const template of TEMPLATES) cpSync(join(ROOT, template), join(outdir, template), { recursive: true });
  for (const program of PROGRAMS) write(bundlePath(program.name, outdir), program.text());
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

/** What the compiled code reads next to itself: scripts of shells and Python, pages, data. */
function copyAssets(folder: string, outdir: string): void {
  const files = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
  for (const file of files) {
    if (!file.isFile() || file.name.endsWith('.ts') || file.name.endsWith('.md')) continue;
    const path = join(file.parentPath, file.name).slice(ROOT.length + 1);
    write(join(outdir, path), readFileSync(join(ROOT, path)));
  }
}

function write(path: string, contents: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}

/** Says how large the package is. */
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
