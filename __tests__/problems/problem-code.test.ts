import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROBLEM_CODES } from '../../modules/problems/problem-code';

const ROOT = join(__dirname, '../..');

const SOURCES = ['modules', 'triggers', 'cli']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(ROOT, folder, file)),
  )
  .filter((file) => file.endsWith('.ts') && !file.endsWith('problem-code.ts'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

it.each(Object.keys(PROBLEM_CODES))('%s is the code of a problem', (code) => {
  expect(SOURCES).toContain(`'${code}'`);
});

it.each(Object.keys(PROBLEM_CODES))('%s is in the reference', (code) => {
  expect(readFileSync(join(ROOT, 'docs/reference/errors.md'), 'utf8')).toContain(`- **\`${code}\`**: `);
});
