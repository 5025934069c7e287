import { StringsSecret } from '../../../../modules/container/connection-strings/function/strings-secret';
import { sendAwsRequest } from '../../../../modules/orchestration/trigger/aws-request';
import { StartError } from '../../../../modules/orchestration/trigger/start-error';

jest.mock('../../../../modules/orchestration/trigger/aws-request');
const send = sendAwsRequest as jest.MockedFunction<typeof sendAwsRequest>;

const ARN = 'arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:strings-AbCdEf';
const answer = (body: object) => ({ body: JSON.stringify(body), date: undefined, etag: undefined });
const secret = (env: NodeJS.ProcessEnv = {}) => new StringsSecret(ARN, { AWS_ACCESS_KEY_ID: 'id', ...env });
const sent = () => send.mock.calls.map(([request]) => request);

beforeEach(() => send.mockReset());

it('reads the current value at the endpoint of its region and partition', async () => {
  send.mockResolvedValue(answer({ SecretString: '{"A":"b"}' }));
  expect(await secret().read()).toEqual({ A: 'b' });
  expect(sent()).toEqual([
    {
      service: 'secretsmanager',
      region: 'cn-north-1',
      credentials: { accessKeyId: 'id', secretAccessKey: '', sessionToken: undefined },
      method: 'POST',
      url: 'https://secretsmanager.cn-north-1.amazonaws.com.cn/',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'secretsmanager.GetSecretValue',
      },
      body: JSON.stringify({ SecretId: ARN }),
    },
  ]);
});

it.each([
  [
    'AWS_ENDPOINT_URL_SECRETS_MANAGER',
    { AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://a:1/', AWS_ENDPOINT_URL: 'http://b' },
    'http://a:1/',
  ],
  ['AWS_ENDPOINT_URL', { AWS_ENDPOINT_URL: 'http://b' }, 'http://b/'],
])('asks an emulator at %s', async (_, env, url) => {
  send.mockResolvedValue(answer({ SecretString: '[]' }));
  expect(await secret(env).read()).toEqual({});
  expect(sent()[0]?.url).toBe(url);
});

it('has no strings before the first write, and says what else is wrong', async () => {
  send.mockRejectedValueOnce(new StartError('ResourceNotFoundException', 'no version', false));
  expect(await secret().read()).toEqual({});
  const denied = new StartError('AccessDeniedException', 'no', false);
  send.mockRejectedValueOnce(denied);
  await expect(secret().read()).rejects.toBe(denied);
});

it('writes by the same token in each try, and by another one the next time', async () => {
  send.mockRejectedValueOnce(new StartError('InternalServiceError', 'again', true)).mockResolvedValue(answer({}));
  await secret().write({ A: 'b' });
  await secret().write({ A: 'b' });
  const bodies = sent().map(({ body }) => JSON.parse(body));
  expect(bodies[0]).toEqual({ SecretId: ARN, SecretString: '{"A":"b"}', ClientRequestToken: expect.any(String) });
  expect(bodies[1]).toEqual(bodies[0]);
  expect(bodies[2].ClientRequestToken).not.toBe(bodies[0].ClientRequestToken);
});
