import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedPages } from '../../scripts/docs';

let pages: Map<string, string>;
let page: string;
beforeAll(() => {
  pages = generatedPages();
  page = pages.get('docs/config.md') ?? '';
});

test.each(['docs/config.md', 'docs/modules/config.md'])('%s is up to date: npm run docs', (path) => {
  expect(readFileSync(join(__dirname, '../..', path), 'utf8')).toBe(pages.get(path));
});

test('each property has a meaning', () => {
  expect(page.split('\n').filter((line) => line.startsWith('| `') && / \|\s*\|$/.test(line))).toEqual([]);
});

test('each type of a part has a table of its own, with the properties of that type only', () => {
  const table = (title: string) => page.split(/^## /m).find((section) => section.startsWith(`${title}\n`)) ?? '';
  expect(table('Packaging `prebuilt-image`')).toContain('| `properties.image` | text | required |');
  expect(table('Packaging `custom-dockerfile`')).not.toContain('`properties.image`');
  expect(table('Resource `batch-job`')).toContain(
    '| `properties.timeout` | whole number, 60 to 31,536,000 | no limit |',
  );
  expect(table('The stack')).toContain('| `compute.maxVcpus` | whole number, 1 to 1,000,000 | 256 |');
});
