import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';

const ROOT = join(__dirname, '..');

/** Words that nothing here is written with, in prose, error texts or comments, and what to write. */
const TERMS: readonly [pattern: RegExp, instead: string][] = [
  [/\btime-outs?\b/i, 'timeout'],
  [/\bfor ever\b/i, 'indefinitely'],
  [/\bin place of\b/i, 'instead of'],
  [/\b(whatever|whichever|whosoever)\b/i, 'which one, or "any"'],
  [/\bof (its|their|your|one's) own\b/i, 'custom, separate or own'],
  [/\b(small|capital) letters\b/i, 'lowercase or uppercase'],
  [/(found|accepted|fix|message): ['"`][^'"`]*\b(a text|texts)\b/, 'string'],
  [/\bdead letters\b/i, 'undelivered events'],
  [/\b(but for|less what)\b/i, 'except'],
  [/\bis there already\b/i, 'exists'],
  [/\b(is|are) told (of|that)\b|\btold of\b/i, 'is reported, is notified'],
  [/\bso that it may\b|\bmay not be\b/i, 'can, must not'],
];

/** What people read: pages, and the sources with their comments and texts. */
const FILES = globSync(
  [
    '*.md',
    'help',
    'docs/**/*.md',
    '*.ts',
    '{cli,job,jobs,modules,scripts,triggers}/**/*.{ts,tsx,py,sh}',
    'examples/**/*.{ts,py,yml}',
  ],
  // The watcher is deployed in user data, and a change of a comment would replace launch template versions.
  { cwd: ROOT, ignore: ['CHANGELOG.md', 'docs/stacktape/coverage.md', 'modules/compute/spot-watcher.sh'] },
);

it.each(TERMS)('%s is not used: %s', (pattern, instead) => {
  const faults = FILES.flatMap((file) =>
    readFileSync(join(ROOT, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}: write ${instead}`] : [])),
  );
  expect(faults).toEqual([]);
});
