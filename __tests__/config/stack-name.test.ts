import { withStackName } from '../../modules/config/stack-name';

it.each([
  ['nightly-report.yml', 'nightly-report'],
  ['jobs.config.ts', 'jobs'],
  ['/some/folder/02 Image_Pipeline.v2.json', 'Image-Pipeline-v2'],
  ['-x-.yml', 'x'],
])('of %s is %s', (file, stackName) => {
  expect(withStackName({ resources: {} }, file, '')).toEqual({ resources: {}, stackName });
});

it('is the variable before it is the file', () => {
  expect(withStackName({}, 'jobs.yml', 'staging')).toEqual({ stackName: 'staging' });
});

it.each(['reports', '', 5, null])('is what the config says, be it %j', (stackName) => {
  expect(withStackName({ stackName }, 'jobs.yml', 'staging')).toEqual({ stackName });
});

it('stays away where a file name has no letters', () => {
  expect(withStackName({}, '2026.yml', '')).toEqual({});
});

it.each([null, 'text', 5, [[]]])('leaves %j alone, which is no config', (value) => {
  expect(withStackName(value, 'jobs.yml', 'staging')).toBe(value);
});

it('reads STACK_NAME', () => {
  const { STACK_NAME } = process.env;
  process.env.STACK_NAME = 'production';
  try {
    expect(withStackName({}, 'jobs.yml')).toEqual({ stackName: 'production' });
  } finally {
    if (STACK_NAME === undefined) delete process.env.STACK_NAME;
    else process.env.STACK_NAME = STACK_NAME;
  }
});
