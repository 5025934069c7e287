import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parse } from '../modules/config/parse';
import { readJsonText } from '../modules/config/yaml';
import { ConfigError, statedProblems } from '../modules/problems/config-error';
import { PROBLEM_CODES } from '../modules/problems/problem-code';
import { report } from '../modules/problems/report';
import { batchJobsConfig } from '../modules/stack-config/config';
import { writeApi } from './api';
import { cliPage } from './cli-page';
import { configPages } from './config-pages';
import { housePart } from './house';
import { fenced, withPart } from './page-part';
import { checkOutput, pricesPage } from './price-pages';
import { reasonList } from './reason-list';
import { record } from './recording';
import { moveCosts } from './stacktape/move-costs';
import { differencesPage } from './stacktape/page';

const ROOT = join(__dirname, '..');

/** The pages that are generated, completely or in parts, with their text. Paths are relative to the project's folder. */
export function generatedPages(): Map<string, string> {
  const errors = read('docs/reference/errors.md');
  const check = read('docs/operate/check.md');
  return new Map([
    // A new source or resource has its reference before its guide. A test asks for the guide.
    ...configPages((page) => (existsSync(join(ROOT, page)) ? titleOf(page) : undefined)),
    ['docs/reference/cli.md', cliPage()],
    ['docs/reference/prices.md', pricesPage()],
    ['docs/stacktape/differences.md', differencesPage()],
    ['docs/stacktape/move.md', withPart(read('docs/stacktape/move.md'), 'costs', moveCosts())],
    ['docs/operate/check.md', withPart(check, 'check', checkOutput(check))],
    ...pointers(),
    ['docs/operate/why.md', withPart(read('docs/operate/why.md'), 'reasons', reasonList())],
    ['CONTRIBUTING.md', withPart(read('CONTRIBUTING.md'), 'house', housePart())],
    ['docs/reference/errors.md', withPart(withPart(errors, 'report', reportOf(errors)), 'codes', codes())],
  ]);
}

/** The pointers at old paths of pages, which stay for one release: the title of the new page, with a link. */
function pointers(): [page: string, text: string][] {
  return readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).flatMap((file): [string, string][] => {
    const page = posix.join('docs', file);
    const [, target] =
      (file.endsWith('.md') && /^This page has moved to \[[^\]]+\]\((\S+)\)\.\n$/.exec(read(page))) || [];
    if (target === undefined) return [];
    const title = titleOf(posix.join(posix.dirname(page), target));
    return [[page, `This page has moved to [${title}](${target}).\n`]];
  });
}

/** The error report of the first config of a page that has mistakes. */
function reportOf(page: string): string {
  const configs = [...page.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, json = '']) => json);
  const file = 'reports.json';
  for (const config of configs) {
    try {
      const { value, locate } = readJsonText(config, file);
      parse(batchJobsConfig, value, file, { locate });
    } catch (error) {
      if (error instanceof ConfigError) return fenced(report(statedProblems(error), file, { columns: 76 }));
      throw error;
    }
  }
  throw new Error('the page has no config with mistakes');
}

function titleOf(page: string): string {
  const title = /^# (.+)$/m.exec(read(page))?.[1];
  if (title === undefined) throw new Error(`${page} has no title`);
  return title;
}

/** The list of problem codes with their meaning. */
function codes(): string {
  return Object.entries(PROBLEM_CODES)
    .map(([code, meaning]) => `- **\`${code}\`**: ${meaning}`)
    .join('\n');
}

function read(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

function main(): void {
  for (const [page, text] of generatedPages()) writeFileSync(join(ROOT, page), text);
  writeApi();
  record();
}

if (require.main === module) main();
