import { gunzipSync } from 'node:zlib';
import { asObject, asText } from './json';
import { webRequest } from './web-request';

/** Why an event starts no job. */
export type IgnoredEvent = 'health-check' | 's3-test-event' | 'logs-control-message';

/**
 * Recognises what AWS sends to see whether anybody is there: a load balancer's health check, and the messages that S3 and CloudWatch
 * send when notifications or subscriptions are set up. `undefined` for every real event.
 */
export function ignoredEvent(event: unknown): IgnoredEvent | undefined {
  const request = webRequest(event);
  if (request?.kind === 'alb' && request.header('user-agent')?.startsWith('ELB-HealthChecker/')) return 'health-check';
  const message = asObject(event);
  if (message?.Event === 's3:TestEvent' && message.Service === 'Amazon S3') return 's3-test-event';
  return isControlMessage(asText(asObject(message?.awslogs)?.data)) ? 'logs-control-message' : undefined;
}

/** Characters of base64; a control message has some 300. */
const CONTROL_MESSAGE_MAX_LENGTH = 2_048;

/**
 * Whether CloudWatch Logs only tries the subscription.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
 */
function isControlMessage(data: string | undefined): boolean {
  if (data === undefined || data.length > CONTROL_MESSAGE_MAX_LENGTH) return false;
  try {
    // The limit keeps somebody's own bomb of zeroes from being unpacked here.
    const text = gunzipSync(Buffer.from(data, 'base64'), { maxOutputLength: 16_384 }).toString();
    return asObject(JSON.parse(text))?.messageType === 'CONTROL_MESSAGE';
  } catch {
    return false;
  }
}
