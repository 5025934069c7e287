/**
 * What EventBridge's events about executions of state machines have in common. Step Functions sends them to the default bus of its account
 * and region, for Standard workflows only.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export const EXECUTION_STATUS_CHANGE = {
  source: ['aws.states'],
  'detail-type': ['Step Functions Execution Status Change'],
} as const;

/** Statuses of an execution that ended without success and that nobody stopped. */
const NOT_SUCCEEDED = ['FAILED', 'TIMED_OUT'] as const;

/** Statuses of an execution that didn't do what it was for. */
export const FAILED_EXECUTION = [...NOT_SUCCEEDED, 'ABORTED'] as const;

/** What the output of a run begins with that was skipped because of the job's `limits`: it succeeded, but no job ran. */
export const SKIPPED_OUTPUT_START = '{"skipped":';

/** Selects the events of runs that succeeded with a job. EventBridge leaves out an output that is too large. */
export const SUCCEEDED_WITH_JOB = {
  status: ['SUCCEEDED'],
  output: [null, { 'anything-but': { prefix: SKIPPED_OUTPUT_START } }],
};

/** How a run can end, and the statuses that its execution then has. */
export const RUN_ENDS = {
  succeeded: ['SUCCEEDED'],
  failed: NOT_SUCCEEDED,
  stopped: ['ABORTED'],
} as const satisfies { readonly [end: string]: readonly string[] };

export type RunEnd = keyof typeof RUN_ENDS;
