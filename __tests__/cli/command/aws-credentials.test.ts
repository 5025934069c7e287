import { awsCredentials } from '../../../cli/command/aws-credentials';

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
  jest.restoreAllMocks();
});

it('a profile without credentials is one line, also if the environment has keys', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'emulated',
    AWS_SECRET_ACCESS_KEY: 'emulated',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  });
  const provider = awsCredentials('nope');
  if (typeof provider !== 'function') throw new Error('The keys of the environment were used.');
  await expect(provider()).rejects.toThrow(/^The AWS profile "nope" has no credentials \(.*list-profiles\.$/);
  expect(warn).not.toHaveBeenCalled();
});
