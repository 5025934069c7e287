import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

/** Programs that check the package as other projects see it: how it can be imported, and with which types. */
const CHECKS = [
  ['publint', '--strict'],
  ['attw', '--no-emoji', '--no-color'],
] as const;

/** The problems of a packed package: the output of the checks that fail. */
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
