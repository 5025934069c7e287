import { age, localTime, pastTime, secondsBetween, shortTime } from '../../../cli/operate/time-text';

const now = new Date(2026, 10, 26, 14, 3, 7);
const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds);

it.each([
  ['90m', 5_400_000],
  ['2d', 172_800_000],
  ['2 days', 172_800_000],
  ['2 days ago', 172_800_000],
  ['1h30m', 5_400_000],
  ['1.5h', 5_400_000],
  ['2W', 1_209_600_000],
  ['45s', 45_000],
  ['10min', 600_000],
])('--since %s is a duration before now', (text, milliseconds) => {
  expect(pastTime(text, '--since', now)).toEqual(ago(milliseconds));
});

it('--since is a day or a time of the terminal, or with an offset', () => {
  expect(pastTime('2026-11-20', '--since', now)).toEqual(new Date(2026, 10, 20));
  expect(pastTime('2026-11-20 14:00', '--since', now)).toEqual(new Date(2026, 10, 20, 14));
  expect(pastTime('2026-11-20T14:00Z', '--since', now)).toEqual(new Date('2026-11-20T14:00:00Z'));
  expect(pastTime('2026-11-20T14:00:30.5+02:00', '--since', now)).toEqual(new Date('2026-11-20T12:00:30.500Z'));
});

it.each(['', 'yesterday', '2', '2x', '-2d', '2026-13-01', '2026-02-30', '26-11-20', '2d foo', 'NaN'])(
  '--since "%s" is not a time',
  (text) => {
    expect(() => pastTime(text, '--since', now)).toThrow(
      `--since ${JSON.stringify(text)} is not a time. Set a duration`,
    );
  },
);

it('--since is not in the future', () => {
  expect(() => pastTime('2027-01-01', '--since', now)).toThrow('--since "2027-01-01" is in the future.');
});

it('times and ages are as people say them', () => {
  expect(localTime(now)).toBe('2026-11-26 14:03');
  expect([shortTime(now, now), shortTime(new Date(2025, 0, 2, 3, 4), now)]).toEqual(['11-26 14:03', '2025-01-02']);
  expect([0, 59_000, 60_000, 7_200_000, 86_400_000, 200_000_000].map((passed) => age(ago(passed), now))).toEqual([
    'just now',
    'just now',
    '1 minute ago',
    '2 hours ago',
    '1 day ago',
    '2 days ago',
  ]);
  // The clocks of two services.
  expect(age(ago(-5_000), now)).toBe('just now');
  expect(secondsBetween(now, ago(2_000))).toBe(0);
});
