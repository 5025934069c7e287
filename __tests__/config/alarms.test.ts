import { ALARM_DEFAULTS, ALARM_KINDS, alarms } from '../../modules/config/alarms';
import { codesWith, problemsWith, tokens } from '../stack-config/samples';

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:alerts';
const notify = { snsTopicArn: TOPIC };
const failed = (properties: object) => problemsWith(alarms, { failedRuns: { notify, ...properties } });
const waiting = (properties: object) => problemsWith(alarms, { oldestWaitingRun: { notify, ...properties } });

it('has the kinds and defaults of alarms', () => {
  expect(ALARM_KINDS).toEqual(['failedRuns', 'oldestWaitingRun']);
  expect(ALARM_DEFAULTS).toEqual({ threshold: 1, periodSeconds: 300 });
  expect(alarms.parse({ failedRuns: { notify }, oldestWaitingRun: { notify } })).toEqual({
    failedRuns: { threshold: 1, periodSeconds: 300, notify },
    oldestWaitingRun: { afterSeconds: 3600, notify },
  });
  expect(alarms.parse({})).toEqual({});
});

it.each([60, 120, 86_400])('a period can have %d seconds', (periodSeconds) => {
  expect(failed({ periodSeconds })).toEqual([]);
});

it.each([
  [61, 'use 60'],
  [89, 'use 60'],
  [90, 'use 120'],
  [86_399, 'use 86400'],
])('a period cannot have %d seconds', (periodSeconds, fix) => {
  expect(failed({ periodSeconds })).toEqual([
    { path: 'failedRuns.periodSeconds', found: String(periodSeconds), accepted: 'whole minutes, in seconds', fix },
  ]);
});

it('a period that is not in whole minutes is out of range', () => {
  expect(codesWith(alarms, { failedRuns: { notify, periodSeconds: 61 } })).toEqual(['out-of-range']);
});

it('a problem with a number says its unit, its range, and why', () => {
  expect(failed({ periodSeconds: 86_401 })).toMatchObject([
    { accepted: expect.stringContaining('60 to 86,400 seconds'), fix: expect.any(String) },
  ]);
  expect(JSON.stringify(failed({ periodSeconds: 86_401 }))).toContain('CloudWatch evaluates at most one day');
  expect(JSON.stringify(failed({ periodSeconds: tokens().NUMBER }))).toContain('the alarm');
  expect(failed({ threshold: 0 })).toMatchObject([{ accepted: expect.stringContaining('1 to 1,000,000 runs') }]);
});

it.each([59, 86_401, 60.5])('a period of %d seconds is out of its range, which is said once', (periodSeconds) => {
  expect(failed({ periodSeconds })).toHaveLength(1);
  expect(failed({ periodSeconds })[0]?.accepted).not.toBe('whole minutes, in seconds');
});

it.each([
  [1, 0],
  [1_000_000, 0],
  [0, 1],
  [1_000_001, 1],
])('a threshold of %d runs has %d problems', (threshold, count) => {
  expect(failed({ threshold })).toHaveLength(count);
});

describe('the topics', () => {
  it('are one by its name or ARN, or none', () => {
    for (const each of [notify, { snsTopicName: 'alerts' }, [], [notify, { snsTopicName: 'alerts' }]]) {
      expect(failed({ notify: each })).toEqual([]);
      expect(waiting({ notify: each })).toEqual([]);
    }
  });

  it('are named in one way', () => {
    expect(failed({ notify: {} })).toHaveLength(1);
    expect(failed({ notify: { ...notify, snsTopicName: 'alerts' } })).toHaveLength(1);
    expect(failed({ notify: { snsTopicName: '' } })).toHaveLength(1);
  });

  it('are at most five', () => {
    expect(failed({ notify: Array(5).fill(notify) })).toEqual([]);
    expect(failed({ notify: Array(6).fill(notify) })).toEqual([
      {
        path: 'failedRuns.notify',
        found: '6 topics',
        accepted: 'at most 5',
        fix: 'subscribe several queues or functions to one topic',
      },
    ]);
  });
});
