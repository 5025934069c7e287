import { createSecrets, secretsIn } from '../../../../cli/local/emulator/secrets';

const mock = { create: jest.fn(), read: jest.fn() };
jest.mock('../../../../cli/local/emulator/create', () => ({
  createOnce: (_: unknown, call: unknown) => mock.create(call),
}));
jest.mock('../../../../cli/local/secret-value', () => ({ secretReader: () => mock.read }));

const EMULATOR = {
  endpoint: 'http://127.0.0.1:5000',
  region: 'eu-west-1',
  account: '123456789012',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: undefined },
};
const secret = (name: string) => `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${name}`;
const parameter = (name: string) => `arn:aws:ssm:eu-west-1:123456789012:parameter/${name}`;

beforeEach(() => {
  mock.create.mockReset().mockResolvedValue(undefined);
  mock.read.mockReset();
});

/** What is created, and what is told of it. */
async function created(sources: Record<string, string>, values: Record<string, string> = {}) {
  const told: unknown[] = [];
  await createSecrets(EMULATOR, sources, values, (event) => told.push(event));
  const calls = mock.create.mock.calls.map(([{ service, headers, body }]) => [
    service,
    headers['x-amz-target'],
    JSON.parse(body),
  ]);
  return { calls, told };
}

const secrets = ({ calls }: Awaited<ReturnType<typeof created>>) =>
  calls.map(([, , { Name, SecretString }]) => [Name, SecretString]);

it('a secret has the value of its variable', async () => {
  expect(await created({ A: secret('db') }, { A: 'x' })).toEqual({
    calls: [['secretsmanager', 'secretsmanager.CreateSecret', { Name: 'db', SecretString: 'x' }]],
    told: [{ type: 'resource', resource: 'db', kind: 'secret', name: 'db' }],
  });
});

it.each([
  ['name', 'name'],
  ['path/name', '/path/name'],
])('a parameter %s is named %s', async (name, Name) => {
  expect(await created({ A: parameter(name) }, { A: '' })).toEqual({
    calls: [['ssm', 'AmazonSSM.PutParameter', { Name, Value: '', Type: 'SecureString' }]],
    told: [{ type: 'resource', resource: Name, kind: 'parameter', name: Name }],
  });
});

it('without a value it is a placeholder', async () => {
  expect(secrets(await created({ A: secret('db') }))).toEqual([['db', '<secret A>']]);
});

it('the keys of a secret are created together', async () => {
  const sources = { A: secret('db:user::'), B: secret('db:password'), C: secret('other:key:stage:id') };
  expect(secrets(await created(sources, { A: 'x', B: 'y', C: 'z' }))).toEqual([
    ['db', '{"user":"x","password":"y"}'],
    ['other', '{"key":"z"}'],
  ]);
});

it('a secret as a whole and one of its keys: the last one counts', async () => {
  expect(secrets(await created({ A: secret('db'), B: secret('db:key') }, { A: 'x', B: 'y' }))).toEqual([
    ['db', '{"key":"y"}'],
  ]);
  mock.create.mockClear();
  expect(secrets(await created({ B: secret('db:key'), A: secret('db::') }, { A: 'x', B: 'y' }))).toEqual([['db', 'x']]);
});

it.each(['name', `x${secret('a')}`, `x${parameter('a')}`, `${parameter('a')}:b`])(
  'of %s nothing is created',
  async (source) => {
    expect(await created({ A: source })).toEqual({ calls: [], told: [] });
  },
);

it('what cannot be created is noted, and the rest is created', async () => {
  mock.create.mockRejectedValueOnce(new Error('no space')).mockRejectedValueOnce(new Error('no SSM'));
  const { told } = await created({ P: parameter('p'), A: secret('a'), B: secret('b') });
  expect(told).toEqual([
    { type: 'note', text: 'The parameter p is not created: no space' },
    { type: 'note', text: 'The secret a is not created: no SSM' },
    { type: 'resource', resource: 'b', kind: 'secret', name: 'b' },
  ]);
});

it('values are read by name, whatever account the emulator has', async () => {
  mock.read.mockImplementation(async (source: string) => `of ${source}`);
  expect(await secretsIn(EMULATOR, { A: secret('a') })).toEqual({
    values: { A: 'of arn:aws:secretsmanager:eu-west-1:000000000000:secret:a' },
    notes: [],
  });
});

it('one that cannot be read is a placeholder, and noted', async () => {
  mock.read.mockRejectedValueOnce(new Error('not there')).mockResolvedValueOnce('b');
  expect(await secretsIn(EMULATOR, { A: secret('a'), B: secret('b') })).toEqual({
    values: { A: '<secret A>', B: 'b' },
    notes: [`A is "<secret A>", since ${secret('a')} cannot be read: not there. Set it by --secret A=value.`],
  });
});
