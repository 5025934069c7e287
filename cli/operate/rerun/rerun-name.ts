import { createHash } from 'node:crypto';
import { EXECUTION_NAME_MAX_LENGTH } from '../../../modules/orchestration/trigger/execution-name';

/** What the name of a run that repeats another one ends in, after that one's name. */
const ENDING = /-rerun-\d+$/;

/** `-rerun-` and a number of up to four digits. */
const ENDING_LENGTH = 11;

/** A hash in the middle of a name that was shortened. */
const HASH = /-[0-9a-f]{32}$/;

/** The run that a run repeats, by its name: itself if it repeats none. */
export function originalName(name: string): string {
  return name.replace(ENDING, '');
}

/**
 * Name of the nth run that repeats a run: `<name>-rerun-<n>`. The same for all who repeat the same run, so that Step Functions starts one
 * if two people do it at the same time. The name of a job in AWS Batch has other characters than an execution's and is the same here.
 *
 * A longer name is shortened before its hash. One without a hash gets one.
 */
export function rerunName(name: string, n: number): string {
  const original = originalName(name);
  return `${shortened(original)}-rerun-${n}`;
}

function shortened(name: string): string {
  const room = EXECUTION_NAME_MAX_LENGTH - ENDING_LENGTH;
  if (name.length <= room) return name;
  const hash = HASH.exec(name)?.[0] ?? `-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
  return name.slice(0, room - hash.length) + hash;
}
