import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectOutputs, configsOf, differences } from './compare/outputs';

// Compares what another revision writes for each example with what this checkout writes: `npm run compare -- main`.

const ROOT = join(__dirname, '..');
const revision = process.argv[2] ?? 'HEAD';
const folder = mkdtempSync(join(tmpdir(), 'compare-revision-'));

const git = (...given: string[]) => execFileSync('git', given, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });

git('worktree', 'add', '--quiet', '--detach', '--force', folder, revision);
try {
  // Links would lead out of the checkout, which the contents of images would show.
  execFileSync('cp', ['-al', join(ROOT, 'node_modules'), folder]);
  for (const config of configsOf(folder)) {
    const before = collectOutputs(folder, config);
    const changed = differences(before, collectOutputs(ROOT, config));
    if (changed.length > 0) process.exitCode = 1;
    const says = changed.length === 0 ? `${before.size} outputs, the same` : `changed: ${changed.join(', ')}`;
    process.stdout.write(`${config}: ${says}\n`);
  }
} finally {
  git('worktree', 'remove', '--force', folder);
  rmSync(folder, { recursive: true, force: true });
}
