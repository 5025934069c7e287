import type { Retrier } from './states-language';

/** For about five minutes. The functions repeat what can pass, too. */
export const FUNCTION_RETRIES: Retrier = {
  ErrorEquals: ['States.ALL'],
  IntervalSeconds: 2,
  BackoffRate: 2,
  MaxDelaySeconds: 120,
  MaxAttempts: 8,
  JitterStrategy: 'FULL',
};
