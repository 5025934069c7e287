/**
 * Minutes of a flexible time window.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_FlexibleTimeWindow.html
 */
export const FLEXIBLE_MINUTES = { min: 1, max: 1440 } as const;

/**
 * Years of schedules. AWS states them for `cron(...)`.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
 */
export const YEARS = { min: 1970, max: 2199 } as const;

/** How long ago the start of a schedule can be when AWS creates it, in milliseconds. It refuses an earlier one. */
export const START_GRACE = 300_000;
