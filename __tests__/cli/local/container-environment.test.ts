import { awsVariables, placeholderSecrets, withConnectionStrings } from '../../../cli/local/container-environment';
import { DeployedStack } from '../../../cli/local/deployed-stack';
import { withVariables } from '../../../cli/local/given-variables';
import { localJob, regionOf } from '../../../cli/local/local-job';
import { parse } from '../../../modules/config/parse';
import { batchJobsConfig } from '../../../modules/stack-config/config';

const before = { ...process.env };

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
});

afterEach(() => {
  process.env = { ...before };
});

interface Options {
  readonly environment?: Record<string, string>;
  readonly command?: string[];
  readonly image?: string;
  readonly region?: string;
  readonly deployed?: DeployedStack;
}

function job({ environment = {}, command, image = 'busybox', region, deployed }: Options = {}) {
  const properties = {
    container: { packaging: { type: 'prebuilt-image', properties: { image, command } }, environment },
    resources: { cpu: 1, memory: 512 },
  };
  const resources = { uploads: { type: 'bucket' }, report: { type: 'batch-job', properties } };
  const config = parse(batchJobsConfig, { stackName: 'shop', region, resources }, 'test');
  const loaded = { file: 'test.json', config };
  return { config, job: localJob(loaded, 'report', { now: () => new Date(), uuid: () => 'u', deployed }) };
}

const withAws = (options: Options = {}) => {
  const made = job(options);
  const { missing } = options.deployed ?? { missing: 'nothing is deployed' };
  return awsVariables(made.job, { region: regionOf(made.config, options.deployed), missing });
};

const KEYS = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret' };
const BUCKET = "$ResourceParam('uploads', 'arn')";

test('without --aws a job finds no credentials, and placeholders for its secrets', () => {
  const { job: made } = job({ environment: { TOKEN: "$Secret('chat.token')" } });
  expect(placeholderSecrets(made)).toEqual({ AWS_EC2_METADATA_DISABLED: 'true', TOKEN: '<secret TOKEN>' });
  expect(made.container.environment).toEqual({ AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1' });
});

test('with --aws it gets the credentials of the shell before those of a profile, and its region', async () => {
  Object.assign(process.env, KEYS, { AWS_PROFILE: 'none', AWS_ENDPOINT_URL_S3: 'http://s3', AWS_PAGER: '' });
  expect(await withAws({ region: 'eu-west-1' })).toEqual({
    ...KEYS,
    AWS_ENDPOINT_URL_S3: 'http://s3',
  });
  process.env.AWS_SESSION_TOKEN = 'token';
  expect(await withAws({ region: 'eu-west-1' })).toMatchObject({ AWS_SESSION_TOKEN: 'token' });
});

test('what the job sets itself stays', async () => {
  Object.assign(process.env, KEYS, { AWS_ENDPOINT_URL_S3: 'http://s3' });
  const environment = { AWS_ENDPOINT_URL_S3: 'http://minio', AWS_ACCESS_KEY_ID: 'own', AWS_REGION: 'local' };
  expect(await withAws({ region: 'eu-west-1', environment })).toEqual({ AWS_SECRET_ACCESS_KEY: 'secret' });
});

const REGION = DeployedStack.of({
  resources: [{ mode: 'data', type: 'aws_region', name: 'r', instances: [{ attributes: { id: 'eu-south-1' } }] }],
});

test.each<[string, Options, Record<string, string>, string | undefined]>([
  ['the config', { region: 'eu-west-1', deployed: REGION }, { AWS_REGION: 'us-west-2' }, 'eu-west-1'],
  ['the deployment', { deployed: REGION }, { AWS_REGION: 'us-west-2' }, 'eu-south-1'],
  ['the shell', {}, { AWS_REGION: 'us-west-2', AWS_DEFAULT_REGION: 'us-west-1' }, 'us-west-2'],
  ['the shell, by its other name', {}, { AWS_DEFAULT_REGION: 'us-west-1' }, 'us-west-1'],
])('the region is that of %s', async (_, options, variables, region) => {
  Object.assign(process.env, KEYS, variables);
  expect(job(options).job.container.environment).toEqual({ AWS_REGION: region, AWS_DEFAULT_REGION: region });
});

test('no region is refused', async () => {
  Object.assign(process.env, KEYS);
  await expect(withAws()).rejects.toThrow('--aws: there is no region. Set AWS_REGION, or region in the config.');
});

test.each<[string, Options, string]>([
  ['a variable', { environment: { BUCKET } }, 'BUCKET is <aws_s3_bucket.'],
  ['the command', { command: ['ls', BUCKET] }, 'its command is <aws_s3_bucket.'],
])('what only a deployment knows is refused in %s', async (_, options, text) => {
  Object.assign(process.env, KEYS);
  await expect(withAws({ region: 'eu-west-1', ...options })).rejects.toThrow(`--aws: ${text}`);
  const deployed = DeployedStack.of({ resources: [] });
  await expect(withAws({ region: 'eu-west-1', ...options, deployed })).rejects.toThrow(
    'which only a deployment knows, and the stack was deployed without it. Run ',
  );
});

describe('connection strings', () => {
  const database = {
    type: 'relational-database',
    existing: { engine: 'postgres', host: 'db', userName: 'app', password: "$Secret('db.password')" },
  };
  const properties = {
    container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
    resources: { cpu: 1, memory: 512 },
    connectTo: ['db'],
  };
  const resources = { db: database, report: { type: 'batch-job', properties } };
  const config = parse(batchJobsConfig, { stackName: 'shop', resources }, 'test');
  const options = { now: () => new Date(), uuid: () => 'u' };
  const synthesized = localJob({ file: 'test.json', config }, 'report', options);
  const given = (env: { name: string; value: string }[], secrets: { name: string; value: string }[] = []) =>
    withVariables(synthesized, { envFiles: [], env, secrets }).job;
  const strings = (made: typeof synthesized) => {
    const all = { ...made.container.environment, ...withConnectionStrings(made, placeholderSecrets(made)) };
    return [all.STP_DB_CONNECTION_STRING, all.STP_DB_JDBC_CONNECTION_STRING];
  };

  it('are whole with the password of the run, as in AWS', () => {
    expect(synthesized.container.secrets).toEqual({ STP_DB_PASSWORD: expect.stringMatching(/:secret:db:password::$/) });
    expect(synthesized.unknown).toEqual([]);
    expect(strings(given([], [{ name: 'STP_DB_PASSWORD', value: 'p@ss:w/1' }]))).toEqual([
      'postgresql://app:p%40ss%3Aw%2F1@db:5432',
      'jdbc:postgresql://db:5432/?user=app&password=p%40ss%3Aw%2F1',
    ]);
  });

  it('have a placeholder without a password', () => {
    expect(strings(synthesized)[0]).toBe('postgresql://app:%3Csecret%20STP_DB_PASSWORD%3E@db:5432');
  });

  it('are what the command line says', () => {
    expect(strings(given([{ name: 'STP_DB_CONNECTION_STRING', value: 'sqlite://$(HOME)' }]))[0]).toBe(
      'sqlite://$(HOME)',
    );
  });

  it('add nothing to a job without them', () => {
    const { job: made } = job();
    expect(withConnectionStrings(made, { A: 'b' })).toEqual({ A: 'b' });
    expect(made.container).not.toHaveProperty('completed');
  });
});
