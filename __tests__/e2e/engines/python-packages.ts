import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Availability } from './availability';

const CACHE = resolve(__dirname, '../../../node_modules/.cache/cdktf-batch-jobs');

/**
 * A Python environment with the packages of a `requirements.txt`, made once and kept in `node_modules`.
 *
 * @returns the folder of its programs, for the PATH
 */
export function pythonPackages(requirements: string): Availability<{ readonly bin: string }> {
  const python = process.env.PYTHON ?? 'python3';
  const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = join(CACHE, `python-${digest}`);
  const bin = join(folder, 'bin');
  if (existsSync(join(folder, 'complete'))) return { available: true, bin };
  rmSync(folder, { recursive: true, force: true });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--timeout', '30', '--retries', '1'];
  const steps: [string, string[]][] = [
    [python, ['-m', 'venv', folder]],
    [join(bin, 'python3'), [...pip, '--requirement', requirements]],
    [join(bin, 'python3'), ['-c', `open(${JSON.stringify(join(folder, 'complete'))}, 'w').close()`]],
  ];
  for (const [program, words] of steps) {
    const { status, stderr, error } = spawnSync(program, words, { encoding: 'utf8', timeout: 300_000 });
    if (status === 0) continue;
    const last = error?.message ?? stderr.trim().split('\n').at(-1);
    return { available: false, reason: `${requirements} cannot be installed for ${python} (${last}).` };
  }
  return { available: true, bin };
}
