/**
 * EventBridge's retries if a target cannot be invoked: up to a day, with growing waits. These are the maximums of rules and of
 * EventBridge Scheduler.
 */
export const DELIVERY_RETRIES = { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 } as const;
