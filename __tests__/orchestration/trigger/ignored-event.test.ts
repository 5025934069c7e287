import { gzipSync } from 'node:zlib';
import { ignoredEvent } from '../../../modules/orchestration/trigger/ignored-event';
import * as events from './events';

test('health checks, with single and multi-value headers', () => {
  expect(ignoredEvent(events.albHealthCheck())).toBe('health-check');
  expect(ignoredEvent(events.albMultiValue({ 'User-Agent': 'ELB-HealthChecker/2.0' }))).toBe('health-check');
});

test("S3's test message", () => {
  expect(ignoredEvent(events.s3TestEvent())).toBe('s3-test-event');
});

const SNS_IN_QUEUE = (message: unknown) =>
  JSON.stringify({ Type: 'Notification', MessageId: 'm', TopicArn: 'arn', Message: JSON.stringify(message) });
const SCALING = { Service: 'AWS Auto Scaling', Event: 'autoscaling:TEST_NOTIFICATION', AutoScalingGroupName: 'web' };
const MAIL = { notificationType: 'AmazonSnsSubscriptionSucceeded', message: 'You have successfully subscribed' };
const bySns = (message: string) => {
  const event = events.sns('m1');
  return { Records: event.Records.map((record) => ({ ...record, Sns: { ...record.Sns, Message: message } })) };
};
const TEST = JSON.stringify(events.s3TestEvent());

test.each<[string, unknown, string]>([
  ["S3's, by a queue", events.sqs(['m1'], 1, TEST), 's3-test-event'],
  ["S3's, several of them", events.sqs(['m1', 'm2'], 1, TEST), 's3-test-event'],
  ["S3's, by a topic", bySns(TEST), 's3-test-event'],
  ["S3's, by a topic and a queue", events.sqs(['m1'], 1, SNS_IN_QUEUE(events.s3TestEvent())), 's3-test-event'],
  ["Auto Scaling's, by a topic", bySns(JSON.stringify(SCALING)), 'test-notification'],
  ["SES's, by a topic and a queue", events.sqs(['m1'], 1, SNS_IN_QUEUE(MAIL)), 'test-notification'],
])('the test message of another source: %s', (_, event, reason) => {
  expect(ignoredEvent(event)).toBe(reason);
});

const ROUTE_53 = { 'user-agent': 'Amazon-Route53-Health-Check-Service (ref 1234; report http://amzn.to/1vsZADi)' };
const PREFLIGHT = { origin: 'https://example.com', 'access-control-request-method': 'POST' };
const httpApi = (method: string, path: string, headers: Record<string, string> = {}) => [
  { ...events.httpApiV2({ method, path }), headers },
  { ...events.httpApiV1({ path }), httpMethod: method, headers, multiValueHeaders: {} },
];
const balanced = (method: string, path: string, headers: Record<string, string> = {}) => [
  { ...events.alb(headers), httpMethod: method, path },
  { ...events.albMultiValue(headers), httpMethod: method, path },
];

test.each<[string, readonly unknown[], string]>([
  ['a preflight request of an HTTP API', httpApi('OPTIONS', '/jobs', PREFLIGHT), 'preflight'],
  ['a preflight request of a load balancer', balanced('OPTIONS', '/jobs', PREFLIGHT), 'preflight'],
  ['one that would come past the authorizer of the other methods', httpApi('OPTIONS', '/jobs'), 'preflight'],
  ["a browser's question for an icon", httpApi('GET', '/favicon.ico'), 'unasked-request'],
  ["a crawler's question", balanced('HEAD', '/robots.txt'), 'unasked-request'],
  ["Route 53's health check", [...httpApi('GET', '/', ROUTE_53), ...balanced('GET', '/', ROUTE_53)], 'health-check'],
])('%s, in each form of the event', (_, given, reason) => {
  expect(given.map(ignoredEvent)).toEqual(given.map(() => reason));
});

/** As CloudWatch Logs packs what it sends. */
function packed(message: unknown): string {
  return gzipSync(typeof message === 'string' ? message : JSON.stringify(message)).toString('base64');
}

const CONTROL = {
  messageType: 'CONTROL_MESSAGE',
  owner: 'CloudwatchLogs',
  logGroup: '',
  logStream: '',
  subscriptionFilters: [],
  logEvents: [{ id: '', timestamp: 1_767_276_000_000, message: 'CWL CONTROL MESSAGE: Checking health of destination' }],
};

test("CloudWatch Logs' control message", () => {
  expect(ignoredEvent(events.cloudWatchLogs(packed(CONTROL)))).toBe('logs-control-message');
});

test.each<[string, unknown]>([
  ['records of a log', events.cloudWatchLogs(packed({ ...CONTROL, messageType: 'DATA_MESSAGE' }))],
  [
    'a control message of no size that CloudWatch sends',
    events.cloudWatchLogs(packed(JSON.stringify(CONTROL) + ' '.repeat(20_000))),
  ],
  ['a payload that is long', events.cloudWatchLogs('A'.repeat(2_049))],
  ['a payload that is no gzip', events.cloudWatchLogs('H4sIAAAA')],
  ['a payload that is no JSON', events.cloudWatchLogs(packed('{'))],
  ['a request through the load balancer', events.alb({ 'user-agent': 'curl/8.0' })],
  [
    'an HTTP API request that claims to be a health check',
    {
      ...events.httpApiV2(),
      headers: { 'user-agent': 'ELB-HealthChecker/2.0' },
    },
  ],
  ['an S3 event', events.s3()],
  ['a message of the same name from somebody else', { Event: 's3:TestEvent' }],
  ['a test message among others', { Records: [...events.sqs(['m1'], 1, TEST).Records, ...events.sqs(['m2']).Records] }],
  [
    'a message behind a test message',
    { Records: [...events.sqs(['m2']).Records, ...events.sqs(['m1'], 1, TEST).Records] },
  ],
  ['a message that only quotes one', events.sqs(['m1'], 1, JSON.stringify({ quoted: events.s3TestEvent() }))],
  ['a message that is too long to be one', events.sqs(['m1'], 1, TEST + ' '.repeat(4_096))],
  ['no records', { Records: [] }],
  ['an upload to a path that browsers ask for', httpApi('POST', '/favicon.ico')[0]],
  ['a request with the headers of a preflight and another method', httpApi('POST', '/jobs', PREFLIGHT)[0]],
  ['null', null],
])('%s starts a job', (_name, event) => {
  expect(ignoredEvent(event)).toBeUndefined();
});
