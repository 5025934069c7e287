import type { BatchJob } from './batch-job';

/** What AWS Batch says about the end of a job, also in its lists. */
export interface JobEnd extends Pick<BatchJob, 'statusReason'> {
  readonly container?: { readonly exitCode?: number; readonly reason?: string };
}

/** Why a job ended as it did, in one line: `Job attempt duration exceeded timeout (exit code 137)`. */
export function endText({ statusReason, container }: JobEnd): string | undefined {
  const exitCode = container?.exitCode;
  const reasons = [statusReason === ORDINARY_END ? undefined : statusReason, container?.reason];
  const text = [...new Set(reasons.flatMap((reason) => reason?.trim() || []))].join(': ');
  if (exitCode === undefined) return text || statusReason;
  return text === '' ? `Exit code ${exitCode}` : `${text} (exit code ${exitCode})`;
}

/** What AWS Batch says of every container that ended by itself, with or without success. */
const ORDINARY_END = 'Essential container in task exited';
