import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Characters in a line of the recording: as many as fit in the README's column. */
export const COLUMNS = 76;

/**
 * The output of `npm start`, with colours.
 *
 * @throws Error if it fails
 */
export function recordRun(): string {
  const { BATCH_JOBS_CONFIG, CDKTF_OUTDIR, NO_COLOR, ...inherited } = process.env;
  const env = { ...inherited, FORCE_COLOR: '1', COLUMNS: String(COLUMNS) };
  const cwd = join(__dirname, '..', '..');
  const run = spawnSync('npm', ['run', '--silent', 'start'], { cwd, env, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`npm start ended with ${run.status}: ${run.stderr}`);
  return run.stdout.trimEnd();
}

/** Patterns of what differs between two equal recordings: times, and identifiers of the sample event and its run. */
const VARYING: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\b\d\d:\d\d\.\d\b/g, '<clock>'],
  [/(?<=Succeeded on attempt .*, )[\d.]+(?= s\b)/g, '<seconds>'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, '<time>'],
  [/\d{4}-\d\d-\d\d \d\d:\d\d\b/g, '<time>'],
  [/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, '<uuid>'],
  [/(?<=-)[\da-f]{32}\b/g, '<hash>'],
];

/** Removes from a recording what differs between two equal ones. */
export function unvarying(text: string): string {
  return VARYING.reduce((result, [pattern, name]) => result.replace(pattern, name), text);
}
