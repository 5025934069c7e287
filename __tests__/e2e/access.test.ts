import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { MOCK_SECRET_ARN, mockSecretArn } from './engines/mock-provider';
import { type AppliedStack, describeWith, terraformAvailable, workspace } from './engines/terraform';
import { synthesize } from './synthesize';

const packaging = { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } as const;
const job = (properties: object = {}) =>
  ({
    type: 'batch-job',
    properties: { container: { packaging }, resources: { cpu: 1, memory: 512 }, ...properties },
  }) as const;

/** What the mocked secret holds. Nothing of the stack may hold it but what Terraform hands to the database. */
const PASSWORD = 'mocked-password-0123456789';

const config: BatchJobsConfig = {
  stackName: 'access',
  region: 'eu-west-1',
  resources: {
    photos: { type: 'bucket' },
    orders: {
      type: 'dynamo-db-table',
      properties: { primaryKey: { partitionKey: { name: 'id', type: 'string' } }, streamType: 'NEW_IMAGE' },
    },
    inbox: { type: 'sqs-queue' },
    news: { type: 'sns-topic' },
    bus: { type: 'event-bus' },
    clicks: { type: 'kinesis-stream' },
    users: { type: 'user-auth-pool' },
    flow: { type: 'state-machine', existing: { arn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders' } },
    hello: {
      type: 'function',
      properties: {
        packaging: { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'fixtures/echo.ts' } },
        connectTo: ['photos', 'everything', 'hello', 'aws:ses'],
      },
    },
    managed: { type: 'relational-database', properties: { engine: { type: 'postgres' } } },
    given: {
      type: 'relational-database',
      properties: {
        engine: { type: 'mysql' },
        credentials: { masterUserPassword: "$Secret('mysql.password')" },
      },
    },
    search: {
      type: 'existing',
      properties: {
        variables: { url: 'https://search.example.com' },
      },
    },
    cache: { type: 'redis-cluster', properties: { defaultUserPassword: "$Secret('cache.password')" } },
    everything: job({
      container: { packaging, environment: { API_KEY: "$Secret('api.key')" } },
      connectTo: [
        ...['photos', 'orders', 'inbox', 'news', 'bus', 'clicks', 'users', 'flow', 'hello', 'everything', 'plain'],
        ...['managed', 'given', 'cache', 'search', 'aws:ses'],
      ],
      useSpotInstances: true,
      logging: { logForwarding: { type: 'datadog', properties: { apiKey: "$Secret('datadog.api_key')" } } },
    }),
    plain: job({
      connectTo: ['everything'],
      iamRoleStatements: [{ Action: ['s3:GetObject'], Resource: ["$ResourceParam('photos', 'arn')"] }],
      logging: { logForwarding: { type: 'highlight', properties: { projectId: 'p1' } } },
    }),
  },
};

type Values = { readonly [key: string]: unknown };

function values(applied: AppliedStack, type: string): Values[] {
  return [...applied.resources.values()].filter((resource) => resource.type === type).map((item) => item.values);
}

describeWith([terraformAvailable()], 'the real provider', () => {
  const synthesized = synthesize(config);
  const copy = workspace(synthesized.dir);
  let applied: AppliedStack;
  let containers: { readonly [name: string]: { environment: Values[]; secrets?: Values[] } };

  beforeAll(async () => {
    expect(await copy.validate()).toEqual([]);
    applied = await copy.mockApply();
    containers = Object.fromEntries(
      values(applied, 'aws_batch_job_definition').map(({ name, container_properties }) => [
        String(name),
        JSON.parse(String(container_properties)),
      ]),
    );
  });

  afterAll(() => {
    copy.dispose();
    synthesized.dispose();
  });

  it('gets no password from the synthesized stack', () => {
    const json = readFileSync(join(synthesized.dir, 'cdk.tf.json'), 'utf8');
    expect(json).not.toContain(PASSWORD);
    expect(json).not.toContain('$Secret');
    // It is the one that Terraform passes on, and only to this resource.
    const holders = [...applied.resources.values()].filter((item) => JSON.stringify(item.values).includes(PASSWORD));
    expect(holders.map(({ type }) => type).sort()).toEqual([
      'aws_db_instance',
      'aws_elasticache_replication_group',
      // What the two were read from.
      'aws_secretsmanager_secret_version',
      'aws_secretsmanager_secret_version',
    ]);
  });

  it('gives containers their secrets by reference only', () => {
    const secrets = values(applied, 'aws_secretsmanager_secret').map(({ arn }) => String(arn));
    const strings = secrets.find((arn) => arn.includes(':secret:everything_ConnectionStrings_Secret_'));
    const string = (name: string) => ({ name, valueFrom: `${strings}:${name}::` });
    expect(containers['access-everything']?.secrets).toEqual([
      { name: 'API_KEY', valueFrom: `${mockSecretArn('api')}:key::` },
      string('STP_CACHE_CONNECTION_STRING'),
      { name: 'STP_CACHE_PASSWORD', valueFrom: `${mockSecretArn('cache')}:password::` },
      string('STP_CACHE_READER_CONNECTION_STRING'),
      string('STP_GIVEN_CONNECTION_STRING'),
      string('STP_GIVEN_JDBC_CONNECTION_STRING'),
      { name: 'STP_GIVEN_PASSWORD', valueFrom: `${mockSecretArn('mysql')}:password::` },
      string('STP_MANAGED_CONNECTION_STRING'),
      string('STP_MANAGED_JDBC_CONNECTION_STRING'),
      { name: 'STP_MANAGED_PASSWORD', valueFrom: `${MOCK_SECRET_ARN}:password::` },
    ]);
    expect(containers['access-plain']).not.toHaveProperty('secrets');
    const role = values(applied, 'aws_iam_role').find(({ name }) =>
      String(name).startsWith('access-everything-execution-'),
    );
    const [reading] = values(applied, 'aws_iam_role_policy')
      .filter((policy) => policy.role === role?.id)
      .map(({ policy }) => JSON.parse(String(policy)).Statement.find(({ Sid }: Values) => Sid === 'ReadSecrets'));
    expect(reading.Resource).toEqual([...['api', 'cache', 'mysql'].map(mockSecretArn), MOCK_SECRET_ARN, strings]);
  });

  it('passes containers the addresses of everything', () => {
    const environment = containers['access-everything']?.environment ?? [];
    const names = environment.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    expect(environment).toEqual(
      expect.arrayContaining([
        { name: 'STP_FLOW_NAME', value: 'orders' },
        {
          name: 'STP_PLAIN_STATE_MACHINE_ARN',
          value: 'arn:aws:states:eu-west-1:123456789012:stateMachine:access-plain',
        },
        { name: 'STP_MANAGED_PORT', value: '5432' },
        { name: 'STP_GIVEN_PORT', value: '3306' },
        { name: 'STP_CACHE_PORT', value: '6379' },
      ]),
    );
    const [hello] = values(applied, 'aws_lambda_function').filter(
      ({ function_name }) => function_name === 'access-hello',
    );
    const [{ variables = {} } = {}] = (hello?.environment ?? []) as { variables?: Values }[];
    expect(Object.keys(variables)).toEqual(
      expect.arrayContaining(['STP_EVERYTHING_STATE_MACHINE_ARN', 'STP_HELLO_ARN', 'STP_PHOTOS_NAME']),
    );
  });

  it('admits the connected job’s capacity to the databases, and the other’s not', () => {
    const environments = values(applied, 'aws_batch_compute_environment').map(
      ({ compute_environment_name_prefix, compute_resources }) =>
        [
          String(compute_environment_name_prefix),
          (compute_resources as { security_group_ids: string[] }[])[0]?.security_group_ids ?? [],
        ] as const,
    );
    expect(environments).toHaveLength(2);
    const connected = environments.find(([name]) => /^access-spot-cpu-x86-64-to-[0-9a-f]{8}-$/.test(name))?.[1];
    const plain = environments.find(([name]) => name === 'access-on-demand-cpu-x86-64-')?.[1];
    expect(connected).toHaveLength(1);
    expect(plain).toHaveLength(1);
    expect(plain).not.toEqual(connected);
    const rules = values(applied, 'aws_vpc_security_group_ingress_rule');
    expect(rules.map(({ from_port, to_port }) => [from_port, to_port]).sort()).toEqual([
      [3306, 3306],
      [5432, 5432],
      [6379, 6379],
    ]);
    expect(rules.map(({ referenced_security_group_id }) => referenced_security_group_id)).toEqual(
      Array(3).fill(connected?.[0]),
    );
    const databases = [
      ...values(applied, 'aws_db_instance').flatMap(({ vpc_security_group_ids }) => vpc_security_group_ids as string[]),
      ...values(applied, 'aws_elasticache_replication_group').flatMap(
        ({ security_group_ids }) => security_group_ids as string[],
      ),
    ];
    expect(rules.map(({ security_group_id }) => security_group_id).sort()).toEqual(databases.sort());
    expect(new Set([...databases, ...(connected ?? []), ...(plain ?? [])]).size).toBe(5);
    // Nothing else lets anybody in.
    const groups = values(applied, 'aws_security_group');
    expect(groups.flatMap(({ ingress }) => (ingress as unknown[] | null) ?? [])).toEqual([]);
  });

  it('keeps databases in subnets without a way out', () => {
    const subnets = [...applied.resources.values()].filter(({ type }) => type === 'aws_subnet');
    expect(subnets.map(({ values: { cidr_block } }) => cidr_block).sort()).toEqual([
      '10.0.0.0/20',
      '10.0.112.0/20',
      '10.0.128.0/20',
      '10.0.16.0/20',
      '10.0.32.0/20',
      '10.0.96.0/20',
    ]);
    const isolated = subnets
      .filter(({ values: { tags } }) => String((tags as Values).Name).includes('isolated'))
      .map(({ values: { id } }) => id)
      .sort();
    const groups = [...values(applied, 'aws_db_subnet_group'), ...values(applied, 'aws_elasticache_subnet_group')];
    expect(groups).toHaveLength(3);
    for (const { subnet_ids } of groups) expect([...(subnet_ids as string[])].sort()).toEqual(isolated);
    const [internet] = values(applied, 'aws_route');
    // All subnets without a table of their own have a way to the internet.
    const [main] = values(applied, 'aws_main_route_table_association');
    expect(main?.route_table_id).toBe(internet?.route_table_id);
    const others = values(applied, 'aws_route_table_association');
    expect(others.map(({ subnet_id }) => subnet_id).sort()).toEqual(isolated);
    for (const { route_table_id } of others) expect(route_table_id).not.toBe(internet?.route_table_id);
  });

  it('sends logs on with the key where it is', () => {
    const streams = values(applied, 'aws_kinesis_firehose_delivery_stream');
    expect(streams.map(({ name }) => name).sort()).toEqual(['access-everything-logs', 'access-plain-logs']);
    const datadog = streams.find(({ name }) => name === 'access-everything-logs');
    const [endpoint] = (datadog?.http_endpoint_configuration ?? []) as Values[];
    expect(endpoint?.secrets_manager_configuration).toEqual([
      expect.objectContaining({ secret_arn: mockSecretArn('datadog') }),
    ]);
  });
});

describeWith([terraformAvailable()], 'private subnets of the real provider', () => {
  it.each(['nat', 'endpoints'] as const)('with a way out by %s', async (egress) => {
    const image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/job:1';
    const container = { packaging: { type: 'prebuilt-image', properties: { image } } } as const;
    const synthesized = synthesize({
      stackName: egress,
      region: 'eu-west-1',
      vpc: { privateSubnets: true, egress },
      resources: { nightly: job({ container }) },
    });
    const copy = workspace(synthesized.dir);
    try {
      expect(await copy.validate()).toEqual([]);
      const applied = await copy.mockApply();
      const subnets = values(applied, 'aws_subnet').filter(({ map_public_ip_on_launch }) => !map_public_ip_on_launch);
      expect(subnets.map(({ cidr_block }) => cidr_block).sort()).toEqual([
        '10.0.48.0/20',
        '10.0.64.0/20',
        '10.0.80.0/20',
      ]);
      const [environment] = values(applied, 'aws_batch_compute_environment');
      const [resources] = (environment?.compute_resources ?? []) as { subnets: string[] }[];
      expect([...(resources?.subnets ?? [])].sort()).toEqual(subnets.map(({ id }) => id).sort());
      expect(values(applied, 'aws_nat_gateway')).toHaveLength(egress === 'nat' ? 1 : 0);
      expect(values(applied, 'aws_vpc_endpoint')).toHaveLength(egress === 'nat' ? 1 : 8);
    } finally {
      copy.dispose();
      synthesized.dispose();
    }
  });
});
