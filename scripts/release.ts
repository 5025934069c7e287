import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gt, valid } from 'semver';
import { releasedChangelog } from './release/changelog';

const USAGE = `npm run release -- VERSION [--dry-run]

Turns [Unreleased] of CHANGELOG.md into VERSION, sets it in package.json, builds and checks the package, commits, tags, and
publishes to npm. With --dry-run, it publishes nothing and leaves no change.`;

function git(...words: string[]): string {
  return execFileSync('git', words, { encoding: 'utf8' }).trim();
}

function npm(...words: string[]): void {
  console.log(`> npm ${words.join(' ')}`);
  execFileSync('npm', words, { stdio: 'inherit' });
}

/** Reasons not to release, each with a fix. */
function problems(version: string): string[] {
  const { version: current } = JSON.parse(readFileSync('package.json', 'utf8'));
  const tag = `v${version}`;
  const isTagged = git('tag', '--list', tag) !== '';
  const isFirst = version === current && git('tag', '--list', `v${current}`) === '';
  return [
    ...(git('status', '--porcelain') === '' ? [] : ['There are uncommitted changes. Commit or stash them.']),
    ...(isTagged ? [`The tag ${tag} exists already. Choose another version.`] : []),
    ...(isTagged || isFirst || gt(version, current)
      ? []
      : [`${version} is not newer than ${current}. Choose a newer version.`]),
  ];
}

function release(version: string, dryRun: boolean): void {
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync('CHANGELOG.md', releasedChangelog(readFileSync('CHANGELOG.md', 'utf8'), version, date));
  npm('version', version, '--no-git-tag-version', '--allow-same-version', '--ignore-scripts');
  npm('run', 'check:package');
  if (dryRun) {
    npm('publish', '--dry-run', '--ignore-scripts');
    return;
  }
  git('commit', '--all', '--message', `Release ${version}`);
  git('tag', '--annotate', `v${version}`, '--message', `Release ${version}`);
  try {
    npm('publish', '--ignore-scripts');
  } catch {
    console.error(
      `Version ${version} is committed and tagged, but not published. Fix the cause, then run: npm publish`,
    );
    process.exitCode = 1;
    return;
  }
  console.log(`Published ${version}. Now share it: git push --follow-tags`);
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
  });
  const [version] = positionals;
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (version === undefined || positionals.length > 1 || valid(version) !== version) {
    console.error(
      version === undefined ? USAGE : `"${positionals.join(' ')}" is not a version. Use a number such as 1.2.3.`,
    );
    process.exitCode = 2;
    return;
  }
  const found = problems(version);
  if (found.length > 0) {
    console.error(found.join('\n'));
    process.exitCode = 1;
    return;
  }
  let isDone = false;
  try {
    release(version, values['dry-run']);
    isDone = !values['dry-run'];
  } catch (error) {
    console.error(`Not released. ${(error as Error).message}`);
    process.exitCode = 1;
  } finally {
    // After a dry run or a failure before the commit, restores the files: there were no other changes.
    if (!isDone) git('checkout', '--quiet', '--', '.');
  }
}

main();
