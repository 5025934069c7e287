import { STACKTAPE_CODE } from '../../../modules/resources/function/stacktape-code';

it('settings of languages that are built before synthesis have one answer', () => {
  const names = ['javaVersion', 'useMaven', 'dotnetVersion', 'projectFile', 'rubyVersion', 'phpVersion'];
  const fixes = new Set(names.map((name) => STACKTAPE_CODE[`languageSpecificConfig.${name}`]));
  expect([...fixes]).toEqual([expect.stringContaining('use custom-artifact, and set runtime')]);
});

it('groups of Python packages have one, too', () => {
  const names = ['uvOptionalDependencies', 'uvWithGroups', 'uvWithoutGroups', 'uvOnlyGroups'];
  const fixes = new Set(names.map((name) => STACKTAPE_CODE[`languageSpecificConfig.${name}`]));
  expect([...fixes]).toEqual([expect.stringContaining("the project's own dependencies")]);
});
