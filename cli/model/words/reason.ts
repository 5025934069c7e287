import { PLACEMENT_CODES, STATUS_REASONS } from '../../../modules/rules/job-ends';

/** What AWS Batch says of every container that ended by itself, with or without success. */
const ORDINARY_END = /^Essential container in task exited(?:: )?/;

const EXIT_CODE = /\s*\(exit code \d+\)$/;
const ONLY_EXIT_CODE = /^Exit code \d+$/;

/** A reason of AWS in one line, without what the exit code says already. Undefined if nothing is left. */
export function plainReason(reason: string | undefined): string | undefined {
  const text = reason?.replace(/\s+/g, ' ').trim().replace(ORDINARY_END, '').replace(EXIT_CODE, '').trim();
  return text === undefined || text === '' || ONLY_EXIT_CODE.test(text) ? undefined : text;
}

const CANCELED = new RegExp(`^${STATUS_REASONS.canceled.trim()}\\s*`);

/** The codes that AWS Batch cancels a job with. */
const PLACEMENT: readonly (readonly [code: string, words: string])[] = [
  [PLACEMENT_CODES.tooManyVcpus, 'it needs more vCPUs than its compute environment can have'],
  [PLACEMENT_CODES.tooLarge, 'no instance has the vCPUs, memory or GPUs that it needs'],
  [PLACEMENT_CODES.unsupported, 'none of its instance types can be launched'],
  [PLACEMENT_CODES.serviceRole, 'the service role of AWS Batch lacks a permission'],
  [PLACEMENT_CODES.noCapacity, 'AWS had no capacity for it'],
];

/** Why AWS Batch canceled a job in its queue, as the end of "Could not be placed: ". */
export function placementReason(reason: string | undefined): string {
  const text = plainReason(reason)?.replace(CANCELED, '');
  if (text === undefined || text === '') return 'AWS Batch gave no reason';
  return PLACEMENT.find(([code]) => text.includes(code))?.[1] ?? text;
}

/** Why AWS Batch did not accept a submission. */
export type RefusalKind = 'throttled' | 'denied' | 'invalid';

/** @param text the error's name, its message, or both */
export function refusalKind(text: string): RefusalKind {
  if (/too ?many ?requests|throttl|rate exceeded|status code: 429/i.test(text)) return 'throttled';
  if (/access ?denied|not authorized|states\.permissions|status code: 403/i.test(text)) return 'denied';
  return 'invalid';
}

/** What reasons of AWS Batch and Docker for too little memory contain. */
export const OUT_OF_MEMORY = /OutOfMemory/i;

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
