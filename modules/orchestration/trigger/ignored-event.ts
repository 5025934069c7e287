import { gunzipSync } from 'node:zlib';
import type {
  CloudWatchLogsDecodedData,
  CloudWatchLogsEvent,
  CloudWatchLogsEventData,
  SNSEventRecord,
  SNSMessage,
  SQSRecord,
} from 'aws-lambda';
import { asObject, asText, type Unchecked } from './json';
import { type WebRequest, webRequest } from './web-request';

/** Why an event starts no job. */
export type IgnoredEvent =
  | 'health-check'
  | 'preflight'
  | 'unasked-request'
  | 's3-test-event'
  | 'test-notification'
  | 'logs-control-message';

/**
 * Recognizes events that are not meant for the job: AWS's connection tests, and automatic requests of browsers and crawlers. Returns
 * `undefined` for every real event.
 */
export function ignoredEvent(event: unknown): IgnoredEvent | undefined {
  const request = webRequest(event);
  if (request) return ignoredRequest(request);
  const message = asObject<TestMessage | CloudWatchLogsEvent | { Records: unknown[] }>(event);
  const test = testMessage(message) ?? testBatch(message?.Records);
  if (test) return test;
  return isControlMessage(asText(asObject<CloudWatchLogsEventData>(message?.awslogs)?.data))
    ? 'logs-control-message'
    : undefined;
}

/** Paths that browsers and crawlers request from every host. */
const UNASKED_PATHS = ['/favicon.ico', '/robots.txt'];

function ignoredRequest({ kind, method, path, header }: WebRequest): IgnoredEvent | undefined {
  const agent = header('user-agent') ?? '';
  if (kind === 'alb' && agent.startsWith('ELB-HealthChecker/')) return 'health-check';
  if (agent.startsWith('Amazon-Route53-Health-Check-Service')) return 'health-check';
  // All OPTIONS requests, not only preflight requests: a route for these has no authorizer, and would bypass the authorizers of other
  // routes.
  if (method.toUpperCase() === 'OPTIONS') return 'preflight';
  return /^(GET|HEAD)$/i.test(method) && UNASKED_PATHS.includes(path) ? 'unasked-request' : undefined;
}

/** A message with which an AWS service tests a notification. Each service has other properties. */
interface TestMessage {
  Event: string;
  Service: string;
  notificationType: string;
}

/**
 * Whether an AWS service only tests the path of its notifications.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-enable-disable-notification-intro.html
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-sns-notifications.html
 * @see https://docs.aws.amazon.com/ses/latest/dg/configure-sns-notifications.html
 */
function testMessage(message: Unchecked<TestMessage> | undefined): IgnoredEvent | undefined {
  const { Event: name, Service: service, notificationType } = message ?? {};
  if (name === 's3:TestEvent' && service === 'Amazon S3') return 's3-test-event';
  const isTest = name === 'autoscaling:TEST_NOTIFICATION' && service === 'AWS Auto Scaling';
  return isTest || notificationType === 'AmazonSnsSubscriptionSucceeded' ? 'test-notification' : undefined;
}

/** In characters. A test message has about 300, and SNS's envelope in a queue about 1,200. */
const TEST_MESSAGE_MAX_LENGTH = 4_096;

/** The kind of a batch if all its messages are tests, sent through a topic, a queue or both. */
function testBatch(records: unknown): IgnoredEvent | undefined {
  if (!Array.isArray(records)) return undefined;
  const [first, ...others] = records.map((record) => testMessage(carried(record)));
  return others.every((other) => other !== undefined) ? first : undefined;
}

function carried(record: unknown): Unchecked<TestMessage> | undefined {
  const { body, Sns } = asObject<SQSRecord | SNSEventRecord>(record) ?? {};
  const message = parsed(asText(body) ?? asText(asObject<SNSMessage>(Sns)?.Message));
  // Without raw message delivery, a queue gets SNS's envelope.
  return message?.Type === 'Notification' ? parsed(asText(message.Message)) : message;
}

function parsed(text: string | undefined): Unchecked<SNSMessage | TestMessage> | undefined {
  if (text === undefined || text.length > TEST_MESSAGE_MAX_LENGTH) return undefined;
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** In characters of base64. A control message has about 300. */
const CONTROL_MESSAGE_MAX_LENGTH = 2_048;

/**
 * Whether CloudWatch Logs only tests the subscription.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
 */
function isControlMessage(data: string | undefined): boolean {
  if (data === undefined || data.length > CONTROL_MESSAGE_MAX_LENGTH) return false;
  try {
    // Caps the output so a zip bomb can't exhaust memory.
    const text = gunzipSync(Buffer.from(data, 'base64'), { maxOutputLength: 16_384 }).toString();
    return asObject<CloudWatchLogsDecodedData>(JSON.parse(text))?.messageType === 'CONTROL_MESSAGE';
  } catch {
    return false;
  }
}
