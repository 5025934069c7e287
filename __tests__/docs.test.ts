import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { anchorsOf, blocksOf, DOCS, PAGES, POINTERS, proseOf, ROOT, read } from './docs-pages';

/** Pages that nobody reads from top to bottom. */
const LISTS = [
  'docs/stacktape/coverage.md',
  'docs/reference/cli.md',
  'docs/reference/permissions/resource-policies.md',
];

const STYLED = ['README.md', ...DOCS];

interface Link {
  readonly text: string;
  readonly path: string;
  readonly anchor?: string;
}

function linksOf(page: string): Link[] {
  const links = [...proseOf(page).matchAll(/\[([^\]]*)\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
  const pictures = [...proseOf(page).matchAll(/\b(?:src|srcset)="([^"]+)"/g)].map(([, path = '']) => ({
    text: '',
    path,
  }));
  return [...pictures, ...links.map(([, text = '', path = '', anchor]) => ({ text, path, ...(anchor && { anchor }) }))];
}

describe('links', () => {
  test.each([...PAGES, ...POINTERS])('%s links to pages and headings that are there', (page) => {
    const broken = linksOf(page).filter(({ path, anchor }) => {
      const target = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(ROOT, target))) return true;
      return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  test.each(STYLED)('the links of %s have words, no file names', (page) => {
    expect(linksOf(page).filter(({ text }) => /\.md\b|^here$|^docs\//i.test(text))).toEqual([]);
  });

  test('each page is in the index, or in that of its folder', () => {
    const indexed = DOCS.filter((page) => basename(page) === 'README.md').flatMap((index) =>
      linksOf(index).map(({ path }) => join(dirname(index), path)),
    );
    expect(DOCS.filter((page) => page !== 'docs/README.md' && !indexed.includes(page))).toEqual([]);
  });
});

describe('what the README says goes wrong elsewhere', () => {
  const [, section = ''] = read('README.md').split('## What goes wrong elsewhere');
  const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| .* \| \[(.+)\]\((__tests__\/\S+)\) \|$/gm)];

  test('has rows', () => {
    expect(rows.length).toBeGreaterThanOrEqual(8);
  });

  test.each(rows.map(([, name = '', file = '']) => ({ name, file })))('is shown by a test: $name', ({ name, file }) => {
    const names = [...read(file).matchAll(/\b(?:it|test)(?:\.\w+\([^)]*\))?\(\s*(['"`])(.*?)\1,/g)].map(
      ([, , text]) => text,
    );
    expect(names).toContain(name);
  });
});

test('the file that npm pack writes has the name that the pages say', () => {
  const { version } = JSON.parse(read('package.json'));
  const named = PAGES.flatMap((page) =>
    [...read(page).matchAll(/cdktf-batch-jobs-(\d[\w.-]*)\.tgz/g)].map(([, found]) => found),
  );
  expect(new Set(named)).toEqual(new Set([version]));
});

describe('form', () => {
  test.each(STYLED)('%s has a title, begins with a sentence and leads on', (page) => {
    const [title, opening] = proseOf(page).split(/\n{2,}/);
    expect(title).toMatch(/^# [^#]+$/);
    if (page !== 'README.md') {
      expect(opening).toMatch(/^[A-Z`].{20,}[.:]$/s);
      expect(read(page)).toMatch(/\n(Next|See also): [^\n]*(\n[^\n]+)*\n$/);
    }
  });

  test.each(STYLED.filter((page) => !LISTS.includes(page)))('%s is short enough to be read', (page) => {
    expect(read(page).split('\n').length - 1).toBeLessThanOrEqual(page === 'README.md' ? 200 : 250);
  });

  test.each(STYLED)('the code of %s fits into a column of 76 characters', (page) => {
    const lines = blocksOf(page).flatMap(({ code }) => code.split('\n'));
    expect(lines.filter((line) => line.length > 76)).toEqual([]);
  });

  const narrow = STYLED.filter((page) => /^docs\/(events\/|configure\/accounts-with-rules)/.test(page));

  test.each(narrow)('the prose of %s has lines of 80 characters at most, without the addresses of links', (page) => {
    const lines = proseOf(page).split('\n');
    const prose = lines.filter((line) => !/^([|>#<]|<!--)/.test(line));
    const shown = prose.map((line) => line.replace(/\]\([^)]*\)/g, ']'));
    expect(shown.filter((line) => line.length > 80)).toEqual([]);
  });

  test.each(STYLED)('%s has one warning at most', (page) => {
    const alerts = read(page).match(/^> \[!\w+\]$/gm) ?? [];
    expect(alerts.filter((alert) => !/^> \[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]$/.test(alert))).toEqual([]);
    expect(alerts.filter((alert) => alert === '> [!WARNING]').length).toBeLessThanOrEqual(1);
  });
});
