import { isStackName, nameProblem, nearestStackName } from '../../../cli/init/stack-name';

it.each([
  ['reports', 'reports'],
  ['Nightly Reports', 'Nightly-Reports'],
  ['Zürich jobs (old)', 'Zurich-jobs-old'],
  ['2024_reports', 'reports'],
  ['--a..b--', 'a-b'],
  ['日本', 'batch-jobs'],
  ['', 'batch-jobs'],
  ['.', 'batch-jobs'],
  ['a'.repeat(200), 'a'.repeat(128)],
  [`${'a'.repeat(127)} b`, 'a'.repeat(127)],
])('%j is nearest to the stack name %j', (folder, name) => {
  expect(nearestStackName(folder)).toBe(name);
  expect(isStackName(name)).toBe(true);
});

it('a name that is none gets one that is', () => {
  expect(nameProblem('1st job')).toBe(
    '"1st job" is not a stack name. Accepted: up to 128 letters, digits and hyphens, starting with a letter. Try "st-job".',
  );
});
