import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { AwsApi } from './engines/aws-api';
import { type Deployment, deploy } from './engines/deployment';
import { emulatorAvailable } from './engines/ministack';
import { describeWith, terraformAvailable } from './engines/terraform';
import { type SynthesizedStack, synthesize } from './synthesize';

const PASSWORD = 'p#ss:w+o%rd?-0123456789';
const REGION = 'eu-west-1';

const resources = {
  orders: {
    type: 'relational-database',
    properties: {
      engine: { type: 'postgres' },
      credentials: { masterUserPassword: "$Secret('orders.password')" },
    },
  },
  visits: { type: 'dynamo-db-table', properties: { primaryKey: { partitionKey: { name: 'id', type: 'string' } } } },
} as const;

const PYTHON = {
  type: 'stacktape-lambda-buildpack',
  properties: { entryfilePath: 'fixtures/python-function/main.py:run' },
};

function config(properties: object): BatchJobsConfig {
  const packaging = { type: 'js-bundle', properties: { entryfilePath: 'fixtures/connections.ts' } } as const;
  const environment = { TOKEN: "$Secret('orders.password')" };
  return {
    stackName: 'function-network',
    region: REGION,
    resources: { ...resources, hello: { type: 'function', properties: { packaging, environment, ...properties } } },
  };
}

describeWith([terraformAvailable(), emulatorAvailable()], 'a function in the network', () => {
  let deployment: Deployment;
  let api: AwsApi;
  const made: SynthesizedStack[] = [];
  const stack = (properties: object): string => {
    const one = synthesize(config(properties));
    made.push(one);
    return one.dir;
  };
  const applied = async (type: string) =>
    [...(await deployment.copy.state()).resources.values()].filter((resource) => resource.type === type);

  /** Services with an endpoint in the VPC. */
  const endpoints = async () =>
    (await applied('aws_vpc_endpoint'))
      .map(({ values }) => [String(values.service_name).split('.').at(-1), values.vpc_endpoint_type])
      .sort();

  /**
   * What a plan would change. The emulator tells the account of a group that a rule lets in, which AWS does only for those of others, and
   * forgets the group and the private name of an endpoint.
   */
  const changes = async () =>
    ((await deployment.copy.planJson()).resource_changes ?? [])
      .filter(({ type, address, change }) => {
        const isMisread = type === 'aws_vpc_security_group_ingress_rule' || address.includes('Endpoint-secretsmanager');
        return !(isMisread && change.actions.join() === 'update') && !['no-op', 'read'].includes(change.actions.join());
      })
      .map(({ address }) => address);

  beforeAll(async () => {
    const empty = synthesize({
      stackName: 'function-network',
      region: REGION,
      resources: { inbox: { type: 'sqs-queue' } },
    });
    made.push(empty);
    deployment = await deploy(empty.dir);
    api = new AwsApi(deployment.emulator, REGION);
    await api.json('secretsmanager', 'secretsmanager.CreateSecret', {
      Name: 'orders',
      SecretString: JSON.stringify({ password: PASSWORD }),
      ClientRequestToken: 'orders'.padEnd(32, '0'),
    });
  });

  afterAll(async () => {
    await deployment?.dispose();
    for (const one of made) one.dispose();
  });

  it('is outside at first, and joins it', async () => {
    await deployment.copy.applyOf(stack({}));
    expect(await applied('aws_vpc_security_group_ingress_rule')).toHaveLength(0);
    await deployment.copy.applyOf(stack({ connectTo: ['orders', 'visits'] }));
    expect(await applied('aws_vpc_security_group_ingress_rule')).toHaveLength(1);
    expect(await endpoints()).toEqual([
      ['dynamodb', 'Gateway'],
      ['s3', 'Gateway'],
      ['secretsmanager', 'Interface'],
    ]);
    expect(await changes()).toEqual([]);
  });

  /** A program and its arguments that print what the function at a path answers. */
  const byNode = (path: string) => [
    process.execPath,
    '-e',
    `import(${JSON.stringify(path)}).then(async (it) => console.log(JSON.stringify(await it.handler({}))))`,
  ];
  const byPython = (path: string) => [
    process.env.PYTHON ?? 'python3',
    '-c',
    `import json, sys; sys.path.insert(0, ${JSON.stringify(dirname(path))})
from stp_function import handler; print(json.dumps(handler({}, None)))`,
  ];

  /** The function's answer: its code, as Terraform zipped it, with the variables that Lambda has. */
  async function answer(file = 'index.mjs', command = byNode): Promise<object> {
    const [resource] = await applied('aws_lambda_function');
    const { environment } = (resource?.values ?? {}) as { environment: [{ variables: NodeJS.ProcessEnv }] };
    const [found = ''] = readdirSync(deployment.copy.dir, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith(file),
    );
    const folder = mkdtempSync(join(tmpdir(), 'function-network-'));
    try {
      const [program = '', ...words] = command(join(deployment.copy.dir, found));
      const { accessKeyId, secretAccessKey } = deployment.emulator.credentials;
      const child = spawn(program, words, {
        cwd: folder,
        env: {
          ...environment[0].variables,
          AWS_ENDPOINT_URL: deployment.emulator.endpoint,
          AWS_ACCESS_KEY_ID: accessKeyId,
          AWS_SECRET_ACCESS_KEY: secretAccessKey,
        },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (data: Buffer) => {
          output += data;
        });
      await new Promise((resolve) => child.on('close', resolve));
      return JSON.parse(output);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  it('knows its password, which its variables and the stack do not have', async () => {
    const [resource] = await applied('aws_lambda_function');
    expect(JSON.stringify(resource?.values)).not.toContain(PASSWORD);
    expect(readFileSync(join(deployment.copy.dir, 'cdk.tf.json'), 'utf8')).not.toContain(PASSWORD);
    const encoded = encodeURIComponent(PASSWORD);
    expect(await answer()).toEqual({
      password: PASSWORD,
      orders: expect.stringContaining(`:${encoded}@`),
      token: PASSWORD,
    });
  });

  it('stays in it by joinDefaultVpc, and leaves it', async () => {
    await deployment.copy.applyOf(stack({ joinDefaultVpc: true, packaging: PYTHON }));
    expect(await applied('aws_vpc_security_group_ingress_rule')).toHaveLength(0);
    // Of the secret in its environment. It no longer connects to the table.
    expect(await endpoints()).toEqual([
      ['s3', 'Gateway'],
      ['secretsmanager', 'Interface'],
    ]);
    expect(await changes()).toEqual([]);
    // In Python by now, it reads the same.
    expect(await answer('stp_function.py', byPython)).toEqual({ token: PASSWORD });
    await deployment.copy.applyOf(stack({}));
    expect(await endpoints()).toEqual([['s3', 'Gateway']]);
    expect(await changes()).toEqual([]);
  });
});
