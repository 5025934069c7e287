import { asObject } from './json';
import { webRequest } from './web-request';

/** Why an event starts no job. */
export type IgnoredEvent = 'health-check' | 's3-test-event';

/**
 * Recognises what AWS sends to see whether anybody is there: a load balancer's health check, and the message that S3
 * sends when a bucket's notifications are set up. `undefined` for every real event.
 */
export function ignoredEvent(event: unknown): IgnoredEvent | undefined {
  const request = webRequest(event);
  if (request?.kind === 'alb' && request.header('user-agent')?.startsWith('ELB-HealthChecker/')) return 'health-check';
  const message = asObject(event);
  return message?.Event === 's3:TestEvent' && message.Service === 'Amazon S3' ? 's3-test-event' : undefined;
}
