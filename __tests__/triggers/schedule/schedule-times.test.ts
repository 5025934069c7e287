import fc from 'fast-check';
import { nextTimes, rateText } from '../../../triggers/schedule/schedule-times';

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
