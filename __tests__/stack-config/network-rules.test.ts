import { configProblems, SMALLEST_JOB, tokens } from './samples';

const SG = 'sg-0123456789abcdef0';
const EFS_ARN = 'arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/fs-0123456789abcdef0';
const VPC = { vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'] };
const DATABASE = { type: 'relational-database', properties: { engine: { type: 'postgres' } } };
const REDIS = { type: 'redis-cluster', properties: { defaultUserPassword: "$Secret('cache')" } };
const existing = (more: object = {}) => ({
  type: 'relational-database',
  existing: { engine: 'postgres', host: 'db.example.com', dbName: 'orders', ...more },
});

function problemsOf(resources: object, job: object = {}, more: object = {}) {
  const nightly = { type: 'batch-job', properties: { ...SMALLEST_JOB, ...job } };
  return configProblems({ stackName: 'reports', resources: { ...resources, nightly }, ...more });
}

const withEnvironment = (environment: unknown, more: object = {}) => ({
  container: { ...SMALLEST_JOB.container, environment },
  ...more,
});

describe('the address of what is closed to a job', () => {
  it('is refused, with the connection that opens it', () => {
    const environment = [{ name: 'DB_HOST', value: "$ResourceParam('db', 'host')" }];
    expect(problemsOf({ db: DATABASE }, withEnvironment(environment))).toEqual([
      {
        path: 'resources.nightly.properties.container.environment[0].value',
        found: "\"$ResourceParam('db', 'host')\" without connectTo",
        accepted: 'the host of a resource in connectTo: "db" accepts connections only from those that connect to it',
        fix: 'add "db" to resources.nightly.properties.connectTo',
      },
    ]);
  });

  it.each([
    ['port of a database', { db: DATABASE }, 'port'],
    ['string of a database', { db: DATABASE }, 'connectionString'],
    ['JDBC string of a database', { db: DATABASE }, 'jdbcConnectionString'],
    ['host of Redis', { db: REDIS }, 'host'],
    ['port of Redis', { db: REDIS }, 'port'],
    ['string of Redis', { db: REDIS }, 'connectionString'],
  ])('whether it is the %s', (_, resources, param) => {
    const job = withEnvironment({ ADDRESS: `$ResourceParam("db", "${param}")` });
    expect(problemsOf(resources, job)).toMatchObject([{ fix: 'add "db" to resources.nightly.properties.connectTo' }]);
    expect(problemsOf(resources, { ...job, connectTo: ['db'] })).toEqual([]);
  });

  it('also as a part of a text', () => {
    const job = withEnvironment({ URL: "$CfFormat('x://{}:{}', $ResourceParam('db', 'host'), 5432)" });
    expect(problemsOf({ db: DATABASE }, job)).toMatchObject([
      { found: "\"$ResourceParam('db', 'host')\" without connectTo" },
    ]);
    expect(problemsOf({ db: DATABASE }, { ...job, connectTo: ['db'] })).toEqual([]);
  });

  it('also of an existing one whose group would get the rule', () => {
    const job = withEnvironment({ HOST: "$ResourceParam('db', 'host')" });
    expect(problemsOf({ db: existing({ securityGroupId: SG }) }, job, { vpc: VPC })).toHaveLength(1);
    expect(problemsOf({ db: existing() }, job)).toEqual([]);
  });

  it('but not what is no address, and not by another job', () => {
    expect(problemsOf({ db: DATABASE }, withEnvironment({ NAME: "$ResourceParam('db', 'dbName')" }))).toEqual([]);
    const other = {
      type: 'batch-job',
      properties: { ...SMALLEST_JOB, ...withEnvironment({ HOST: "$ResourceParam('db', 'host')" }), connectTo: ['db'] },
    };
    expect(problemsOf({ db: DATABASE, other })).toEqual([]);
  });

  it('is one problem of a job that connects to something else, in a list with entries of all forms', () => {
    const job = withEnvironment({ HOST: "$ResourceParam('db', 'host')" }, { connectTo: [{ name: 'cache' }] });
    expect(problemsOf({ db: DATABASE, cache: REDIS }, job)).toHaveLength(1);
    expect(problemsOf({ db: DATABASE }, { ...job, connectTo: [{ name: 'db' }] })).toEqual([]);
  });
});

describe('what is in a VPC of its own', () => {
  const efs = (more: object = {}) => ({ type: 'efs-filesystem', existing: { arn: EFS_ARN, ...more } });
  const mounts = { volumes: [{ type: 'efs', properties: { efsFilesystemName: 'it', mountPath: '/data' } }] };
  const connects = { connectTo: ['it'] };
  const fix = 'add vpc: { vpcId, subnetIds } with the VPC and subnets in which it is';
  const accepted =
    "what is in the jobs' VPC: without vpc.vpcId, the stack creates a VPC for them, which is another one";
  const search = { type: 'existing', properties: { securityGroup: { id: SG, port: 443 } } };
  const redis = { type: 'redis-cluster', existing: { host: 'cache', securityGroupId: SG } };

  it.each([
    [
      'a database',
      existing({ securityGroupId: SG }),
      connects,
      'existing.securityGroupId',
      `"${SG}", a security group of another VPC`,
    ],
    ['Redis', redis, connects, 'existing.securityGroupId', `"${SG}", a security group of another VPC`],
    ['something else', search, connects, 'properties.securityGroup.id', `"${SG}", a security group of another VPC`],
    [
      'a file system',
      efs({ securityGroupId: SG }),
      mounts,
      'existing.securityGroupId',
      `"${SG}", a security group of another VPC`,
    ],
    ['a file system without a group', efs(), mounts, 'existing.arn', 'the file system "it" of another VPC'],
  ])('is refused without vpc: %s', (_, it, job, at, found) => {
    expect(problemsOf({ it }, job)).toEqual([{ path: `resources.it.${at}`, found, accepted, fix }]);
    expect(problemsOf({ it }, job, { vpc: { cidrBlock: '10.1.0.0/16' } })).toHaveLength(1);
    expect(problemsOf({ it }, job, { vpc: VPC })).toEqual([]);
    // Without a job that uses it, nothing is done with it.
    expect(problemsOf({ it })).toEqual([]);
  });

  it('is refused for a function, which would be in the VPC of the stack', () => {
    const packaging = { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'hello.ts' } };
    const hello = { type: 'function', properties: { packaging, connectTo: ['it'] } };
    expect(problemsOf({ it: search, hello })).toMatchObject([{ path: 'resources.it.properties.securityGroup.id' }]);
    expect(problemsOf({ it: search, hello }, {}, { vpc: VPC })).toEqual([]);
  });

  it('can be anywhere if only Terraform knows it', () => {
    const { TEXT } = tokens();
    for (const id of [TEXT, "$CfResourceParam('group', 'GroupId')"]) {
      const cloudformationResources = {
        group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'x' } },
      };
      expect(problemsOf({ it: existing({ securityGroupId: id }) }, connects, { cloudformationResources })).toEqual([]);
    }
  });
});

describe('functions in the VPC', () => {
  const packaging = { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'hello.ts' } };
  const hello = (properties: object) => ({ type: 'function', properties: { packaging, ...properties } });
  const resources = (properties: object, more: object = {}) => ({ db: DATABASE, hello: hello(properties), ...more });
  const PRIVATE = { privateSubnets: true };
  const ENDPOINTS = { vpc: { ...PRIVATE, egress: 'endpoints' } };
  const QUEUE = { type: 'sqs-queue' };
  const problemsOf = (given: object, more: object = {}) =>
    configProblems({ stackName: 'reports', resources: given, ...more });

  it.each([
    ['public subnets', {}],
    ['private subnets', { vpc: PRIVATE }],
    ['private subnets with endpoints', { vpc: { ...PRIVATE, egress: 'endpoints' } }],
    ['subnets of a VPC that is there', { vpc: VPC }],
  ])('reach the password of a database from %s', (_, more) => {
    expect(problemsOf(resources({ connectTo: ['db'] }), more)).toEqual([]);
  });

  it('reach a database without a password that is known, and buckets', () => {
    const bucket = { type: 'bucket' };
    const connected = hello({ connectTo: ['db', 'bucket'], joinDefaultVpc: true });
    expect(problemsOf({ db: existing(), bucket, hello: connected })).toEqual([]);
  });

  it('reach no other service without NAT, if they are in it', () => {
    const more = { queue: QUEUE };
    const joined = resources({ connectTo: ['queue', 'aws:ses'], joinDefaultVpc: true }, more);
    expect(problemsOf(joined)).toMatchObject([
      { found: '"queue", which needs Amazon SQS', fix: 'add vpc: { privateSubnets: true }' },
      { found: '"aws:ses", which needs Amazon SES', fix: 'add vpc: { privateSubnets: true }' },
    ]);
    expect(problemsOf(joined, { vpc: { ...PRIVATE, egress: 'endpoints' } })).toMatchObject([
      { found: '"queue", which needs Amazon SQS', fix: "set vpc.egress to 'nat'" },
      { found: '"aws:ses", which needs Amazon SES', fix: "set vpc.egress to 'nat'" },
    ]);
    expect(problemsOf(joined, { vpc: PRIVATE })).toEqual([]);
    expect(problemsOf(resources({ connectTo: ['queue'] }, more))).toEqual([]);
  });

  it('reach a table by the gateway that public subnets have', () => {
    const primaryKey = { partitionKey: { name: 'id', type: 'string' } };
    const visits = { type: 'dynamo-db-table', properties: { primaryKey } };
    const given = { visits, hello: hello({ connectTo: ['visits'], joinDefaultVpc: true }) };
    expect(problemsOf(given)).toEqual([]);
    expect(problemsOf(given, { vpc: PRIVATE })).toEqual([]);
    expect(problemsOf(given, ENDPOINTS)).toMatchObject([
      { found: '"visits", which needs Amazon DynamoDB', fix: "set vpc.egress to 'nat'" },
    ]);
  });

  it('read no parameter', () => {
    const parameter = { environment: { TOKEN: "$Parameter('token')" } };
    const given = { hello: hello({ ...parameter, joinDefaultVpc: true }) };
    expect(problemsOf(given)).toEqual([
      {
        path: 'resources.hello.properties.environment.TOKEN',
        found: '"$Parameter(\'token\')", which needs AWS Systems Manager',
        accepted:
          'what the function reaches: in the VPC without private subnets, it reaches only the VPC, and AWS Secrets Manager, Amazon S3 ' +
          'and Amazon DynamoDB in the region',
        fix: 'add vpc: { privateSubnets: true }',
      },
    ]);
    expect(problemsOf(given, ENDPOINTS)).toMatchObject([{ fix: "set vpc.egress to 'nat'" }]);
    expect(problemsOf(given, { vpc: PRIVATE })).toEqual([]);
    expect(problemsOf({ hello: hello(parameter) }, ENDPOINTS)).toEqual([]);
  });

  describe('that are in it', () => {
    const secret = (region: string) => `$Secret('arn:aws:secretsmanager:${region}:123456789012:secret:db-a1B2c3')`;
    const joined = (properties: object) => ({ hello: hello({ joinDefaultVpc: true, ...properties }) });
    const inIreland = (given: object, more: object = {}) => problemsOf(given, { region: 'eu-west-1', ...more });

    it.each([{}, ENDPOINTS])('read no secret of another region with %j', (more) => {
      const own = (region: string) => joined({ environment: { TOKEN: secret(region) } });
      expect(inIreland(own('us-east-1'), more)).toMatchObject([
        { found: expect.stringMatching(/, which needs AWS Secrets Manager in us-east-1$/) },
      ]);
      expect(inIreland(own('eu-west-1'), more)).toEqual([]);
      const connected = (region: string) => ({
        db: existing({ userName: 'app', password: secret(region) }),
        ...joined({ connectTo: ['db'] }),
      });
      expect(inIreland(connected('us-east-1'), more)).toMatchObject([
        { found: '"db", which needs AWS Secrets Manager in us-east-1' },
      ]);
      expect(inIreland(connected('eu-west-1'), more)).toEqual([]);
    });

    it('reach no table of another region, and both with NAT', () => {
      const table = (region: string) => ({
        visits: { type: 'dynamo-db-table', existing: { arn: `arn:aws:dynamodb:${region}:123456789012:table/visits` } },
        ...joined({ connectTo: ['visits'] }),
      });
      expect(inIreland(table('us-east-1'))).toMatchObject([
        { found: '"visits", which needs Amazon DynamoDB in us-east-1', fix: 'add vpc: { privateSubnets: true }' },
      ]);
      expect(inIreland(table('eu-west-1'))).toEqual([]);
      expect(inIreland(table('us-east-1'), { vpc: PRIVATE })).toEqual([]);
      // Without a region of its own, only Terraform knows whether it is another one.
      expect(problemsOf(table('us-east-1'))).toEqual([]);
    });
  });

  it('connect to a database whose address they ask for', () => {
    const environment = { HOST: "$ResourceParam('db', 'host')" };
    expect(problemsOf(resources({ environment }))).toMatchObject([
      { fix: 'add "db" to resources.hello.properties.connectTo' },
    ]);
  });
});
