import { declaredElsewhere, elsewhere } from '../../../../modules/container/buildpack/python/elsewhere';
import type { Manifest } from '../../../../modules/container/buildpack/python/manifest';
import { folder, removeFolders } from '../../folder';

afterEach(removeFolders);

describe('packages of a requirements.txt that is not installed', () => {
  const BESIDE = {
    where: 'requirements.txt',
    fix: 'set languageSpecificConfig.packageManagerFile to requirements.txt, or declare it in the file that is installed',
  };
  const DEV = { where: 'the group "dev"', fix: 'add it' };
  const installed = { installed: new Set(['idna']), withheld: new Map([['six', DEV]]), whole: true };
  const setup = (files: { [name: string]: string }): Manifest => ({ kind: 'setup', folder: folder(files) });

  it('are withheld, and keep what is known of them already', () => {
    const manifest = setup({ 'requirements.txt': 'six\nRich\n' });
    expect(declaredElsewhere(installed, manifest)).toEqual({
      ...installed,
      withheld: new Map([
        ['six', DEV],
        ['rich', BESIDE],
      ]),
    });
    expect([...installed.withheld.keys()]).toEqual(['six']);
  });

  it('are none without the file, or if it is the one that is installed', () => {
    expect(declaredElsewhere(installed, setup({}))).toBe(installed);
    const home = folder({ 'requirements.txt': 'rich' });
    const manifest: Manifest = { kind: 'requirements', folder: home, path: `${home}/requirements.txt`, setup: false };
    expect(declaredElsewhere(installed, manifest)).toBe(installed);
  });
});

describe('how to install the package of a module', () => {
  const DECLARE = "declare the package in a requirements.txt or a pyproject.toml at or above the entry file's folder";

  it.each([
    [{}, DECLARE],
    [{ 'requirements.txt': 'idna\n' }, DECLARE],
    [{ 'notes.txt': 'six\n', 'requirements/notes.md': 'six\n' }, DECLARE],
    [{ 'my-requirements.txt': 'six\n', 'requirements.txt.bak': 'six\n', 'requirements/a.in.bak': 'six\n' }, DECLARE],
    [
      { 'requirements_job.txt': 'six\n', 'requirements/base.txt': 'six\n' },
      'set languageSpecificConfig.packageManagerFile to the file that declares it: "requirements/base.txt", "requirements_job.txt"',
    ],
    [
      { 'requirements-job.in': 'six\n', 'requirements.txt': 'SIX==1\n' },
      'set languageSpecificConfig.packageManagerFile to the file that declares it: "requirements-job.in", "requirements.txt"',
    ],
    [
      { 'requirements/job.txt': 'six\n', 'requirements/base.in': 'six\n', 'requirements/dev.txt': 'idna\n' },
      'set languageSpecificConfig.packageManagerFile to the file that declares it: "requirements/base.in", "requirements/job.txt"',
    ],
  ])('with %j', (files, expected) => {
    expect(elsewhere(folder(files), 'six')).toBe(expected);
  });
});
