const UNRELEASED = '## [Unreleased]\n';

/**
 * A changelog in which what was unreleased is a version.
 *
 * @throws Error if nothing is unreleased, or the version is there already
 */
export function releasedChangelog(changelog: string, version: string, date: string): string {
  if (changelog.includes(`\n## [${version}]`)) throw new Error(`CHANGELOG.md has a section ${version} already.`);
  const [before, after] = changelog.split(UNRELEASED);
  if (before === undefined || after === undefined) throw new Error('CHANGELOG.md has no section [Unreleased].');
  const [changes = ''] = after.split(/^## /m);
  if (changes.trim() === '') throw new Error('CHANGELOG.md has nothing under [Unreleased].');
  return `${before}${UNRELEASED}\n## [${version}] - ${date}\n${after}`;
}
