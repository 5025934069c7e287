import { firingsText } from '../../../triggers/schedule/firing-text';

const at = (...times: string[]) => times.map((time) => new Date(`${time}:00Z`));

it.each<[string, string | undefined, string[], string]>([
  ['one', 'Europe/Berlin', ['2026-11-27T08:00'], '2026-11-27 09:00 Europe/Berlin (08:00 UTC)'],
  [
    'another day in UTC',
    'Asia/Tokyo',
    ['2026-11-27T23:00', '2026-11-28T23:00'],
    '2026-11-28 08:00 Asia/Tokyo (2026-11-27 23:00 UTC), 2026-11-29 08:00',
  ],
  [
    'summer and winter',
    'Europe/Berlin',
    ['2026-10-24T07:00', '2026-10-25T08:00'],
    '2026-10-24 09:00 Europe/Berlin (07:00 UTC), 2026-10-25 09:00',
  ],
  ['half hours', 'Australia/Lord_Howe', ['2026-06-01T00:00'], '2026-06-01 10:30 Australia/Lord_Howe (00:00 UTC)'],
  ['UTC', undefined, ['2026-11-27T08:00', '2026-11-28T08:00'], '2026-11-27 08:00 UTC, 2026-11-28 08:00'],
  [
    'a zone that Node.js does not know',
    'Nowhere/City',
    ['2026-11-27T08:00'],
    '2026-11-27 08:00 Nowhere/City (08:00 UTC)',
  ],
  ['none', 'Europe/Berlin', [], ''],
])('%s', (_, timezone, times, text) => {
  expect(firingsText(at(...times), timezone)).toBe(text);
});
