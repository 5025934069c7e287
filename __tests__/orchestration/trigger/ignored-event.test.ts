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
  ['null', null],
])('%s starts a job', (_name, event) => {
  expect(ignoredEvent(event)).toBeUndefined();
});
