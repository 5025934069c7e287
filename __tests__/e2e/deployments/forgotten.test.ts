import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AwsApi } from '../engines/aws-api';
import { type Deployment, deploy } from '../engines/deployment';
import { emulatorAvailable } from '../engines/ministack';
import { describeWith, type Step, terraformAvailable } from '../engines/terraform';
import { type SynthesizedStack, synthesize } from '../synthesize';

type Block = { [argument: string]: unknown };

interface Document {
  readonly resource: { [type: string]: { [id: string]: Block } };
}

const REGION = 'eu-west-1';

/** Where a stack says what it forgets. */
const FILE = 'removed.tf';

/** The addresses that a stack forgets. */
function forgotten({ dir }: SynthesizedStack): readonly string[] {
  return [...readFileSync(join(dir, FILE), 'utf8').matchAll(/from = (\S+)/g)].map(([, address = '']) => address);
}

/** The stack as a release before 0.2 wrote it: with resources for what it now forgets, and without the main route table. */
function asBefore(document: Document, addresses: readonly string[]): Document {
  const before: Document = structuredClone(document);
  const { resource } = before;
  /** The only resource of a type, or the one whose ID begins or ends so. */
  const address = (type: string, part: (id: string) => boolean) => {
    const [id] = Object.keys(resource[type] ?? {}).filter(part);
    if (id === undefined) throw new Error(`no ${type}`);
    return { id, block: resource[type]?.[id] ?? {}, of: (attribute: string) => `\${${type}.${id}.${attribute}}` };
  };
  const make: { readonly [type: string]: (path: string) => Block } = {
    aws_route_table_association: (path) => ({
      subnet_id: address('aws_subnet', (id) => id.startsWith(`${path.replace(/Route$/, '')}_`)).of('id'),
      route_table_id: address('aws_route_table', (id) => id.includes('_RouteTable_')).of('id'),
    }),
    aws_sqs_queue_policy: (path) => {
      const queue = address('aws_sqs_queue', (id) => id.startsWith(path.replace(/Policy$/, 'Queue')));
      const { policy } = queue.block;
      delete queue.block.policy;
      return { queue_url: queue.of('id'), policy };
    },
    aws_s3_bucket_public_access_block: () => ({
      bucket: address('aws_s3_bucket', () => true).of('bucket'),
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    }),
    aws_s3_bucket_ownership_controls: () => ({
      bucket: address('aws_s3_bucket', () => true).of('bucket'),
      rule: { object_ownership: 'BucketOwnerEnforced' },
    }),
  };
  // Its end leaves S3's default encryption.
  resource.aws_s3_bucket_server_side_encryption_configuration = {
    'batch-platform_payloads_Encryption_E24E9629': {
      bucket: address('aws_s3_bucket', () => true).of('bucket'),
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }],
    },
  };
  for (const from of addresses) {
    const [type = '', id = ''] = from.split('.');
    const block = make[type]?.(id.replace(/_[0-9A-F]{8}$/, ''));
    if (block === undefined) throw new Error(`no block for ${type}`);
    resource[type] = { ...resource[type], [id]: block };
  }
  delete resource.aws_main_route_table_association;
  return before;
}

describeWith([terraformAvailable(), emulatorAvailable()], 'a deployment over that of an earlier release', () => {
  let after: SynthesizedStack;
  let deployment: Deployment;
  let steps: readonly Step[];
  let addresses: readonly string[];
  let was: Awaited<ReturnType<Deployment['copy']['state']>>['resources'];

  beforeAll(async () => {
    const config = {
      stackName: 'earlier',
      region: REGION,
      resources: {
        job: {
          type: 'batch-job' as const,
          properties: {
            container: { packaging: { type: 'prebuilt-image' as const, properties: { image: 'busybox:1.37' } } },
            resources: { cpu: 1, memory: 512 },
            notifications: { onFailure: { snsTopicArn: `arn:aws:sns:${REGION}:123456789012:team` } },
          },
        },
      },
    };
    after = synthesize(config);
    const before = synthesize(config);
    const file = join(before.dir, 'cdk.tf.json');
    const document: Document = JSON.parse(readFileSync(file, 'utf8'));
    addresses = forgotten(before);
    rmSync(join(before.dir, FILE));
    writeFileSync(file, JSON.stringify(asBefore(document, addresses)));
    deployment = await deploy(before.dir);
    before.dispose();
    was = (await deployment.copy.state()).resources;
    steps = await deployment.copy.applyOf(after.dir);
  }, 1_800_000);

  afterAll(async () => {
    await deployment?.dispose();
    after?.dispose();
  });

  const valuesOf = (type: string) => [...was.values()].filter((one) => one.type === type).map(({ values }) => values);

  it('changes nothing but the main route table and the default encryption', async () => {
    expect(addresses.every((address) => was.has(address))).toBe(true);
    const changes = steps.filter(({ at, action }) => at === 'begin' && action !== 'read');
    expect(changes.map(({ action, address }) => `${action} ${address.replace(/_[0-9A-F]{8}$/, '')}`).sort()).toEqual([
      'create aws_main_route_table_association.batch-network_MainRouteTable',
      'delete aws_s3_bucket_server_side_encryption_configuration.batch-platform_payloads_Encryption',
    ]);
    expect(await deployment.copy.plan()).toEqual({ hasChanges: false, removes: false });
  });

  it('no longer manages what it forgets', async () => {
    const { resources } = await deployment.copy.state();
    expect(addresses.filter((address) => resources.has(address))).toEqual([]);
    expect(addresses.length).toBeGreaterThan(6);
  });

  it('leaves buckets closed and owned', async () => {
    const api = new AwsApi(deployment.emulator, REGION);
    const [bucket] = valuesOf('aws_s3_bucket');
    const settings = await api.getObject(String(bucket?.bucket), '?publicAccessBlock');
    expect(settings.match(/<(\w+)>true<\/\1>/g)).toHaveLength(4);
    expect(await api.getObject(String(bucket?.bucket), '?ownershipControls')).toContain('BucketOwnerEnforced');
  });

  it('leaves the policies of queues', async () => {
    const api = new AwsApi(deployment.emulator, REGION);
    const queues = valuesOf('aws_sqs_queue');
    expect(queues).toHaveLength(2);
    for (const { url } of queues) {
      const body = { QueueUrl: url, AttributeNames: ['Policy'] };
      const { Attributes } = await api.json<{ Attributes: { Policy: string } }>(
        'sqs',
        'AmazonSQS.GetQueueAttributes',
        body,
      );
      expect(JSON.parse(Attributes.Policy).Statement).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ Sid: 'TlsOnly' }),
          expect.objectContaining({ Sid: 'DeadLettersOfRules' }),
        ]),
      );
    }
  });

  it('leaves the route of each subnet to the internet', async () => {
    const api = new AwsApi(deployment.emulator, REGION);
    const answer = await api.query('ec2', { Action: 'DescribeRouteTables', Version: '2016-11-15' });
    const [table] = valuesOf('aws_route_table');
    const [own = ''] = answer
      .split('<routeTableId>')
      .slice(1)
      .filter((text) => text.startsWith(String(table?.id)));
    for (const { id } of valuesOf('aws_subnet')) expect(answer).toContain(`<subnetId>${id}</subnetId>`);
    expect(own).toContain('igw-');
  });

  it('can be destroyed', async () => {
    await deployment.copy.destroy();
    expect([...(await deployment.copy.state()).resources.keys()].filter((one) => !one.startsWith('data.'))).toEqual([]);
  });
});
