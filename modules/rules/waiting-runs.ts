/** How long a run can wait in the queue, in seconds, before somebody is told. */
export const WAITING = { min: 60, max: 2_592_000, default: 3600 } as const;
