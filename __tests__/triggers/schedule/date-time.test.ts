import { clockOf, clockText, repaired } from '../../../triggers/schedule/date-time';

it.each(['1970-01-01T00:00:00', '2024-02-29T12:00:00', '2199-12-31T23:59:59'])('%s is a date and a time', (text) => {
  expect(clockText(clockOf(text) ?? Number.NaN)).toBe(text);
});

it.each(['1969-12-31T23:59:59', '2200-01-01T00:00:00', '2026-02-29T12:00:00', '2026-01-01T24:00:00', '2026-01-01'])(
  '%s is none',
  (text) => {
    expect(clockOf(text)).toBeUndefined();
  },
);

it('is repaired to a date and a time, if it is near one', () => {
  const days = Array.from({ length: 14 }, (_, month) => ['00', '29', '30', '31', '32'].map((day) => ({ month, day })));
  const texts = days
    .flat()
    .map(({ month, day }) => `2026-${String(month).padStart(2, '0')}-${day}T10:00:00`)
    .filter((text) => clockOf(text) === undefined);
  expect(texts.length).toBeGreaterThan(20);
  for (const text of texts) {
    const { text: near, reason } = repaired(text);
    if (near === undefined) expect(reason).toBe('use a month from 01 to 12');
    else {
      expect(clockOf(near)).toBeDefined();
      expect(near.slice(0, 7)).toBe(text.slice(0, 7));
    }
  }
});
