import type { ResolvedBatchJobProps } from '../../modules/stack-config/batch-job';

/** State transitions of a run that succeeds at once. */
const RUN = 1;
/** What limits add for a run that gets a place at once, and for the first one in an hour, which begins the hour. */
const LIMITS = { wait: 3, skip: 1, firstInHour: 3 } as const;

type Limited = Pick<ResolvedBatchJobProps, 'limits'>;

/** State transitions of a run that gets a place at once, if it needs one, and succeeds at once. */
export function runTransitions({ limits }: Limited): number {
  return RUN + (limits === undefined ? 0 : LIMITS[limits.whenExceeded]);
}

/** {@link runTransitions} as a sentence. */
export function transitionsText(job: Limited): string {
  const count = runTransitions(job);
  if (job.limits === undefined) return 'A run that succeeds at once has one state transition.';
  return `A run that gets a place and succeeds at once has ${count} state transitions, the first one in an hour ${count + LIMITS.firstInHour}.`;
}
