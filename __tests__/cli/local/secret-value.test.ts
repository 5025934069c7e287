import { secretReader } from '../../../cli/local/secret-value';

const mock = { send: jest.fn() };
jest.mock('../../../modules/orchestration/trigger/aws-request', () => ({
  sendAwsRequest: (...words: unknown[]) => mock.send(...words),
}));

const ACCESS = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: undefined },
};
const OWN = '123456789013';
const secret = (end = '', account = OWN, region = 'eu-west-2', partition = 'aws') =>
  `arn:${partition}:secretsmanager:${region}:${account}:secret:db-AbCdEf${end}`;
const parameter = (name: string, account = OWN, region = 'eu-west-2') =>
  `arn:aws:ssm:${region}:${account}:parameter/${name}`;

const answer = (content: unknown) => mock.send.mockResolvedValue({ body: JSON.stringify(content) });
const read = (valueFrom: string, access = {}) => secretReader({ ...ACCESS, ...access })(valueFrom);
/** The request, with its parsed body. */
const asked = () => {
  const [request, timeout] = mock.send.mock.calls.at(-1) ?? [];
  return { ...request, body: JSON.parse(request.body), timeout };
};

beforeEach(() => {
  mock.send.mockReset();
  for (const name of ['', '_SECRETS_MANAGER', '_SSM']) delete process.env[`AWS_ENDPOINT_URL${name}`];
});

it('a secret is read in its region', async () => {
  answer({ SecretString: 'text' });
  expect(await read(secret())).toBe('text');
  expect(asked()).toEqual({
    service: 'secretsmanager',
    region: 'eu-west-2',
    credentials: ACCESS.credentials,
    method: 'POST',
    url: 'https://secretsmanager.eu-west-2.amazonaws.com/',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'secretsmanager.GetSecretValue' },
    body: { SecretId: secret() },
    timeout: 10_000,
  });
});

it.each([
  ['::', {}],
  [':::', {}],
  ['::AWSPREVIOUS:', { VersionStage: 'AWSPREVIOUS' }],
  [':::1-2', { VersionId: '1-2' }],
  ['::A:1-2', { VersionStage: 'A', VersionId: '1-2' }],
])('the version of a secret, %s', async (end, expected) => {
  answer({ SecretString: 'text' });
  expect(await read(secret(end))).toBe('text');
  expect(asked().body).toEqual({ SecretId: secret(), ...expected });
});

it("without a deployment, it is the secret of that name in the developer's account and region", async () => {
  answer({ SecretString: 'text' });
  await read(secret('', '000000000000', '', 'aws-cn'));
  expect(asked()).toMatchObject({ region: 'eu-west-1', body: { SecretId: 'db-AbCdEf' } });
  expect(asked().url).toBe('https://secretsmanager.eu-west-1.amazonaws.com.cn/');
});

it.each([
  ['{"user":"a"}', 'a'],
  ['{"user":1}', '1'],
  ['{"user":{"b":true}}', '{"b":true}'],
  ['{"user":null}', 'null'],
])('the key of %s is %j', async (SecretString, expected) => {
  answer({ SecretString });
  expect(await read(secret(':user'))).toBe(expected);
});

it.each([
  [{ SecretString: '{}' }, /^it has no key "user"$/],
  [{ SecretString: '[1]' }, 'it has no key "user"'],
  [{ SecretString: 'text' }, 'it is not JSON'],
  [{ SecretBinary: 'YQ==' }, 'it has no string'],
  [null, 'it has no string'],
])('the key of %j cannot be read: %s', async (content, message) => {
  answer(content);
  await expect(read(secret(':user'))).rejects.toThrow(message);
});

it('no key is inherited', async () => {
  answer({ SecretString: '{}' });
  await expect(read(secret(':toString'))).rejects.toThrow('it has no key "toString"');
});

it.each([
  ['name', OWN, [parameter('name')]],
  ['path/name', OWN, [parameter('path/name')]],
  ['name', '', ['name', '/name']],
  ['name', '000000000000', ['name', '/name']],
  ['path/name', '', ['/path/name']],
])('the parameter %s of the account %j has the names %j', async (name, account, Names) => {
  answer({ Parameters: [{ Value: 'text' }] });
  expect(await read(parameter(name, account))).toBe('text');
  expect(asked()).toMatchObject({
    service: 'ssm',
    region: 'eu-west-2',
    url: 'https://ssm.eu-west-2.amazonaws.com/',
    headers: { 'x-amz-target': 'AmazonSSM.GetParameters' },
  });
  expect(asked().body).toEqual({ Names, WithDecryption: true });
});

it.each([{}, { Parameters: [] }, { Parameters: 'x' }, { Parameters: [{}] }, null])(
  '%j is no parameter',
  async (content) => {
    answer(content);
    await expect(read(parameter('name', OWN, ''))).rejects.toThrow('there is no such parameter');
    expect(asked().region).toBe('eu-west-1');
  },
);

it.each([
  'name',
  'arn:aws:s3:::bucket',
  `x${secret()}`,
  `${secret(':a:b:c')}:d`,
  'arn:aws:secretsmanager:eu-west-2:x:secret:a',
  `${parameter('a')}:1`,
  `x${parameter('a')}`,
])('%s is no source', async (valueFrom) => {
  await expect(read(valueFrom)).rejects.toThrow('it is not the ARN of a secret or parameter');
  expect(mock.send).not.toHaveBeenCalled();
});

it('an emulator comes before the variable of the service, and that before the one of all', async () => {
  answer({ SecretString: 'text', Parameters: [{ Value: 'text' }] });
  process.env.AWS_ENDPOINT_URL = 'http://all';
  await read(secret());
  process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = 'http://secrets';
  process.env.AWS_ENDPOINT_URL_SSM = 'http://ssm';
  await read(secret());
  await read(parameter('a'));
  await read(secret(), { endpoint: 'http://emulator' });
  expect(mock.send.mock.calls.map(([{ url }]) => url)).toEqual([
    'http://all/',
    'http://secrets/',
    'http://ssm/',
    'http://emulator/',
  ]);
});
