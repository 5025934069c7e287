import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSecretValues } from '../../../cli/local/build-secrets';
import type { BuildContext, BuildSecret } from '../../../modules/container/build-context';

const before = { ...process.env };

afterEach(() => {
  process.env = { ...before };
});

const context = (secrets?: readonly BuildSecret[]): BuildContext => ({
  architecture: 'x86_64',
  method: { tool: 'docker', dockerfile: 'Dockerfile', buildArgs: [] },
  files: [],
  init: true,
  secrets,
});
const TOKEN = { name: 'TOKEN', reference: "$Secret('npm.token')" };
const WHOLE = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:npm-AbCdEf';

test('a build without secrets asks for none', async () => {
  expect(await buildSecretValues(context(), undefined)).toEqual({});
});

test('variables of the shell are secrets of a build', async () => {
  process.env.TOKEN = 'hush';
  expect(await buildSecretValues(context([TOKEN]), undefined)).toEqual({ TOKEN: 'hush' });
});

test('without --aws, one that no variable holds names both ways', async () => {
  delete process.env.TOKEN;
  await expect(buildSecretValues(context([TOKEN]), undefined)).rejects.toThrow(
    "The build of the image reads $Secret('npm.token') as TOKEN. Set the variable TOKEN to its value, or use --aws to read it from your account.",
  );
});

describe('with --aws', () => {
  let server: Server;
  const asked: unknown[] = [];

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      asked.push(JSON.parse(Buffer.concat(chunks).toString()));
      const isSecret = String(request.headers['x-amz-target']).includes('GetSecretValue');
      const answer = isSecret ? { SecretString: '{"token":"hush"}' } : { Parameters: [{ Value: 'index' }] };
      response.end(JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  beforeEach(() => {
    asked.length = 0;
    delete process.env.TOKEN;
    const AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'b', AWS_ENDPOINT_URL });
  });

  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test('they are read from the account of the developer', async () => {
    const secrets = [
      TOKEN,
      { name: 'INDEX', reference: "$Parameter('/npm/index')" },
      { name: 'OLD', reference: `$Secret('${WHOLE}:token:AWSPREVIOUS')` },
    ];
    expect(await buildSecretValues(context(secrets), 'eu-west-1')).toEqual({
      TOKEN: 'hush',
      INDEX: 'index',
      OLD: 'hush',
    });
    expect(asked).toEqual([
      { SecretId: 'npm' },
      { Names: ['/npm/index'], WithDecryption: true },
      { SecretId: WHOLE, VersionStage: 'AWSPREVIOUS' },
    ]);
  });

  test('one that cannot be read says why', async () => {
    const secrets = [{ name: 'OTHER', reference: "$Secret('npm.other')" }];
    await expect(buildSecretValues(context(secrets), 'eu-west-1')).rejects.toThrow(
      `--aws: the build's secret OTHER, $Secret('npm.other'), cannot be read: it has no key "other"`,
    );
  });
});
