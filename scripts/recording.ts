import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fenced, withPart } from './page-part';

/**
 * What `npm start` prints where it is no terminal.
 *
 * @throws Error if it fails
 */
export function recording(): string {
  const { BATCH_JOBS_CONFIG, CDKTF_OUTDIR, FORCE_COLOR, ...inherited } = process.env;
  const env = { ...inherited, NO_COLOR: '1' };
  const run = spawnSync('npm', ['run', '--silent', 'start'], { cwd: join(__dirname, '..'), env, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`npm start ended with ${run.status}: ${run.stderr}`);
  return run.stdout.trimEnd();
}

/** The README with a recording in its place. */
export function withRecording(readme: string, recorded: string): string {
  return withPart(readme, 'npm start', fenced(recorded));
}

/** What differs between two recordings of the same: times, and identifiers of the sample event and of its run. */
const VARYING: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^\d\d:\d\d\.\d(?= {2})/gm, '<clock>'],
  [/(?<=Succeeded on attempt .*, )[\d.]+(?= s$)/gm, '<seconds>'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, '<time>'],
  [/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, '<uuid>'],
  [/(?<=-)[\da-f]{32}\b/g, '<hash>'],
];

/** A recording, or a page with one, without what differs between two of the same. */
export function unvarying(text: string): string {
  return VARYING.reduce((result, [pattern, name]) => result.replace(pattern, name), text);
}
