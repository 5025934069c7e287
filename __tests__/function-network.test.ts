import { join } from 'node:path';
import { App } from 'cdktf';
import { BatchPlatform } from '../modules/batch-platform';
import { BundledFunction } from '../modules/bundled-function';
import { RelationalDatabase } from '../modules/resources/relational-database/construct';
import { BatchJobsStack } from '../modules/stack';
import { foreignStack, permissions, Synthesis } from './synthesis';

const packaging = { type: 'js-bundle', properties: { entryfilePath: 'authorize.ts' } } as const;
const baseDir = join(__dirname, '../examples');
const DATABASE = { type: 'relational-database', properties: { engine: { type: 'postgres' } } } as const;
const EXISTING = {
  type: 'relational-database',
  existing: {
    engine: 'postgres',
    host: 'db.example.com',
    userName: 'app',
    dbName: 'shop',
    password: "$Secret('db.key')",
  },
} as const;

type Given = ConstructorParameters<typeof BatchJobsStack>[1];
const VPC = { vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'] };
const OWN_GROUPS = { compute: { securityGroupIds: ['sg-0123456789abcdef0'] } };
const SECURITY_GROUP = 'sg-0123456789abcdef1';

function synthesisOf(resources: object, more: object = {}): Synthesis {
  const config = { stackName: 'shop', region: 'eu-west-1', vpc: { privateSubnets: true }, resources, ...more };
  return new Synthesis(new BatchJobsStack(new App(), config as Given, { baseDir }));
}

const hello = (properties: object) => ({ hello: { type: 'function', properties: { packaging, ...properties } } });

/** Arguments of the function, as Terraform gets them. */
function functionOf(synthesis: Synthesis) {
  const { environment, vpc_config: network, handler } = synthesis.one('aws_lambda_function');
  return { environment: JSON.stringify(environment), network: network as object | undefined, handler };
}

describe('a function that connects to a database', () => {
  const environment = { DATABASE_URL: "$ResourceParam('db', 'connectionString')" };
  const synthesis = synthesisOf({ db: DATABASE, ...hello({ connectTo: ['db'], environment }) });

  it('is in the subnets of the jobs, with a group that the database lets in', () => {
    const [group = ''] = Object.keys(synthesis.byId('aws_security_group')).filter((id) => id.startsWith('hello_'));
    expect(functionOf(synthesis).network).toEqual({
      security_group_ids: [['$', `{aws_security_group.${group}.id}`].join('')],
      subnet_ids: [1, 2, 3].map((number) => expect.stringContaining(`batch-network_Private_Subnet${number}`)),
    });
    expect(synthesis.one('aws_vpc_security_group_ingress_rule')).toEqual({
      description: 'Function hello of shop',
      ip_protocol: 'tcp',
      from_port: 5432,
      to_port: 5432,
      referenced_security_group_id: ['$', `{aws_security_group.${group}.id}`].join(''),
      security_group_id: expect.stringContaining('aws_security_group.db_SecurityGroup'),
    });
  });

  it('has references in its variables, and no password', () => {
    const { environment: text } = functionOf(synthesis);
    expect(text).toMatch(
      /"STP_DB_PASSWORD":"\$\{aws_db_instance\.\w+\.master_user_secret\[0\]\.secret_arn\}:password::"/,
    );
    expect(text).toMatch(/"DATABASE_URL":"postgresql:\/\/\$\{[^}]+\}:\$\(STP_DB_PASSWORD\)@/);
    expect(text).toContain('"STP_SECRETS":"STP_DB_PASSWORD"');
    expect(text).toContain('"STP_COMPLETED":"DATABASE_URL STP_DB_CONNECTION_STRING STP_DB_JDBC_CONNECTION_STRING"');
  });

  it('may read this secret, and lets Lambda alone join the network', () => {
    const statements = permissions(synthesis, '').filter(
      ({ Sid }) => !['KeepUndelivered', 'WriteLog'].includes(Sid ?? ''),
    );
    expect(statements.map(({ Sid, Effect, Resource }) => [Sid, Effect, JSON.stringify(Resource)])).toEqual([
      ['ReadSecrets', 'Allow', expect.stringMatching(/master_user_secret\[0\]\.secret_arn\}"\]$/)],
      ['DecryptSecrets', 'Allow', expect.stringContaining(':kms:')],
      ['JoinNetwork', 'Allow', '["*"]'],
      ['JoinOnlyByLambda', 'Deny', '["*"]'],
    ]);
    const [, , allowed, denied] = statements;
    expect(denied?.Action).toEqual(allowed?.Action);
    expect(JSON.stringify(denied?.Condition)).toMatch(
      /"ArnEquals":\{"lambda:SourceFunctionArn":\[".*:function:shop-hello"\]\}/,
    );
  });
});

describe('a function in public subnets', () => {
  const TABLE = {
    type: 'dynamo-db-table',
    properties: { primaryKey: { partitionKey: { name: 'id', type: 'string' } } },
  } as const;
  const open = (resources: object) => synthesisOf(resources, { vpc: {} });
  const endpointsOf = (synthesis: Synthesis) => Object.keys(synthesis.byId('aws_vpc_endpoint')).sort();
  const waitsFor = (synthesis: Synthesis) =>
    (synthesis.one('aws_lambda_function').depends_on as string[]).filter((it) => it.startsWith('aws_vpc_endpoint.'));
  const S3 = 'batch-network_S3Endpoint';
  const SECRETS = 'batch-network_Endpoint-secretsmanager';

  it('reads its password through an endpoint, which is there before its first invocation', () => {
    const synthesis = open({ db: DATABASE, ...hello({ connectTo: ['db'] }) });
    expect(endpointsOf(synthesis)).toEqual([SECRETS, S3]);
    expect(waitsFor(synthesis)).toEqual([`aws_vpc_endpoint.${SECRETS}`]);
    const [other] = Object.values(hello({ connectTo: ['db'] }));
    const two = open({ db: DATABASE, ...hello({ connectTo: ['db'] }), other });
    expect(endpointsOf(two)).toEqual([SECRETS, S3]);
  });

  it('reads a secret of its own in the same way, and reaches a table by a gateway', () => {
    const environment = { TOKEN: "$Secret('token')" };
    expect(endpointsOf(open(hello({ joinDefaultVpc: true, environment })))).toEqual([SECRETS, S3]);
    const connected = open({ visits: TABLE, ...hello({ joinDefaultVpc: true, connectTo: ['visits'] }) });
    expect(endpointsOf(connected)).toEqual(['batch-network_DynamoDbEndpoint', S3]);
    expect(waitsFor(connected)).toEqual(['aws_vpc_endpoint.batch-network_DynamoDbEndpoint']);
  });

  it('gets none that it does not need', () => {
    expect(endpointsOf(open(hello({ joinDefaultVpc: true })))).toEqual([S3]);
    const outside = open({ visits: TABLE, ...hello({ connectTo: ['visits'], environment: { KEY: "$Secret('a')" } }) });
    expect(endpointsOf(outside)).toEqual([]);
    const given = synthesisOf(hello({ joinDefaultVpc: true, environment: { KEY: "$Secret('a')" } }), { vpc: VPC });
    expect(endpointsOf(given)).toEqual([]);
    expect(waitsFor(given)).toEqual([]);
  });
});

describe('a function in a VPC that is there', () => {
  const closed = { ...EXISTING, existing: { ...EXISTING.existing, securityGroupId: SECURITY_GROUP } };

  it('has a group of the stack', () => {
    const synthesis = synthesisOf({ db: closed, ...hello({ connectTo: ['db'] }) }, { vpc: VPC });
    expect(functionOf(synthesis).network).toEqual({
      security_group_ids: [expect.stringContaining('aws_security_group.hello_Network')],
      subnet_ids: VPC.subnetIds,
    });
  });

  it('keeps the groups of compute, and reaches nothing else by the one of the stack', () => {
    const synthesis = synthesisOf({ db: closed, ...hello({ connectTo: ['db'] }) }, { vpc: VPC, ...OWN_GROUPS });
    expect(functionOf(synthesis).network).toEqual({
      security_group_ids: [...OWN_GROUPS.compute.securityGroupIds, expect.stringContaining('hello_Network')],
      subnet_ids: VPC.subnetIds,
    });
    expect(synthesis.one('aws_security_group')).toMatchObject({
      name_prefix: 'function-shop-',
      egress: [{ from_port: 5432, to_port: 5432, security_groups: [SECURITY_GROUP] }],
    });
  });

  it('has these alone if it connects to nothing', () => {
    const synthesis = synthesisOf(hello({ joinDefaultVpc: true }), { vpc: VPC, ...OWN_GROUPS });
    expect(functionOf(synthesis).network).toEqual({
      security_group_ids: OWN_GROUPS.compute.securityGroupIds,
      subnet_ids: VPC.subnetIds,
    });
    expect(synthesis.all('aws_security_group')).toEqual([]);
  });
});

it('a function with joinDefaultVpc has a group without rules, and reads no secrets', () => {
  const synthesis = synthesisOf(hello({ joinDefaultVpc: true }));
  const { network, environment, handler } = functionOf(synthesis);
  expect(network).toMatchObject({ security_group_ids: [expect.stringContaining('hello_Network')] });
  expect([environment, handler]).toEqual([undefined, 'index.handler']);
  expect(synthesis.all('aws_vpc_security_group_ingress_rule')).toEqual([]);
});

it('a function stays outside for a database that is open to it, and reads its password', () => {
  const synthesis = synthesisOf({ db: EXISTING, ...hello({ connectTo: ['db'] }) });
  expect(functionOf(synthesis).network).toBeUndefined();
  expect(functionOf(synthesis).environment).toContain('"STP_SECRETS":"STP_DB_PASSWORD"');
  expect(synthesis.all('aws_vpc_security_group_ingress_rule')).toEqual([]);
});

describe('BundledFunction', () => {
  it('says that it needs a network', () => {
    const stack = foreignStack();
    const { network: _, ...context } = new BatchPlatform(stack, 'platform').context;
    const make = () =>
      new BundledFunction(stack, 'hello', { ...context, baseDir, properties: { packaging, joinDefaultVpc: true } });
    expect(make).toThrow(/network.*platform\.network/s);
  });

  it('takes that of the platform', () => {
    const stack = foreignStack();
    const { context } = new BatchPlatform(stack, 'platform');
    const db = new RelationalDatabase(stack, 'db', { ...context, properties: DATABASE.properties });
    const properties = { packaging };
    new BundledFunction(stack, 'hello', { ...context, baseDir, properties, connectTo: [db] });
    expect(new Synthesis(stack).one('aws_vpc_security_group_ingress_rule')).toMatchObject({ to_port: 5432 });
  });
});

describe('secrets in the environment of a function', () => {
  const environment = {
    TOKEN: "$Secret('shop.token')",
    KEY: "$Parameter('/shop/key')",
    PLAIN: 'a',
  };

  it('are references that the function reads when it starts', () => {
    const synthesis = synthesisOf(hello({ environment }));
    const { environment: text, handler, network } = functionOf(synthesis);
    expect(text).toMatch(/"TOKEN":"\$\{data\.aws_secretsmanager_secret\.[^}]+\.arn\}:token::"/);
    expect(text).toMatch(/"KEY":"arn:[^"]*:ssm:[^"]*:parameter\/shop\/key"/);
    expect(text).toContain('"PLAIN":"a"');
    expect(text).toContain('"STP_SECRETS":"KEY TOKEN"');
    expect([handler, network]).toEqual(['index.handler', undefined]);
    expect(permissions(synthesis, '').map(({ Sid }) => Sid)).toEqual([
      'KeepUndelivered',
      'ReadSecrets',
      'DecryptSecrets',
      'ReadParameters',
      'DecryptParameters',
      'WriteLog',
    ]);
  });

  it('are no part of a longer value', () => {
    const given = { TOKEN: "Bearer $Secret('shop.token')" };
    expect(() => synthesisOf(hello({ environment: given }))).toThrow(/TOKEN.*combine the values in the code/s);
  });

  it('are accepted by the construct, which names a wrong one', () => {
    const stack = foreignStack();
    const { context } = new BatchPlatform(stack, 'platform');
    const make = (id: string, TOKEN: string) =>
      new BundledFunction(stack, id, { ...context, baseDir, properties: { packaging, environment: { TOKEN } } });
    make('right', "$Secret('token')");
    expect(functionOf(new Synthesis(stack)).environment).toContain('"STP_SECRETS":"TOKEN"');
    expect(() => make('wrong', "$Secret('')")).toThrow(/environment\.TOKEN/);
  });
});
