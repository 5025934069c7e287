import { SKIPPED_OUTPUT_START } from '../rules/execution-events';

/** The output of a run that was skipped. Programs recognize it by its beginning. */
export const SKIPPED_OUTPUT = { skipped: 'A limit of the job was reached.' } as const;

/** Whether an execution ended without a job, because a limit of the job was reached. */
export function isSkipped(output: string | undefined): boolean {
  return output?.startsWith(SKIPPED_OUTPUT_START) ?? false;
}
