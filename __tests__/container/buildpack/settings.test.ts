import { removeFolders } from '../folder';
import { problemsOf } from './made';

afterEach(removeFolders);

it.each([
  ['job.ts', 'JavaScript', /^tsConfigPath, .*nodeVersion/],
  ['job.rb', 'Ruby', /^rubyVersion$/],
  ['job.go', 'Go', /^nothing: Go has no settings$/],
])('refuses settings of other languages, which would be without effect: %s', (entryfilePath, language, accepted) => {
  const languageSpecificConfig = { pythonVersion: 3.12, packageManagerFile: undefined };
  expect(problemsOf({ [entryfilePath]: '' }, { entryfilePath, languageSpecificConfig })).toEqual([
    {
      property: ['languageSpecificConfig', 'pythonVersion'],
      found: `a setting for Python, of a file in ${language}`,
      accepted: expect.stringMatching(accepted),
      fix: 'remove it',
    },
  ]);
});

it('names them next to a missing file', () => {
  const problems = problemsOf({}, { entryfilePath: 'job.py', languageSpecificConfig: { javaVersion: 17 } });
  expect(problems.map(({ property }) => property.join('.'))).toEqual([
    'entryfilePath',
    'languageSpecificConfig.javaVersion',
  ]);
});
