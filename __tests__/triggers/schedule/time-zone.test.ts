import fc from 'fast-check';
import { clockIn, timeOfClock, timeZoneProblem } from '../../../triggers/schedule/time-zone';

const HOUR = 3_600_000;

describe('a time zone that AWS takes', () => {
  it.each([
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'America/Argentina/Buenos_Aires',
    'America/Port-au-Prince',
    'Australia/Lord_Howe',
    'Asia/Kolkata', // an alias in Node.js
    'US/Eastern',
    'Antarctica/DumontDUrville',
  ])('%s', (name) => {
    expect(timeZoneProblem(name)).toBeUndefined();
  });
});

describe('another name', () => {
  it.each([
    ['utc', 'write UTC'],
    ['Etc/UTC', 'write UTC'],
    ['Z', 'write UTC'],
    ['GMT', 'write UTC'],
    ['europe/berlin', 'did you mean Europe/Berlin?'],
    ['EUROPE/BERLIN', 'did you mean Europe/Berlin?'],
    ['America/New York', 'did you mean America/New_York?'],
    ['Europe/Berln', 'did you mean Europe/Berlin?'],
    ['Berlin', 'did you mean Europe/Berlin?'],
    ['Tokyo', 'did you mean Asia/Tokyo?'],
    ['Japan', 'write Asia/Tokyo'],
    ['PST', 'write a city, such as America/Los_Angeles'],
    ['cet', 'write a city, such as Europe/Berlin'],
    ['+01:00', 'write a city instead of an offset: an offset has no daylight saving time'],
    ['UTC+1', 'write a city instead of an offset: an offset has no daylight saving time'],
    ['Etc/GMT-1', 'write a city instead of an offset: an offset has no daylight saving time'],
    ['', 'write a zone such as Europe/Berlin or America/New_York'],
    ['the zone of my office', 'write a zone such as Europe/Berlin or America/New_York'],
  ])('%j: %s', (name, fix) => {
    expect(timeZoneProblem(name)).toEqual({
      code: 'invalid-format',
      found: JSON.stringify(name),
      accepted: 'an IANA time zone as Area/City, or UTC',
      fix,
    });
  });
});

it('every zone of this Node.js is accepted, except offsets and what has no city', () => {
  const refused = Intl.supportedValuesOf('timeZone').filter((zone) => timeZoneProblem(zone) !== undefined);
  expect(refused.filter((zone) => zone.includes('/') && !/^(Etc|SystemV)\//.test(zone))).toEqual([]);
});

const utc = (text: string) => Date.parse(`${text}Z`);
const timeText = (time: number | undefined) => time && new Date(time).toISOString().slice(0, 16);

describe('the time at which clocks show something', () => {
  it.each([
    ['Europe/Berlin', '2026-01-15T09:00', '2026-01-15T08:00'],
    ['Europe/Berlin', '2026-07-15T09:00', '2026-07-15T07:00'],
    ['America/New_York', '2026-07-15T09:00', '2026-07-15T13:00'],
    ['Asia/Kolkata', '2026-07-15T09:00', '2026-07-15T03:30'],
    // Spring: skipped from 2:00 to 3:00, in the south in October, and by half an hour on Lord Howe.
    ['Europe/Berlin', '2026-03-29T01:59', '2026-03-29T00:59'],
    ['Europe/Berlin', '2026-03-29T02:30', undefined],
    ['Europe/Berlin', '2026-03-29T03:00', '2026-03-29T01:00'],
    ['Australia/Sydney', '2026-10-04T02:30', undefined],
    ['Australia/Lord_Howe', '2026-10-04T02:00', undefined],
    ['Australia/Lord_Howe', '2026-10-04T02:29', undefined],
    ['Australia/Lord_Howe', '2026-10-04T02:30', '2026-10-03T15:30'],
    // Autumn: twice from 2:00 to 3:00, and the first is meant.
    ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30'],
    ['Europe/Berlin', '2026-10-25T03:00', '2026-10-25T02:00'],
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30'],
    ['Australia/Sydney', '2026-04-05T02:30', '2026-04-04T15:30'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45'],
    // Midnight is skipped in Santiago and Cairo, and a whole day was in Samoa.
    ['America/Santiago', '2026-09-06T00:00', undefined],
    ['Africa/Cairo', '2026-04-24T00:30', undefined],
    ['Pacific/Apia', '2011-12-30T12:00', undefined],
    ['Nowhere/City', '2026-01-15T09:00', undefined],
  ])('%s %s: %s', (zone, clock, expected) => {
    expect(timeText(timeOfClock(zone, utc(clock)))).toBe(expected);
  });
});

it('a clock is that of its time in any zone, and the first of two equal ones', () => {
  const zone = fc.constantFrom(
    'Europe/Berlin',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Pacific/Auckland',
    'Africa/Casablanca',
    'Antarctica/Troll',
    'Asia/Kathmandu',
  );
  const minute = fc.integer({ min: utc('2020-01-01T00:00') / 60_000, max: utc('2035-01-01T00:00') / 60_000 });
  fc.assert(
    fc.property(zone, minute, (name, at) => {
      const time = at * 60_000;
      const clock = clockIn(name, time) ?? Number.NaN;
      const found = timeOfClock(name, clock) ?? Number.NaN;
      expect(clockIn(name, found)).toBe(clock);
      expect(found).toBeLessThanOrEqual(time);
      expect(time - found).toBeLessThanOrEqual(2 * HOUR);
    }),
    { numRuns: 200 },
  );
});
