import { EXIT_ON_SIGTERM, STATUS_REASONS } from '../../modules/rules/job-ends';
import type { BatchJob } from '../run-report/batch-job';
import type { AttemptOutcome, ContainerStart } from './run-story';

/** The starts of a job's container. */
export function startsOf(job: BatchJob, submitted: Date | undefined): ContainerStart[] {
  const ended = job.attempts ?? [];
  const all = isStarted(job)
    ? [...ended, { container: job.container, startedAt: job.startedAt, stoppedAt: undefined, statusReason: undefined }]
    : ended;
  return all.map(({ container, startedAt, stoppedAt, statusReason }, index) => ({
    number: index + 1,
    queued: index === 0 ? submitted : date(all[index - 1]?.stoppedAt),
    started: date(startedAt),
    stopped: date(stoppedAt),
    // The job's container is that of its last start.
    exitCode: container?.exitCode ?? (index === all.length - 1 ? job.container?.exitCode : undefined),
    reason: container?.reason ?? statusReason,
    // AWS Batch restarts a container for no other reason.
    isReclaim: index < all.length - 1 || (statusReason?.startsWith(STATUS_REASONS.hostGone) ?? false),
    logStream: container?.logStreamName,
    containerInstanceArn: container?.containerInstanceArn,
  }));
}

/** Whether a job has a start that is not among its ended ones. */
function isStarted({ status, container, attempts }: BatchJob): boolean {
  if (status !== 'STARTING' && status !== 'RUNNING') return false;
  const { taskArn, logStreamName } = container ?? {};
  // Between two starts AWS Batch still describes the first.
  return !(attempts ?? []).some(
    (attempt) =>
      attempt.container?.logStreamName !== undefined &&
      attempt.container.logStreamName === logStreamName &&
      attempt.container.taskArn === taskArn,
  );
}

/** How a job ended. Undefined if it has not. */
export function outcomeOf(job: BatchJob): AttemptOutcome | undefined {
  if (job.status === 'SUCCEEDED') return 'succeeded';
  if (job.status !== 'FAILED') return undefined;
  const reason = job.statusReason ?? '';
  if (job.isTerminated) return 'stopped';
  if (reason.startsWith(STATUS_REASONS.timedOut)) return 'timed-out';
  if (reason.startsWith(STATUS_REASONS.canceled) || reason.startsWith(STATUS_REASONS.misconfigured)) return 'canceled';
  if (job.isCancelled) return 'stopped';
  if (reason.startsWith(STATUS_REASONS.hostGone)) return 'interrupted';
  // Only a Spot job is restarted.
  const wasRestarted = (job.attempts?.length ?? 0) > 1;
  return wasRestarted && job.container?.exitCode === EXIT_ON_SIGTERM ? 'interrupted' : 'failed';
}

export function date(milliseconds: number | undefined): Date | undefined {
  return milliseconds === undefined || milliseconds === 0 ? undefined : new Date(milliseconds);
}
