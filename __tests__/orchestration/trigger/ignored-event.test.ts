import { ignoredEvent } from '../../../modules/orchestration/trigger/ignored-event';
import * as events from './events';

test('health checks, with single and multi-value headers', () => {
  expect(ignoredEvent(events.albHealthCheck())).toBe('health-check');
  expect(ignoredEvent(events.albMultiValue({ 'User-Agent': 'ELB-HealthChecker/2.0' }))).toBe('health-check');
});

test("S3's test message", () => {
  expect(ignoredEvent(events.s3TestEvent())).toBe('s3-test-event');
});

test.each<[string, unknown]>([
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
