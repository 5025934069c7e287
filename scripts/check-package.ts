import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

/** What looks at the package as other projects do: how it can be imported, and which types that gives. */
const CHECKS = [
  ['publint', '--strict'],
  ['attw', '--no-emoji', '--no-color'],
] as const;

/** What is wrong with a packed package: what the checks that fail have printed. */
export function packageProblems(tarball: string): string[] {
  return CHECKS.flatMap(([program, ...words]) => {
    const path = join(ROOT, 'node_modules', '.bin', program);
    const { status, stdout, stderr } = spawnSync(path, [...words, tarball], { encoding: 'utf8' });
    return status === 0 ? [] : [`${program} ${words.join(' ')}\n${stdout}${stderr}`];
  });
}

if (require.main === module) {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  try {
    const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
    const [{ filename }] = JSON.parse(execFileSync('npm', words, { cwd: ROOT, encoding: 'utf8' }));
    const problems = packageProblems(join(folder, filename));
    for (const problem of problems) console.error(problem);
    process.exitCode = problems.length > 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
