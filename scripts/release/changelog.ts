const UNRELEASED = '## [Unreleased]\n';

/**
 * Turns the unreleased changes of a changelog into a version.
 *
 * @throws Error if there are no unreleased changes, or the version already has a section
 */
export function releasedChangelog(changelog: string, version: string, date: string): string {
  if (changelog.includes(`\n## [${version}]`)) throw new Error(`CHANGELOG.md already has a section ${version}.`);
  const [before, after] = changelog.split(UNRELEASED);
  if (before === undefined || after === undefined) throw new Error('CHANGELOG.md has no section [Unreleased].');
  const [changes = ''] = after.split(/^## /m);
  if (changes.trim() === '') throw new Error('CHANGELOG.md has nothing under [Unreleased].');
  return `${before}${UNRELEASED}\n## [${version}] - ${date}\n${after}`;
}
