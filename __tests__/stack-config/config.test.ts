import { parse } from '../../modules/config/parse';
import { formatPath } from '../../modules/problems/problem';
import { type BatchJobsConfig, batchJobsConfig, type ResolvedConfig } from '../../modules/stack-config/config';
import { configOf, configProblems, fullConfig, SMALLEST_JOB, tokens } from './samples';

const SMALLEST = { stackName: 'reports', resources: {} };

it('fills in every default', () => {
  const resolved: ResolvedConfig = parse(batchJobsConfig, SMALLEST, 'test');
  expect(resolved).toEqual({
    stackName: 'reports',
    tags: {},
    dashboard: false,
    outputs: [],
    notifications: {},
    alarms: {},
    backend: { type: 'local' },
    compute: { maxVcpus: 256, minVcpus: 0, rootVolumeGb: 100, useLatestMachineImage: false },
    vpc: {},
    imageBuilder: 'codebuild',
    directives: [],
    cloudformationResources: {},
    resources: {},
  });
});

it('adds defaults to what is given', () => {
  const given: BatchJobsConfig = { ...SMALLEST, compute: { maxVcpus: 8 } };
  expect(parse(batchJobsConfig, given, 'test')).toMatchObject({ compute: { maxVcpus: 8, rootVolumeGb: 100 } });
});

it('takes a config with every property, and leaves all of them as they are', () => {
  expect(parse(batchJobsConfig, fullConfig(), 'test')).toEqual(fullConfig());
});

describe('a property of the wrong value', () => {
  const stackName = 'up to 128 letters, digits and hyphens, starting with a letter';
  const stackNameFix = 'use a name such as reports-production: every physical name starts with it';
  const resourceName = 'letters and digits, starting with a letter';
  const resourceNameFix = 'use a name such as nightlyReport: it becomes part of Terraform ids and AWS names';
  const range = 'an IPv4 range from /16 to /24, such as 10.1.0.0/16';
  const job = { type: 'batch-job', properties: SMALLEST_JOB };

  it.each<[object, string, string, string, string]>([
    [{ stackName: undefined }, 'stackName', 'nothing', stackName, 'add it: it is required'],
    [{ stackName: '' }, 'stackName', '""', stackName, stackNameFix],
    [{ stackName: 'my stack' }, 'stackName', '"my stack"', stackName, stackNameFix],
    [{ stackName: '../x' }, 'stackName', '"../x"', stackName, stackNameFix],
    [{ stackName: '1st' }, 'stackName', '"1st"', stackName, stackNameFix],
    [
      { stackName: "$ResourceParam('a', 'arn')" },
      'stackName',
      "\"$ResourceParam('a', 'arn')\"",
      stackName,
      stackNameFix,
    ],
    [{ region: 'Ireland' }, 'region', '"Ireland"', 'the code of an AWS region', 'use a code such as eu-west-1'],
    [{ region: 'eu-west-1a' }, 'region', '"eu-west-1a"', 'the code of an AWS region', 'use a code such as eu-west-1'],
    [
      { tags: { 'aws:a': 'x' } },
      'tags["aws:a"]',
      '"aws:a"',
      expect.any(String) as unknown as string,
      'rename it: AWS reserves aws:',
    ],
    [{ tags: null }, 'tags', 'null', 'a list or an object', 'write a list or an object, or remove it'],
    [{ backend: 's3' }, 'backend', '"s3"', 'an object', 'write an object'],
    [{ backend: {} }, 'backend.type', 'nothing', 'local, s3, cloud', 'add it: it is required'],
    [{ backend: { type: 'S3' } }, 'backend.type', '"S3"', 'local, s3, cloud', 'did you mean "s3"?'],
    [{ backend: { type: 'remote' } }, 'backend.type', '"remote"', 'local, s3, cloud', 'use one of these'],
    [{ backend: { type: 'local', path: '' } }, 'backend.path', '""', 'a path', 'write a path'],
    [
      { backend: { type: 'local', bucket: 'x' } },
      'backend.bucket',
      'the unknown property "bucket"',
      'type, path',
      'remove it: it belongs to backend of type s3',
    ],
    [{ backend: { type: 's3' } }, 'backend.bucket', 'nothing', "a bucket's name", 'add it: it is required'],
    [
      { backend: { type: 's3', bucket: 'x', region: 'x' } },
      'backend.region',
      '"x"',
      'the code of an AWS region',
      'use a code such as eu-west-1',
    ],
    [{ backend: { type: 's3', bucket: 'x', key: '' } }, 'backend.key', '""', 'a key', 'write a key'],
    [
      { backend: { type: 'cloud' } },
      'backend.organization',
      'nothing',
      "an organization's name",
      'add it: it is required',
    ],
    [
      { backend: { type: 'cloud', organization: 'x', organisation: 'x' } },
      'backend.organisation',
      'the unknown property "organisation"',
      'type, organization, workspace, hostname',
      'did you mean "organization"?',
    ],
    [
      { compute: { minVcpus: 300 } },
      'compute.minVcpus',
      '300',
      '0 to 256, the value of maxVcpus',
      'lower minVcpus to 256 or less, or raise maxVcpus to 300 or more',
    ],
    [{ compute: { minVcpus: -1 } }, 'compute.minVcpus', '-1', 'a whole number from 0 to 1,000,000 vCPUs', 'use 0'],
    [{ compute: { maxVcpus: 0 } }, 'compute.maxVcpus', '0', 'a whole number from 1 to 1,000,000 vCPUs', 'use 1'],
    [{ compute: { maxVcpus: 1.5 } }, 'compute.maxVcpus', '1.5', 'a whole number from 1 to 1,000,000 vCPUs', 'use 2'],
    [
      { compute: { rootVolumeGb: 20 } },
      'compute.rootVolumeGb',
      '20',
      'a whole number from 30 to 16,384 GiB',
      'use 30 to 16,384 GiB: the machine image needs 30 GiB, and a gp3 volume can have up to 16,384 GiB',
    ],
    [{ compute: null }, 'compute', 'null', 'an object', 'write an object, or remove it'],
    [{ vpc: { vpcId: 'vpc-1' } }, 'vpc', 'vpcId without subnetIds', 'both or neither', 'add subnetIds'],
    [{ vpc: { subnetIds: ['subnet-1'] } }, 'vpc', 'subnetIds without vpcId', 'both or neither', 'add vpcId'],
    [{ vpc: { vpcId: 'vpc-1', subnetIds: [] } }, 'vpc.subnetIds', '[]', 'at least 1 entry', 'add an entry'],
    [
      { vpc: { vpcId: 'vpc-1', subnetIds: [''] } },
      'vpc.subnetIds[0]',
      '""',
      'the ID of a subnet',
      'write the ID of a subnet',
    ],
    [
      { vpc: { vpcId: 'vpc-1', subnetIds: ['subnet-1'], cidrBlock: '10.0.0.0/16' } },
      'vpc.cidrBlock',
      'vpcId and cidrBlock',
      'either an existing VPC, or the range of a new VPC',
      'remove cidrBlock',
    ],
    [
      { vpc: { cidrBlock: '10.0.0.0/8' } },
      'vpc.cidrBlock',
      '"10.0.0.0/8"',
      `${range}, that starts at its first address`,
      'use 10.0.0.0/16',
    ],
    [
      { vpc: { cidrBlock: 16 } },
      'vpc.cidrBlock',
      '16',
      'an IPv4 range such as 10.1.0.0/16',
      'write an IPv4 range such as 10.1.0.0/16',
    ],
    [{ resources: undefined }, 'resources', 'nothing', 'an object', 'add it: it is required'],
    [
      { resources: [job] },
      'resources',
      expect.stringMatching(/^\[/) as unknown as string,
      'an object',
      'write an object',
    ],
    [
      { resources: { 'nightly-report': job } },
      'resources.nightly-report',
      '"nightly-report"',
      resourceName,
      resourceNameFix,
    ],
    [{ resources: { '1st': job } }, 'resources.1st', '"1st"', resourceName, resourceNameFix],
    [
      { resources: { 'nightly report': job } },
      'resources["nightly report"]',
      '"nightly report"',
      resourceName,
      resourceNameFix,
    ],
    [
      { resources: { report: job, Report: job } },
      'resources.Report',
      '"Report"',
      'a name that differs from the others in more than case',
      'rename it: it differs from "report" only in case, and the names of IAM roles are case-insensitive',
    ],
    [{ resources: { report: null } }, 'resources.report', 'null', 'an object', 'write an object, or remove it'],
    [
      { resources: { report: { type: 'batch-job' } } },
      'resources.report.properties',
      'nothing',
      'an object',
      'add it: it is required',
    ],
    [
      { resources: { report: { ...job, existing: {} } } },
      'resources.report.existing',
      'the unknown property "existing"',
      'type, properties, overrides, protect',
      'remove it: it belongs to resources of type bucket, event-bus, application-load-balancer or others',
    ],
    [{ $schema: 5 }, '$schema', '5', 'a string', 'write "5", in quotes'],
    [
      { Resources: {} },
      'Resources',
      'the unknown property "Resources"',
      expect.stringMatching(/^\$schema, stackName, .*resources$/) as unknown as string,
      'did you mean "resources"?',
    ],
  ])('%j', (properties, path, found, accepted, fix) => {
    expect(configProblems({ ...SMALLEST, ...properties })).toEqual([{ path, found, accepted, fix }]);
  });

  it.each([
    [{ properties: SMALLEST_JOB }, 'nothing', 'add it: it is required'],
    [{ type: 'batchjob', properties: SMALLEST_JOB }, '"batchjob"', 'did you mean "batch-job"?'],
  ])('the type of %j', (resource, found, fix) => {
    expect(configProblems({ ...SMALLEST, resources: { report: resource } })).toEqual([
      { path: 'resources.report.type', found, accepted: expect.stringContaining('batch-job'), fix },
    ]);
  });

  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    [[], '[]'],
    ['x', '"x"'],
  ])('a config that is %p', (config, found) => {
    expect(configProblems(config)).toEqual([expect.objectContaining({ path: '', found, accepted: 'an object' })]);
  });
});

it.each([
  { type: 'local' },
  { type: 'local', path: '/states/reports.tfstate' },
  { type: 's3', bucket: 'states' },
  { type: 's3', bucket: 'states', key: 'a/b', region: 'us-gov-west-1' },
  { type: 'cloud', organization: 'x' },
  { type: 'cloud', organization: 'x', workspace: 'y', hostname: 'terraform.example.com' },
])('takes the backend %j', (backend) => {
  expect(configProblems({ ...SMALLEST, backend })).toEqual([]);
});

it.each(['eu-west-1', 'us-gov-east-1', 'ap-southeast-5', 'us-iso-east-1', 'eusc-de-east-1'])(
  'takes the region %s',
  (region) => {
    expect(configProblems({ ...SMALLEST, region })).toEqual([]);
  },
);

it('takes values that only Terraform knows', () => {
  const { NUMBER, TEXT, LIST_ITEM, MAP_KEY } = tokens();
  const config = {
    ...SMALLEST,
    region: TEXT,
    tags: { [MAP_KEY]: TEXT, team: TEXT },
    compute: { maxVcpus: NUMBER, rootVolumeGb: NUMBER },
    resources: { report: { type: 'batch-job', properties: { ...SMALLEST_JOB, resources: { cpu: 300, memory: 512 } } } },
  };
  expect(configProblems({ ...config, vpc: { vpcId: TEXT, subnetIds: [LIST_ITEM] } })).toEqual([]);
  expect(configProblems({ ...config, vpc: { cidrBlock: TEXT } })).toEqual([]);
});

describe('a job that no instance could run', () => {
  const base = 'resources.job.properties.resources';
  const sized = (resources: object, compute: object = {}) => ({ ...(configOf({ resources }) as object), compute });

  it.each<[object, object, string[]]>([
    [{ cpu: 300, memory: 512 }, {}, [`${base}.cpu`]],
    [{ cpu: 4, memory: 512 }, { maxVcpus: 2 }, [`${base}.cpu`]],
    [{ cpu: 1, memory: 8192, instanceTypes: ['m5.large'] }, {}, [`${base}.memory`]],
    [{ cpu: 1, memory: 512, gpu: 1, architecture: 'arm64' }, {}, [`${base}.architecture`]],
    [{ cpu: 1, memory: 512, gpu: 1, instanceTypes: ['m5'] }, {}, [`${base}.instanceTypes`]],
    [{ cpu: 1, memory: 512, instanceTypes: ['m5.huge', 'c9z'] }, {}, [`${base}.instanceTypes`]],
  ])('%j with %j', (resources, compute, paths) => {
    const found = configProblems(sized(resources, compute)).map(({ path }) => path);
    expect([...new Set(found)]).toEqual(paths);
  });

  it('is found although other properties of it are wrong, or of the limits', () => {
    const resources = { cpu: 0.5, memory: 'much', instanceTypes: ['m5.huge', 'M5'] };
    const compute = { maxVcpus: '256', rootVolume: 5 };
    expect(configProblems(sized(resources, compute)).map(({ path, found }) => [path, found])).toEqual([
      [`${base}.cpu`, '0.5'],
      [`${base}.memory`, '"much"'],
      [`${base}.instanceTypes`, '"m5.huge"'],
      [`${base}.instanceTypes`, '"M5"'],
      ['compute.maxVcpus', '"256"'],
      ['compute.rootVolume', 'the unknown property "rootVolume"'],
    ]);
    expect(configProblems(sized({ cpu: 4, memory: 'much' }, { maxVcpus: 2, x: 1 })).map(({ path }) => path)).toEqual([
      `${base}.cpu`,
      `${base}.memory`,
      'compute.x',
    ]);
  });
});

it('reports every mistake in a config at once, at any depth', () => {
  const hourly = { type: 'schedule', properties: { scheduleRate: 'rate(1 hour)' } };
  const config = {
    stackname: 'reports',
    region: 'Ireland',
    backend: { type: 's4' },
    vpc: { vpcId: 5, cidrBlock: '10.0.0.0/16' },
    compute: { maxVcpus: 2 },
    resources: {
      report: {
        type: 'batch-job',
        properties: {
          container: {
            packaging: { type: 'prebuilt-image', properties: { imge: 'busybox' } },
            environment: [{ name: 'AWS_BATCH_X', value: null }],
          },
          resources: { cpu: 4, memory: '1 GB', gpu: 0.5 },
          timeout: 30,
          retryConfig: { attempts: 100, retryIntervalSeconds: 1e6, spotInterruption: { freeRestarts: 'many' } },
          events: [
            hourly,
            { type: 'schedul' },
            { type: 'schedule', properties: { scheduleRate: 'rate(2 hours)' }, enabled: true },
            hourly,
          ],
          tags: { 'aws:x': 'y' },
        },
      },
      REPORT: { type: 'batch-jobs', properties: {} },
      'a b': {},
    },
  };
  const job = 'resources.report.properties';
  expect(configProblems(config).map(({ path }) => path)).toEqual([
    'stackname',
    'region',
    'backend.type',
    'vpc',
    'vpc.vpcId',
    'vpc.cidrBlock',
    `${job}.container.packaging.properties.imge`,
    `${job}.container.environment[0].name`,
    `${job}.container.environment[0].value`,
    `${job}.resources.cpu`,
    `${job}.resources.memory`,
    `${job}.resources.gpu`,
    `${job}.timeout`,
    `${job}.retryConfig`,
    `${job}.retryConfig.spotInterruption.freeRestarts`,
    `${job}.events[1].type`,
    `${job}.events[2].enabled`,
    `${job}.events[3]`,
    `${job}.tags["aws:x"]`,
    'resources.REPORT',
    'resources.REPORT.type',
    'resources["a b"]',
    'resources["a b"].type',
  ]);
});

describe('anywhere in a config with every property', () => {
  /** Maps whose keys are a person's own. */
  const FREE = /(^|\.)(tags|resources|cloudformationResources|Properties|Condition(\.Bool)?|inputPathsMap|input)$/;

  /** Every object and list entry of a value, with its path. */
  function nodes(value: unknown, path: (string | number)[] = []): { value: unknown; path: (string | number)[] }[] {
    if (typeof value !== 'object' || value === null) return [{ value, path }];
    const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    return [{ value, path }, ...entries.flatMap(([key, item]) => nodes(item, [...path, key]))];
  }

  function at(value: unknown, path: (string | number)[]): { [key: string | number]: unknown } {
    return path.reduce<unknown>((node, key) => (node as { [key: string | number]: unknown })[key], value) as {
      [key: string | number]: unknown;
    };
  }

  const all = nodes(fullConfig());
  const objects = all.filter(({ value, path }) => {
    const isFree = FREE.test(formatPath(path)) && !formatPath(path).endsWith('properties.resources');
    return typeof value === 'object' && value !== null && !Array.isArray(value) && !isFree;
  });
  const places = all.filter(({ path }) => path.length > 0);

  it.each(objects.map(({ path }) => [formatPath(path), path] as const))(
    'an unknown key is refused: in "%s"',
    (_, path) => {
      const config = fullConfig();
      const parent = at(config, path);
      const [known] = Object.keys(parent).filter((key) => key !== '$schema') as [string];
      parent[`${known}s`] = 1;
      const [problem, ...others] = configProblems(config);
      expect(others).toEqual([]);
      expect(problem).toMatchObject({
        path: formatPath([...path, `${known}s`]),
        found: `the unknown property "${known}s"`,
        accepted: expect.stringContaining(known),
        fix: `did you mean "${known}"?`,
      });
    },
  );

  it.each(places.map(({ path }) => [formatPath(path), path] as const))(
    'a value of no possible type is refused: %s',
    (_, path) => {
      const config = fullConfig();
      at(config, path.slice(0, -1))[path.at(-1) as string] = () => 1;
      const problems = configProblems(config);
      expect(problems.map((problem) => problem.path)).toContainEqual(formatPath(path));
      expect(problems.filter(({ found }) => found === 'a function')).toHaveLength(1);
    },
  );
});
