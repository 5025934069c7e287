import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { AwsApi } from './engines/aws-api';
import { unexplainedChanges } from './engines/emulator-gaps';
import { type Emulator, emulatorAvailable, startEmulator } from './engines/ministack';
import { describeWith, terraformAvailable, type Workspace, workspace } from './engines/terraform';
import { type SynthesizedStack, synthesize } from './synthesize';

const packaging = { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } as const;
const resources = { cpu: 1, memory: 512 };

/**
 * A job that connects to what the emulator knows and reads a secret, and one that connects to that job. Its log is not sent on: the
 * emulator's Firehose forgets the endpoint, so that a second plan would make the stream anew.
 */
const config: BatchJobsConfig = {
  stackName: 'connected',
  region: 'eu-west-1',
  cloudformationResources: {
    made: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'made', SecretString: 'x' } },
  },
  resources: {
    photos: { type: 'bucket' },
    inbox: { type: 'sqs-queue' },
    news: { type: 'sns-topic' },
    bus: { type: 'event-bus' },
    search: { type: 'existing', properties: { variables: { url: 'https://search.example.com' } } },
    orders: {
      type: 'relational-database',
      properties: {
        engine: { type: 'postgres' },
        // The emulator's RDS generates no password.
        credentials: { masterUserPassword: "$Secret('orders.password')" },
        deletionProtection: false,
      },
    },
    import: {
      type: 'batch-job',
      properties: {
        container: {
          packaging,
          environment: {
            API_KEY: "$Secret('my-secret')",
            DOTTED: "$Secret('my.app.secret:key')",
            LICENSE: "$Parameter('/shop/license')",
            MADE: "$Secret('made')",
          },
        },
        executionRoleStatements: [{ Action: ['kms:Decrypt'], Resource: ['arn:aws:kms:eu-west-1:123456789012:key/a'] }],
        resources,
        connectTo: ['photos', 'inbox', 'news', 'bus', 'search', 'report', 'orders', 'aws:ses'],
      },
    },
    report: { type: 'batch-job', properties: { container: { packaging }, resources, connectTo: ['import'] } },
  },
};

const [PASSWORD, NEXT_PASSWORD] = ['kept:elsewhere%0123', 'p@ss:w/o?rd#1+é'] as const;
const GET = 'secretsmanager.GetSecretValue';

/** By names that the ARN of a secret cannot be made of: Secrets Manager would take "my-secret" for a whole one. */
const SECRETS = {
  orders: JSON.stringify({ password: PASSWORD }),
  'my-secret': 'whole',
  'my.app.secret': '{"key":"k"}',
};

describeWith([terraformAvailable(), emulatorAvailable()], 'jobs that connect', () => {
  let emulator: Emulator;
  let synthesized: SynthesizedStack;
  let copy: Workspace;
  let api: AwsApi;
  const arns = new Map<string, string>();

  beforeAll(async () => {
    emulator = await startEmulator();
    api = new AwsApi(emulator, 'eu-west-1');
    for (const [Name, SecretString] of Object.entries(SECRETS)) {
      const secret = { Name, SecretString, ClientRequestToken: 'a'.repeat(32) };
      const { ARN } = await api.json<{ ARN: string }>('secretsmanager', 'secretsmanager.CreateSecret', secret);
      arns.set(Name, ARN);
    }
    const parameter = { Name: '/shop/license', Value: 'L', Type: 'SecureString' };
    await api.json('ssm', 'AmazonSSM.PutParameter', parameter);
    synthesized = synthesize(config);
    copy = workspace(synthesized.dir, { emulator });
  });

  afterAll(async () => {
    copy?.dispose();
    synthesized?.dispose();
    await emulator?.stop();
  });

  it('are applied, each pool with its own security group, one of them admitted to the database', async () => {
    expect(await copy.plan()).toEqual({ hasChanges: true, removes: false });
    const { resources: applied } = await copy.applySavedPlan();
    const of = (type: string) => [...applied.values()].filter((resource) => resource.type === type);
    expect(of('aws_batch_compute_environment')).toHaveLength(2);
    expect(of('aws_vpc_security_group_ingress_rule')).toHaveLength(1);
    const definition = of('aws_batch_job_definition').find(({ name }) => name.startsWith('import_'));
    const { secrets } = JSON.parse(String(definition?.values.container_properties));
    const string = (name: string) => ({
      name,
      valueFrom: expect.stringMatching(new RegExp(`:secret:connected-import-connection-strings-\\w{6}:${name}::$`)),
    });
    const suffixed = (name: string) => expect.stringMatching(new RegExp(`:secret:${name}-[A-Za-z0-9]{6}$`));
    expect(secrets).toEqual([
      { name: 'API_KEY', valueFrom: arns.get('my-secret') },
      { name: 'DOTTED', valueFrom: `${arns.get('my.app.secret')}:key::` },
      { name: 'LICENSE', valueFrom: expect.stringMatching(/^arn:aws:ssm:eu-west-1:\d{12}:parameter\/shop\/license$/) },
      { name: 'MADE', valueFrom: suffixed('made') },
      string('STP_ORDERS_CONNECTION_STRING'),
      string('STP_ORDERS_JDBC_CONNECTION_STRING'),
      { name: 'STP_ORDERS_PASSWORD', valueFrom: `${arns.get('orders')}:password::` },
    ]);
    expect(JSON.stringify([...applied])).not.toContain(encodeURIComponent(PASSWORD));
  });

  it('show no change when they are planned again', async () => {
    expect(unexplainedChanges(await copy.planJson())).toEqual([]);
  });

  /** What containers get of the secret with the job's connection strings, and its version. */
  async function strings() {
    const secret = { SecretId: 'connected-import-connection-strings' };
    const current = await api.json<{ SecretString: string; VersionId: string }>('secretsmanager', GET, secret);
    return { ...JSON.parse(current.SecretString), version: current.VersionId };
  }

  /** As the job's state machine does before each submission. */
  async function write() {
    expect(await api.invoke('connected-import-strings')).toBe('null');
  }

  it('have complete connection strings since then, and new ones after the password has changed', async () => {
    const first = await strings();
    const { STP_ORDERS_CONNECTION_STRING: url, STP_ORDERS_JDBC_CONNECTION_STRING: jdbc } = first;
    expect(decodeURIComponent(new URL(url).password)).toBe(PASSWORD);
    expect(new URL(jdbc.replace('jdbc:', '')).searchParams.get('password')).toBe(PASSWORD);
    await write();
    expect(await strings()).toEqual(first);
    const SecretString = JSON.stringify({ password: NEXT_PASSWORD });
    await api.json('secretsmanager', 'secretsmanager.PutSecretValue', { SecretId: 'orders', SecretString });
    await write();
    const next = await strings();
    expect(decodeURIComponent(new URL(next.STP_ORDERS_CONNECTION_STRING).password)).toBe(NEXT_PASSWORD);
  });

  it('are destroyed and leave nothing behind', async () => {
    await copy.destroy();
    expect((await copy.state()).resources.size).toBe(0);
  });
});
