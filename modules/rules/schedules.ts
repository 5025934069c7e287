/**
 * Minutes of a flexible time window.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_FlexibleTimeWindow.html
 */
export const FLEXIBLE_MINUTES = { min: 1, max: 1440 } as const;
