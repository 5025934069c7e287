import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startedWithSecrets } from '../../../modules/container/resolver/function-start-bundle';
import { readSecrets } from '../../../modules/container/resolver/read-secrets';

const SECRET = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/db-AbCdEf';
const PARAMETER = 'arn:aws:ssm:eu-west-1:123456789012:parameter/shop/token';
const PASSWORD = 'p@ss:w/o rd?';
const TEXT = JSON.stringify({ password: PASSWORD, port: 5432 });

interface Asked {
  readonly target: string;
  readonly parameters: { readonly [name: string]: unknown };
  readonly scope: string;
}

/** Asynchronously: this process answers its requests. */
function spawned(args: readonly string[], env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, args, { env });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (data: Buffer) => {
    output.stdout += data;
  });
  child.stderr.on('data', (data: Buffer) => {
    output.stderr += data;
  });
  return new Promise<typeof output & { readonly status: number | null }>((resolve) => {
    child.on('close', (status) => resolve({ ...output, status }));
  });
}

describe('secrets of a function', () => {
  let server: Server;
  let url: string;
  let asked: Asked[] = [];
  let answers: { readonly status: number; readonly body: object }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const target = String(request.headers['x-amz-target']);
        const scope = /Credential=([^,]+)/.exec(request.headers.authorization ?? '')?.[1] ?? '';
        asked.push({ target, parameters: JSON.parse(Buffer.concat(chunks).toString()), scope });
        const usual = target.startsWith('AmazonSSM')
          ? { Parameters: [{ Value: 'of the parameter' }] }
          : { SecretString: TEXT };
        const { status, body } = answers.shift() ?? { status: 200, body: usual };
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  beforeEach(() => {
    asked = [];
    answers = [];
  });

  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const environment = (variables: NodeJS.ProcessEnv) => ({
    AWS_ACCESS_KEY_ID: 'AKIATEST',
    AWS_SECRET_ACCESS_KEY: 'key',
    AWS_ENDPOINT_URL: url,
    STP_SECRETS: Object.keys(variables).join(' '),
    ...variables,
  });

  async function read(variables: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
    const env = environment(variables);
    await readSecrets(env);
    return env;
  }

  it('come in the place of their references: keys of one secret by one call, and parameters', async () => {
    const env = await read({
      PASSWORD: `${SECRET}:password::`,
      PORT: `${SECRET}:port::`,
      ALL: SECRET,
      TOKEN: PARAMETER,
    });
    expect(env).toMatchObject({ PASSWORD, PORT: '5432', ALL: TEXT, TOKEN: 'of the parameter' });
    expect(asked.map(({ target, parameters }) => [target, parameters])).toEqual(
      expect.arrayContaining([
        ['secretsmanager.GetSecretValue', { SecretId: SECRET }],
        ['AmazonSSM.GetParameters', { Names: [PARAMETER], WithDecryption: true }],
      ]),
    );
    expect(asked).toHaveLength(2);
  });

  it('are asked for where the reference says, by stage and version', async () => {
    const german = SECRET.replace('eu-west-1', 'eu-central-1');
    await read({ OLD: `${german}::AWSPREVIOUS:`, FIRST: `${SECRET}:password::v-1` });
    const [old, first] = [...asked].sort((a, b) => (a.scope < b.scope ? -1 : 1));
    expect(old?.parameters).toEqual({ SecretId: german, VersionStage: 'AWSPREVIOUS' });
    expect(old?.scope).toContain('/eu-central-1/secretsmanager/');
    expect(first?.parameters).toEqual({ SecretId: SECRET, VersionId: 'v-1' });
    expect(first?.scope).toContain('/eu-west-1/secretsmanager/');
  });

  it('are asked for again if the service is busy', async () => {
    answers = [{ status: 400, body: { __type: 'ThrottlingException', message: 'Rate exceeded' } }];
    expect((await read({ ALL: SECRET })).ALL).toBe(TEXT);
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['a key that is not there', `${SECRET}:passwort::`, [], 'it has no key "passwort"'],
    ['bytes', SECRET, [{ status: 200, body: { SecretBinary: 'AA==' } }], 'it has no text'],
    ['a parameter that is not there', PARAMETER, [{ status: 200, body: { Parameters: [] } }], 'it has no text'],
    [
      'no permission',
      SECRET,
      [{ status: 400, body: { __type: 'AccessDeniedException', message: 'not yours' } }],
      'AccessDeniedException (HTTP 400): not yours',
    ],
  ])('say which variable has %s', async (_, reference, given, reason) => {
    answers = given;
    await expect(read({ PASSWORD: reference })).rejects.toThrow(
      `PASSWORD could not be read from ${reference}: ${reason}`,
    );
  });

  it('ask nothing of a function without secrets', async () => {
    await readSecrets({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
    expect(asked).toEqual([]);
  });

  /** Loads the file as Lambda does, and calls its handler. */
  async function invoked(code: string, handler: string, variables: NodeJS.ProcessEnv) {
    const dir = mkdtempSync(join(tmpdir(), 'function-start-'));
    try {
      const { text, file } = startedWithSecrets({
        text: code,
        handler,
        file: code.includes('export ') ? 'index.mjs' : 'index.js',
      });
      writeFileSync(join(dir, file), text);
      writeFileSync(join(dir, 'beside.cjs'), 'module.exports = "beside";');
      const call = `import('${join(dir, file)}').then(async (it) => console.log(JSON.stringify(await it.handler({ id: 1 }))))`;
      return await spawned(['-e', call], { ...environment(variables), PATH: process.env.PATH });
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }

  it('are there when the code is loaded, encoded in variables that need them', async () => {
    const code = `const { DATABASE_URL, STP_DB_PASSWORD } = process.env;
      undeclared = 'code that is not strict';
      exports.run = async ({ id }) =>
        [id, DATABASE_URL, STP_DB_PASSWORD, undeclared, require('./beside.cjs'), (await import('node:path')).sep];`;
    const { stdout, stderr } = await invoked(code, 'index.run', {
      STP_DB_PASSWORD: `${SECRET}:password::`,
      DATABASE_URL: 'postgresql://app:$(STP_DB_PASSWORD)@db:5432/shop',
      STP_SECRETS: 'STP_DB_PASSWORD',
      STP_COMPLETED: 'DATABASE_URL',
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual([
      1,
      `postgresql://app:${encodeURIComponent(PASSWORD)}@db:5432/shop`,
      PASSWORD,
      'code that is not strict',
      'beside',
      '/',
    ]);
  });

  it('are there before a module that can await at its top', async () => {
    const code = `import { sep } from 'node:path';
      const password = await Promise.resolve(process.env.STP_DB_PASSWORD);
      export const handler = ({ id }) => [id, password, sep];`;
    const { stdout } = await invoked(code, 'index.handler', { STP_DB_PASSWORD: `${SECRET}:password::` });
    expect(JSON.parse(stdout)).toEqual([1, PASSWORD, '/']);
  });

  it('end the start of a function that may not read them', async () => {
    answers = [{ status: 400, body: { __type: 'AccessDeniedException', message: 'not yours' } }];
    const { status, stderr } = await invoked('exports.handler = () => 1;', 'index.handler', { PASSWORD: SECRET });
    expect(status).not.toBe(0);
    expect(stderr).toContain(`PASSWORD could not be read from ${SECRET}: AccessDeniedException (HTTP 400): not yours`);
  });
});
