import { groupFix, wantedGroups } from '../../../../modules/container/buildpack/python/groups';

const GROUPS = ['dev', 'Job_Tools', 'docs'];
const EXTRAS = ['S3', 'mail'];

describe('without settings', () => {
  it('the project alone is installed', () => {
    expect(wantedGroups({}, GROUPS, EXTRAS)).toEqual({ main: true, groups: [], extras: [], problems: [] });
  });

  it('so are the groups that its tool installs by default', () => {
    expect(wantedGroups({}, GROUPS, EXTRAS, ['dev', 'gone'])).toMatchObject({ groups: ['dev'], problems: [] });
  });
});

it.each([
  ['uvWithGroups adds to the default groups', { uvWithGroups: ['job.tools'] }, true, ['dev', 'Job_Tools']],
  ['uvWithoutGroups removes one by any spelling', { uvWithGroups: ['docs'], uvWithoutGroups: ['Dev'] }, true, ['docs']],
  ['uvWithoutGroups may name one that is not there', { uvWithoutGroups: ['gone'] }, true, ['dev']],
  [
    'uvOnlyGroups replaces the project and the others',
    { uvOnlyGroups: ['docs'], uvWithGroups: ['dev'] },
    false,
    ['docs'],
  ],
  ['an empty uvOnlyGroups replaces nothing', { uvOnlyGroups: [], uvWithGroups: ['docs'] }, true, ['dev', 'docs']],
])('%s', (_, settings, main, groups) => {
  expect(wantedGroups(settings, GROUPS, EXTRAS, ['dev'])).toEqual({ main, groups, extras: [], problems: [] });
});

it('extras have normalized names', () => {
  expect(wantedGroups({ uvOptionalDependencies: ['s3', 'Mail'] }, GROUPS, EXTRAS)).toMatchObject({
    extras: ['s3', 'mail'],
    problems: [],
  });
});

describe('what the project does not have', () => {
  it('is named, with the property and what there is', () => {
    const settings = { uvWithGroups: ['tests'], uvOnlyGroups: ['lint'], uvOptionalDependencies: ['gcs'] };
    expect(wantedGroups(settings, ['dev', 'docs'], ['s3']).problems).toEqual([
      {
        found: 'the group "tests", which the project does not have',
        accepted: '"dev", "docs"',
        fix: 'correct uvWithGroups',
      },
      {
        found: 'the group "lint", which the project does not have',
        accepted: '"dev", "docs"',
        fix: 'correct uvOnlyGroups',
      },
      {
        found: 'the extra "gcs", which the project does not have',
        accepted: '"s3"',
        fix: 'correct uvOptionalDependencies',
      },
    ]);
  });

  it('can be any of its kind', () => {
    const settings = { uvWithGroups: ['tests'], uvOptionalDependencies: ['gcs'] };
    expect(wantedGroups(settings, [], []).problems.map(({ accepted }) => accepted)).toEqual([
      'none: the project has no groups',
      'none: the project has no extras',
    ]);
  });
});

it.each<[object, 'group' | 'extra', string]>([
  [{}, 'group', 'set uvWithGroups: ["a"]'],
  [{ uvWithGroups: ['dev'] }, 'group', 'set uvWithGroups: ["dev", "a"]'],
  [{ uvOnlyGroups: ['dev'], uvWithGroups: ['docs'] }, 'group', 'set uvOnlyGroups: ["dev", "a"]'],
  [{ uvOnlyGroups: ['dev'] }, 'extra', 'set uvOptionalDependencies: ["a"]'],
  [{ uvOptionalDependencies: ['s3'] }, 'extra', 'set uvOptionalDependencies: ["s3", "a"]'],
])('with %j, a %s is installed by: %s', (settings, kind, fix) => {
  expect(groupFix(settings, kind, 'a')).toBe(fix);
});
