import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recording, unvarying, withRecording } from '../../scripts/recording';

const README = readFileSync(join(__dirname, '../..', 'README.md'), 'utf8');

test('the README shows what npm start prints, a run that fails once and succeeds among it: npm run docs', () => {
  const recorded = recording();
  expect(unvarying(README)).toBe(unvarying(withRecording(README, recorded)));
  const attempt = '\\| report for \\d{4}-[\\s\\S]*?';
  expect(recorded).toMatch(new RegExp(`${attempt}exit code 1[\\s\\S]*?${attempt}succeeded`, 'i'));
}, 60_000);

test('recordings differ in times and identifiers only', () => {
  const hash = 'd26012cb88f08fcc0394bbe939bbc6c6';
  const uuid = '410c5e1c-4bd2-40e2-901b-e8b409ea9a49';
  const lines = (clock: string, seconds: string, id: string, name: string, attempts: number) =>
    [
      `${clock}  Started   job-${name}`,
      `          | {"id":"${id}","time":"2026-11-21T23:55:48Z"}`,
      `${clock}  Succeeded on attempt ${attempts} of 3, ${seconds} s`,
    ].join('\n');
  const one = unvarying(lines('00:00.1', '0.6', uuid, hash, 2));
  expect(unvarying(lines('12:34.5', '12', uuid.replace('4', '5'), hash.replace('d', 'e'), 2))).toBe(one);
  expect(unvarying(lines('00:00.1', '0.6', uuid, hash, 3))).not.toBe(one);
});
