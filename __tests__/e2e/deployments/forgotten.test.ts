import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, removeFolders } from '../../container/folder';
import { AwsApi } from '../engines/aws-api';
import { unexplainedChanges } from '../engines/emulator-gaps';
import { builtTag, pushImage } from '../engines/image-push';
import { type Emulator, emulatorAvailable, startEmulator } from '../engines/ministack';
import { describeWith, type Step, terraformAvailable, type Workspace, workspace } from '../engines/terraform';
import { type SynthesizedStack, synthesize } from '../synthesize';

type Block = { [argument: string]: unknown };

interface Document {
  readonly resource: { [type: string]: { [id: string]: Block } };
}

const REGION = 'eu-west-1';

/** The construct that builds images. */
const BUILDER = 'batch-platform_images_codebuild';

/** Where a stack says what it forgets. */
const FILE = 'removed.tf';

/** The addresses that a stack forgets. */
function forgotten({ dir }: SynthesizedStack): readonly string[] {
  return [...readFileSync(join(dir, FILE), 'utf8').matchAll(/from = (\S+)/g)].map(([, address = '']) => address);
}

/** The stack as an earlier release wrote it: with resources for what it now forgets or deletes, and without the main route table. */
function asBefore(document: Document, addresses: readonly string[]): Document {
  const before: Document = structuredClone(document);
  const { resource } = before;
  /** The only resource of a type, or the one whose ID begins or ends so. */
  const address = (type: string, part: (id: string) => boolean) => {
    const [id] = Object.keys(resource[type] ?? {}).filter(part);
    if (id === undefined) throw new Error(`no ${type}`);
    return { id, block: resource[type]?.[id] ?? {}, of: (attribute: string) => `\${${type}.${id}.${attribute}}` };
  };
  /** The bucket that the path of a resource begins with. */
  const bucketOf = (path: string) => {
    const id = path.replace(/_[^_]+$/, '_');
    return address('aws_s3_bucket', (one) => one.startsWith(id)).of('bucket');
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
    aws_s3_bucket_public_access_block: (path) => ({
      bucket: bucketOf(path),
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    }),
    aws_s3_bucket_ownership_controls: (path) => ({
      bucket: bucketOf(path),
      rule: { object_ownership: 'BucketOwnerEnforced' },
    }),
  };
  const deleted: readonly (readonly [type: string, id: string, block: Block])[] = [
    ...['batch-platform_payloads_Encryption', `${BUILDER}_Contexts_Encryption`].map(
      (id) =>
        [
          'aws_s3_bucket_server_side_encryption_configuration',
          id,
          {
            bucket: bucketOf(id),
            rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }],
          },
        ] as const,
    ),
    [
      'aws_s3_bucket_lifecycle_configuration',
      `${BUILDER}_Contexts_Lifecycle`,
      {
        bucket: bucketOf(`${BUILDER}_Contexts_Lifecycle`),
        rule: [
          {
            id: 'abort-incomplete-uploads',
            status: 'Enabled',
            filter: [{ prefix: '' }],
            abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
          },
        ],
      },
    ],
    [
      'aws_ecr_lifecycle_policy',
      'batch-platform_images_repository_Lifecycle',
      {
        repository: address('aws_ecr_repository', (id) => id.startsWith('batch-platform_images_repository_')).of(
          'name',
        ),
        policy: JSON.stringify({
          rules: [
            {
              rulePriority: 1,
              selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 1 },
              action: { type: 'expire' },
            },
          ],
        }),
      },
    ],
    [
      'aws_lambda_function_event_invoke_config',
      `${BUILDER}_Function_Undelivered`,
      {
        function_name: address('aws_lambda_function', (id) => id.startsWith(`${BUILDER}_Function_`)).of(
          'function_name',
        ),
        maximum_event_age_in_seconds: 21_600,
        maximum_retry_attempts: 2,
      },
    ],
  ];
  for (const [type, id, block] of deleted) resource[type] = { ...resource[type], [`${id}_00000000`]: block };
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
  let emulator: Emulator;
  let copy: Workspace;
  let steps: readonly Step[];
  let addresses: readonly string[];
  let was: Awaited<ReturnType<Workspace['state']>>['resources'];

  beforeAll(async () => {
    const config = {
      stackName: 'earlier',
      region: REGION,
      resources: {
        job: {
          type: 'batch-job' as const,
          properties: {
            container: {
              packaging: {
                type: 'custom-dockerfile' as const,
                properties: { buildContextPath: folder({ Dockerfile: 'FROM scratch\n' }) },
              },
            },
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
    emulator = await startEmulator({ region: REGION });
    copy = workspace(before.dir, { emulator });
    const api = new AwsApi(emulator, REGION);
    const [applied] = await Promise.all([
      copy.apply(),
      pushImage(api, 'earlier-jobs', builtTag(after.document.resource)),
    ]);
    before.dispose();
    was = applied.resources;
    steps = await copy.applyOf(after.dir);
  });

  afterAll(async () => {
    copy?.dispose();
    await emulator?.stop();
    after?.dispose();
    removeFolders();
  });

  const valuesOf = (type: string) => [...was.values()].filter((one) => one.type === type).map(({ values }) => values);

  it('changes nothing but the main route table, and what no run needs', async () => {
    expect(addresses.every((address) => was.has(address))).toBe(true);
    // The emulator does not store all of a project, which therefore changes with each apply: emulator-gaps.ts.
    const isGap = (address: string) => address.startsWith('aws_codebuild_project.');
    const changes = steps.filter(({ at, action, address }) => at === 'begin' && action !== 'read' && !isGap(address));
    expect(changes.map(({ action, address }) => `${action} ${address.replace(/_[0-9A-F]{8}$/, '')}`).sort()).toEqual([
      'create aws_main_route_table_association.batch-network_MainRouteTable',
      'delete aws_ecr_lifecycle_policy.batch-platform_images_repository_Lifecycle',
      `delete aws_lambda_function_event_invoke_config.${BUILDER}_Function_Undelivered`,
      `delete aws_s3_bucket_lifecycle_configuration.${BUILDER}_Contexts_Lifecycle`,
      `delete aws_s3_bucket_server_side_encryption_configuration.${BUILDER}_Contexts_Encryption`,
      'delete aws_s3_bucket_server_side_encryption_configuration.batch-platform_payloads_Encryption',
    ]);
    expect(unexplainedChanges(await copy.planJson())).toEqual([]);
  });

  it('no longer manages what it forgets', async () => {
    const { resources } = await copy.state();
    expect(addresses.filter((address) => resources.has(address))).toEqual([]);
    expect(addresses.length).toBeGreaterThan(8);
  });

  it('leaves buckets closed and owned', async () => {
    const api = new AwsApi(emulator, REGION);
    const buckets = valuesOf('aws_s3_bucket');
    expect(buckets).toHaveLength(2);
    for (const { bucket } of buckets) {
      const settings = await api.getObject(String(bucket), '?publicAccessBlock');
      expect(settings.match(/<(\w+)>true<\/\1>/g)).toHaveLength(4);
      expect(await api.getObject(String(bucket), '?ownershipControls')).toContain('BucketOwnerEnforced');
    }
  });

  it('leaves the policies of queues', async () => {
    const api = new AwsApi(emulator, REGION);
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
    const api = new AwsApi(emulator, REGION);
    const answer = await api.query('ec2', { Action: 'DescribeRouteTables', Version: '2016-11-15' });
    const [table] = valuesOf('aws_route_table');
    const [own = ''] = answer
      .split('<routeTableId>')
      .slice(1)
      .filter((text) => text.startsWith(String(table?.id)));
    for (const { id } of valuesOf('aws_subnet')) expect(answer).toContain(`<subnetId>${id}</subnetId>`);
    expect(own).toContain('igw-');
  });

  it('leaves the image, and the function that starts builds', async () => {
    const api = new AwsApi(emulator, REGION);
    const ecr = 'AmazonEC2ContainerRegistry_V20150921.ListImages';
    const { imageIds } = await api.json<{ imageIds: { imageTag?: string }[] }>('ecr', ecr, {
      repositoryName: 'earlier-jobs',
    });
    expect(imageIds.map(({ imageTag }) => imageTag)).toEqual([builtTag(after.document.resource)]);
    const { resources } = await copy.state();
    const builder = [...resources.keys()].filter((one) => one.startsWith(`aws_lambda_function.${BUILDER}_Function_`));
    expect(builder).toHaveLength(1);
  });

  it('can be destroyed', async () => {
    // The emulator knows projects by name, and the provider deletes them by ARN.
    for (const project of was.keys()) if (project.startsWith('aws_codebuild_project.')) await copy.forget(project);
    await copy.destroy();
    expect([...(await copy.state()).resources.keys()].filter((one) => !one.startsWith('data.'))).toEqual([]);
  });
});
