import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ConfigError } from '../../modules/problems/config-error';
import { errorMessage } from '../../modules/problems/error-message';
import { UsageError } from './usage-error';

/** The variable with the path that an error is written to as JSON. It is set for `--json`, and the app of cdktf.json inherits it. */
const VARIABLE = 'BATCH_JOBS_ERROR_FILE';

/** Prepares a file for the error of this process or of the app that it runs. It is deleted when this process ends. */
export function expectError(): void {
  const file = join(mkdtempSync(join(tmpdir(), 'batch-jobs-error-')), 'error.json');
  process.env[VARIABLE] = file;
  process.on('exit', () => rmSync(dirname(file), { recursive: true, force: true }));
}

/** The problems of a config behind an error. Undefined if the error is about something else. */
export function configError(error: unknown): ConfigError | undefined {
  const cause = error instanceof UsageError ? error.cause : error;
  return cause instanceof ConfigError ? cause : undefined;
}

/** Writes an error for the command that asked for it, if one did. The first error stays: the app's error is the cause of the command's. */
export function recordError(error: unknown): void {
  const file = process.env[VARIABLE];
  if (file === undefined || existsSync(file)) return;
  const { source, problems } = configError(error) ?? {};
  writeFileSync(file, JSON.stringify({ type: 'error', error: errorMessage(error), source, problems }));
}

/** Leaves out the document of an error for which the command has printed a more detailed one. */
export function leaveOutError(): void {
  delete process.env[VARIABLE];
}

/** The error of this process or of the app that it ran, as one line of JSON. Undefined if neither recorded one. */
export function recordedError(): string | undefined {
  try {
    return readFileSync(process.env[VARIABLE] ?? '', 'utf8');
  } catch {
    return undefined;
  }
}
