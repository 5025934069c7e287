import type { Painter } from '../../../../cli/console/picture/painter';
import { sharedItems } from '../../../../cli/console/picture/shared';
import { StackResources } from '../../../../cli/console/picture/stack-resources';

jest.mock('../../../../cli/console/picture/companion-box', () => ({
  companionItem: (id: string, name: string) => ({ id, title: name }),
}));
jest.mock('../../../../cli/console/picture/settings', () => ({
  ...jest.requireActual('../../../../cli/console/picture/settings'),
  settingsOf: (given: unknown) => [{ label: 'settings', value: JSON.stringify(given) }],
}));

/** Blocks by their construct's path, each `[type, path, block]`. */
type Made = readonly (readonly [type: string, path: string, block?: object])[];

const readable = {
  value: (value: unknown) => `<${value}>`,
  argument: (value: unknown) => `(${value})`,
  text: (text: string) => (text === '' ? '' : `"${text}"`),
};

/** The items of a stack, without what they are made of. */
function items(made: Made, config: object = {}, shown: readonly string[] = []) {
  const resource: Record<string, Record<string, object>> = {};
  for (const [index, [type, path, block]] of made.entries()) {
    const metadata = { path: `stack/${path}` };
    resource[type] = { ...resource[type], [`r${index}`]: { ...block, '//': { metadata } } };
  }
  const drawn = new Set<string>();
  const resources = new StackResources({ resource } as ConstructorParameters<typeof StackResources>[0]);
  const painter = {
    config: {
      resources: {},
      compute: { rootVolumeGb: 30, maxVcpus: 64 },
      vpc: {},
      cloudformationResources: {},
      ...config,
    },
    resources,
    readable,
    shown: new Set(shown),
    isLeft: ({ address }: { address: string }) => !drawn.has(address),
    item: ({ made: parts, ...item }: { made: { address: string }[] }) => {
      for (const { address } of parts) drawn.add(address);
      return { ...item, parts: parts.length };
    },
  } as unknown as Painter;
  return sharedItems(painter) as unknown as { id: string; title: string; detail: { text: string }[]; parts: number }[];
}

/** The only item. */
const only = (made: Made, config?: object) => {
  const found = items(made, config);
  expect(found).toHaveLength(1);
  return found[0];
};

it('without resources, there are the companions only', () => {
  const resources = { etl: { type: 'batch-job' }, uploads: { type: 'bucket' }, used: { type: 'bucket' } };
  expect(items([], { resources }, ['used'])).toEqual([{ id: 'shared/resources/uploads', title: 'uploads' }]);
});

it.each<[string, string, object, string, string, string]>([
  [
    'batch-platform/capacity',
    'aws_launch_template',
    {},
    'instances',
    'Instances',
    '<30> GiB volumes, at most <64> vCPUs in each environment',
  ],
  [
    'batch-platform/images',
    'aws_ecr_repository',
    { imageBuilder: 'docker' },
    'images',
    'Image builds',
    'by Docker, where Terraform runs',
  ],
  [
    'batch-platform/images',
    'aws_ecr_repository',
    { imageBuilder: 'codebuild' },
    'images',
    'Image builds',
    'by CodeBuild',
  ],
  [
    'batch-platform/run-places',
    'aws_dynamodb_table',
    {},
    'run-places',
    'Places of runs',
    'for jobs with limits: a table, and the state machine that frees and gives places',
  ],
  ['batch-platform/notifications', 'aws_sns_topic', {}, 'notifications', 'Notifications', 'of runs'],
  ['stack-dashboard', 'aws_cloudwatch_dashboard', {}, 'dashboard', 'Dashboard', 'CloudWatch'],
])('%s', (path, type, config, kind, title, text) => {
  expect(only([[type, `${path}/Resource`]], config)).toEqual({
    id: `shared/${kind}`,
    kind,
    title,
    detail: [{ text }],
    parts: 1,
  });
});

describe('how long something is kept', () => {
  const rule = (...rules: unknown[]) =>
    [['aws_s3_bucket_lifecycle_configuration', 'batch-platform/payloads/a', { rule: rules }]] as const;

  it.each<[string, Made, string | undefined]>([
    ['in one rule', rule({ expiration: { days: 30 } }), 'kept 30 days'],
    ['in a list', rule({}, { expiration: [{}, { days: 1 }] }), 'kept 1 day'],
    ['nowhere', rule({ expiration: {} }), undefined],
    ['in a token', rule({ expiration: { days: '${a}' } }), undefined],
    ['without rules', [['aws_s3_bucket', 'batch-platform/payloads/a']], undefined],
  ])('as an event: %s', (_, made, text) => {
    expect(only(made)).toMatchObject({
      id: 'shared/payloads',
      title: 'Large events',
      detail: text === undefined ? [] : [{ text }],
    });
  });

  it.each([
    [1_209_600, 'kept 14 days'],
    [86_400, 'kept 1 day'],
    ['${a}', undefined],
    [undefined, undefined],
  ])('in a queue for %s seconds', (message_retention_seconds, text) => {
    expect(
      only([['aws_sqs_queue', 'batch-platform/undelivered-events/a', { message_retention_seconds }]]),
    ).toMatchObject({
      id: 'shared/undelivered-events',
      title: 'Undelivered events',
      detail: text === undefined ? [] : [{ text }],
    });
  });

  it('is not known of what has no queue', () => {
    expect(
      only([['aws_sqs_queue_policy', 'batch-platform/undelivered-events/a', { message_retention_seconds: 86_400 }]]),
    ).toMatchObject({
      detail: [],
    });
  });
});

describe('the network', () => {
  const vpc = ['aws_vpc', 'batch-network/Vpc', { cidr_block: '10.0.0.0/16' }] as const;
  const subnet = (kind: string, block = {}) => ['aws_subnet', `batch-network/${kind}/a`, block] as const;
  const open = { map_public_ip_on_launch: true };

  it.each<[string, Made, string]>([
    ['public', [vpc, subnet('Public', open), subnet('Public', open), subnet('Other')], 'public subnets, 2 zones'],
    [
      'private',
      [vpc, subnet('Public', open), subnet('Private'), subnet('Private')],
      'private subnets, 2 zones, endpoints',
    ],
    [
      'with a gateway',
      [vpc, subnet('Private'), ['aws_nat_gateway', 'batch-network/Nat']],
      'private subnets, 1 zone, NAT gateway',
    ],
    ['empty', [vpc], 'public subnets, 0 zones'],
  ])('of the stack: %s', (_, made, text) => {
    expect(only(made)).toEqual({
      id: 'shared/network',
      kind: 'network',
      title: 'VPC (10.0.0.0/16)',
      detail: [{ text }],
      settings: [{ label: 'settings', value: '{}' }],
      parts: made.length,
    });
  });

  it.each([
    [['a', 'b'], 'existing, 2 subnets'],
    [['a'], 'existing, 1 subnet'],
    [undefined, 'existing, 0 subnets'],
  ])('that exists, with the subnets %j', (subnetIds, text) => {
    const given = { vpcId: 'vpc-1', subnetIds };
    expect(only([['aws_security_group', 'batch-network/Group']], { vpc: given })).toMatchObject({
      title: 'VPC <vpc-1>',
      detail: [{ text }],
      settings: [{ label: 'settings', value: JSON.stringify(given) }],
    });
  });
});

it('alarms are together, wherever they are made', () => {
  const alarm = (path: string, block: object) => ['aws_cloudwatch_metric_alarm', path, block] as const;
  expect(
    only([
      alarm('etl/alarms/a', { alarm_name: 'one', alarm_description: 'fails' }),
      alarm('queue/alarms/b', { alarm_name: 'two' }),
    ]),
  ).toMatchObject({
    id: 'shared/alarms',
    kind: 'alarms',
    title: 'Alarms',
    detail: [{ text: '2 alarms' }],
    settings: [{ label: '"one"', value: '"fails"' }],
    parts: 2,
  });
});

it('resources of CloudFormation have their types', () => {
  const cloudformationResources = { Phone: { Type: 'AWS::Connect::PhoneNumber' } };
  expect(
    only([['aws_cloudformation_stack', 'cloudformation-resources/Stack']], { cloudformationResources }),
  ).toMatchObject({
    id: 'shared/cloudformation',
    kind: 'cloudformation',
    title: 'CloudFormation',
    detail: [{ text: '1 resource' }],
    settings: [{ label: 'Phone', value: 'AWS::Connect::PhoneNumber', isCode: true }],
  });
});

it('what no box has yet is drawn last', () => {
  const found = items(
    [
      ['aws_iam_role', 'somewhere/Role'],
      ['aws_iam_policy', 'somewhere/Policy'],
      ['aws_cloudwatch_dashboard', 'stack-dashboard/Resource'],
    ],
    { resources: { uploads: { type: 'bucket' } } },
  );
  expect(found.map(({ id }) => id)).toEqual(['shared/dashboard', 'shared/resources/uploads', 'shared/others']);
  expect(found[2]).toMatchObject({
    kind: 'others',
    title: 'Other resources',
    detail: [{ text: '2 resources' }],
    parts: 2,
  });
});

it('parts stand in one order', () => {
  const made = [
    ['aws_cloudformation_stack', 'cloudformation-resources/a'],
    ['aws_cloudwatch_dashboard', 'stack-dashboard/a'],
    ['aws_cloudwatch_metric_alarm', 'x/a', { alarm_name: 'a' }],
    ['aws_sns_topic', 'batch-platform/notifications/a'],
    ['aws_dynamodb_table', 'batch-platform/run-places/a'],
    ['aws_ecr_repository', 'batch-platform/images/a'],
    ['aws_sqs_queue', 'batch-platform/undelivered-events/a'],
    ['aws_s3_bucket', 'batch-platform/payloads/a'],
    ['aws_launch_template', 'batch-platform/capacity/a'],
    ['aws_vpc', 'batch-network/a', {}],
  ] as const;
  expect(items(made).map(({ id }) => id.replace('shared/', ''))).toEqual([
    'network',
    'instances',
    'payloads',
    'undelivered-events',
    'images',
    'run-places',
    'notifications',
    'alarms',
    'dashboard',
    'cloudformation',
  ]);
});
