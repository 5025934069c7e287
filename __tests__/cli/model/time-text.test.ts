import { clockText, dateText, dateTimeText, listTimeText } from '../../../cli/model/time-text';

const AT = Date.UTC(2026, 10, 25, 14, 0, 2);
const HOUR = 3_600_000;

it('a time has the form of its place', () => {
  expect(clockText(AT, 'utc')).toBe('14:00:02');
  expect(dateText(AT, 'utc')).toBe('25 Nov 2026');
  expect(dateTimeText(AT, 'utc')).toBe('25 Nov 2026, 14:00:02 UTC');
});

it('in a list, a time of today is shorter than one of this year, and that than others', () => {
  expect(listTimeText(AT, AT + 2 * HOUR, 'utc')).toBe('14:00:02');
  expect(listTimeText(AT, AT + 12 * HOUR, 'utc')).toBe('25 Nov 14:00');
  expect(listTimeText(AT, Date.UTC(2026, 11, 25), 'utc')).toBe('25 Nov 14:00');
  expect(listTimeText(AT, Date.UTC(2027, 10, 25), 'utc')).toBe('25 Nov 2026');
});

it('each month has its name', () => {
  const names = Array.from({ length: 12 }, (_, month) => dateText(Date.UTC(2026, month, 3), 'utc').split(' ')[1]);
  expect(names.join(' ')).toBe('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec');
});

describe('by the clock of this machine', () => {
  // This machine can be on UTC, so its clock is another one here: three hours ahead.
  const at = Date.UTC(2026, 10, 4, 22, 7, 9);

  beforeEach(() => {
    const ahead = (date: Date) => new Date(date.getTime() + 3 * HOUR);
    const parts = { getFullYear: 'getUTCFullYear', getMonth: 'getUTCMonth', getDate: 'getUTCDate' } as const;
    const times = { getHours: 'getUTCHours', getMinutes: 'getUTCMinutes', getSeconds: 'getUTCSeconds' } as const;
    for (const [local, utc] of Object.entries({ ...parts, ...times })) {
      jest.spyOn(Date.prototype, local as 'getHours').mockImplementation(function (this: Date) {
        return ahead(this)[utc]();
      });
    }
  });

  afterEach(() => jest.restoreAllMocks());

  it('times are those without another word', () => {
    expect(clockText(at)).toBe('01:07:09');
    expect(dateText(at)).toBe('5 Nov 2026');
    expect(dateTimeText(at)).toBe('5 Nov 2026, 01:07:09');
    expect(listTimeText(at, at + 2 * HOUR)).toBe('01:07:09');
  });
});
