import type { EvaluateOnExit, JobRetryStrategy } from '../../modules/orchestration/retry-plan';
import type { JobRun } from './job-detail';

/**
 * Whether AWS Batch restarts a job that failed: as the first matching rule says. If no rule matches, it does.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_EvaluateOnExit.html
 */
export function restarts({ attempts, evaluateOnExit }: JobRetryStrategy, runs: number, run: JobRun): boolean {
  if (runs >= attempts) return false;
  return (evaluateOnExit.find((rule) => matches(rule, run))?.action ?? 'RETRY') === 'RETRY';
}

/** All conditions of a rule must match. */
function matches({ onStatusReason, onReason, onExitCode }: EvaluateOnExit, run: JobRun): boolean {
  return (
    matchesGlob(onStatusReason, run.statusReason) &&
    matchesGlob(onReason, run.reason ?? '') &&
    matchesGlob(onExitCode, run.exitCode === undefined ? '' : String(run.exitCode))
  );
}

/** AWS Batch accepts an asterisk only at the end, and ignores case. */
function matchesGlob(glob: string | undefined, text: string): boolean {
  if (glob === undefined) return true;
  const [pattern, value] = [glob.toLowerCase(), text.toLowerCase()];
  return pattern.endsWith('*') ? value.startsWith(pattern.slice(0, -1)) : value === pattern;
}
