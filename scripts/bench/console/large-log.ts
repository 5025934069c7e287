import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { logPrefix } from '../../../cli/local/recording/format';
import type { Result } from './result';

/** Lines of the log: about 100 MB. */
const LINES = 1_000_000;

/** Lines that are written at once. */
const BLOCK = 10_000;

/** In one line only. */
export const RARE_WORD = 'needle';

/** What the server needs for a log of 100 MB, in a process that does nothing else. */
export function measureLargeLog(): readonly Result[] {
  const folder = mkdtempSync(join(tmpdir(), 'bench-console-log-'));
  try {
    const file = join(folder, 'log.tsv');
    writeLog(file);
    const program = resolve(__dirname, 'read-log.ts');
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', program, file], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as Result[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes a log of a million lines. */
function writeLog(path: string): void {
  const file = openSync(path, 'w');
  for (let first = 0; first < LINES; first += BLOCK) {
    const lines = Array.from({ length: BLOCK }, (_, index) => line(first + index));
    writeSync(file, lines.join(''));
  }
  closeSync(file);
}

function line(number: number): string {
  const start = `${1 + Math.floor((3 * number) / LINES)}.1`;
  const word = number === LINES - 1234 ? RARE_WORD : 'reports';
  const text = `row ${number} of ${LINES} written to checkpoint s3://${word}-archive/nightly/state.json`;
  return `${logPrefix(number, start, number % 17 === 0 ? 'e' : 'o')}${text}\n`;
}
