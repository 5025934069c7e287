/**
 * Ranges of a job's limits.
 *
 * - `concurrentRuns`: the names of the runs that have a place are in one item of DynamoDB, which can have 400 KB. A name has up to 80
 *   characters and is there twice.
 * - `runsPerHour`, `runsPerDay`: more starts than AWS Batch accepts in that time, at 50 per second, limit nothing.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 * @see https://docs.aws.amazon.com/batch/latest/userguide/service_limits.html
 */
export const RUN_LIMITS = {
  concurrentRuns: { min: 1, max: 1_000 },
  runsPerHour: { min: 1, max: 180_000 },
  runsPerDay: { min: 1, max: 4_320_000 },
} as const;

/** What happens to a run that no place is free for. */
export const WHEN_EXCEEDED = ['wait', 'skip'] as const;
