import { STATUS_REASONS } from '../../../modules/rules/job-ends';

/** What AWS Batch says of every container that ended by itself, with or without success. */
const ORDINARY_END = /^Essential container in task exited(?:: )?/;

const EXIT_CODE = /\s*\(exit code \d+\)$/;
const ONLY_EXIT_CODE = /^Exit code \d+$/;

/** A reason of AWS in one line, without what the exit code says already. Undefined if nothing is left. */
export function plainReason(reason: string | undefined): string | undefined {
  const text = reason?.replace(/\s+/g, ' ').trim().replace(ORDINARY_END, '').replace(EXIT_CODE, '').trim();
  return text === undefined || text === '' || ONLY_EXIT_CODE.test(text) ? undefined : text;
}

const CANCELED = /^Canceled by JobStateTimeLimit action due to reason:\s*/;

/** The codes that AWS Batch cancels a job with: https://docs.aws.amazon.com/batch/latest/userguide/job_stuck_in_runnable.html */
const PLACEMENT: readonly (readonly [code: RegExp, words: string])[] = [
  [/MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE/, 'it needs more vCPUs than its compute environment can have'],
  [/MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT/, 'no instance has the vCPUs, memory or GPUs that it needs'],
  [/MISCONFIGURATION:EC2_INSTANCE_CONFIGURATION_UNSUPPORTED/, 'none of its instance types can be launched'],
  [/MISCONFIGURATION:SERVICE_ROLE_PERMISSIONS/, 'the service role of AWS Batch lacks a permission'],
  [/CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY/, 'AWS had no capacity for it'],
];

/** Why AWS Batch canceled a job in its queue, as the end of "Could not be placed: ". */
export function placementReason(reason: string | undefined): string {
  const text = plainReason(reason)?.replace(CANCELED, '');
  if (text === undefined || text === '') return 'AWS Batch gave no reason';
  return PLACEMENT.find(([code]) => code.test(text))?.[1] ?? text;
}

/** Why AWS Batch did not accept a submission. */
export type RefusalKind = 'throttled' | 'denied' | 'invalid';

/** @param text the error's name, its message, or both */
export function refusalKind(text: string): RefusalKind {
  if (/too ?many ?requests|throttl|rate exceeded|status code: 429/i.test(text)) return 'throttled';
  if (/access ?denied|not authorized|states\.permissions|status code: 403/i.test(text)) return 'denied';
  return 'invalid';
}

const OUT_OF_MEMORY = /OutOfMemory/i;

/** Whether any of the reasons says that memory ran out. */
export function isOutOfMemory(...reasons: readonly (string | undefined)[]): boolean {
  return reasons.some((reason) => reason !== undefined && OUT_OF_MEMORY.test(reason));
}

/** Whether the instance was gone before the container could exit. */
export function isHostGone(reason: string | undefined): boolean {
  return reason?.trim().startsWith(STATUS_REASONS.hostGone) ?? false;
}

/** A text of at most a number of characters. */
export function cut(text: string, room: number): string {
  const characters = [...text];
  return characters.length > room
    ? `${characters
        .slice(0, Math.max(0, room - 1))
        .join('')
        .trimEnd()}…`
    : text;
}
