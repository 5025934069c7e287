import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { pictures } from '../../scripts/recording';
import { recordRun, unvarying } from '../../scripts/recording/run';

test('the README shows what npm start prints, a run that fails once and succeeds among it: npm run recording', () => {
  const text = recordRun();
  for (const [file, made] of pictures(text)) expect(unvarying(readFileSync(file, 'utf8'))).toBe(unvarying(made));
  const attempt = '\\| report for \\d{4}-[\\s\\S]*?';
  expect(stripVTControlCharacters(text)).toMatch(new RegExp(`${attempt}exit code 1[\\s\\S]*?${attempt}succeeded`, 'i'));
});
