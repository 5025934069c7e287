// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a token of Terraform
import fc from 'fast-check';
import { nextTimes, rateText } from '../../../triggers/schedule/schedule-times';
import { timeOfClock } from '../../../triggers/schedule/time-zone';

const NOW = new Date('2026-11-26T11:30:20Z');

function next(expression: string, after = NOW, count = 3): string[] | undefined {
  return nextTimes(`cron(${expression})`, after, count)?.map((time) => time.toISOString().slice(0, 16));
}

describe('the next times of a cron expression', () => {
  it.each([
    ['0 14 * * ? *', '2026-11-26T14:00', '2026-11-27T14:00', '2026-11-28T14:00'],
    ['0/15 * * * ? *', '2026-11-26T11:45', '2026-11-26T12:00', '2026-11-26T12:15'],
    ['30 11 * * ? *', '2026-11-27T11:30', '2026-11-28T11:30', '2026-11-29T11:30'],
    ['0 22-2 * * ? *', '2026-11-26T22:00', '2026-11-26T23:00', '2026-11-27T00:00'],
    ['0 8 ? * MON-FRI *', '2026-11-27T08:00', '2026-11-30T08:00', '2026-12-01T08:00'],
    ['0 8 ? * FRI-MON *', '2026-11-27T08:00', '2026-11-28T08:00', '2026-11-29T08:00'],
    ['0 8 ? * 1 *', '2026-11-29T08:00', '2026-12-06T08:00', '2026-12-13T08:00'],
    ['0 0 L * ? *', '2026-11-30T00:00', '2026-12-31T00:00', '2027-01-31T00:00'],
    ['0 0 L-2 FEB ? *', '2027-02-26T00:00', '2028-02-27T00:00', '2029-02-26T00:00'],
    ['0 0 LW * ? *', '2026-11-30T00:00', '2026-12-31T00:00', '2027-01-29T00:00'],
    ['0 0 15W * ? *', '2026-12-15T00:00', '2027-01-15T00:00', '2027-02-15T00:00'],
    // Saturday, May 1, 2027: the nearest weekday in the same month is Monday the 3rd.
    ['0 0 1W MAY ? *', '2027-05-03T00:00', '2028-05-01T00:00', '2029-05-01T00:00'],
    // Sunday, January 31, 2027.
    ['0 0 31W JAN ? 2027', '2027-01-29T00:00'],
    ['0 0 ? * 6L *', '2026-11-27T00:00', '2026-12-25T00:00', '2027-01-29T00:00'],
    ['0 0 ? * L *', '2026-11-28T00:00', '2026-12-05T00:00', '2026-12-12T00:00'],
    ['0 0 ? * 2#1 *', '2026-12-07T00:00', '2027-01-04T00:00', '2027-02-01T00:00'],
    ['0 0 ? * MON#5 *', '2026-11-30T00:00', '2027-03-29T00:00', '2027-05-31T00:00'],
    ['0 0 29 2 ? *', '2028-02-29T00:00', '2032-02-29T00:00', '2036-02-29T00:00'],
    ['0 0 1 JAN ? 2030-2040/5', '2030-01-01T00:00', '2035-01-01T00:00', '2040-01-01T00:00'],
    ['59 23 31 12 ? 2199', '2199-12-31T23:59'],
  ])('%s', (expression, ...times) => {
    expect(next(expression)).toEqual(times);
  });

  it('is none after the last year', () => {
    expect(next('0 14 * * ? 2020')).toEqual([]);
    expect(next('0 14 26 11 ? 2026', new Date('2026-11-26T14:00:00Z'))).toEqual([]);
  });

  it('is the time itself only before it', () => {
    expect(next('0 14 * * ? *', new Date('2026-11-26T13:59:59.999Z'), 1)).toEqual(['2026-11-26T14:00']);
    expect(next('0 14 * * ? *', new Date('2026-11-26T14:00:00Z'), 1)).toEqual(['2026-11-27T14:00']);
  });

  it('is unknown for rates, and for what is no schedule', () => {
    for (const expression of ['rate(12 hours)', 'cron(0 14 * * *)', 'cron(0 14 * * * *)', 'at(2026-12-01T00:00)', '']) {
      expect(nextTimes(expression, NOW, 3)).toBeUndefined();
    }
  });
});

it('rates are told in words', () => {
  expect(['rate(1 minute)', 'rate(12 hours)', 'rate(1 day)', 'cron(0 14 * * ? *)'].map(rateText)).toEqual([
    'every minute',
    'every 12 hours',
    'every day',
    undefined,
  ]);
});

const DAY = 86_400_000;
const MINUTE = 60_000;

/** Whether a day is one of an expression's, decided from the calendar alone: AWS's rules, written a second time. */
function firesOn(expression: string, time: Date): boolean {
  const [, , dayOfMonth = '', months = '', dayOfWeek = ''] = expression.split(' ');
  const day = time.getUTCDate();
  const days = new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + 1, 0)).getUTCDate();
  const weekdayOf = (date: number) =>
    new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth(), date)).getUTCDay() + 1;
  const workdayNear = (date: number) =>
    [date, date - 1, date + 1, date + 2, date - 2].find(
      (each) => each >= 1 && each <= days && ![1, 7].includes(weekdayOf(each)),
    );
  const dateFires = () => {
    if (dayOfMonth === 'L') return day === days;
    if (dayOfMonth === 'LW') return day === workdayNear(days);
    if (dayOfMonth.startsWith('L-')) return day === days - Number(dayOfMonth.slice(2));
    if (dayOfMonth.endsWith('W')) return day === workdayNear(Number(dayOfMonth.slice(0, -1)));
    return matches(dayOfMonth, day, 1);
  };
  const weekdayFires = () => {
    const weekday = weekdayOf(day);
    if (dayOfWeek === 'L') return weekday === 7;
    if (dayOfWeek.endsWith('L')) return weekday === Number(dayOfWeek.slice(0, -1)) && day + 7 > days;
    const [wanted, nth] = dayOfWeek.split('#');
    if (nth !== undefined) return weekday === Number(wanted) && Math.ceil(day / 7) === Number(nth);
    return matches(dayOfWeek, weekday, 1);
  };
  if (!matches(months, time.getUTCMonth() + 1, 1)) return false;
  return dayOfMonth === '?' ? weekdayFires() : dateFires();
}

/** Whether the minute of a day is one of an expression's. */
function firesAt(expression: string, time: Date): boolean {
  const [minutes = '', hours = ''] = expression.split(' ');
  return matches(hours, time.getUTCHours(), 0) && matches(minutes, time.getUTCMinutes(), 0);
}

function matches(text: string, value: number, min: number): boolean {
  return text.split(',').some((item) => {
    if (item === '*') return true;
    const [, step] = /^\*\/(\d+)$/.exec(item) ?? [];
    if (step !== undefined) return (value - min) % Number(step) === 0;
    const [from = 0, to = from] = item.split('-').map(Number);
    return from <= to ? from <= value && value <= to : value >= from || value <= to;
  });
}

const within = (min: number, max: number) => fc.integer({ min, max });
/** A field without the wildcards of days. */
const field = (min: number, max: number) =>
  fc.oneof(
    fc.constant('*'),
    within(min, max).map(String),
    fc.tuple(within(min, max), within(min, max)).map(([a, b]) => `${a},${b}`),
    fc.tuple(within(min, max), within(min, max)).map(([a, b]) => `${a}-${b}`),
    within(2, max - min).map((step) => `*/${step}`),
  );
const date = fc.oneof(
  field(1, 28),
  fc.constantFrom('L', 'LW'),
  within(1, 27).map((before) => `L-${before}`),
  within(1, 28).map((day) => `${day}W`),
);
const weekday = fc.oneof(
  field(1, 7),
  fc.constant('L'),
  within(1, 7).map((day) => `${day}L`),
  fc.tuple(within(1, 7), within(1, 5)).map(([day, nth]) => `${day}#${nth}`),
);
const month = fc.constantFrom('*', '*', '1-6', '11-3', '2,6');
const days = fc.oneof(
  fc.tuple(date, month).map(([day, of]) => `${day} ${of} ?`),
  fc.tuple(month, weekday).map(([of, day]) => `? ${of} ${day}`),
);
const expression = fc
  .tuple(field(0, 59), field(0, 23), days)
  .map(([minutes, hours, on]) => `${minutes} ${hours} ${on} *`);
const start = within(Date.UTC(2024, 0) / MINUTE, Date.UTC(2032, 0) / MINUTE).map((minute) => new Date(minute * MINUTE));

it('the next times of any expression are those of a search minute by minute', () => {
  fc.assert(
    fc.property(expression, start, (cron, after) => {
      const expected: string[] = [];
      const end = after.getTime() + 70 * DAY;
      // Minutes of a day without a time are not looked at.
      for (let day = after.getTime() - (after.getTime() % DAY); day < end && expected.length < 3; day += DAY) {
        if (!firesOn(cron, new Date(day))) continue;
        for (let time = day; time < day + DAY && expected.length < 3; time += MINUTE) {
          if (time <= after.getTime() || !firesAt(cron, new Date(time))) continue;
          expected.push(new Date(time).toISOString().slice(0, 16));
        }
      }
      const found = next(cron, after);
      expect(found?.slice(0, expected.length)).toEqual(expected);
      // There are no others within the time that was searched.
      expect(found?.slice(expected.length).filter((time) => Date.parse(`${time}Z`) < end)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

describe('the next times in a time zone', () => {
  const inZone = (expression: string, timezone: string, from: string, count = 3) =>
    nextTimes(expression, new Date(`${from}Z`), count, { timezone })?.map((time) => time.toISOString().slice(0, 16));

  it.each<[string, string, string, string[]]>([
    // In spring, 2:30 does not exist in Berlin on March 29: AWS skips it.
    [
      'cron(30 2 * * ? *)',
      'Europe/Berlin',
      '2026-03-27T12:00',
      ['2026-03-28T01:30', '2026-03-30T00:30', '2026-03-31T00:30'],
    ],
    // Each quarter of an hour: from 1:45 to 3:00 on the clock, which are 15 minutes.
    [
      'cron(0/15 * * * ? *)',
      'Europe/Berlin',
      '2026-03-29T00:31',
      ['2026-03-29T00:45', '2026-03-29T01:00', '2026-03-29T01:15'],
    ],
    // In autumn, 2:30 is shown twice in Berlin on October 25: AWS fires once.
    [
      'cron(30 2 * * ? *)',
      'Europe/Berlin',
      '2026-10-24T12:00',
      ['2026-10-25T00:30', '2026-10-26T01:30', '2026-10-27T01:30'],
    ],
    // After the first 2:30, before the second one.
    [
      'cron(30 2 * * ? *)',
      'Europe/Berlin',
      '2026-10-25T01:00',
      ['2026-10-26T01:30', '2026-10-27T01:30', '2026-10-28T01:30'],
    ],
    // The repeated hour has none.
    [
      'cron(0/30 * * * ? *)',
      'Europe/Berlin',
      '2026-10-25T00:29',
      ['2026-10-25T00:30', '2026-10-25T02:00', '2026-10-25T02:30'],
    ],
    [
      'cron(0 9 * * ? *)',
      'America/New_York',
      '2026-10-31T00:00',
      ['2026-10-31T13:00', '2026-11-01T14:00', '2026-11-02T14:00'],
    ],
    [
      'cron(0 9 * * ? *)',
      'Australia/Sydney',
      '2026-10-02T12:00',
      ['2026-10-02T23:00', '2026-10-03T22:00', '2026-10-04T22:00'],
    ],
    [
      'cron(15 2 * * ? *)',
      'Australia/Lord_Howe',
      '2026-10-02T16:00',
      ['2026-10-04T15:15', '2026-10-05T15:15', '2026-10-06T15:15'],
    ],
    [
      'cron(45 1 * * ? *)',
      'Australia/Lord_Howe',
      '2026-04-04T12:00',
      ['2026-04-04T14:45', '2026-04-05T15:15', '2026-04-06T15:15'],
    ],
    // The last day of the month is that of the zone.
    [
      'cron(0 20 L * ? *)',
      'America/Los_Angeles',
      '2026-02-20T00:00',
      ['2026-03-01T04:00', '2026-04-01T03:00', '2026-05-01T03:00'],
    ],
    [
      'cron(0 8 ? * MON#1 *)',
      'Asia/Tokyo',
      '2026-11-26T00:00',
      ['2026-12-06T23:00', '2027-01-03T23:00', '2027-01-31T23:00'],
    ],
    ['at(2026-10-25T02:30:00)', 'Europe/Berlin', '2026-10-01T00:00', ['2026-10-25T00:30']],
    ['at(2026-10-25T02:30:00)', 'Europe/Berlin', '2026-10-25T00:30', []],
  ])('%s in %s after %s', (expression, timezone, from, expected) => {
    expect(inZone(expression, timezone, from)).toEqual(expected);
  });

  it('is unknown in a zone that Node.js does not know', () => {
    expect(inZone('cron(0 9 * * ? *)', 'Nowhere/City', '2026-01-01T00:00')).toBeUndefined();
  });

  it('is what clocks of the zone show, each once, and misses none that they show', () => {
    const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Auckland');
    fc.assert(
      fc.property(zone, expression, start, (timezone, cron, after) => {
        const shown = (time: Date) => {
          const { year, month, day, hour, minute } = Object.fromEntries(
            new Intl.DateTimeFormat('en-US', {
              timeZone: timezone,
              hourCycle: 'h23',
              year: 'numeric',
              month: 'numeric',
              day: 'numeric',
              hour: 'numeric',
              minute: 'numeric',
            })
              .formatToParts(time)
              .map(({ type, value }) => [type, Number(value)]),
          ) as { year: number; month: number; day: number; hour: number; minute: number };
          return new Date(Date.UTC(year, month - 1, day, hour, minute));
        };
        const times = nextTimes(`cron(${cron})`, after, 5, { timezone }) ?? [];
        for (const time of times)
          expect([firesOn(cron, shown(time)), firesAt(cron, shown(time))]).toEqual([true, true]);
        expect(new Set(times.map((time) => shown(time).getTime())).size).toBe(times.length);
        expect([...times].sort((a, b) => a.getTime() - b.getTime())).toEqual(times);
        // What the clocks show in between, without those times, is skipped or over.
        const texts = times.map((time) => shown(time).toISOString().slice(0, 16));
        const missing = (next(cron, shown(after), 5) ?? []).filter(
          (text) => !texts.includes(text) && text < (texts.at(-1) ?? ''),
        );
        for (const text of missing) {
          expect(timeOfClock(timezone, Date.parse(`${text}Z`)) ?? 0).toBeLessThanOrEqual(after.getTime());
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('the next times between dates', () => {
  const between = (expression: string, limits: { startDate?: string; endDate?: string }, after = NOW) =>
    nextTimes(expression, after, 3, limits)?.map((time) => time.toISOString().slice(0, 16));

  it('begin and end with them, both included', () => {
    const limits = { startDate: '2027-01-01T14:00:00Z', endDate: '2027-01-02T14:00:00Z' };
    expect(between('cron(0 14 * * ? *)', limits)).toEqual(['2027-01-01T14:00', '2027-01-02T14:00']);
    expect(between('cron(0 14 * * ? *)', limits, new Date('2027-01-01T14:00:00Z'))).toEqual(['2027-01-02T14:00']);
    expect(between('cron(0 14 * * ? *)', { endDate: '2026-11-26T13:00:00Z' })).toEqual([]);
  });

  it('are known of a rate that has a start, in steps from it', () => {
    const limits = { startDate: '2026-11-26T00:10:00Z' };
    expect(between('rate(6 hours)', limits)).toEqual(['2026-11-26T12:10', '2026-11-26T18:10', '2026-11-27T00:10']);
    expect(between('rate(1 day)', { startDate: '2027-01-01T00:00:00Z', endDate: '2027-01-02T12:00:00Z' })).toEqual([
      '2027-01-01T00:00',
      '2027-01-02T00:00',
    ]);
    expect(between('rate(1 day)', { endDate: '2027-01-02T12:00:00Z' })).toBeUndefined();
  });

  it('are unknown with a date that only Terraform knows', () => {
    expect(between('cron(0 14 * * ? *)', { endDate: '${var.end}' })).toBeUndefined();
  });
});
