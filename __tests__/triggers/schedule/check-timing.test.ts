import { Lazy, Token } from 'cdktf';
import { parse } from '../../../modules/config/parse';
import { ConfigError } from '../../../modules/problems/config-error';
import { schedule } from '../../../triggers/schedule/schema';

function problems(properties: object) {
  try {
    parse(schedule, { type: 'schedule', properties }, '');
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ path, found, accepted, fix }) => ({ path, found, accepted, fix }));
  }
}

/** A value that only Terraform knows. */
const UNKNOWN = Lazy.stringValue({ produce: () => '' });
const DAILY = 'cron(0 9 * * ? *)';
const ONCE = 'at(2027-03-01T09:30:00)';
const START = '2027-01-01T00:00:00Z';
const END = '2028-01-01T00:00:00Z';

describe('accepted', () => {
  it.each<object>([
    { scheduleRate: DAILY, timezone: 'Europe/Berlin', startDate: START, endDate: END, flexibleMinutes: 1 },
    { scheduleRate: 'rate(1 hour)', startDate: START, endDate: END, flexibleMinutes: 1440 },
    { scheduleRate: ONCE, timezone: 'Australia/Lord_Howe', flexibleMinutes: 5, input: { a: 1 } },
    // In the past: no error depends on the day of the synthesis.
    { scheduleRate: 'at(2020-01-01T00:00:00)' },
    { scheduleRate: DAILY, startDate: '2020-01-01T00:00:00Z', endDate: '2020-12-31T00:00:00Z' },
    { scheduleRate: DAILY, timezone: 'UTC', inputPath: '$.detail-type' },
    { scheduleRate: UNKNOWN, timezone: 'Europe/Berlin' },
    { scheduleRate: DAILY, timezone: UNKNOWN, startDate: UNKNOWN },
    { scheduleRate: ONCE, timezone: UNKNOWN },
    { scheduleRate: DAILY, flexibleMinutes: Token.asNumber(UNKNOWN) },
    { scheduleRate: DAILY, input: '<aws.scheduler.scheduled-time>' }, // a rule doesn't know it
  ])('%j', (properties) => {
    expect(problems(properties)).toEqual([]);
  });
});

describe('refused', () => {
  const TRANSFORMER = `use inputTransformer with inputPathsMap: { time: '$.time' } and "<time>" in inputTemplate`;
  const PARTS =
    "a part of the scheduled event: $.version, $.id, $['detail-type'], $.source, $.account, $.time, $.region, $.resources, $.detail or $.resources[0]";
  const date = (fix: string) => ['a time in UTC, such as 2027-03-01T00:00:00Z', fix] as const;

  it.each<[object, string, string, string, string]>([
    [
      { scheduleRate: 'rate(1 hour)', timezone: 'Europe/Berlin' },
      'timezone',
      '"Europe/Berlin" with rate(1 hour)',
      'a time zone with cron(...) or at(...): a rate has no time of day',
      'remove timezone, or write the times as cron(...)',
    ],
    [
      { scheduleRate: DAILY, timezone: 'Berlin' },
      'timezone',
      '"Berlin"',
      'an IANA time zone as Area/City, or UTC',
      'did you mean Europe/Berlin?',
    ],
    [
      { scheduleRate: DAILY, timezone: 1 },
      'timezone',
      '1',
      'an IANA time zone such as Europe/Berlin',
      'write an IANA time zone such as Europe/Berlin',
    ],
    [
      { scheduleRate: DAILY, startDate: '2027-01-01' },
      'startDate',
      '"2027-01-01"',
      ...date(`write ${START}, which is in UTC`),
    ],
    [
      { scheduleRate: DAILY, endDate: '2027-01-01T01:00:00+01:00' },
      'endDate',
      '"2027-01-01T01:00:00+01:00"',
      ...date(`write ${START}, which is in UTC`),
    ],
    [
      { scheduleRate: DAILY, endDate: '2027-02-30T00:00:00Z' },
      'endDate',
      '"2027-02-30T00:00:00Z"',
      ...date('write 2027-02-28T00:00:00Z: that month has days 1 to 28'),
    ],
    [
      { scheduleRate: DAILY, endDate: '2025-02-30' },
      'endDate',
      '"2025-02-30"',
      ...date('write 2025-02-28T00:00:00Z: that month has days 1 to 28'),
    ],
    [
      { scheduleRate: DAILY, endDate: '2025-02-30T23:00+02:00' },
      'endDate',
      '"2025-02-30T23:00+02:00"',
      ...date('write 2025-02-28T21:00:00Z: that month has days 1 to 28'),
    ],
    [
      { scheduleRate: DAILY, endDate: '2027-12-31T24:00:00Z' },
      'endDate',
      '"2027-12-31T24:00:00Z"',
      ...date('write 2028-01-01T00:00:00Z: a day ends before 24:00'),
    ],
    [
      { scheduleRate: DAILY, startDate: '2027-13-01T00:00:00Z' },
      'startDate',
      '"2027-13-01T00:00:00Z"',
      ...date('use a month from 01 to 12'),
    ],
    [
      { scheduleRate: DAILY, startDate: '0001-01-01T00:00:00Z' },
      'startDate',
      '"0001-01-01T00:00:00Z"',
      ...date('use a year from 1970 to 2199'),
    ],
    [
      { scheduleRate: DAILY, endDate: '9999-12-31T23:59:59Z' },
      'endDate',
      '"9999-12-31T23:59:59Z"',
      ...date('use a year from 1970 to 2199'),
    ],
    [
      { scheduleRate: DAILY, startDate: '2027-01-01T00:00:00+99:00' },
      'startDate',
      '"2027-01-01T00:00:00+99:00"',
      ...date('write a time in UTC, such as 2027-03-01T00:00:00Z'),
    ],
    [
      { scheduleRate: DAILY, startDate: 'soon' },
      'startDate',
      '"soon"',
      ...date('write a time in UTC, such as 2027-03-01T00:00:00Z'),
    ],
    [
      { scheduleRate: DAILY, startDate: END, endDate: START },
      'endDate',
      `"${START}", with startDate "${END}"`,
      'a time after startDate',
      `write a time after ${END}`,
    ],
    [
      { scheduleRate: DAILY, startDate: START, endDate: START },
      'endDate',
      `"${START}", with startDate "${START}"`,
      'a time after startDate',
      `write a time after ${START}`,
    ],
    [
      { scheduleRate: ONCE, endDate: END },
      'endDate',
      `"${END}"`,
      'no endDate with at(...), which has a single time',
      'remove endDate',
    ],
    [
      { scheduleRate: ONCE, startDate: START },
      'startDate',
      `"${START}"`,
      'no startDate with at(...), which has a single time',
      'remove startDate',
    ],
    [
      { scheduleRate: 'cron(0 9 1 6 ? *)', startDate: START, endDate: '2027-05-31T23:59:59Z' },
      'scheduleRate',
      'cron(0 9 1 6 ? *), which never fires with startDate 2027-01-01T00:00:00Z and endDate 2027-05-31T23:59:59Z',
      'a schedule that fires at least once',
      'change the expression or the dates',
    ],
    [
      { scheduleRate: 'cron(0 9 * * ? 2030)', endDate: END },
      'scheduleRate',
      `cron(0 9 * * ? 2030), which never fires with endDate ${END}`,
      'a schedule that fires at least once',
      'change the expression or the dates',
    ],
    [
      { scheduleRate: 'cron(30 2 ? 3 1L *)', timezone: 'Europe/Berlin', startDate: '2026-01-01T00:00:00Z' },
      'scheduleRate',
      'cron(30 2 ? 3 1L *), which never fires with startDate 2026-01-01T00:00:00Z',
      'a schedule that fires at least once',
      'change the expression or the dates',
    ],
    [
      { scheduleRate: 'cron(30 2 29 3 ? 2026)', timezone: 'Europe/Berlin' },
      'scheduleRate',
      'cron(30 2 29 3 ? 2026), which clocks in Europe/Berlin never show: they go forward then',
      'a schedule that fires at least once',
      'write another time of day',
    ],
    [
      { scheduleRate: 'at(0000-01-01T00:00:00)', timezone: 'Europe/Berlin' },
      'scheduleRate',
      '"at(0000-01-01T00:00:00)"',
      'at(yyyy-mm-ddThh:mm:ss), such as at(2027-03-01T09:30:00)',
      'use a year from 1970 to 2199',
    ],
    [
      { scheduleRate: 'at(2026-10-04T02:15:00)', timezone: 'Australia/Lord_Howe' },
      'scheduleRate',
      'at(2026-10-04T02:15:00), which clocks in Australia/Lord_Howe never show: they go forward then',
      'a time that exists in the time zone',
      'write a later one, such as at(2026-10-04T03:15:00)',
    ],
    [
      { scheduleRate: DAILY, timezone: 'UTC', input: { at: 'it is <aws.scheduler.scheduled-time>' } },
      'input',
      '<aws.scheduler.scheduled-time> in the value',
      'a value without <aws.scheduler.scheduled-time>, which EventBridge Scheduler would replace',
      TRANSFORMER,
    ],
    [
      { scheduleRate: DAILY, timezone: 'UTC', inputPath: '$.detail.name' },
      'inputPath',
      '"$.detail.name"',
      PARTS,
      'write one of these paths: the event has no other parts',
    ],
    [
      { scheduleRate: DAILY, timezone: 'UTC', inputPath: '$..time' },
      'inputPath',
      '"$..time"',
      PARTS,
      'write one of these paths: the event has no other parts',
    ],
    [
      {
        scheduleRate: DAILY,
        timezone: 'UTC',
        inputTransformer: { inputPathsMap: { a: '$.at' }, inputTemplate: '<a>' },
      },
      'inputTransformer.inputPathsMap.a',
      '"$.at"',
      PARTS,
      'write one of these paths: the event has no other parts',
    ],
    [
      { scheduleRate: DAILY, flexibleMinutes: 0 },
      'flexibleMinutes',
      '0',
      'a whole number from 1 to 1,440 minutes',
      'use 1',
    ],
    [
      { scheduleRate: DAILY, flexibleMinutes: 1441 },
      'flexibleMinutes',
      '1441',
      'a whole number from 1 to 1,440 minutes',
      'use 1440',
    ],
    [
      { scheduleRate: DAILY, flexibleMinutes: 1.5 },
      'flexibleMinutes',
      '1.5',
      'a whole number from 1 to 1,440 minutes',
      'use 2',
    ],
  ])('%j: %s', (properties, path, found, accepted, fix) => {
    expect(problems(properties)).toEqual([{ path: `properties.${path}`, found, accepted, fix }]);
  });

  it('reports every problem at once', () => {
    const properties = { scheduleRate: ONCE, timezone: 'x', startDate: 'y', endDate: END, flexibleMinutes: 0 };
    expect(problems(properties).map(({ path }) => path.replace('properties.', ''))).toEqual(
      expect.arrayContaining(['timezone', 'startDate', 'endDate', 'flexibleMinutes']),
    );
  });
});

it.each([
  ['at(2026-10-04T02:15:00)', 'Australia/Lord_Howe'],
  ['at(2026-03-29T02:30:00)', 'Europe/Berlin'],
  ['at(2026-03-08T02:00:00)', 'America/New_York'],
])('the fix for %s in %s is accepted', (scheduleRate, timezone) => {
  const fix = problems({ scheduleRate, timezone })[0]?.fix ?? '';
  expect(problems({ scheduleRate: /at\(.*\)/.exec(fix)?.[0] ?? '', timezone })).toEqual([]);
});
