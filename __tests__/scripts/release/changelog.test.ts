import { releasedChangelog } from '../../../scripts/release/changelog';

describe('releasedChangelog', () => {
  it('keeps what was released before', () => {
    const text = '# C\n\n## [Unreleased]\n\n- New.\n\n## [0.1.0] - 2026-01-01\n\n- Old.\n';
    expect(releasedChangelog(text, '0.2.0', '2026-02-02')).toBe(
      '# C\n\n## [Unreleased]\n\n## [0.2.0] - 2026-02-02\n\n- New.\n\n## [0.1.0] - 2026-01-01\n\n- Old.\n',
    );
  });

  it.each([
    ['# C\n\n## [Unreleased]\n\n## [0.1.0] - 2026-01-01\n\n- Old.\n', 'nothing under [Unreleased]'],
    ['# C\n', 'no section [Unreleased]'],
    ['# C\n\n## [Unreleased]\n\n- New.\n\n## [0.2.0] - 2026-01-01\n', 'already has a section 0.2.0'],
  ])('refuses %j', (text, message) => {
    expect(() => releasedChangelog(text, '0.2.0', '2026-02-02')).toThrow(message);
  });
});
