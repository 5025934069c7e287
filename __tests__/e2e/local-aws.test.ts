import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { App } from 'cdktf';
import { secretReader } from '../../cli/local/secret-value';
import { loadConfig } from '../../modules/load';
import { BatchJobsStack } from '../../modules/stack';
import { JOBS_ON_AWS } from '../example-files';
import { AwsApi } from './engines/aws-api';
import { builtTag, pushImage } from './engines/image-push';
import { type Emulator, emulatorAvailable, startEmulator } from './engines/ministack';
import { pythonPackages } from './engines/python-packages';
import { describeWith, terraformAvailable, type Workspace, workspace } from './engines/terraform';

const ROOT = join(__dirname, '..', '..');
const REGION = 'eu-west-1';
const { pipeline, report, users } = JOBS_ON_AWS;

interface Job {
  readonly file: string;
  readonly job: string;
}

const python = pythonPackages(join(ROOT, 'examples/image-pipeline/requirements.txt'));

describeWith([terraformAvailable(), emulatorAvailable(), python], 'with --aws, against ministack,', () => {
  let folder: string;
  let emulator: Emulator;
  let api: AwsApi;
  const copies: Workspace[] = [];

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'local-aws-')));
    for (const name of ['out', 'tmp']) mkdirSync(join(folder, name));
    emulator = await startEmulator({ region: REGION });
    api = new AwsApi(emulator, REGION);
  });

  afterAll(async () => {
    for (const copy of copies) copy.dispose();
    await emulator?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Applies an example, its image put where CodeBuild would put it; local runs find the state where `npm run deploy` leaves it. */
  async function deploy({ file }: Job): Promise<void> {
    const outdir = join(folder, 'synthesized');
    const app = new App({ outdir });
    const { config } = await loadConfig(join(ROOT, file));
    const stack = new BatchJobsStack(app, { ...config, region: REGION }, { baseDir: join(ROOT, dirname(file)) });
    app.synth();
    const copy = workspace(join(outdir, 'stacks', config.stackName), { emulator });
    copies.push(copy);
    const { resource } = stack.toTerraform();
    await Promise.all([copy.apply(), pushImage(api, `${config.stackName}-jobs`, builtTag(resource))]);
    mkdirSync(join(folder, 'out', 'stacks'), { recursive: true });
    symlinkSync(copy.dir, join(folder, 'out', 'stacks', config.stackName));
  }

  async function local({ file, job }: Job, words: readonly string[], more: NodeJS.ProcessEnv = {}) {
    const { bin } = python as { bin: string };
    const child = spawn(process.execPath, ['--import', 'tsx', 'cli/batch-jobs.ts', 'local', job, '--aws', ...words], {
      cwd: ROOT,
      env: {
        PATH: `${bin}${delimiter}${process.env.PATH}`,
        HOME: folder,
        TMPDIR: join(folder, 'tmp'),
        NO_COLOR: '1',
        BATCH_JOBS_CONFIG: file,
        CDKTF_OUTDIR: join(folder, 'out'),
        AWS_REGION: REGION,
        AWS_ENDPOINT_URL: emulator.endpoint,
        AWS_ACCESS_KEY_ID: emulator.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: emulator.credentials.secretAccessKey,
        ...more,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
    return { code, stdout, stderr };
  }

  /** A sample event of a job's first trigger, and a file that holds it, changed or not. */
  async function sample<Event>(job: Job, change = (event: Event): Event => event) {
    const { stdout, stderr } = await local(job, ['--print-event']);
    expect(stderr).toBe('');
    const event = change(JSON.parse(stdout) as Event);
    const path = join(folder, 'event.json');
    writeFileSync(path, JSON.stringify(event));
    return { event, path };
  }

  it('a job is refused while what it needs is not deployed', async () => {
    const refused = (problem: string) => ({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(
        new RegExp(
          `^--aws: ${problem}, and \\S+/stacks/image-pipeline is not there\\. Run (npm run|npx batch-jobs) deploy`,
        ),
      ),
    });
    expect(await local(pipeline, ['--plain'])).toEqual(refused('the sample event needs the name of uploads'));
    const event = join(folder, 'none.json');
    writeFileSync(event, '{}');
    expect(await local(pipeline, ['--plain', '--event', event])).toEqual(
      refused('STP_THUMBNAILS_ARN is <aws_s3_bucket\\.\\w+\\.arn>, which only a deployment knows'),
    );
  });

  it('the image pipeline makes thumbnails in its own buckets', async () => {
    await deploy(pipeline);
    interface S3Event {
      readonly Records: readonly {
        readonly s3: { readonly bucket: { readonly name: string }; readonly object: { readonly key: string } };
      }[];
    }
    const { event, path } = await sample<S3Event>(pipeline);
    const { bucket, object } = event.Records[0]?.s3 ?? { bucket: { name: '' }, object: { key: '' } };
    expect(bucket.name).toMatch(/^image-pipeline-uploads/);
    expect(object.key).toMatch(/^uploads\//);
    upload(bucket.name, object.key);
    const { code, stdout, stderr } = await local(pipeline, ['--plain', '--event', path]);
    expect(stderr).toBe('');
    expect(stdout).toContain('Succeeded');
    expect(code).toBe(0);
    const copies = [...stdout.matchAll(/\| (\S+) -> ([^\s/]+)\/(\S+)$/gm)];
    expect(copies.map(([, source, , key]) => [source, key])).toEqual(
      ['320', '1280'].map((width) => [
        `${bucket.name}/${object.key}`,
        `${width}/${object.key.replace(/\.[^./]*$/, '')}.jpg`,
      ]),
    );
    for (const [, , target = '', key = ''] of copies) expect(sizeOf(target, key)).toBeGreaterThan(100);
  });

  function boto3(program: string, ...words: string[]): string {
    const { bin } = python as { bin: string };
    const { stdout, stderr, status } = spawnSync(join(bin, 'python3'), ['-c', program, ...words], {
      encoding: 'utf8',
      env: {
        AWS_ENDPOINT_URL: emulator.endpoint,
        AWS_DEFAULT_REGION: REGION,
        AWS_ACCESS_KEY_ID: emulator.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: emulator.credentials.secretAccessKey,
      },
    });
    if (status !== 0) throw new Error(stderr);
    return stdout;
  }

  function upload(bucket: string, key: string): void {
    const program = [
      'import io, sys, boto3',
      'from PIL import Image',
      'picture = io.BytesIO()',
      'Image.new("RGB", (2000, 1000), "teal").save(picture, "PNG")',
      'boto3.client("s3").put_object(Bucket=sys.argv[1], Key=sys.argv[2], Body=picture.getvalue())',
    ];
    boto3(program.join('\n'), bucket, key);
  }

  function sizeOf(bucket: string, key: string): number {
    const program = 'import sys, boto3; print(boto3.client("s3").head_object(Bucket=sys.argv[1], Key=sys.argv[2]))';
    return Number(/'ContentLength': (\d+)/.exec(boto3(program, bucket, key))?.[1]);
  }

  it('the nightly report looks at the runs of the other job, and posts to the address in its secret', async () => {
    const secret = { Name: 'chat', SecretString: '{}', ClientRequestToken: 'a'.repeat(32) };
    await api.json('secretsmanager', 'secretsmanager.CreateSecret', secret);
    await deploy(report);
    const posts: string[] = [];
    const chat = createServer(async (request, response) => {
      for await (const chunk of request) posts.push(String(chunk));
      response.end();
    });
    await new Promise<void>((resolve) => chat.listen(0, '127.0.0.1', resolve));
    try {
      const { event, path } = await sample<{ time: string }>(report);
      const words = ['--plain', '--fast', '--event', path];
      const secretless = await local(report, words);
      expect(secretless.stderr).toMatch(
        /^--aws: the secret of WEBHOOK_URL, arn:aws:secretsmanager:eu-west-1:\d{12}:secret:chat-\w{6}:webhook::, cannot be read: it has no key "webhook"\. Set it by --secret WEBHOOK_URL=value\.\n$/,
      );
      expect([secretless.code, secretless.stdout]).toEqual([2, '']);
      const webhook = `http://127.0.0.1:${(chat.address() as AddressInfo).port}/`;
      await api.json('secretsmanager', 'secretsmanager.PutSecretValue', {
        SecretId: 'chat',
        SecretString: JSON.stringify({ webhook }),
        ClientRequestToken: 'd'.repeat(32),
      });
      const { code, stdout, stderr } = await local(report, words);
      expect(stderr).toBe('');
      expect(stdout).toContain('Succeeded');
      expect(stdout).not.toContain(webhook);
      expect(code).toBe(0);
      expect(posts.map((text) => JSON.parse(text))).toEqual([
        { text: `Runs until ${new Date(event.time).toISOString()}\nnone` },
      ]);
    } finally {
      chat.closeAllConnections();
      await new Promise((resolve) => chat.close(resolve));
    }
  });

  describe('a secret', () => {
    const arn = (name: string) => `arn:aws:secretsmanager:${REGION}:${emulator.account}:secret:${name}`;
    const read = (valueFrom: string) => {
      const { credentials } = emulator;
      return secretReader({ region: REGION, credentials: { ...credentials, sessionToken: undefined } })(valueFrom);
    };
    const create = (name: string, value: object) =>
      api.json<{ ARN: string }>('secretsmanager', 'secretsmanager.CreateSecret', { Name: name, ...value });

    const before = { ...process.env };
    beforeEach(() => {
      process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = emulator.endpoint;
    });
    afterEach(() => {
      process.env = { ...before };
    });

    it('is read whole or by its key, by its ARN with and without what Secrets Manager adds to the name', async () => {
      const text = '{"password":"p","port":5432}';
      const { ARN } = await create('database', { SecretString: text });
      expect(ARN).not.toBe(arn('database'));
      for (const known of [ARN, arn('database')]) expect(await read(known)).toBe(text);
      expect(await read(`${ARN}:password::`)).toBe('p');
      expect(await read(`${ARN}:port::`)).toBe('5432');
      // Without a deployment, no account is used.
      expect(await read(arn('database').replace(emulator.account, '000000000000'))).toBe(text);
      await expect(read(`${ARN}:user::`)).rejects.toThrow('it has no key "user"');
    });

    it('is read in a version, by its label or its id', async () => {
      const { ARN, VersionId } = await api.json<{ ARN: string; VersionId: string }>(
        'secretsmanager',
        'secretsmanager.CreateSecret',
        { Name: 'my-secret', SecretString: 'old', ClientRequestToken: 'b'.repeat(32) },
      );
      const next = { SecretId: ARN, SecretString: 'new', ClientRequestToken: 'c'.repeat(32) };
      await api.json('secretsmanager', 'secretsmanager.PutSecretValue', next);
      expect(await read(ARN)).toBe('new');
      expect(await read(`${ARN}::AWSPREVIOUS:`)).toBe('old');
      expect(await read(`${ARN}:::${VersionId}`)).toBe('old');
    });

    it('is a parameter, encrypted or not, by its ARN, and by its name where nothing is deployed', async () => {
      process.env.AWS_ENDPOINT_URL_SSM = emulator.endpoint;
      const put = (parameter: object) => api.json('ssm', 'AmazonSSM.PutParameter', parameter);
      await put({ Name: '/shop/key', Value: 'k', Type: 'SecureString' });
      await put({ Name: 'plain-parameter', Value: 'p', Type: 'String' });
      const parameter = (name: string, account: string) => `arn:aws:ssm:${REGION}:${account}:parameter/${name}`;
      for (const account of [emulator.account, '000000000000']) {
        expect(await read(parameter('shop/key', account))).toBe('k');
        expect(await read(parameter('plain-parameter', account))).toBe('p');
      }
      await expect(read(parameter('none', emulator.account))).rejects.toThrow('there is no such parameter');
    });

    it('that is no JSON has no keys, and one of bytes no string', async () => {
      await create('plain', { SecretString: 'p' });
      await create('bytes', { SecretBinary: 'AAAA' });
      expect(await read(arn('plain'))).toBe('p');
      await expect(read(`${arn('plain')}:a::`)).rejects.toThrow('it is not JSON');
      await expect(read(arn('bytes'))).rejects.toThrow('it has no string');
      await expect(read('arn:aws:sqs:eu-west-1:1:a')).rejects.toThrow('it is not the ARN of a secret or parameter');
    });
  });

  it('the job with the user pool looks up who sent the request', async () => {
    const cognito = <Answer>(action: string, body: object) =>
      api.json<Answer>('cognito-idp', `AWSCognitoIdentityProviderService.${action}`, body);
    const { UserPool } = await cognito<{ UserPool: { Id: string } }>('CreateUserPool', { PoolName: 'pool' });
    const pool = { UserPoolId: UserPool.Id };
    const flows = ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];
    const { UserPoolClient } = await cognito<{ UserPoolClient: { ClientId: string } }>('CreateUserPoolClient', {
      ...pool,
      ClientName: 'client',
      ExplicitAuthFlows: flows,
    });
    const user = { ...pool, Username: 'ada' };
    const UserAttributes = [{ Name: 'email', Value: 'ada@example.com' }];
    await cognito('AdminCreateUser', { ...user, UserAttributes, MessageAction: 'SUPPRESS' });
    await cognito('AdminSetUserPassword', { ...user, Password: 'Correct-Horse-1', Permanent: true });
    const { AuthenticationResult } = await cognito<{ AuthenticationResult: { AccessToken: string } }>(
      'AdminInitiateAuth',
      {
        ...pool,
        ClientId: UserPoolClient.ClientId,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'ada', PASSWORD: 'Correct-Horse-1' },
      },
    );
    interface RequestEvent {
      readonly headers: { readonly [name: string]: string };
    }
    const token = `Bearer ${AuthenticationResult.AccessToken}`;
    const { path } = await sample<RequestEvent>(users, (event) => {
      expect(event.headers.authorization).toBe('Bearer sample-token');
      return { ...event, headers: { ...event.headers, authorization: token } };
    });
    const endpoint = { AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: emulator.endpoint };
    const { code, stdout } = await local(users, ['--plain', '--event', path], endpoint);
    expect(stdout).toContain('| started by ada, ada@example.com');
    expect(code).toBe(0);
  });
});
